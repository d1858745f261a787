"""Somebody holds today the role of each gate.

## Why
Such a vote waits for ever, or for a silence that means nothing. A role is a body's id, or a word of
a mandate's role or id.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.mandates import mandates_held
from ...decisions.types import Rules
from ...records.index import Index
from ...records.model import Record

KIND = "rules"
SEVERITY = "warning"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    if not all(body.sound for body in index.of("body")):
        return
    for number, gate in enumerate(Rules.of(record).gates):
        if not any(mandates_held(index, gate.role, index.today)):
            message = _(
                "No mandate of today has the role “{role}”: nobody can let a proposal pass, "
                "or stop it.",
                role=gate.role,
            )
            help = _("Name a body's id, or a word of a mandate's role or id; or renew the mandate.")
            yield record.fault(message, "gates", number, "role", help=help)
