"""The subject of a proposal is one that the rules of decision name.

The `subject` of a proposal that is not decided yet is named by the rules for a secret ballot
(`secret`), or for a role that must let it pass (`gates`).

## Why
A letter too many, and an exclusion is voted by show of hands: the rules do not find the word, and
say nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic, suggestion
from ...base.messages import _
from ...decisions.types import Proposal
from ...decisions.votes import rules_of
from ...records.index import Index
from ...records.model import Record

KIND = "proposal"
SEES_REFUSED = True
SEVERITY = "warning"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
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
        yield record.fault(message, "subject", help=suggestion(subject, sorted(told)) or words)
