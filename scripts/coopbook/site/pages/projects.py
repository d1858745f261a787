"""Projects: which of them the pages that tell of the co-op show, and what stands on their own."""

from __future__ import annotations

from typing import Any

from ...base.positions import Value
from ...records.index import Entry
from ...records.model import Record
from ..context import Site
from ..ordering import order
from ..values import picture_address

KIND = "project"
"""The kind that is told of as *what we do together*."""


def projects(site: Site, *statuses: str) -> list[Entry]:
    """The projects that are in one of these states."""
    return [entry for entry in order(site, KIND) if entry.get("status") in statuses]


def record_values(site: Site, record: Record, path: str) -> dict[str, Any]:
    """What the page of a project shows besides its fields: its pictures, those of the team who are
    there, and those who were.
    """
    day = site.index.today.isoformat()
    team = [item for item in record.get("members") or [] if item.get("member")]
    over = [item for item in team if _is_before(item.get("until"), day)]
    pictures = [
        (address, item)
        for item in record.get("pictures") or []
        if (address := picture_address(site, record.file, item.get("file", "")))
    ]
    lead = record.get("lead")
    return {
        "pictures": pictures,
        "lead_roles": [item for item in team if item["member"] == lead and item not in over],
        "team": [item for item in team if item not in over and item["member"] != lead],
        "former": over,
    }


def _is_before(until: Value, day: str) -> bool:
    """Whether a day, a month or a year is over."""
    return isinstance(until, str) and until < day[: len(until)]
