"""Who of several candidates with the same votes goes first."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from .shapes import Contest, Tie


class Undecided(Exception):
    """No rule of the election parts these candidates now: a second round, a lot whose public value
    is not known yet, or nobody at all.
    """

    def __init__(self, candidates: Iterable[str]) -> None:
        self.candidates = tuple(sorted(candidates))
        super().__init__(", ".join(self.candidates))


class Ties:
    """The rules of an election about ties, and those they have decided so far."""

    def __init__(self, contest: Contest) -> None:
        self.contest = contest
        self.decided: list[Tie] = []

    def order(self, tied: Iterable[str]) -> list[str]:
        """Candidates with the same votes, in the order in which they win.

        Raises:
            Undecided: no rule parts them.
        """
        names = sorted(tied)
        if len(names) < 2:
            return names
        for rule in self.contest.ties:
            if rule == "second_round":
                break
            if rule == "age" and {*names} <= {*self.contest.by_age}:
                return self._note(Tie(order=_in_order(names, self.contest.by_age), by=rule))
            if rule == "lot" and self.contest.lot:
                drawn = draw_lot(self.contest.lot, self.contest.name, names)
                return self._note(Tie(order=drawn, by=rule))
        raise Undecided(names)

    def _note(self, tie: Tie) -> list[str]:
        if tie not in self.decided:
            self.decided.append(tie)
        return list(tie.order)


def draw_lot(value: str, name: str, candidates: Iterable[str]) -> tuple[str, ...]:
    """Draw candidates in an order that anybody can draw again: by the SHA-256 of the public value,
    the name of the vote and the candidate's own, each on a line of its own.

    The value is not the tellers' to choose: its source is named before candidates are known (RFC
    3797 selects a committee in this way).
    """

    def digest(candidate: str) -> str:
        return sha256(f"{value}\n{name}\n{candidate}\n".encode()).hexdigest()

    return tuple(sorted(candidates, key=digest))


def _in_order(names: list[str], order: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(names, key=order.index))
