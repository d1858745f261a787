"""An offer whose `valid_until` has passed is renewed or taken out.

## Why
Clients who ask for what is no longer on offer are disappointed, and the member is bothered for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...records.index import Index
from ...records.model import Record

KIND = "member"
SEES_REFUSED = True
SEVERITY = "warning"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    for number, offer in enumerate(record.get("offers") or []):
        if offer.get("valid_until", "9999") < index.today.isoformat():
            yield record.error(
                _("This offer ended on {date}.", date=offer["valid_until"]),
                "offers",
                number,
                "valid_until",
                help=_("Give it a new date, or take it out."),
            )
