"""A ballot is a member's, on a proposal that exists, while its vote is open.

Who may vote is who is a member in law on the day that the rules name: a working link such as a CAPE gives no vote, a suspended member has
none, who was admitted later neither, and who is concerned oneself (`recused`) stays out. Where the rules want a secret ballot, no file
says who voted what.

## Why
One ballot too many can make a decision void. It is easier to say so before the count than after.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..deciding.votes import is_secret, proposal_of, rules_of, vote_id
from ..diagnostics import Diagnostic, suggestion
from ..index import Entry, Index
from ..messages import Message, _
from ..records import Record
from ..tally.electorate import Person, Rule, standing
from ..tally.events import instant
from ..tally.keeping import day_of, stage_of

WHY = {
    "never": _("“{member}” is not a member in law, and cannot vote: a working link gives no vote."),
    "later": _("“{member}” was not yet a member in law on {day}, the day that counts."),
    "ended": _("“{member}” was no longer a member in law on {day}, the day that counts."),
    "recent": _("“{member}” had not been a member in law for long enough on {day}, the day that counts."),
    "suspended": _("“{member}” was suspended on {day}, the day that counts, and cannot vote."),
}


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    if record.kind.name != "ballot" or record.refused:
        return
    vote, _slash, id = record.id.rpartition("/")
    proposal, member = proposal_of(index, vote), index.entries.get("member", {}).get(id)
    if proposal is None or (vote_id(proposal) != vote and proposal.id != vote):
        yield record.error(_("There is no proposal “{id}”.", id=vote), help=suggestion(vote, index.entries.get("proposal", {})))
        return
    if member is None:
        yield record.error(_("There is no member “{id}”.", id=id), help=suggestion(id, index.entries.get("member", {})))
        return
    if is_secret(index, proposal) and vote not in index.entries.get("result", {}):
        yield record.error(_("This vote is secret: no ballot may bear a name."), help=_("Delete this ballot."))
        return
    yield from _time(record, proposal, vote)
    yield from _standing(record, proposal, member, index)


def _standing(record: Record, proposal: Entry, member: Entry, index: Index) -> Iterator[Diagnostic]:
    rules = rules_of(index)
    if not rules or not proposal.sound or not member.sound or "opened" not in proposal.value:
        return
    day = day_of(rules, proposal.value)
    found = standing(Person.from_plain(member.id, member.value), day, Rule.from_plain(rules["electorate"]))
    if found != "entitled":
        yield record.error(Message(WHY[found].text, {"member": member.id, "day": day.isoformat()}), help=_("Delete this ballot."))
    elif member.id in (proposal.get("recused") or ()):
        yield record.error(_("“{member}” does not vote on this proposal (“recused”).", member=member.id), help=_("Delete this ballot."))


def _time(record: Record, proposal: Entry, vote: str) -> Iterator[Diagnostic]:
    first = vote == proposal.id or stage_of(proposal.value) == "first"
    times = proposal.value if first else proposal.value["second"]
    if not proposal.sound or "opened" not in times or "closes" not in times:
        return
    cast = instant(record.get("cast_at"))
    if cast > instant(times["closes"]):
        yield record.error(_("The vote had closed: {instant}.", instant=times["closes"]), "cast_at", help=_("This ballot does not count."))
    elif cast < instant(times["opened"]):
        yield record.error(
            _("The vote was not open yet: {instant}.", instant=times["opened"]), "cast_at", help=_("This ballot does not count.")
        )
