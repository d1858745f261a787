"""The cap on proxies is below what one member could ever hold.

## Why
A cap that nobody can reach caps nothing, and looks as if it did.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.tally.arithmetic import HALF
from ...decisions.tally.proxies import Rule
from ...decisions.types import Rules
from ...records.index import Index
from ...records.model import Record
from ..rule_stages import count_entitled

KIND = "rules"
SEVERITY = "warning"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    rule = Rule.of(Rules.of(record).proxies)
    if not rule.allowed or not rule.capped:
        return
    size = count_entitled(record, index)
    if (
        (size and (rule.cap(size) or 0) >= size)
        or (rule.below and rule.value >= rule.below)
        or (rule.else_fraction or Fraction(0)) >= HALF
    ):
        yield record.fault(
            _("This cap is above what could ever be held: it caps nothing."),
            "proxies",
            "max_per_member",
            help=_("Write a smaller number."),
        )
