"""The rules of decision are changed by the strictest decision that they know.

## Why
Whoever can change the rules by an easy vote can then decide everything by one.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.globs import matches
from ...base.messages import _
from ...decisions.proposed_change import RULES
from ...decisions.types import Rules
from ...records.index import Index
from ...records.model import Record

KIND = "rules"
SEVERITY = "warning"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    rules = Rules.of(record)
    order = rules.order
    found = [(path, who) for path, who in rules.paths.items() if matches(path, RULES)]
    votes = [
        order.index(name)
        for _path, who in found
        if (name := who.removeprefix("vote:")) in order and who.startswith("vote:")
    ]
    if order and max(votes, default=-1) < len(order) - 1:
        message = _(
            "These rules can be changed more easily than by “{strictest}”, the strictest "
            "decision that they know.",
            strictest=order[-1],
        )
        yield record.fault(
            message,
            *(("paths", found[-1][0]) if found else ("paths",)),
            help=_("Add to “paths”: {line}", line=f'"{RULES}": vote:{order[-1]}'),
        )
