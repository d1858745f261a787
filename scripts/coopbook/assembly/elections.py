"""The elections of an assembly: resolutions whose proposal is one, and who stands in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from ..base.collation import sort_key
from ..decisions.elected import contest_of
from ..decisions.elections import Contest
from ..decisions.types import Election, Proposal, Resolution
from ..decisions.votes import vote_id
from ..records.index import Entry
from .record import Assembly


@dataclass(frozen=True)
class HeldElection:
    """An election as it is voted in the room: by papers in a box, which two tellers count.

    Attributes:
        resolution: The resolution that it is.
        entry: The proposal.
        election: What the proposal asks.
        vote: The name of its present round.
        contest: What that round counts.
        is_counted: Whether it has a result.
    """

    resolution: Resolution
    entry: Entry
    election: Election
    vote: str
    contest: Contest

    is_counted: bool = False

    @property
    def is_told(self) -> bool:
        """Whether the record of the assembly and the proposal's page have its result."""
        return bool(self.resolution.result) and Proposal.of(self.entry).is_closed

    @property
    def is_second(self) -> bool:
        """Whether this is the second round."""
        return self.vote != self.entry.id

    @property
    def needs_papers(self) -> bool:
        """Whether anybody still has to choose."""
        return self.contest.method != "acclamation" and not self.is_counted and self.has_names

    @property
    def has_names(self) -> bool:
        """Whether there is somebody to choose from."""
        return bool(self.contest.candidates) or self.contest.method == "without_candidates"


def is_election(assembly: Assembly, one: Resolution) -> bool:
    """Whether a resolution is an election: its figures are those of the count sheets."""
    entry = assembly.index.find("proposal", one.proposal)
    asked = entry is not None and entry.sound and Proposal.of(entry).election is not None
    return asked or one.election is not None


def find_held_elections(assembly: Assembly) -> Iterator[HeldElection]:
    """The elections of an assembly that can be voted, in the order of their resolutions. One whose
    second round waits for the result of the first cannot.
    """
    for one in assembly.resolutions:
        entry = assembly.index.find("proposal", one.proposal)
        election = Proposal.of(entry).election if entry and entry.sound else None
        if entry is None or election is None:
            continue
        vote = vote_id(entry)
        if (contest := contest_of(assembly.index, entry, vote)) is not None:
            counted = vote in assembly.index.by_id("result")
            yield HeldElection(one, entry, election, vote, contest, counted)


def hours_of_vote(assembly: Assembly, held: HeldElection) -> list[str]:
    """The hours at which others could vote than before, while the box of an election was open: when
    it was opened and closed, and whenever somebody came in between. The hour that the record says,
    else the opening of the meeting, where the proposal says none of that day.
    """
    minutes, days = assembly.minutes, Proposal.of(held.entry).days_of(held.vote)
    first, last = (_hour(assembly, one) for one in (days.opens, days.closes))
    if not first or not last:
        return [held.resolution.at or minutes.opened]
    came = {one.arrived for one in minutes.attendance if first < one.arrived < last}
    found = sorted({first, last, *came})
    latest = minutes.closed or last
    return [one for one in found if minutes.opened <= one <= latest] or [minutes.opened]


def fullest_hour(assembly: Assembly, held: HeldElection) -> str:
    """The first of these hours at which most could vote: the quorum of an election is counted at
    it.
    """
    recused = frozenset(held.resolution.recused)
    return max(
        hours_of_vote(assembly, held),
        key=lambda hour: len(assembly.meeting.voters(hour, recused)),
    )


def _hour(assembly: Assembly, written: str) -> str:
    """The hour of an instant on the clock of the room; empty on another day."""
    if not written:
        return ""
    at, zone = datetime.fromisoformat(written), assembly.index.settings.timezone
    here = at.astimezone(ZoneInfo(zone)) if zone else at
    return f"{here:%H:%M}" if here.date().isoformat() == assembly.day else ""


def name_role(assembly: Assembly, held: HeldElection) -> str:
    """What is to be filled: the role and its body."""
    role = assembly.index.text(held.election.role, assembly.language)
    return f"{role}, {assembly.body_name(held.election.body)}"


def candidates_on_paper(assembly: Assembly, held: HeldElection) -> list[tuple[str, str]]:
    """Candidates in the order of the papers, and what each is called there: by the alphabet, or as
    they were drawn; with the id where two have one name.
    """
    ids = list(held.contest.candidates)
    if held.election.order != "drawn":
        ids.sort(key=lambda id: sort_key(assembly.sort_name(id)))
    return list(zip(ids, assembly.names_apart(ids), strict=True))
