"""Whether a member may vote on a proposal, else why not, in words."""

from __future__ import annotations

from ...base.messages import Message, _
from ...records.index import Entry, Index
from ..tally.electorate import Person, Rule, standing
from ..types import Member, Proposal
from ..vote_record import day_of
from ..votes import rules_of

THEIRS = {
    "never": _("“{member}” is not a member in law, and cannot vote: a working link gives no vote."),
    "later": _("“{member}” was not yet a member in law on {day}, the day that counts."),
    "ended": _("“{member}” was no longer a member in law on {day}, the day that counts."),
    "recent": _(
        "“{member}” had not been a member in law for long enough on {day}, the day that counts."
    ),
    "suspended": _("“{member}” was suspended on {day}, the day that counts, and cannot vote."),
    "recused": _("“{member}” does not vote on this proposal (“recused”)."),
}
"""Said of a member, by what `standing_on` finds."""
YOURS = {
    "never": _("You are not a member in law: you may discuss, and a vote would not be counted."),
    "later": _("You were not yet a member in law on the day that counts."),
    "ended": _("You were no longer a member in law on the day that counts."),
    "recent": _("You had not been a member in law for long enough on the day that counts."),
    "suspended": _("Your rights rested on the day that counts."),
    "recused": _("It concerns you yourself: you take no part in this vote."),
}
"""Said to the member."""


def standing_on(index: Index, proposal: Entry, member: Entry) -> str:
    """Whether a member is entitled to vote on a proposal (`entitled`), else why not: as `standing`
    says it, or `recused`. ValueError where the proposal is not complete.
    """
    rules, asked = rules_of(index), Proposal.of(proposal)
    person = Person.of(member.id, Member.of(member).membership)
    found = standing(person, day_of(rules, asked), Rule.of(rules.electorate))
    return "recused" if found == "entitled" and member.id in asked.recused else found


def why_not(index: Index, proposal: Entry, member: Entry) -> Message | None:
    """Why a member has no vote on a proposal; None where that one has."""
    words = THEIRS.get(standing_on(index, proposal, member))
    day = day_of(rules_of(index), Proposal.of(proposal)).isoformat()
    return Message(words.text, {"member": member.id, "day": day}) if words else None
