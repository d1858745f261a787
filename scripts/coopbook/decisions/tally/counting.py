"""From ballots to a verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction

from msgspec import Struct, field

from . import colleges
from .arithmetic import HALF, Choice, Counts, Measure, Opposition, Quorum, Result
from .electorate import Voter
from .terms import Category, Way


class CountedVotes(Struct, frozen=True):
    """What was counted: votes, who is represented of how many, by college where there are some, and
    the chair's own vote. `apart` is the same of each membership category that a quorum does not
    count.
    """

    counts: Counts
    represented: int
    electorate: int
    by_college: Mapping[str, Counts] = field(default_factory=dict)
    present: Mapping[str, int] = field(default_factory=dict)
    sizes: Mapping[str, int] = field(default_factory=dict)
    chair: Choice | None = None
    open_objections: int = 0
    apart: Mapping[str, CountedVotes] = field(default_factory=dict)

    @classmethod
    def of_voters(
        cls,
        voters: Collection[Voter],
        choices: Mapping[str, Choice],
        represented: Collection[str],
        *,
        by_college: bool = True,
    ) -> CountedVotes:
        """What some of those who are entitled did. `choices`: of those who have a ballot."""
        votes = [(one.college, choices[one.id]) for one in voters if one.id in choices]
        there = [one.college for one in voters if one.id in represented]
        return cls(
            Counts.of(choice for _college, choice in votes),
            len(there),
            len(voters),
            counts_by_college(votes) if by_college else {},
            count_sizes(there) if by_college else {},
            count_sizes(one.college for one in voters) if by_college else {},
        )

    def part(self, of: str, college: str | None = None) -> int:
        """How many people a quorum means, of all or of one college."""
        counts, there = self.counts, self.represented
        if college is not None:
            counts = self.by_college.get(college, Counts())
            there = self.present.get(college, 0)
        return {"cast": counts.cast, "represented": there, "for": counts.for_}[of]


class Verdict(Struct, frozen=True):
    """What came of it. `tie` names the rule that decided one; `any` is what came of each way."""

    result: Result
    quorum: Measure | None = None
    threshold: Measure | None = None
    tie: str = ""
    against: Opposition | None = None
    any: tuple[Verdict, ...] = ()


def verdict(
    counted: CountedVotes, category: Category, weights: colleges.Rule | None = None
) -> Verdict:
    """All that a category asks for must hold: no open objection, quorum, enough in favour, not too
    many against, majority, and one of the ways that `any` lists.
    """
    consent, ways = category.consent, tuple(_way(counted, way, weights) for way in category.any)
    quorum, threshold = _quorum(counted, category, weights), _threshold(counted, category, weights)
    opposed = _find_opposition(counted, category)
    tie = _tie(threshold, counted, category, weights)

    def conclude(result: Result, tie: str = "") -> Verdict:
        return Verdict(result, quorum, threshold, tie, opposed, ways)

    if consent and counted.open_objections > consent.max_open:
        return conclude("open")
    if quorum and not quorum.met:
        return conclude("no_quorum")
    if consent and counted.counts.for_ < consent.min_yes:
        return conclude("lapsed")
    nobody = not (consent or threshold or ways or counted.counts.for_)
    if nobody or (opposed and not opposed.met):
        return conclude("rejected", tie)
    if not _is_won(threshold, tie, counted):
        again = category.has_second and category.majority_of_all
        return conclude("no_quorum" if again else "rejected", tie)
    return conclude(_of_ways(ways), tie)


def _way(counted: CountedVotes, way: Way, weights: colleges.Rule | None) -> Verdict:
    quorum, threshold = _quorum(counted, way, weights), _threshold(counted, way, weights)
    opposed, tie = _find_opposition(counted, way), _tie(threshold, counted, way, weights)
    if quorum and not quorum.met:
        return Verdict("no_quorum", quorum, threshold, "", opposed)
    nobody = not (threshold or counted.counts.for_)
    won = not nobody and (not opposed or opposed.met) and _is_won(threshold, tie, counted)
    return Verdict("adopted" if won else "rejected", quorum, threshold, tie, opposed)


def _of_ways(ways: tuple[Verdict, ...]) -> Result:
    """One way that adopts is enough. Where none does, it is the quorum that is missing if every
    way that asks for one missed it.
    """
    if not ways or any(way.result == "adopted" for way in ways):
        return "adopted"
    asking = [way.result for way in ways if way.quorum]
    return "no_quorum" if asking and set(asking) == {"no_quorum"} else "rejected"


def _is_won(threshold: Measure | None, tie: str, counted: CountedVotes) -> bool:
    if tie:
        return tie == "adopted" or (tie == "chair" and counted.chair == "for")
    return threshold is None or threshold.met


def _quorum(
    counted: CountedVotes, rule: Category | Way, weights: colleges.Rule | None
) -> Measure | None:
    quorum = rule.quorum
    if quorum is None:
        return None
    apart = [counted.apart[name] for name in quorum.without if name in counted.apart]
    heads = counted.part(quorum.of) - sum(one.part(quorum.of) for one in apart)
    entitled = counted.electorate - sum(one.electorate for one in apart)
    if quorum.base == "weights" and weights:
        turnout = _turnout(counted, apart, quorum, weights)
        return quorum.measure(turnout, colleges.WHOLE, heads, entitled)
    return quorum.measure(heads, entitled, heads, entitled)


def _turnout(
    counted: CountedVotes, apart: list[CountedVotes], quorum: Quorum, weights: colleges.Rule
) -> Fraction:
    names = [name for name, _weight in weights.weights]
    there = {
        name: counted.part(quorum.of, name) - sum(one.part(quorum.of, name) for one in apart)
        for name in names
    }
    sizes = {
        name: counted.sizes.get(name, 0) - sum(one.sizes.get(name, 0) for one in apart)
        for name in names
    }
    return colleges.turnout(there, sizes, weights)


def _base(counted: CountedVotes, base: str) -> int:
    return {
        "expressed": counted.counts.expressed,
        "represented": counted.represented,
        "electorate": counted.electorate,
    }[base]


def _find_opposition(counted: CountedVotes, rule: Category | Way) -> Opposition | None:
    if rule.against is None:
        return None
    return rule.against.measure(counted.counts.against, _base(counted, rule.against.base))


def _threshold(
    counted: CountedVotes, category: Category | Way, weights: colleges.Rule | None
) -> Measure | None:
    rule, counts = category.majority, counted.counts
    if rule is None:
        return None
    if weights:
        part = (
            colleges.weigh(counted.by_college, counted.present, counted.sizes, weights, rule.base)
            if counts.expressed
            else Fraction(0)
        )
        return rule.measure(part, colleges.WHOLE, "weights")
    return rule.measure(counts.for_, _base(counted, rule.base))


def _tie(
    measure: Measure | None,
    counted: CountedVotes,
    category: Category | Way,
    weights: colleges.Rule | None,
) -> str:
    """The rule of ties, where it has to decide: as much for as against, each exactly one half of
    what the threshold compares with.
    """
    if (
        measure is None
        or measure.needed != HALF
        or not measure.part
        or measure.part * 2 != measure.whole
    ):
        return ""
    if weights:
        expressed = colleges.weigh(
            counted.by_college, counted.present, counted.sizes, weights, "expressed"
        )
        return category.tie if expressed * 2 == colleges.WHOLE else ""
    return category.tie if counted.counts.for_ == counted.counts.against else ""


def counts_by_college(votes: Iterable[tuple[str, Choice]]) -> dict[str, Counts]:
    """Counts of each college from pairs of college and choice."""
    found: dict[str, list[Choice]] = {}
    for college, choice in votes:
        found.setdefault(college, []).append(choice)
    return {college: Counts.of(choices) for college, choices in sorted(found.items())}


def count_sizes(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))
