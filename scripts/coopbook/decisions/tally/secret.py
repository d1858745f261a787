"""Secret votes: totals that tellers counted, instead of ballots that bear names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from .arithmetic import CHOICES, Counts
from .shapes import TellerCount

FEW = 4
"""With fewer ballots, who took part is not told: it would say who voted what."""
TELLERS = 2
"""So many count alone, and must find the same."""


class Totals(Struct, frozen=True):
    """What was in the ballot box. `null` are ballots that say nothing that can be counted: who put
    one in took part, and has not voted. `took_part` is empty where there are few; `participants`
    says how many they were.
    """

    counts: Counts
    null: int
    participants: int
    took_part: tuple[str, ...] = ()

    @classmethod
    def of(cls, sheet: TellerCount) -> Totals:
        """From a teller's sheet, or what is kept of a result.

        Raises:
            ValueError: a figure is missing.
        """
        names = tuple(sorted(sheet.took_part or ()))
        marked = None if sheet.ballots is None else sum(one.count for one in sheet.ballots)
        votes = (sheet.for_, sheet.against, sheet.abstain) if marked is None else (marked, 0, 0)
        figures = (*votes, sheet.blank, sheet.null)
        for_, against, abstain, blank, null = (_require(one) for one in figures)
        there = len(names) if names else _require(sheet.participants)
        return cls(Counts(for_, against, abstain, blank), null, there, names)

    def to_plain(self) -> dict[str, Any]:
        found = dict(self.figures)
        return found | (
            {"took_part": list(self.took_part)} if self.took_part and not self.few else {}
        )

    @property
    def papers(self) -> int:
        """Ballots in the box."""
        return self.counts.cast + self.null

    @property
    def few(self) -> bool:
        """Whether there are so few that nobody may be told who took part."""
        return min(self.papers, self.participants) < FEW

    @property
    def figures(self) -> list[tuple[str, int]]:
        """Each figure by its name in a sheet."""
        counts = self.counts
        rows = [
            counts.for_,
            counts.against,
            counts.abstain,
            counts.blank,
            self.null,
            self.participants,
        ]
        return list(zip((*CHOICES, "null", "participants"), rows, strict=True))

    def differences(self, other: Totals) -> Iterator[tuple[str, int, int]]:
        """The figures in which two tellers differ: its name, what the one says, what the other."""
        for (name, mine), (_name, theirs) in zip(self.figures, other.figures, strict=True):
            if mine != theirs:
                yield name, mine, theirs


def _require(figure: int | None) -> int:
    if figure is None:
        raise ValueError("a figure is missing")
    return figure
