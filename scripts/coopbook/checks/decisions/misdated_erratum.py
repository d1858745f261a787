"""An erratum of a decided proposal, of a result or of an article bears the day on which it was
written: not one to come, nor one before what it puts right, nor before the erratum above it.

Of minutes, `minutes-out-of-order` asks the same.

## Why
An erratum is believed because everybody can see when it was said, and what stood there until then.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.kinds import ARTICLE, PROPOSAL, RESULT
from ...records.index import Index
from ...records.model import Record

KIND = (PROPOSAL, RESULT, ARTICLE)

FIRST = {PROPOSAL: "closes", RESULT: "counted_at", ARTICLE: "in_force"}
"""What an erratum cannot be older than."""


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    today = index.today.isoformat()
    first = str(record.get(FIRST[record.kind.name]) or "")[:10]
    last = first if first <= today else ""
    for number, one in enumerate(record.get("errata") or ()):
        day = str(one.get("on") or "")
        place = ("errata", number, "on")
        if day > today:
            yield record.fault(_("This day is still to come."), *place, help=_("Look at the year."))
        elif day < last:
            yield record.fault(
                _("This erratum is older than what stands before it, of {date}.", date=last),
                *place,
                help=_("Write the day on which it was found, below the others."),
            )
        last = max(last, day)
