"""The word of a role, on a gate, is given by somebody who held that role on that day.

`gates` of a proposal say who let it pass, or stopped it. A role is a body's id, or a word of a mandate's title or id.

## Why
Whoever can write “cleared” for the treasurer needs no treasurer.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..deciding.roles import held
from ..deciding.votes import rules_of
from ..diagnostics import Diagnostic, suggestion
from ..index import Index
from ..messages import _
from ..records import Record
from ..tally.events import instant


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    rules = rules_of(index)
    if record.kind.name != "proposal" or record.refused or not rules:
        return
    asked = {gate["role"] for gate in rules.get("gates") or ()}
    for number, word in enumerate(record.get("gates") or ()):
        role, by = word["role"], word["by"]
        if role not in asked:
            message = _("No rule of decision asks for the word of the role “{role}”.", role=role)
            yield record.error(message, "gates", number, "role", help=suggestion(role, asked) or _("Delete these lines."))
        elif not any(one.get("member") == by for _body, one in held(index, role, instant(word["at"]).date())):
            message = _("“{member}” had no mandate with the role “{role}” on that day.", member=by, role=role)
            yield record.error(message, "gates", number, "by", help=_("Only who holds the role can let this pass, or stop it."))
