"""A resolution belongs to an item of the agenda that was sent with the notice.

`agenda` is that item's number, from 1. Where the rules of the co-op say that a category may be
decided beyond the agenda (`agenda_only: false`), a resolution of this category needs none.

## Why
Whoever stayed at home had read the agenda. What is not on it cannot be decided behind their back.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...records.index import Index
from ...records.model import Record

KIND = "minutes"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    if record.get("text") == "register":
        return
    items = len(record.get("notice", "agenda") or [])
    for number, one in enumerate(record.get("resolutions") or []):
        if one.get("agenda", 0) > items:
            yield record.error(
                _("The agenda has {count} items.", count=items),
                "resolutions",
                number,
                "agenda",
                help=_("Its first item is number 1."),
            )
        elif "agenda" not in one and not _free(index, one.get("category")):
            yield record.error(
                _("Resolution {number} is on no item of the agenda.", number=one["number"]),
                "resolutions",
                number,
                help=_(
                    "Write: agenda, and the number of the item. What was not on it is decided "
                    "at another meeting."
                ),
            )


def _free(index: Index, category: str | None) -> bool:
    """Whether the rules allow this category to be decided beyond the agenda."""
    return any(
        (entry.get("categories") or {}).get(category or "", {}).get("agenda_only") is False
        for entry in index.of("rules")
    )
