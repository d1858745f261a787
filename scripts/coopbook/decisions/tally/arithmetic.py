"""Counting, in exact fractions: no decimal ever stands between a vote and what came of it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction
from typing import Literal

from msgspec import Struct

Op = Literal["gt", "gte"]
Choice = Literal["for", "against", "abstain", "blank"]
Result = Literal["open", "adopted", "rejected", "no_quorum", "lapsed", "vetoed"]
CHOICES: tuple[Choice, ...] = ("for", "against", "abstain", "blank")
HALF = Fraction(1, 2)


class Counts(Struct, frozen=True):
    """Votes by choice. Blank and abstaining ballots are cast but express nothing; silence is
    neither.
    """

    for_: int = 0
    against: int = 0
    abstain: int = 0
    blank: int = 0

    @property
    def expressed(self) -> int:
        return self.for_ + self.against

    @property
    def cast(self) -> int:
        return self.expressed + self.abstain + self.blank

    @classmethod
    def of(cls, choices: Iterable[Choice]) -> Counts:
        found = list(choices)
        return cls(*(found.count(choice) for choice in CHOICES))


class Measure(Struct, frozen=True):
    """A part of a whole and whether it is enough. `name` says of what, such as the votes cast."""

    name: str
    part: Fraction
    whole: Fraction
    needed: Fraction | None
    op: Op = "gte"
    minimum: int = 0
    met: bool = False

    @property
    def share(self) -> str:
        """The part of the whole as it was counted, such as 22/30; of nothing, 0/1."""
        if not self.whole:
            return "0/1"
        if self.part.denominator == self.whole.denominator == 1:
            return f"{self.part}/{self.whole}"
        ratio = self.part / self.whole
        return f"{ratio.numerator}/{ratio.denominator}"


class Quorum(Struct, frozen=True):
    """How many must take part. `of` is what is counted, `base` what it is compared with."""

    of: Literal["cast", "represented", "for"]
    fraction: Fraction | None = None
    op: Op = "gte"
    minimum: int = 0
    base: Literal["electorate", "weights"] = "electorate"
    or_all: bool = False
    without: frozenset[str] = frozenset()

    def measure(
        self, part: Fraction | int, whole: Fraction | int, heads: int, everybody: int
    ) -> Measure:
        """`heads` of `everybody` is what `minimum` speaks of, whatever the weights; with `or_all`,
        fewer than it are enough where they are all.
        """
        least = min(self.minimum, everybody) if self.or_all else self.minimum
        enough = self.fraction is None or compare(part, whole, self.fraction, self.op)
        met = enough and heads >= least
        return Measure(self.of, Fraction(part), Fraction(whole), self.fraction, self.op, least, met)


class Opposition(Struct, frozen=True):
    """How many were against, and whether it is no more than may be."""

    count: int
    most: int

    @property
    def met(self) -> bool:
        return self.count <= self.most


class Ceiling(Struct, frozen=True):
    """How many may be against: a number, or a share where that is more."""

    most: int = 0
    fraction: Fraction | None = None
    base: Literal["expressed", "represented", "electorate"] = "electorate"

    def measure(self, against: int, whole: int) -> Opposition:
        share = math.floor(self.fraction * whole) if self.fraction is not None else 0
        return Opposition(against, max(self.most, share))


class Threshold(Struct, frozen=True):
    """Which share of which votes adopts."""

    base: Literal["expressed", "represented", "electorate"] = "expressed"
    fraction: Fraction = HALF
    op: Op = "gt"

    def measure(self, part: Fraction | int, whole: Fraction | int, name: str = "") -> Measure:
        """Nothing for never adopts, whatever the base."""
        met = part > 0 and compare(part, whole, self.fraction, self.op)
        return Measure(
            name or self.base, Fraction(part), Fraction(whole), self.fraction, self.op, met=met
        )


def compare(part: Fraction | int, whole: Fraction | int, fraction: Fraction, op: Op) -> bool:
    """Whether a part is more than a fraction of the whole, or with `gte` at least that."""
    wanted = fraction * whole
    return part > wanted if op == "gt" else part >= wanted


def read_fraction(text: str) -> Fraction:
    """A fraction as rules write it, such as 2/3; a decimal raises ValueError."""
    above, slash, below = text.partition("/")
    if not slash or not above.isdecimal() or not below.isdecimal():
        raise ValueError(f"{text} is not a fraction such as 2/3")
    return Fraction(int(above), int(below))


def write_fraction(value: Fraction) -> str:
    """A fraction as rules write it: 2/3, 1/1."""
    return f"{value.numerator}/{value.denominator}"
