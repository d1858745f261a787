"""A ballot is a member's, on a proposal that exists, while its vote is open; each has one.

Who may vote is who is a member in law on the day that the rules name: a working link such as a CAPE
gives no vote, a suspended member has none, who was admitted later neither, and who is concerned
oneself (`recused`) stays out. Where the rules want a secret ballot, no file says who voted what.

## Why
One ballot too many can make a decision void. It is easier to say so before the count than after.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC

from ...base.diagnostics import Diagnostic, suggestion
from ...base.messages import _
from ...base.once import once
from ...decisions.tally.events import instant
from ...decisions.types import Ballot, Proposal
from ...decisions.votes import (
    is_judged_by_todays_rules,
    is_secret,
    proposal_of,
    rules_of,
    vote_id,
    voter_of,
)
from ...decisions.wording.eligibility import why_not
from ...records.index import Entry, Index
from ...records.model import Record

KIND = "ballot"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    vote, id = voter_of(index, record)
    proposal, member = proposal_of(index, vote), index.by_id("member").get(id)
    if proposal is None or (vote_id(proposal) != vote and proposal.id != vote):
        yield record.fault(
            _("There is no proposal “{id}”.", id=vote),
            help=suggestion(vote, index.by_id("proposal")),
        )
        return
    if member is None:
        yield record.fault(
            _("There is no member “{id}”.", id=id),
            help=suggestion(id, index.by_id("member")),
        )
        return
    if is_secret(index, proposal) and vote not in index.by_id("result"):
        yield record.fault(
            _("This vote is secret: no ballot may bear a name."), help=_("Delete this ballot.")
        )
        return
    if len(files := _ballots_by_voter(index)[vote, id]) > 1 and vote not in index.by_id("result"):
        other = next(file for file in files if file != record.file)
        message = _("“{id}” has another ballot in this vote: {file}.", id=id, file=other)
        yield record.fault(message, help=_("Keep the one that was cast last."))
    yield from _time(record, proposal, vote, index)
    yield from _standing(record, proposal, member, index)


@once
def _ballots_by_voter(index: Index) -> dict[tuple[str, str], list[str]]:
    """The ballot files of each voter in each vote, by the id of now."""
    found: dict[tuple[str, str], list[str]] = {}
    for entry in index.of("ballot"):
        found.setdefault(voter_of(index, entry), []).append(entry.file)
    return found


def _standing(record: Record, proposal: Entry, member: Entry, index: Index) -> Iterator[Diagnostic]:
    if not is_judged_by_todays_rules(index, Ballot.of(record).vote) or not rules_of(index):
        return
    if not proposal.sound or not member.sound or not Proposal.of(proposal).opens:
        return
    if message := why_not(index, proposal, member):
        yield record.fault(message, help=_("Delete this ballot."))


def _time(record: Record, proposal: Entry, vote: str, index: Index) -> Iterator[Diagnostic]:
    days = Proposal.of(proposal).days_of(vote)
    if not proposal.sound or not days.are_complete:
        return
    cast = instant(Ballot.of(record).cast_at)
    # What is tomorrow where somebody votes may be today where this runs, and the other way round.
    if min(cast.date(), cast.astimezone(UTC).date()) > index.today:
        yield record.fault(
            _("“{name}” lies in the future.", name="cast_at"),
            "cast_at",
            help=_("Write when it was cast."),
        )
    elif cast > instant(days.closes):
        yield record.fault(
            _("The vote had closed: {instant}.", instant=days.closes),
            "cast_at",
            help=_("This ballot does not count."),
        )
    elif cast < instant(days.opens):
        yield record.fault(
            _("The vote was not open yet: {instant}.", instant=days.opens),
            "cast_at",
            help=_("This ballot does not count."),
        )
