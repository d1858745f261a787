"""A ballot that somebody else cast has a proxy behind it, or a teller with what proves it.

Proxies stand in the proposal (`proxies`), where the rules allow them, those for all votes until a
day on the assembly's page; tellers in the proposal or in
the rules (`tellers`), and what they enter has its `evidence`.

## Why
Nobody votes for somebody else on their own word.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.types import Ballot, Proposal
from ...decisions.votes import (
    is_judged_by_todays_rules,
    proposal_of,
    rules_of,
    standing_proxies,
    voter_of,
)
from ...records.index import Index
from ...records.model import Record

KIND = "ballot"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    ballot = Ballot.of(record)
    (vote, member), caster = voter_of(index, record), ballot.cast_by
    proposal = proposal_of(index, vote)
    if not caster or caster == member or proposal is None:
        return
    written = index.find("rules", "rules")
    if (written and not written.sound) or not is_judged_by_todays_rules(index, vote):
        return
    rules = rules_of(index)
    asked = Proposal.of(proposal)
    proxies = [(one.principal, one.holder) for one in asked.proxies]
    proxies += [(one["principal"], one["holder"]) for one in standing_proxies(index)]
    if rules.proxies.allowed and (member, caster) in proxies:
        return
    if caster not in [*rules.tellers, *asked.tellers]:
        message = _(
            "“{caster}” cannot vote for “{member}”: there is no such proxy.",
            caster=caster,
            member=member,
        )
        yield record.fault(
            message,
            "cast_by",
            help=_(
                "Name the proxy in {file}, or let “{member}” vote.",
                file=proposal.file,
                member=member,
            ),
        )
    elif ballot.evidence is None:
        yield record.fault(
            _("A teller's ballot needs “evidence”: what proves it."),
            "cast_by",
            help=_("Add the SHA-256 of the paper or the mail."),
        )
