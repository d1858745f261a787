"""What a resolution's figures give under the co-op's own rules: quorum, majority, result."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from .meetings import Meeting
from .tally import colleges
from .tally.arithmetic import Choice, Counts, Measure, Opposition
from .tally.counting import CountedVotes, Verdict, count_sizes, verdict
from .tally.electorate import Voter
from .tally.terms import Category, Way
from .types import Figures, HeldElection, Resolution

FIGURES = ("for", "against", "abstain", "blank", "null")
Found = Literal["", "adopted", "rejected", "no_quorum"]
RESULTS: dict[str, Found] = {
    "adopted": "adopted",
    "rejected": "rejected",
    "no_quorum": "no_quorum",
    "open": "rejected",
    "lapsed": "rejected",
}
"""What minutes call what a count gives: in a meeting, a vote against is the objection that consent
speaks of, unless the category says itself how many may be against.
"""


class Reckoning(Struct, frozen=True):
    """A resolution counted anew. `entitled`: how many could vote on it, there or not; None where
    nothing says. `voters`: ids of those who were there, or for whom somebody stood; `represented`:
    how many took part. `result` is empty where the figures do not say.
    """

    entitled: int | None
    represented: int
    cast: int
    voters: frozenset[str]
    quorum: Measure | None = None
    threshold: Measure | None = None
    tie: str = ""
    result: Found = ""
    against: Opposition | None = None
    any: tuple[Verdict, ...] = ()

    @property
    def quorum_of_attendance(self) -> Measure | None:
        """The quorum, where those are counted who take part: it is known without any vote."""
        quorum = self.quorum
        return quorum if quorum is not None and quorum.name == "represented" else None

    @property
    def too_many(self) -> bool:
        """Whether there are more votes than voters."""
        return self.cast > self.represented


def figures_by_choice(figures: Figures) -> dict[str, int]:
    """The figures that a resolution says, by choice, in the order of `FIGURES`."""
    every = (figures.for_, figures.against, figures.abstain, figures.blank, figures.null)
    return {name: one for name, one in zip(FIGURES, every, strict=True) if one is not None}


def category_of(meeting: Meeting, resolution: Resolution) -> Category | None:
    """The category under which a resolution is counted; at a second call, as the second
    consultation asks.
    """
    return meeting.rules.counted_category(
        resolution.category, "second" if meeting.second else "first"
    )


def reckon(meeting: Meeting, resolution: Resolution) -> Reckoning:
    """Count a resolution at the time of its vote (`at`, else the meeting's opening). Without a
    category of the rules there is no quorum, majority or result to find. Where nobody's attendance
    is told, as in a written consultation, those take part who voted.
    """
    moment, recused = resolution.at or meeting.opened, frozenset(resolution.recused)
    voters = meeting.voters(moment, recused)
    there = resolution.cast if meeting.written or not meeting.attendance else len(voters)
    cast = there if _is_of_all_there(resolution, there) else resolution.cast
    found = Reckoning(meeting.base(moment, recused), there, cast, frozenset(voters))
    category = category_of(meeting, resolution)
    if category is None or found.too_many:
        return found
    weights = colleges.Rule.of(meeting.rules.colleges) if meeting.assembly else None
    known = category if found.entitled is not None else replace(category, quorum=None)
    poll = _poll(meeting, resolution, found, voters)
    if category.threshold or category.against or category.any:
        poll = replace(poll, open_objections=0)
    judged = verdict(poll, known, weights)
    if resolution.election is not None:
        result = _judge_election(judged, resolution.election)
        return replace(found, quorum=judged.quorum, result=result)
    quorum, threshold = judged.quorum, judged.threshold
    return replace(
        found,
        quorum=quorum,
        threshold=threshold,
        tie=judged.tie,
        result=_result(judged, category, resolution, weights, found),
        against=judged.against,
        any=judged.any,
    )


def is_founded(found: Reckoning, resolution: Resolution) -> bool:
    """Whether a resolution says how it was voted: by figures, or as unanimous among those who were
    there.
    """
    told = resolution.election is not None and resolution.election.is_told
    return told or resolution.are_told or _is_of_all_there(resolution, found.represented)


def _judge_election(judged: Verdict, election: HeldElection) -> Found:
    """What an election gives: it has a majority of its own, and an acclamation asks for nobody's
    vote.
    """
    if not election.is_told:
        return ""
    lacking = judged.quorum is not None and not judged.quorum.met
    if lacking and election.method != "acclamation":
        return "no_quorum"
    return "adopted" if election.elected else "rejected"


def _is_of_all_there(resolution: Resolution, there: int) -> bool:
    return resolution.unanimous and not resolution.are_told and there > 0


def _result(
    judged: Verdict,
    category: Category,
    resolution: Resolution,
    weights: colleges.Rule | None,
    found: Reckoning,
) -> Found:
    """Nothing where a figure is wanting, or where the chair's own vote decides, which minutes do
    not tell.
    """
    taking_part = judged.quorum is not None and judged.quorum.name == "represented"
    if not is_founded(found, resolution):
        return "no_quorum" if taking_part and judged.quorum and not judged.quorum.met else ""
    all_there = not resolution.are_told
    wanting = (weights and not resolution.by_college and not all_there) or any(
        _is_wanting(way, found, all_there) for way in category.ways
    )
    chairs = judged.result != "adopted" and any(way.tie == "chair" for way in judged.any)
    return "" if wanting or chairs or judged.tie == "chair" else RESULTS[judged.result]


def _is_wanting(way: Category | Way, found: Reckoning, all_there: bool) -> bool:
    """Whether figures do not say enough for a quorum or a majority: of how many, or of whom. A
    quorum of nobody knows how many is not asked for, save where it is one of several ways.
    """
    bases = {one.base for one in (way.majority, way.against) if one is not None}
    quorum = way.quorum
    of_whom = quorum and quorum.without and quorum.of != "represented" and not all_there
    of_how_many = "electorate" in bases or (quorum and isinstance(way, Way))
    return bool(of_whom or (of_how_many and found.entitled is None))


def _poll(
    meeting: Meeting, resolution: Resolution, found: Reckoning, voters: Mapping[str, Voter]
) -> CountedVotes:
    """What the figures say, and who was there; where all of these were in favour, each of them."""
    electorate = meeting.electorate.without(resolution.recused).voters
    everybody = {voter.id: voter for voter in (*electorate, *voters.values())}
    all_there = _is_of_all_there(resolution, found.represented)
    choices: dict[str, Choice] = dict.fromkeys(voters, "for") if all_there else {}
    whole = CountedVotes.of_voters(tuple(everybody.values()), choices, voters)
    counts = Counts(found.represented) if all_there else _counts(resolution)
    apart = {
        name: CountedVotes.of_voters(members, choices, voters)
        for name in sorted({voter.category for voter in everybody.values()})
        if (members := [one for one in everybody.values() if one.category == name])
    }
    told = {name: _counts(figures) for name, figures in resolution.by_college.items()}
    return replace(
        whole,
        counts=counts,
        represented=found.represented,
        electorate=found.entitled or 0,
        by_college=whole.by_college if all_there else told,
        sizes=count_sizes(voter.college for voter in electorate),
        open_objections=counts.against,
        apart=apart,
    )


def _counts(figures: Figures) -> Counts:
    """An invalid ballot was cast and says nothing, as a blank one."""
    empty = (figures.blank or 0) + (figures.null or 0)
    return Counts(figures.for_ or 0, figures.against or 0, figures.abstain or 0, empty)
