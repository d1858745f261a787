"""Minutes of a meeting before the rules of decision kept here (`in_force`) say all that such
minutes must.

What that is, `incomplete-minutes` says; of these meetings it is a warning.

## Why
What a meeting years ago did not write down cannot be written now without inventing it. Its minutes
are worth keeping all the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _, join_messages
from ...decisions.minutes_duties import LABELS, are_older_than_the_book, lacking
from ...decisions.types import Minutes
from ...records.index import Index
from ...records.model import Record

KIND = "minutes"
SEVERITY = "warning"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    minutes = Minutes.of(record)
    if minutes.record == "note" or not are_older_than_the_book(minutes, index):
        return
    if absent := lacking(record, index):
        yield record.fault(
            _("These minutes lack: {words}.", words=join_messages(LABELS[path] for path in absent)),
            help=_("Write what the original says; invent nothing."),
        )
