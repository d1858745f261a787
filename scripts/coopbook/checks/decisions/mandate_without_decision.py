"""A mandate that runs names the decision that gave it (`elected_by` or `decided_by`).

## Why
A bank or a court asks who gave it, and when.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.types import Body
from ...records.index import Index
from ...records.model import Record

KIND = "body"
SEES_REFUSED = True
SEVERITY = "warning"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    for number, mandate in enumerate(Body.of(record).mandates):
        if not (mandate.elected_by or mandate.decided_by or mandate.ended_on):
            help = _("Add “elected_by” or “decided_by”.")
            yield record.fault(
                _("No decision is named that gave this mandate."), "mandates", number, help=help
            )
