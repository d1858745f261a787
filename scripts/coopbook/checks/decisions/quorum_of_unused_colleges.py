"""A quorum of the colleges' shares (`base: weights`) is asked for only where the colleges are in
use.

## Why
Heads would be counted then, and the quorum is not the one that people have read.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.types import Rules
from ...records.index import Index
from ...records.model import Record
from ..rule_stages import ways

KIND = "rules"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    if Rules.of(record).colleges.enabled:
        return
    for way in ways(record):
        quorum = way.own.quorum
        if quorum and quorum.base == "weights":
            message = _("This quorum is of the colleges' shares, and the colleges are not in use.")
            yield record.fault(
                message,
                *way.path,
                "quorum",
                "base",
                help=_("Write “base: electorate”, or “enabled: true” under “colleges”."),
            )
