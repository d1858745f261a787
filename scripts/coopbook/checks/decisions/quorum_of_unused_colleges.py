"""A quorum of the colleges' shares (`base: weights`) is asked for only where the colleges are in
use.

## Why
Heads are counted then, and the quorum is not the one that people have read.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.types import Rules
from ...records.index import Index
from ...records.model import Record

KIND = "rules"
SEVERITY = "warning"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    rules = Rules.of(record)
    if rules.colleges.enabled:
        return
    for name, category in rules.categories.items():
        if category.quorum and category.quorum.base == "weights":
            message = _(
                "This quorum is of the colleges' shares, and the colleges are not in use: "
                "heads are counted."
            )
            yield record.fault(
                message,
                "categories",
                name,
                "quorum",
                "base",
                help=_("Write “base: electorate”, or “enabled: true” under “colleges”."),
            )
