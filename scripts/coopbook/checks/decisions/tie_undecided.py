"""Where a majority of half decides, the rules say what holds when there is a tie (`tie`).

## Why
Ten for, ten against: without a word on it, each side can call itself the winner.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.tally.arithmetic import HALF, read_fraction
from ...records.index import Index
from ...records.model import Record
from ..rule_stages import ways

KIND = "rules"
SEVERITY = "warning"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    for stage in ways(record):
        rule = stage.own.threshold
        half = rule and rule.base != "electorate" and read_fraction(rule.fraction) == HALF
        if half and not stage.held.tie:
            yield record.fault(
                _("Nothing says what holds when there is a tie."),
                *stage.path,
                "threshold",
                help=_("Add “tie: rejected”."),
            )
