"""A working note (`record: note`) says nothing that only minutes may.

A note has attendance, decisions and actions. It has no number, no kind of meeting, no officers, no
resolutions, no figures, no signatures: minutes (`record: minutes`) have those.

## Why
A note that looks like minutes passes for a decision.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.types import Minutes
from ...records.index import Index
from ...records.model import Record

KIND = "minutes"
NOT_IN_NOTES = (
    "number",
    "kind",
    "company_line",
    "officers",
    "resolutions",
    "signatures",
    "register",
    "approved",
    "original",
)


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    for name in NOT_IN_NOTES if Minutes.of(record).record == "note" else ():
        if name in record.value:
            yield record.fault(
                _("A working note has no “{field}”.", field=name),
                name,
                help=_(
                    "Minutes are records with “record: minutes”; a note has attendance, "
                    "decisions and actions."
                ),
            )
