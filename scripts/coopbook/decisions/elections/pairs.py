"""Schulze's method: candidates in the order of the strongest paths between them.

M. Schulze, “A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent
single-winner election method”, Social Choice and Welfare 36 (2011), with links measured by winning
votes. For several seats the order fills them one after the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, permutations

from .ballots import Box, rank
from .shapes import Contest, Duel

Pairs = dict[tuple[str, str], int]


def count_pairs(candidates: Sequence[str], box: Box) -> Pairs:
    """How many put the first of each two before the second. Who is on no place comes last."""
    found: Pairs = dict.fromkeys(permutations(candidates, 2), 0)
    for paper in box.papers:
        place = {one: n for n, tier in enumerate(rank(paper.marks)) for one in tier}
        last = len(candidates)
        for one, other in found:
            if place.get(one, last) < place.get(other, last):
                found[one, other] += paper.count
    return found


def strongest_paths(candidates: Sequence[str], pairs: Pairs) -> Pairs:
    """The strength of the strongest path from each candidate to each other: that of its weakest
    link (the paper's algorithm, section 2.3.1, by Floyd and Warshall).
    """
    paths = {
        (one, other): votes if votes > pairs[other, one] else 0
        for (one, other), votes in pairs.items()
    }
    for middle, one, other in permutations(candidates, 3):
        through = min(paths[one, middle], paths[middle, other])
        paths[one, other] = max(paths[one, other], through)
    return paths


def tiers_of_paths(candidates: Sequence[str], paths: Pairs) -> list[list[str]]:
    """Candidates in order: first those whom nobody beats, then those whom nobody of the rest
    beats, and so on.
    """
    left, tiers = list(candidates), []
    while left:
        best = [
            one
            for one in left
            if not any(paths[other, one] > paths[one, other] for other in left if other != one)
        ]
        tiers.append(best)
        left = [one for one in left if one not in best]
    return tiers


def duels(contest: Contest, pairs: Pairs, paths: Pairs) -> tuple[Duel, ...]:
    """Each two candidates, in the order of the election."""
    return tuple(
        Duel(
            one=one,
            other=other,
            votes=pairs[one, other],
            against=pairs[other, one],
            strength=paths[one, other],
            back=paths[other, one],
        )
        for one, other in combinations(contest.candidates, 2)
    )
