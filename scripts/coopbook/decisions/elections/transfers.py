"""The single transferable vote, in exact fractions; with one seat it is the instant run-off.

The rules are those of the Scottish Local Government Elections Order 2007 (SSI 2007/42, schedule 1,
paragraphs 46 to 52: Droop quota, weighted inclusive Gregory), but for two things: a transfer value
is not cut at five decimals, and a tie that no earlier round parts goes to the election's own rule.
Seats kept for groups: `seats.Seats`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from fractions import Fraction

from .ballots import Box, choices
from .seats import Seats
from .shapes import Contest, Figure, Round
from .ties import Ties

Pile = list[tuple[tuple[str, ...], Fraction]]
"""Ballots: what they still say, and what they are worth together."""


class Transfers:
    """A count of transferable votes while it goes on: round after round, each kept."""

    def __init__(self, contest: Contest, box: Box, ties: Ties) -> None:
        self.standing = list(contest.candidates)
        self.seats = Seats(contest, self.standing)
        self.ties = ties
        self.quota = find_quota(box.expressed, self.seats.open)
        self.piles: dict[str, Pile] = {one: [] for one in self.standing}
        self.kept: dict[str, Fraction] = {}
        self.exhausted = Fraction(0)
        self.rounds: list[Round] = []
        self.history: list[dict[str, Fraction]] = []
        self._deal((choices(paper.marks), Fraction(paper.count)) for paper in box.papers)

    def run(self) -> None:
        """Count until all seats are given.

        Raises:
            Undecided: a tie that no rule parts; the rounds before it are kept.
        """
        transferred: tuple[str, ...] = ()
        while self.seats.left > 0:
            there = [*self.seats.elected, *self.standing]
            self.history.append({one: self._votes(one) for one in there})
            elected = self._elect()
            barred = [one for one in self.standing if not self.seats.may_take(one)]
            if self.seats.left == 0:
                self._note(transferred, elected, ())
                return
            surplus = self._largest_surplus() if not barred else None
            excluded = barred if barred else [] if surplus else [self._last()]
            self._note(transferred, elected, tuple(excluded))
            transferred = (surplus,) if surplus else tuple(excluded)
            if surplus:
                self._pass_on_surplus(surplus)
            for one in excluded:
                self._exclude(one)

    def _votes(self, candidate: str) -> Fraction:
        if candidate in self.kept:
            return self.kept[candidate]
        return sum((worth for _order, worth in self.piles[candidate]), Fraction(0))

    def _deal(self, papers: Iterable[tuple[tuple[str, ...], Fraction]]) -> None:
        """Give ballots to the first of their choices who still stands."""
        for order, worth in papers:
            rest = [one for one in order if one in self.standing]
            if rest:
                self.piles[rest[0]].append((tuple(rest[1:]), worth))
            else:
                self.exhausted += worth

    def _elect(self) -> list[str]:
        """Those who reach the quota; all who stand, where there are no more than seats."""
        all_in = len(self.standing) <= self.seats.left
        able = [one for one in self.standing if all_in or self._votes(one) >= self.quota]
        tiers = _group(able, self._votes)
        before = len(self.seats.elected)
        self.seats.take(tiers, self.ties)
        elected = self.seats.elected[before:]
        for one in elected:
            self.standing.remove(one)
            self.kept[one] = self._votes(one)
        return elected

    def _largest_surplus(self) -> str | None:
        over = [one for one in self.seats.elected if self._votes(one) > self.quota]
        return self._foremost(over)[0] if over else None

    def _last(self) -> str:
        """Whom to exclude: the fewest votes, among those without whom every group keeps its
        seats.
        """
        free = [one for one in self.standing if not self.seats.is_guarded(one, self.standing)]
        return self._foremost(free, least=True)[-1]

    def _foremost(self, candidates: list[str], least: bool = False) -> list[str]:
        """Those with the most votes (the fewest: `least`), in order: by the latest earlier round
        in which they differ, then by the rule of the election.
        """
        pick = min if least else max
        best = pick(self._votes(one) for one in candidates)
        tied = [one for one in candidates if self._votes(one) == best]
        for votes in reversed(self.history):
            known = [votes.get(one, Fraction(0)) for one in tied]
            tied = [one for one, had in zip(tied, known, strict=True) if had == pick(known)]
        return self.ties.order(tied)

    def _pass_on_surplus(self, candidate: str) -> None:
        votes = self._votes(candidate)
        share = (votes - self.quota) / votes
        pile, self.piles[candidate] = self.piles[candidate], []
        self.kept[candidate] = self.quota
        self._deal((order, worth * share) for order, worth in pile)

    def _exclude(self, candidate: str) -> None:
        self.standing.remove(candidate)
        self._deal(self.piles.pop(candidate))

    def _note(
        self, transferred: tuple[str, ...], elected: list[str], excluded: tuple[str, ...]
    ) -> None:
        there = [*self.seats.elected, *self.standing]
        figures = [Figure(candidate=one, votes=self._votes(one)) for one in there]
        self.rounds.append(
            Round(
                figures=tuple(sorted(figures, key=lambda one: (-one.votes, one.candidate))),
                needed=self.quota,
                elected=tuple(elected),
                excluded=excluded,
                transferred=transferred,
                exhausted=self.exhausted,
            )
        )


def find_quota(votes: int, seats: int) -> Fraction:
    """Droop's: the least whole number that no more candidates than seats can reach."""
    return Fraction(votes // (seats + 1) + 1)


def _group(candidates: list[str], votes: Callable[[str], Fraction]) -> list[list[str]]:
    tiers: dict[Fraction, list[str]] = defaultdict(list)
    for one in candidates:
        tiers[votes(one)].append(one)
    return [tiers[many] for many in sorted(tiers, reverse=True)]
