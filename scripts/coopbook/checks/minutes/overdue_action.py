"""An action that is open is not past its day.

## Why
What nobody does any more should be done, put off to a day, or dropped aloud: the list is only read if it is true.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...agenda.dated import overdue
from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...records.index import Index
from ...records.model import Record

KIND = "minutes"
SEES_REFUSED = True
SEVERITY = "warning"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    for number, one in enumerate(record.get("actions") or []):
        if overdue(one, index.today):
            yield record.error(
                _("This action was due on {date}.", date=one["due"]),
                "actions",
                number,
                "due",
                help=_("Set its status to done or dropped, or give it another day."),
            )
