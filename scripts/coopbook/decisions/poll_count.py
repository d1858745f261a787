"""Counting polls: `count_poll(question, answers) -> PollCount`, pure and exact.

A poll decides nothing, so nothing parts what has the same votes: all of it comes first. What
elections have is counted as there, for one seat; the instant run-off is the transferable vote with
one seat. Besides:

- `dates`: each day is marked “yes”, “if need be” or “no”. First come the days on which the most can
  be there, among those the ones that suit the most. A day without a mark counts for nothing.
- `scores`: each option gets 0 to 5, and their sum counts (W. D. Smith, “Range voting”, 2000). An
  option without a mark gets nothing.
- `sense`: how many agree, are unsure, disagree.
- `advice`: nothing is counted. Whoever asks hears those concerned and those who know, then decides
  alone (F. Laloux, “Reinventing Organizations”, 2014).

The order of answers means nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from .elections import GRADES, Ballot, Contest, Outcome, count, is_mark
from .elections import Method as ElectionMethod
from .elections.ballots import choices
from .elections.grades import median_grade

Method = Literal[
    "dates",
    "plurality",
    "approval",
    "scores",
    "schulze",
    "instant_run_off",
    "majority_judgment",
    "sense",
    "advice",
]
AS_ELECTIONS: Mapping[Method, ElectionMethod] = {
    "plurality": "plurality",
    "approval": "approval",
    "schulze": "schulze",
    "instant_run_off": "stv",
    "majority_judgment": "majority_judgment",
}
"""Methods that elections have, by the name they have there."""
DAYS = ("yes", "if_need_be", "no")
SCORES = ("0", "1", "2", "3", "4", "5")
SAYS = ("agree", "unsure", "disagree")
WITHOUT_OPTIONS: tuple[Method, ...] = ("sense", "advice")
FEW = 10
"""With fewer answers, a poll that names nobody tells totals alone."""


class Shape(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A part of a poll."""


class Question(Shape, frozen=True):
    """What is asked: how one answers, and among what."""

    method: Method
    options: tuple[str, ...] = ()


class AnswerMarks(Shape, frozen=True):
    """What one answer says: a mark an option, or one word to a sense check."""

    marks: Mapping[str, str] = {}
    says: str = ""


class Figure(Shape, frozen=True):
    """What an option has: `votes` (of scores, their sum), or how many gave each mark."""

    option: str
    votes: int | None = None
    counts: dict[str, int] = {}
    median: str = ""
    beats: tuple[str, ...] = ()


class Round(Shape, frozen=True):
    """A round of an instant run-off: what goes `out` after it, and how many answers name nothing
    that is still there.
    """

    figures: tuple[Figure, ...]
    out: tuple[str, ...] = ()
    exhausted: int = 0


class PollCount(Shape, frozen=True):
    """What the answers to a poll give.

    `first` are the options that come first, several where they have the same; `undecided` those of
    which one would have to go out of a run-off, and nothing says which. `figures` are in the order
    of the options' votes.
    """

    answers: int
    blank: int = 0
    null: int = 0
    first: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    rounds: tuple[Round, ...] = ()
    counts: dict[str, int] = {}

    def to_plain(self) -> dict[str, Any]:
        """As a poll's file says it: what is empty is left out."""
        plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(self))
        return plain


def may_mark(method: Method, mark: str) -> bool:
    """Whether an answer may say this of an option; nothing is always said."""
    if method == "dates":
        return mark in ("", *DAYS)
    if method == "scores":
        return mark in ("", *SCORES)
    return mark == "" or (method in AS_ELECTIONS and is_mark(AS_ELECTIONS[method], mark))


def marks_of(method: Method) -> tuple[str, ...]:
    """The marks that one chooses among; none where options are numbered."""
    own = {"dates": DAYS, "scores": SCORES, "majority_judgment": GRADES}
    return own.get(method, ("x",) if method in ("plurality", "approval") else ())


def count_poll(question: Question, answers: Iterable[AnswerMarks], *, named: bool) -> PollCount:
    """Count a poll.

    Args:
        question: How one answers, and among what.
        answers: The answers, in any order. A mark that the method does not know says nothing.
        named: Whether everybody may know who said what; else few answers give totals alone.

    Returns:
        What comes first, and the figures.
    """
    given = [_read(question, one) for one in answers]
    if question.method == "advice":
        return PollCount(answers=len(given))
    if question.method == "sense":
        said = Counter(one.says for one in given)
        counts = {word: said[word] for word in SAYS}
        return PollCount(answers=len(given), blank=said[""], counts=counts)
    whole = named or len(given) >= FEW
    if question.method in AS_ELECTIONS:
        return _count_as_election(question, given, whole)
    papers = [one.marks for one in given if one.marks]
    ranked = _COUNTS[question.method](question.options, papers)
    first, figures = _best(ranked), tuple(figure for _value, figure in ranked)
    if question.method == "scores" and not whole:
        figures = tuple(replace(one, counts={}) for one in figures)
    return PollCount(
        answers=len(given), blank=len(given) - len(papers), first=first, figures=figures
    )


