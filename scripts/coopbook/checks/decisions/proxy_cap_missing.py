"""Where proxies are allowed, the rules say how many one member may hold (`max_per_member`).

## Why
One member with ten proxies decides alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.tally.proxies import Rule
from ...decisions.types import Rules
from ...records.index import Index
from ...records.model import Record

KIND = "rules"
SEVERITY = "warning"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    rule = Rule.of(Rules.of(record).proxies)
    if rule.allowed and not rule.capped:
        yield record.fault(
            _("Nothing caps how many proxies one member may hold."),
            "proxies",
            help=_("Add “max_per_member”."),
        )
