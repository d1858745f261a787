"""A subject, and a role that may change files, are words that somebody else uses, too.

The `subject` of a proposal that is not decided yet is one that the rules of decision name: for a
secret ballot (`secret`), or for a role that must let it pass (`gates`). A role in `paths`
(`role:secretary`) is one that a mandate has or had, in its `role` or its `id`, or one of the two
that a young co-op has before any mandate: secretary, administrator.

## Why
A letter too many, and an exclusion is voted by show of hands, or nobody may change a file any more:
the rules do not find the word, and say nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic, suggestion
from ...base.formats import slug
from ...base.messages import _
from ...decisions.mandates import mandates_of_role
from ...decisions.types import Body, Proposal, Rules
from ...decisions.votes import rules_of
from ...records.index import Index
from ...records.model import Record

KIND = ("rules", "proposal")
SEES_REFUSED = True
SEVERITY = "warning"
USUAL = frozenset(["administrator", "secretary"])
"""Roles that the presets and the guides speak of."""


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    if record.kind.name == "proposal":
        yield from _subject(record, index)
    elif not record.refused:
        yield from _roles(record, index)


def _subject(record: Record, index: Index) -> Iterator[Diagnostic]:
    proposal, rules = Proposal.of(record), rules_of(index)
    subject = proposal.subject
    if not subject or not rules or proposal.is_closed:
        return
    told = {
        *rules.secret.required_for,
        *(word for gate in rules.gates for word in gate.on),
    }
    if subject not in told:
        words = (
            _("The rules name these: {subjects}.", subjects=", ".join(sorted(told)))
            if told
            else _("Take it out.")
        )
        message = _(
            "The rules say nothing of the subject “{name}”: neither secrecy nor a role's "
            "leave follows from it.",
            name=subject,
        )
        yield record.error(message, "subject", help=suggestion(subject, sorted(told)) or words)


def _roles(record: Record, index: Index) -> Iterator[Diagnostic]:
    for path, who in Rules.of(record).paths.items():
        role = who.removeprefix("role:")
        if role != who and role not in USUAL and not any(mandates_of_role(index, role)):
            help = suggestion(role, sorted({*USUAL, *_words(index)})) or _(
                "Name a role that a mandate in decisions/bodies gives."
            )
            yield record.error(
                _("No mandate has or had the role “{name}”.", name=role), "paths", path, help=help
            )


def _words(index: Index) -> Iterator[str]:
    """What roles might be called: the words of mandates' ids, and their titles in small letters
    without accents.
    """
    for body in index.of("body"):
        for mandate in Body.of(body).mandates:
            yield from mandate.id.split("-")
            yield from (slug(text) for text in mandate.role.values())
