"""No quorum and no majority asks for more than all.

## Why
“More than 1/1” cannot be reached. Unanimity is “at least 1/1”: `op: gte`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.tally.arithmetic import read_fraction
from ...records.index import Index
from ...records.model import Record
from ..rule_stages import ways

KIND = "rules"
SEVERITY = "warning"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    for stage in ways(record):
        for name, part in (("quorum", stage.own.quorum), ("threshold", stage.own.threshold)):
            if part and part.op == "gt" and part.fraction and read_fraction(part.fraction) == 1:
                yield record.fault(
                    _("More than all can never be reached."),
                    *stage.path,
                    name,
                    "op",
                    help=_("Write: gte"),
                )