Ranked = list[tuple[tuple[int, ...], Figure]]
"""Options with what they are ordered by, the best first."""


def _read(question: Question, one: AnswerMarks) -> AnswerMarks:
    known = {
        option: mark
        for option, mark in one.marks.items()
        if mark and option in question.options and may_mark(question.method, mark)
    }
    return AnswerMarks(marks=known, says=one.says if one.says in SAYS else "")


def _best(ranked: Ranked) -> tuple[str, ...]:
    top = ranked[0][0] if ranked else ()
    return tuple(figure.option for value, figure in ranked if value == top and any(top))


def _count_dates(options: Sequence[str], papers: Sequence[Mapping[str, str]]) -> Ranked:
    found: Ranked = []
    for option in options:
        said = Counter(paper.get(option, "") for paper in papers)
        counts = {mark: said[mark] for mark in DAYS}
        can = counts["yes"] + counts["if_need_be"]
        found.append(((can, counts["yes"]), Figure(option=option, counts=counts)))
    return _sort(found)


def _count_scores(options: Sequence[str], papers: Sequence[Mapping[str, str]]) -> Ranked:
    found: Ranked = []
    for option in options:
        said = Counter(paper[option] for paper in papers if option in paper)
        votes = sum(int(score) * many for score, many in said.items())
        counts = {score: said[score] for score in SCORES}
        found.append(((votes,), Figure(option=option, votes=votes, counts=counts)))
    return _sort(found)


def _sort(found: Ranked) -> Ranked:
    """The best first; those with the same keep the order of the question."""
    return sorted(found, key=lambda one: tuple(-value for value in one[0]))


_COUNTS: Mapping[Method, Callable[[Sequence[str], Sequence[Mapping[str, str]]], Ranked]] = {
    "dates": _count_dates,
    "scores": _count_scores,
}


def _count_as_election(question: Question, given: Sequence[AnswerMarks], whole: bool) -> PollCount:
    contest = Contest(method=AS_ELECTIONS[question.method], seats=1, candidates=question.options)
    found = count(contest, (Ballot(marks=tuple(one.marks.items())) for one in given))
    first, undecided = found.elected or found.undecided, tuple[str, ...]()
    rounds = tuple(_plain_round(one.figures, one.excluded, one.exhausted) for one in found.rounds)
    if question.method == "instant_run_off":
        if found.undecided:
            last = _stopped_round(question, given, rounds)
            rounds = (*rounds, last)
            if {*found.undecided} != {one.option for one in last.figures}:
                first, undecided = (), found.undecided
        figures: tuple[Figure, ...] = ()
    else:
        figures, rounds = tuple(_figures(question, found, whole)), ()
    return PollCount(
        answers=found.ballots,
        blank=found.blank,
        null=found.null,
        first=_in_order(question, first),
        undecided=_in_order(question, undecided),
        figures=figures,
        rounds=rounds,
    )


def _in_order(question: Question, options: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(options, key=question.options.index))


def _figures(question: Question, found: Outcome, whole: bool) -> Iterable[Figure]:
    for one in found.rounds[0].figures if found.rounds else ():
        if question.method == "majority_judgment":
            counts = dict(zip(GRADES, one.grades, strict=True)) if whole else {}
            yield Figure(option=one.candidate, counts=counts, median=median_grade(one))
        elif question.method == "schulze":
            yield Figure(option=one.candidate, beats=one.beats)
        else:
            yield Figure(option=one.candidate, votes=int(one.votes))


def _plain_round(figures: Iterable[Any], out: tuple[str, ...], exhausted: Any) -> Round:
    own = tuple(Figure(option=one.candidate, votes=int(one.votes)) for one in figures)
    return Round(figures=own, out=out, exhausted=int(exhausted))


def _stopped_round(
    question: Question, given: Sequence[AnswerMarks], rounds: Sequence[Round]
) -> Round:
    """The round in which nothing says which option goes out: elections keep those before it."""
    gone = {option for one in rounds for option in one.out}
    standing = [option for option in question.options if option not in gone]
    orders = [choices(one.marks) for one in given if choices(one.marks)]
    firsts = Counter(
        next((option for option in order if option in standing), "") for order in orders
    )
    figures = [Figure(option=option, votes=firsts[option]) for option in standing]
    return Round(
        figures=tuple(sorted(figures, key=lambda one: -(one.votes or 0))),
        exhausted=firsts[""],
    )
