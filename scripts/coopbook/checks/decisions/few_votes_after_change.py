"""A vote on a proposed change cannot be won by a few once its text has changed.

## Why
Votes on another text fall away when it changes. Without a quorum, and without new days, those of
one evening decide.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...records.index import Index
from ...records.model import Record

KIND = "rules"
SEVERITY = "warning"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    for name, category in (record.get("categories") or {}).items():
        consent, base = category.get("consent"), (category.get("threshold") or {}).get("base")
        enough = consent.get("min_yes", 0) > 1 if consent else base == "electorate"
        restarts = category.get("restart_on_change") and category.get("min_days")
        if (
            category.get("channel") not in ("pull_request", "either")
            or "quorum" in category
            or restarts
            or enough
        ):
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
        yield record.error(
            message, "categories", name, "channel", help=floor if consent else quorum
        )
