"""Which projects the pages that tell of the co-op show."""

from __future__ import annotations

from ...records.index import Entry
from ..context import Site
from ..ordering import order

KIND = "project"
"""The kind that is told of as *what we do together*."""


def projects(site: Site, *statuses: str) -> list[Entry]:
    """The projects that are in one of these states."""
    return [entry for entry in order(site, KIND) if entry.get("status") in statuses]
