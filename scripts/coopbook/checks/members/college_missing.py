"""Where votes are counted by colleges, every member in law is of a college that has a share.

`colleges` in the rules of decision gives each college its share of 100; `college`, in a member's
`membership`, says of which one a member is.

## Why
A vote is weighed college by college: that of a member without one would be received, and weigh
nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic, suggestion
from ...base.messages import _
from ...decisions.types import Member
from ...decisions.votes import rules_of
from ...records.index import Index
from ...records.model import Record

KIND = "member"
SEES_REFUSED = True


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    colleges = rules_of(index).colleges
    weights = colleges.weights
    if not colleges.enabled or not weights:
        return
    if any(path[:1] == ("membership",) and path[2:] != ("college",) for path in record.refused):
        return
    today, choices = index.today.isoformat(), ", ".join(weights)
    for number, period in enumerate(Member.of(record).membership):
        if not period.runs_on(today):
            continue
        college = period.college
        if not college:
            message = _(
                "Votes are counted by colleges, and this member is of none: the vote would "
                "weigh nothing."
            )
            yield record.fault(
                message,
                "membership",
                number,
                help=_("Add “college”, one of: {choices}.", choices=choices),
            )
        elif college not in weights:
            message = _(
                "The college “{college}” has no share in the rules of decision: this member's "
                "vote would weigh nothing.",
                college=college,
            )
            help = suggestion(college, weights) or _("One of: {choices}.", choices=choices)
            yield record.fault(message, "membership", number, "college", help=help)
