"""From ballots to a verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction

from msgspec import Struct, field

from . import colleges
from .arithmetic import HALF, Choice, Counts, Measure, Result
from .terms import Category


class Poll(Struct, frozen=True):
    """What was counted: votes, who is represented of how many, by college where there are some, and
    the chair's own vote.
    """

    counts: Counts
    represented: int
    electorate: int
    by_college: Mapping[str, Counts] = field(default_factory=dict)
    present: Mapping[str, int] = field(default_factory=dict)
    sizes: Mapping[str, int] = field(default_factory=dict)
    chair: Choice | None = None
    open_objections: int = 0


class Verdict(Struct, frozen=True):
    """What came of it. `tie` names the rule that decided one."""

    result: Result
    quorum: Measure | None = None
    threshold: Measure | None = None
    tie: str = ""


def verdict(poll: Poll, category: Category, weights: colleges.Rule | None = None) -> Verdict:
    """Consent where the category asks for it, else quorum, then majority."""
    if category.consent:
        if poll.open_objections > category.consent.max_open:
            return Verdict("open")
        return Verdict("adopted" if poll.counts.for_ >= category.consent.min_yes else "lapsed")
    quorum = _quorum(poll, category, weights)
    threshold = _threshold(poll, category, weights)
    if quorum and not quorum.met:
        return Verdict("no_quorum", quorum, threshold)
    tie = _tie(threshold, poll, category, weights)
    adopted = (
        threshold.met if not tie else tie == "adopted" or (tie == "chair" and poll.chair == "for")
    )
    again = not adopted and category.has_second and category.threshold.base == "electorate"
    return Verdict(
        "adopted" if adopted else "no_quorum" if again else "rejected", quorum, threshold, tie
    )


def _quorum(poll: Poll, category: Category, weights: colleges.Rule | None) -> Measure | None:
    rule = category.quorum
    if rule is None:
        return None
    heads = {"cast": poll.counts.cast, "represented": poll.represented, "for": poll.counts.for_}[
        rule.of
    ]
    if rule.base == "weights" and weights:
        there = {name: _part(rule.of, poll, name) for name, _weight in weights.weights}
        return rule.measure(colleges.turnout(there, poll.sizes, weights), colleges.WHOLE, heads)
    return rule.measure(heads, poll.electorate, heads)


def _part(of: str, poll: Poll, college: str) -> int:
    counts = poll.by_college.get(college, Counts())
    return {"cast": counts.cast, "represented": poll.present.get(college, 0), "for": counts.for_}[
        of
    ]


def _threshold(poll: Poll, category: Category, weights: colleges.Rule | None) -> Measure:
    rule, counts = category.threshold, poll.counts
    if weights:
        part = (
            colleges.weigh(poll.by_college, poll.present, poll.sizes, weights, rule.base)
            if counts.expressed
            else Fraction(0)
        )
        return rule.measure(part, colleges.WHOLE, "weights")
    whole = {
        "expressed": counts.expressed,
        "represented": poll.represented,
        "electorate": poll.electorate,
    }[rule.base]
    return rule.measure(counts.for_, whole)


def _tie(measure: Measure, poll: Poll, category: Category, weights: colleges.Rule | None) -> str:
    """The rule of ties, where it has to decide: as much for as against, each exactly one half of
    what the threshold compares with.
    """
    if measure.needed != HALF or not measure.part or measure.part * 2 != measure.whole:
        return ""
    if weights:
        expressed = colleges.weigh(poll.by_college, poll.present, poll.sizes, weights, "expressed")
        return category.tie if expressed * 2 == colleges.WHOLE else ""
    return category.tie if poll.counts.for_ == poll.counts.against else ""


def counts_by_college(votes: Iterable[tuple[str, Choice]]) -> dict[str, Counts]:
    """Counts of each college from pairs of college and choice."""
    found: dict[str, list[Choice]] = {}
    for college, choice in votes:
        found.setdefault(college, []).append(choice)
    return {college: Counts.of(choices) for college, choices in sorted(found.items())}


def count_sizes(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))
