"""A quorum asks for no more people than have a vote.

## Why
Nothing could ever be decided under such a category, and it shows on the evening of the vote.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...records.index import Index
from ...records.model import Record
from ..rule_stages import count_entitled, ways

KIND = "rules"
SEVERITY = "warning"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    for stage in ways(record):
        quorum = stage.own.quorum
        least = quorum.min if quorum and not quorum.min_or_all else 0
        if least and (size := count_entitled(record, index)) and least > size:
            message = _(
                "This quorum cannot be reached: {min} people, and {size} are entitled today.",
                min=least,
                size=size,
            )
            yield record.fault(
                message,
                *stage.path,
                "quorum",
                "min",
                help=_("Write a smaller number, or add “min_or_all: true”."),
            )
