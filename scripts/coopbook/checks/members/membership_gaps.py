"""Periods of membership follow each other: none begins before the one above it has ended, only the
last may be open.

Who has left has no membership that still runs. Who is present need not have one: many work in a
co-op before they join it.

## Why
These periods alone say who is a member in law, who may vote and who counts for a quorum, on any
day.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.types import Member
from ...records.index import Index
from ...records.model import Record

KIND = "member"
SEES_REFUSED = True


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    member = Member.of(record)
    periods = member.membership
    if any(path[:1] == ("membership",) for path in record.refused):
        return
    for number, (before, after) in enumerate(itertools.pairwise(periods), 1):
        if not before.until:
            yield record.fault(
                _("This period begins while the one above it is still open."),
                "membership",
                number,
                "from",
                help=_("Add “until” to the period above."),
            )
        elif after.from_ < before.until:
            yield record.fault(
                _(
                    "This period begins before the one above it ends: {until}.",
                    until=before.until,
                ),
                "membership",
                number,
                "from",
                help=_("Put the periods in order, the oldest first."),
            )
    if periods and member.has_left and not periods[-1].until:
        yield record.fault(
            _("This member has left, and the membership is still open."),
            "membership",
            len(periods) - 1,
            help=_("Add “until”."),
        )
