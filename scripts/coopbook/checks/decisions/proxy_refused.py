"""A proxy is one that the rules allow: of a member to a member, received in time, and not more for
one holder than the rules say.

## Why
A holder above the cap votes with voices that do not count, and nobody would know which.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import Message, _
from ...decisions.tally.events import instant
from ...decisions.tally.proxies import Mandate, Rule, find_valid
from ...decisions.types import Proposal
from ...decisions.votes import is_judged_by_todays_rules, rules_of, vote_id, voters
from ...records.index import Index
from ...records.model import Record

KIND = "proposal"

WHY = {
    "not_allowed": _("The rules allow no proxies."),
    "principal": _("“{principal}” is not entitled to vote, and can give no proxy."),
    "holder": _("“{holder}” is not entitled to vote, and can hold no proxy."),
    "late": _("This proxy was received after the close."),
    "replaced": _("“{principal}” has given a later proxy."),
    "cap": _("“{holder}” holds more proxies than the rules allow: {cap}."),
}


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    rules = rules_of(index)
    proposal = index.by_id("proposal").get(record.id)
    asked = Proposal.of(record)
    if not asked.proxies or not asked.days.are_complete or not rules or proposal is None:
        return
    if not is_judged_by_todays_rules(index, vote_id(record)):
        return
    everybody = voters(index, proposal)
    electorate, entitled = everybody.without(asked.recused), len(everybody.voters)
    rule, mandates = Rule.of(rules.proxies), list(map(Mandate.of, asked.proxies))
    until = instant(asked.days.closes).date()
    for mandate, why in find_valid(mandates, electorate, rule, until, entitled)[1]:
        values = {
            "principal": mandate.principal,
            "holder": mandate.holder,
            "cap": rule.cap(entitled),
        }
        yield record.fault(
            Message(WHY[why].text, values),
            "proxies",
            mandates.index(mandate),
            help=_("Delete this proxy."),
        )
