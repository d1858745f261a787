"""A mandate whose `until` has passed is ended (`ended_on`) or renewed.

## Why
Who speaks for the co-op, and until when, must be certain: a bank or a client may ask.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...agenda.dated import expired
from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...records.index import Index
from ...records.model import Record

KIND = "body"
SEES_REFUSED = True
SEVERITY = "warning"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    for number, mandate in enumerate(record.get("mandates") or []):
        if expired(mandate, index.today):
            yield record.error(
                _("This mandate ended on {date}.", date=mandate["until"]),
                "mandates",
                number,
                "until",
                help=_("Add ended_on, or renew it in a new entry."),
            )
