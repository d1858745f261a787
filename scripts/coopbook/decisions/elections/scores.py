"""Methods that add votes up: plurality, approval, yes/no, and the election without candidates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import groupby

from .ballots import Box
from .shapes import Contest, Figure, Round

Tiers = list[list[str]]
"""Candidates, the best first, those with the same votes together."""


def add_up(contest: Contest, box: Box) -> tuple[Figure, ...]:
    """The votes of each candidate, the most first; with yes/no those against too.

    - plurality: each voter names as many candidates as there are seats, or fewer (block vote);
    - approval: each names whom they like: S. J. Brams and P. C. Fishburn, “Approval Voting”,
      American Political Science Review 72 (1978);
    - yes/no: each says yes or no to each candidate;
    - without candidates: each names one person.
    """
    named = {one for paper in box.papers for one in paper.marks}
    standing = [one for one in {*contest.candidates, *named} if one not in contest.declined]
    found = [_figure(contest, box, candidate) for candidate in standing]
    return tuple(sorted(found, key=lambda one: (-one.votes, one.against or 0, one.candidate)))


def _figure(contest: Contest, box: Box, candidate: str) -> Figure:
    marks = [(paper.marks.get(candidate), paper.count) for paper in box.papers]
    votes = sum(count for mark, count in marks if mark in ("x", "yes"))
    against = sum(count for mark, count in marks if mark == "no")
    yes_no = contest.method == "yes_no"
    return Figure(candidate=candidate, votes=Fraction(votes), against=against if yes_no else None)


def tiers_of(figures: Iterable[Figure]) -> Tiers:
    """Candidates by their votes, the most first."""
    ordered = sorted(figures, key=lambda one: -one.votes)
    return [
        [one.candidate for one in tier]
        for _votes, tier in groupby(ordered, key=lambda one: one.votes)
    ]


def may_be_elected(contest: Contest, box: Box, figure: Figure) -> bool:
    """Whether a candidate has the majority that the election asks for.

    An absolute one is more than half of the ballots expressed: saying neither yes nor no to a
    candidate then weighs against. A relative one is the most votes; with yes/no, more for than
    against. Nobody is elected without a vote.
    """
    if contest.majority == "absolute" and contest.method in ("yes_no", "plurality"):
        return 2 * figure.votes > box.expressed
    return figure.votes > (figure.against or 0)


def pick_runners_up(contest: Contest, figures: Sequence[Figure], left: int) -> list[str]:
    """Who stands in the second round. With yes/no, everybody who was not elected; with plurality
    one more than there are seats left, and who has as many votes as the last of them.
    """
    if contest.method == "yes_no" or left >= len(figures):
        return [one.candidate for one in figures]
    least = figures[left].votes
    return [one.candidate for one in figures if one.votes >= least]


def score_round(contest: Contest, box: Box, figures: tuple[Figure, ...]) -> Round:
    """The round as it is shown, before anybody has a seat."""
    absolute = contest.majority == "absolute" and contest.method in ("yes_no", "plurality")
    return Round(figures=figures, needed=Fraction(box.expressed, 2) if absolute else None)
