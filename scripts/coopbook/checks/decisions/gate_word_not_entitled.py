"""The word of a role, on a gate, is given by somebody who held that role on that day.

`gates` of a proposal say who let it pass, or stopped it. A role is a body's id, a mandate's title
or id, or a word of its id. With the files before the change (`coopbook check --base`): the mandate
is not one that comes with the word.

## Why
Whoever can write “cleared” for the treasurer needs no treasurer.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic, suggestion
from ...base.messages import Message, _
from ...decisions.mandates import mandates_held
from ...decisions.tally.events import instant
from ...decisions.types import GateWord, Proposal
from ...decisions.votes import is_judged_by_todays_rules, rules_of, vote_id
from ...records.index import Index
from ...records.model import Record

KIND = "proposal"

HELP = _("Only who holds the role can let this pass, or stop it.")


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    rules = rules_of(index)
    if not rules or not is_judged_by_todays_rules(index, vote_id(record)):
        return
    asked = {gate.role for gate in rules.gates}
    for number, word in enumerate(Proposal.of(record).gates):
        role = word.role
        if role not in asked:
            message = _("No rule of decision asks for the word of the role “{role}”.", role=role)
            yield record.fault(
                message,
                "gates",
                number,
                "role",
                help=suggestion(role, asked) or _("Delete these lines."),
            )
        elif not _holds(index, word):
            yield record.fault(_nobody(word), "gates", number, "by", help=HELP)


def check_change(before: Index, after: Index) -> Iterator[Diagnostic]:
    if not before.by_id("body"):
        return
    for entry in after.of("proposal"):
        was = before.find("proposal", entry.id)
        had = Proposal.of(was).gates if was else ()
        for number, word in enumerate(Proposal.of(entry).gates if entry.sound else ()):
            if word not in had and _holds(after, word) and not _holds(before, word):
                yield entry.fault(
                    _("The mandate of “{member}” comes with this very change.", member=word.by),
                    "gates",
                    number,
                    "by",
                    help=HELP,
                )


def _holds(index: Index, word: GateWord) -> bool:
    return any(
        one.member == word.by
        for _body, one in mandates_held(index, word.role, instant(word.at).date())
    )


def _nobody(word: GateWord) -> Message:
    return _(
        "“{member}” had no mandate with the role “{role}” on that day.",
        member=word.by,
        role=word.role,
    )
