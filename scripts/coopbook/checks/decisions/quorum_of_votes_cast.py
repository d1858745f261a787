"""A quorum is of those in favour, not of votes cast, where the majority is of the votes expressed.

## Why
With a quorum of votes cast, whoever is against helps to reach it by voting. A proposal with six in
favour failed, and would have passed with five more against it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...records.index import Index
from ...records.model import Record
from ..rule_stages import ways

KIND = "rules"
SEVERITY = "warning"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    for stage in ways(record):
        quorum, threshold = stage.own.quorum, stage.held.threshold
        if quorum and quorum.of == "cast" and threshold and threshold.base == "expressed":
            message = _(
                "With a quorum of votes cast, votes against can make a proposal pass that "
                "would have failed without them."
            )
            yield record.fault(
                message,
                *stage.path,
                "quorum",
                "of",
                help=_("Ask for a quorum of those in favour: “of: {of}”.", of="for"),
            )
