"""Colleges: groups of members whose votes weigh a share of 100 each, however many they are."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from .arithmetic import HALF, Counts
from .shapes import CollegeRule

WHOLE = 100


class Rule(Struct, frozen=True):
    """Each college's share of 100, and how its votes become its share."""

    weights: tuple[tuple[str, int], ...]
    method: Literal["proportional", "majority"] = "proportional"
    empty: Literal["redistribute", "against"] = "redistribute"
    tied: Literal["split", "against"] = "split"

    def __post_init__(self) -> None:
        if sum(weight for _college, weight in self.weights) != WHOLE:
            raise ValueError("the weights of colleges must sum to 100")

    @classmethod
    def of(cls, written: CollegeRule) -> Rule | None:
        """None where colleges are not enabled; ValueError where weights do not sum to 100."""
        if not written.enabled:
            return None
        weights = tuple(sorted(written.weights.items()))
        return cls(weights, written.method, written.empty_college, written.tied_college)


Base = Literal["expressed", "represented", "electorate"]


def weigh(
    counts: Mapping[str, Counts],
    represented: Mapping[str, int],
    sizes: Mapping[str, int],
    rule: Rule,
    base: Base,
) -> Fraction:
    """How much of 100 is in favour."""
    bases = {name: _base(name, counts, represented, sizes, base) for name, _weight in rule.weights}
    found = Fraction(0)
    for name, weight in _spread(rule, {name for name, size in bases.items() if not size}):
        count = counts.get(name, Counts())
        found += weight * (
            _won(count, rule) if rule.method == "majority" else Fraction(count.for_, bases[name])
        )
    return found


def turnout(present: Mapping[str, int], sizes: Mapping[str, int], rule: Rule) -> Fraction:
    """How much of 100 takes part: of each college's share, the part of it that is there. One
    without members leaves its share to others.
    """
    empty = {name for name, _weight in rule.weights if not sizes.get(name)}
    return sum(
        (
            weight * Fraction(present.get(name, 0), sizes[name])
            for name, weight in _spread(replace(rule, empty="redistribute"), empty)
        ),
        Fraction(0),
    )


def _base(
    name: str,
    counts: Mapping[str, Counts],
    represented: Mapping[str, int],
    sizes: Mapping[str, int],
    base: Base,
) -> int:
    if base == "expressed":
        return counts.get(name, Counts()).expressed
    return (represented if base == "represented" else sizes).get(name, 0)


def _spread(rule: Rule, empty: set[str]) -> list[tuple[str, Fraction]]:
    """The shares of the colleges that are not empty: the empty ones' go to them in proportion, or
    nowhere.
    """
    left = sum(weight for name, weight in rule.weights if name not in empty)
    factor = Fraction(WHOLE, left) if left and rule.empty == "redistribute" else Fraction(1)
    return [(name, weight * factor) for name, weight in rule.weights if name not in empty]


def _won(count: Counts, rule: Rule) -> Fraction:
    if count.for_ == count.against:
        return HALF if rule.tied == "split" else Fraction(0)
    return Fraction(count.for_ > count.against)
