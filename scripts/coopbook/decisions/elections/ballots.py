"""What a ballot says, method by method, and when it is blank or null.

A ballot without any mark is blank, with every method; so is one that says “abstain” throughout.
Blank and null ballots are told and never expressed. Null by itself is:

- plurality: more names than seats; an election without candidates: more than one name;
- single transferable vote: no single first choice. Later choices count as far as they are in one
  order: from the first number that stands twice on, the ballot says nothing more.

What a ballot says of a candidate who withdrew says nothing, and one that says nothing else is
blank. Too many names stay too many.

Approval, yes/no, Schulze's order (equal places are allowed, who has none comes last) and grades
(who has none is given the lowest) know no null ballot but those the tellers set aside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from msgspec import Struct

from .shapes import GRADES, Ballot, Contest, Method

Marks = Mapping[str, str]
Ranking = tuple[tuple[str, ...], ...]
"""Candidates in a voter's order, those of the same place together."""

_WORDS: Mapping[Method, tuple[str, ...]] = {
    "yes_no": ("yes", "no", "abstain"),
    "plurality": ("x",),
    "approval": ("x",),
    "without_candidates": ("x",),
    "majority_judgment": GRADES,
}


class Paper(Struct, frozen=True):
    """What so many ballots say: neither blank nor null."""

    marks: Marks
    count: int


class Box(Struct, frozen=True):
    """The ballots of an election, sorted."""

    papers: tuple[Paper, ...]
    blank: int
    null: int

    @property
    def expressed(self) -> int:
        return sum(paper.count for paper in self.papers)


def open_box(contest: Contest, ballots: Iterable[Ballot]) -> Box:
    """Sort the ballots of an election.

    Raises:
        ValueError: a ballot names somebody who is no candidate, or bears a mark that this method
            does not know.
    """
    papers: list[Paper] = []
    blank = null = 0
    for ballot in ballots:
        marks = _marks(contest, ballot)
        is_null = ballot.null or _is_null(contest, marks)
        if contest.method != "without_candidates":
            marks = {one: mark for one, mark in marks.items() if one not in contest.declined}
        if is_null:
            null += ballot.count
        elif not marks or {*marks.values()} == {"abstain"}:
            blank += ballot.count
        else:
            papers.append(Paper(marks, ballot.count))
    return Box(tuple(papers), blank, null)


def is_mark(method: Method, mark: str) -> bool:
    """Whether a ballot of this method may bear this mark."""
    if method in ("stv", "schulze"):
        return mark.isascii() and mark.isdigit() and len(mark) < 4 and int(mark) > 0
    return mark in _WORDS.get(method, ())


def rank(marks: Marks) -> Ranking:
    """The order of a ballot that numbers candidates; a number left out means nothing."""
    by_place = sorted(marks, key=lambda one: (int(marks[one]), one))
    return tuple(
        tuple(places) for _place, places in groupby(by_place, key=lambda one: int(marks[one]))
    )


def choices(marks: Marks) -> tuple[str, ...]:
    """The candidates of a ballot one after the other, as far as they are in one order."""
    return tuple(_single(rank(marks)))


def _single(ranking: Ranking) -> Iterator[str]:
    for place in ranking:
        if len(place) > 1:
            return
        yield place[0]


def _marks(contest: Contest, ballot: Ballot) -> dict[str, str]:
    known = {*contest.candidates, *contest.declined}
    for candidate, mark in ballot.marks:
        if contest.method != "without_candidates" and candidate not in known:
            raise ValueError(f"{candidate} is no candidate")
        if not is_mark(contest.method, mark):
            raise ValueError(f"{mark} is no mark of this method")
    return dict(ballot.marks)


def _is_null(contest: Contest, marks: Marks) -> bool:
    if contest.method == "plurality":
        return len(marks) > contest.seats
    if contest.method == "without_candidates":
        return len(marks) > 1
    return contest.method == "stv" and bool(marks) and not choices(marks)
