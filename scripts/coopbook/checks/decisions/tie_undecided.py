"""Where a majority of half decides, the rules say what holds when there is a tie (`tie`).

## Why
Ten for, ten against: without a word on it, each side can call itself the winner.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.tally.arithmetic import HALF, fraction
from ...records.index import Index
from ...records.model import Record
from ..rule_stages import stages

KIND = "rules"
SEVERITY = "warning"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    for stage in stages(record):
        threshold = stage.own.get("threshold") or {}
        half = (
            "fraction" in threshold
            and fraction(threshold["fraction"]) == HALF
            and threshold["base"] != "electorate"
        )
        if half and stage.get("tie") is None:
            yield record.error(
                _("Nothing says what holds when there is a tie."),
                *stage.path,
                "threshold",
                help=_("Add “tie: rejected”."),
            )
