"""What an election asks, what a ballot says and what the count gives: plain values."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from msgspec import Struct

Method = Literal[
    "acclamation",
    "yes_no",
    "plurality",
    "approval",
    "stv",
    "schulze",
    "majority_judgment",
    "without_candidates",
]
TieRule = Literal["age", "lot", "second_round"]

GRADES = ("excellent", "very_good", "good", "fair", "passable", "insufficient", "reject")
"""The grades of majority judgment, the best first. Who is given none is given the last."""


class Shape(Struct, frozen=True, kw_only=True):
    """A part of an election."""


class Reserve(Shape, frozen=True, kw_only=True):
    """Seats that are kept for a group: an office, a college, a gender. `candidates` are those who
    belong to it.
    """

    group: str
    seats: int
    candidates: tuple[str, ...] = ()


class Contest(Shape, frozen=True, kw_only=True):
    """What is to be filled, among whom, and how.

    `majority` holds for `yes_no` and `plurality`: `absolute` is more than half of the ballots
    expressed, and who misses it stands in a second round; `relative` is the most votes. `ties` are
    the rules that decide one, in their order; `by_age` names the candidates, the oldest first;
    `lot` is the public value a lot is drawn with, `name` keeps the lots of two votes apart.
    `declined` are candidates who withdrew once ballots bore their names, and those who did not
    accept in an election without candidates.
    """

    name: str = ""
    method: Method
    seats: int
    candidates: tuple[str, ...] = ()
    majority: Literal["absolute", "relative"] = "relative"
    reserved: tuple[Reserve, ...] = ()
    ties: tuple[TieRule, ...] = ()
    by_age: tuple[str, ...] = ()
    lot: str = ""
    declined: tuple[str, ...] = ()


class Ballot(Shape, frozen=True, kw_only=True):
    """One ballot, or `count` that say the same: a mark a candidate. Marks are `yes`, `no` and
    `abstain`; `x`; the numbers of an order, from `1`; or the names of grades. No mark at all is a
    blank ballot; `null` is one that the tellers set aside.
    """

    marks: tuple[tuple[str, str], ...] = ()
    count: int = 1
    null: bool = False


class Figure(Shape, frozen=True, kw_only=True):
    """What a candidate has in a round: votes; with `yes_no` those against; with majority judgment
    how many gave each grade, and with Schulze's method the candidates that this one beats.
    """

    candidate: str
    votes: Fraction = Fraction(0)
    against: int | None = None
    grades: tuple[int, ...] = ()
    beats: tuple[str, ...] = ()


class Round(Shape, frozen=True, kw_only=True):
    """A round of the count. `needed` is the quota, which must be reached, or half of the ballots
    expressed, which must be passed; `transferred` is whose votes went on to others before it, and
    `exhausted` are the votes that name nobody who is still there.
    """

    figures: tuple[Figure, ...]
    needed: Fraction | None = None
    elected: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    transferred: tuple[str, ...] = ()
    exhausted: Fraction = Fraction(0)


class Duel(Shape, frozen=True, kw_only=True):
    """How many put one candidate before the other, and the other before the one; `strength` and
    `back` are those of the strongest paths between them.
    """

    one: str
    other: str
    votes: int
    against: int
    strength: int
    back: int


class Tie(Shape, frozen=True, kw_only=True):
    """Candidates with the same votes, and the order that a rule gave them."""

    order: tuple[str, ...]
    by: TieRule


class Outcome(Shape, frozen=True, kw_only=True):
    """What an election gives.

    `elected` are in the order in which they won a seat; `empty` counts the seats that stay empty,
    `unfilled` those of them that were kept for a group. `second_round` are who stands in it, for
    `left` seats. `undecided` are candidates with the same votes whom no rule parts (a lot may still
    be waited for), and then the seats they would share are not given.
    """

    method: Method
    ballots: int = 0
    blank: int = 0
    null: int = 0
    rounds: tuple[Round, ...] = ()
    duels: tuple[Duel, ...] = ()
    elected: tuple[str, ...] = ()
    empty: int = 0
    unfilled: tuple[tuple[str, int], ...] = ()
    ties: tuple[Tie, ...] = ()
    undecided: tuple[str, ...] = ()
    second_round: tuple[str, ...] = ()
    left: int = 0

    @property
    def expressed(self) -> int:
        """The ballots that say something: neither blank nor null."""
        return self.ballots - self.blank - self.null

    @property
    def is_settled(self) -> bool:
        """Whether no second round and no lot is waited for."""
        return not self.undecided and not self.second_round
