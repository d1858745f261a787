"""A vote on a proposed change cannot be won by a few once its text has changed.

## Why
Votes on another text fall away when it changes. Without a quorum, and without new days, those of
one evening decide.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.tally.shapes import Threshold
from ...decisions.types import Rules
from ...records.index import Index
from ...records.model import Record

KIND = "rules"
SEVERITY = "warning"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    for name, category in Rules.of(record).categories.items():
        consent, threshold = category.consent, category.threshold
        enough = consent.min_yes > 1 if consent else _is_of_all(threshold)
        if category.any:
            enough = all(way.quorum or _is_of_all(way.threshold) for way in category.any)
        restarts = category.restart_on_change and category.min_days
        if not category.votes_on_proposals or category.quorum or restarts or enough:
            continue
        message = _(
            "When the text changes late, the votes already given fall away, and very few new "
            "ones can then adopt it."
        )
        quorum = _(
            "Add “restart_on_change: true” with “min_days”, or a quorum of those in favour: "
            "“of: for”."
        )
        floor = _("Add “restart_on_change: true” with “min_days”, or a higher “min_yes”.")
        yield record.fault(
            message, "categories", name, "channel", help=floor if consent else quorum
        )


def _is_of_all(threshold: Threshold | None) -> bool:
    return threshold is not None and threshold.base == "electorate"
