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
from ...decisions.types import Minutes, Rules
from ...records.index import Index
from ...records.model import Record

KIND = "minutes"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    minutes = Minutes.of(record)
    if minutes.are_elsewhere:
        return
    items = len(minutes.notice.agenda)
    for number, one in enumerate(minutes.resolutions):
        if (one.agenda or 0) > items:
            yield record.fault(
                _("The agenda has {count} items.", count=items),
                "resolutions",
                number,
                "agenda",
                help=_("Its first item is number 1."),
            )
        elif one.agenda is None and not _needs_no_item(index, one.category):
            yield record.fault(
                _("Resolution {number} is on no item of the agenda.", number=one.number),
                "resolutions",
                number,
                help=_(
                    "Write: agenda, and the number of the item. What was not on it is decided "
                    "at another meeting."
                ),
            )


def _needs_no_item(index: Index, category: str) -> bool:
    """Whether the rules allow this category to be decided beyond the agenda."""
    every = (Rules.of(entry).categories.get(category) for entry in index.of("rules"))
    return any(one is not None and one.agenda_only is False for one in every)
