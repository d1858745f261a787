"""Majority judgment: the candidate with the best median grade.

M. Balinski and R. Laraki, “A theory of measuring, electing, and ranking”, PNAS 104 (2007). The
majority grade is the median, the lower of the two with an even number; equal ones are parted by
taking one median grade away from both, again and again.
"""

from __future__ import annotations

from itertools import groupby

from .ballots import Box
from .shapes import GRADES, Contest, Figure


def grade_figures(contest: Contest, box: Box) -> tuple[Figure, ...]:
    """How many gave each grade to each candidate, the best candidate first."""
    found = [_figure(box, candidate) for candidate in contest.candidates]
    return tuple(sorted(found, key=lambda one: (majority_value(one.grades), one.candidate)))


def majority_value(counts: tuple[int, ...]) -> tuple[int, ...]:
    """The median grades in the order in which they are taken away, as places in `GRADES`: the
    smaller, the better. They lie from the middle outwards, the worse side first.
    """
    given = [grade for grade, count in enumerate(counts) for _voter in range(count)]
    middle = len(given) // 2
    worse, better = given[middle:], given[:middle][::-1]
    if len(given) % 2 == 0:
        return tuple(grade for pair in zip(worse, better, strict=True) for grade in pair)
    first, worse = worse[:1], worse[1:]
    return (*first, *(grade for pair in zip(worse, better, strict=True) for grade in pair))


def tiers_of_grades(figures: tuple[Figure, ...]) -> list[list[str]]:
    """Candidates by their grades, the best first."""
    return [
        [one.candidate for one in tier]
        for _value, tier in groupby(figures, key=lambda one: majority_value(one.grades))
    ]


def median_grade(figure: Figure) -> str:
    """The majority grade of a candidate; nothing where nobody gave one."""
    value = majority_value(figure.grades)
    return GRADES[value[0]] if value else ""


def _figure(box: Box, candidate: str) -> Figure:
    counts = [0] * len(GRADES)
    for paper in box.papers:
        counts[GRADES.index(paper.marks.get(candidate, GRADES[-1]))] += paper.count
    return Figure(candidate=candidate, grades=tuple(counts))
