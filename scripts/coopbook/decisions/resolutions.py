"""What a resolution's figures give under the co-op's own rules: quorum, majority, result."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from .meetings import Meeting
from .tally import colleges
from .tally.arithmetic import Counts, Measure
from .tally.counting import Poll, Verdict, count_sizes, verdict
from .tally.electorate import Voter
from .tally.terms import Category
from .types import Figures, Resolution

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
speaks of.
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
    found = Reckoning(meeting.base(moment, recused), there, resolution.cast, frozenset(voters))
    category = category_of(meeting, resolution)
    if category is None or found.too_many:
        return found
    weights = colleges.Rule.of(meeting.rules.colleges) if meeting.assembly else None
    known = category if found.entitled is not None else replace(category, quorum=None)
    judged = verdict(_poll(meeting, resolution, found, voters), known, weights)
    quorum, threshold = judged.quorum, judged.threshold
    return replace(
        found,
        quorum=quorum,
        threshold=threshold,
        tie=judged.tie,
        result=_result(judged, known, resolution, weights, found),
    )


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
    if not resolution.are_told:
        return "no_quorum" if taking_part and judged.quorum and not judged.quorum.met else ""
    wanting = (weights and not resolution.by_college) or (
        category.threshold.base == "electorate" and found.entitled is None
    )
    return "" if wanting or judged.tie == "chair" else RESULTS[judged.result]


def _poll(
    meeting: Meeting, resolution: Resolution, found: Reckoning, voters: Mapping[str, Voter]
) -> Poll:
    counts = _counts(resolution)
    return Poll(
        counts,
        found.represented,
        found.entitled or 0,
        {name: _counts(figures) for name, figures in resolution.by_college.items()},
        count_sizes(voter.college for voter in voters.values()),
        count_sizes(
            voter.college for voter in meeting.electorate.without(resolution.recused).voters
        ),
        open_objections=counts.against,
    )


def _counts(figures: Figures) -> Counts:
    """An invalid ballot was cast and says nothing, as a blank one."""
    empty = (figures.blank or 0) + (figures.null or 0)
    return Counts(figures.for_ or 0, figures.against or 0, figures.abstain or 0, empty)
