"""An election in minutes fits together: who stood, the figures of each round, who is elected.

Elected is who accepted and did not withdraw, nobody has fewer votes than somebody who is not, and
there are no more of them than seats. An acclamation elects all who stand. Where a proposal asked
for the election, the minutes say what its result says. Where none did, as with nominations in the
room, they say body, role, seats, method and term: mandates are made of these.

## Why
Whoever asks who was elected, with how many votes, looks into the minutes; the bank looks nowhere
else.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ...base.diagnostics import Diagnostic, suggestion
from ...base.messages import _
from ...base.positions import Path
from ...decisions.types import HeldElection, HeldRound, Minutes, Proposal, Resolution
from ...decisions.votes import vote_ids
from ...records.index import Entry, Index
from ...records.model import Record

KIND = "minutes"
ADDED_UP = ("yes_no", "plurality", "approval", "without_candidates")


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    for number, one in enumerate(Minutes.of(record).resolutions):
        if one.election is None:
            continue
        path: Path = ("resolutions", number, "election")
        proposal = index.find("proposal", one.proposal)
        if one.proposal and proposal and proposal.sound:
            yield from _compare_with_result(record, index, path, one.election, proposal)
        elif not one.proposal:
            yield from _complete(record, path, one.election)
        yield from _people(record, path, one.election)
        for place, found in enumerate(one.election.rounds):
            yield from _round(record, (*path, "rounds", place), one, found)


def _compare_with_result(
    record: Record, index: Index, path: Path, held: HeldElection, proposal: Entry
) -> Iterator[Diagnostic]:
    """Whether the minutes say what the result of the proposal says."""
    if Proposal.of(proposal).election is None:
        message = _("“{id}” is no election.", id=proposal.id)
        yield record.fault(message, *path, help=_("Take out “election”."))
        return
    results = [index.by_id("result").get(vote) for vote in vote_ids(proposal.id)]
    told = [one for one in results if one is not None and one.sound and one.get("election")]
    rounds = [plain for one in told for plain in one.get("election", "rounds") or ()]
    mine = [
        {name: value for name, value in plain.items() if name != "vote"}
        for plain in record.get(*path, "rounds") or ()
    ]
    elected = {id for one in told for id in one.get("election", "elected") or ()}
    if told and (mine != rounds or {*held.elected} != elected):
        message = _("The result of “{id}” says otherwise.", id=proposal.id)
        help = _("Give the count sheets back at the step “count”: it writes what they gave.")
        yield record.fault(message, *path, help=help)


def _complete(record: Record, path: Path, held: HeldElection) -> Iterator[Diagnostic]:
    said = {
        "body": held.body,
        "role": held.role,
        "seats": held.seats,
        "method": held.method,
        "term": held.term.from_,
    }
    for name, value in said.items():
        if not value:
            message = _("“{name}” is missing: mandates are made of it.", name=name)
            yield record.fault(message, *path)
    if held.term.until and held.term.until <= held.term.from_:
        yield record.fault(_("The term ends before it begins."), *path, "term", "until")


def _people(record: Record, path: Path, held: HeldElection) -> Iterator[Diagnostic]:
    names = [one.member for one in held.candidates]
    for place, name in enumerate(names):
        if name in names[:place]:
            message = _("“{member}” stands here twice.", member=name)
            help = _("Delete one of the two.")
            yield record.fault(message, *path, "candidates", place, "member", help=help)
    for place, id in enumerate(held.elected):
        if names and id not in held.standing:
            message = _("“{member}” is elected and did not stand.", member=id)
            near = suggestion(id, held.standing)
            yield record.fault(message, *path, "elected", place, help=near)
    if held.seats and len(held.elected) > held.seats:
        message = _(
            "More are elected ({elected}) than there are seats ({seats}).",
            elected=len(held.elected),
            seats=held.seats,
        )
        yield record.fault(message, *path, "elected")
    if held.method == "acclamation" and names and {*held.standing} != {*held.elected}:
        message = _("An acclamation elects all who stand.")
        help = _("Where somebody has to choose, there is a vote.")
        yield record.fault(message, *path, "elected", help=help)


def _round(record: Record, path: Path, one: Resolution, found: HeldRound) -> Iterator[Diagnostic]:
    votes = {each.candidate: Fraction(each.votes) for each in found.figures if each.votes}
    for place, each in enumerate(found.figures):
        if one.for_ is not None and votes.get(each.candidate, 0) > one.for_ and not found.group:
            message = _(
                "“{member}” has {votes} votes, and {ballots} ballots were expressed.",
                member=each.candidate,
                votes=each.votes,
                ballots=one.for_,
            )
            yield record.fault(message, *path, "figures", place, "votes")
    held = one.election
    grouped = held is not None and any(who.group for who in held.candidates)
    if held is None or held.method not in ADDED_UP or grouped or not found.elected:
        return
    least = min(votes.get(id, Fraction(0)) for id in found.elected)
    for id, many in votes.items():
        if many > least and id not in held.elected:
            message = _("“{member}” has more votes than somebody who is elected.", member=id)
            yield record.fault(message, *path, "elected")
