"""Which seats a ranking fills, where some are kept for groups."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .shapes import Contest, Reserve
from .ties import Ties


class Seats:
    """The seats of an election while they are filled.

    A seat that is kept for a group goes to the first of the group; it stays empty where the group
    has nobody left. Nobody fills two. A candidate is *barred* once the seats that are left are all
    needed for groups this one does not belong to, and *guarded* while without this one a seat of a
    group could not be filled: I. D. Hill, “STV with constraints”, Voting matters 9 (May 1998); he
    calls the first doomed.
    """

    def __init__(self, contest: Contest, standing: Iterable[str]) -> None:
        self.reserved = contest.reserved
        standing = list(standing)
        kept = sum(reserve.seats for reserve in self.reserved)
        self.needed = count_kept(self.reserved, standing)
        self.open = contest.seats - (kept - self.needed)
        self.total = min(self.open, len(standing))
        self.elected: list[str] = []

    @property
    def left(self) -> int:
        return self.total - len(self.elected)

    def may_take(self, candidate: str) -> bool:
        """Whether this candidate may be given one of the seats that are left."""
        after = count_kept(self.reserved, [*self.elected, candidate])
        return self.left > 0 and self.needed - after <= self.left - 1

    def is_guarded(self, candidate: str, standing: Iterable[str]) -> bool:
        """Whether a seat of a group would stay empty if this candidate were excluded."""
        others = [one for one in standing if one != candidate]
        return count_kept(self.reserved, [*self.elected, *others]) < self.needed

    def take(self, tiers: Iterable[Sequence[str]], ties: Ties) -> None:
        """Give the seats to the best: tiers of candidates with the same votes, the best first.

        Raises:
            Undecided: a tie decides who has the last seat, and no rule parts them.
        """
        for tier in tiers:
            able = [one for one in sorted(tier) if self.may_take(one)]
            if not self._all_fit(able):
                able = ties.order(able)
            for one in able:
                if self.may_take(one):
                    self.elected.append(one)

    def _all_fit(self, candidates: list[str]) -> bool:
        after = count_kept(self.reserved, [*self.elected, *candidates])
        left = self.left - len(candidates)
        return left >= 0 and self.needed - after <= left


def count_kept(reserved: Sequence[Reserve], candidates: Iterable[str]) -> int:
    """How many of the seats kept for groups these candidates can fill at most, one each: a
    matching, found by paths that improve it.
    """
    seats = [reserve for reserve in reserved for _seat in range(reserve.seats)]
    holder: dict[int, str] = {}

    def place(candidate: str, tried: set[int]) -> bool:
        for number, reserve in enumerate(seats):
            if candidate in reserve.candidates and number not in tried:
                tried.add(number)
                if number not in holder or place(holder[number], tried):
                    holder[number] = candidate
                    return True
        return False

    return sum(place(candidate, set()) for candidate in candidates)


def find_unfilled(
    reserved: Sequence[Reserve], elected: Sequence[str]
) -> tuple[tuple[str, int], ...]:
    """The seats of groups that stay empty, by group."""
    missing: dict[str, int] = {}
    for number in range(len(reserved)):
        before = count_kept(reserved[:number], elected)
        gained = count_kept(reserved[: number + 1], elected) - before
        if gained < reserved[number].seats:
            missing[reserved[number].group] = reserved[number].seats - gained
    return tuple(missing.items())
