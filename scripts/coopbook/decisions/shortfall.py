"""How many people a vote still needs before it can be valid at all, whatever they choose.

What is said while a vote runs must not say how the ballots fell: where a quorum counts votes in
favour alone, all who voted are taken to be in favour, so that the number is the least that is
missing, and follows from the turnout.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from fractions import Fraction

from .tally import Outcome
from .tally.arithmetic import Measure, Quorum
from .tally.terms import Category, Terms

NEAR = timedelta(days=3)
"""How long before its close a vote is near it: so many days, or the last third of its time where
that is less.
"""


def is_near_close(held: Terms, now: datetime) -> bool:
    """Whether an open vote is so near its close that what is missing is to be told."""
    time = held.earliest - held.opens
    return max(held.opens, held.earliest - min(NEAR, time / 3)) <= now < held.earliest


def missing_people(found: Outcome, category: Category) -> int:
    """How many more people must vote, or take part, for what was counted so far to be valid.

    Args:
        found: What was counted.
        category: The rule that it was counted by.

    Returns:
        The least number; 0 where nothing is missing, or where it is shares of colleges and not
        people that are missing.
    """
    own = _missing_of(category.quorum, found.quorum, found)
    if category.consent:
        own = max(own, category.consent.min_yes - found.counts.cast)
    ways = [
        _missing_of(rule.quorum, way.quorum, found)
        for rule, way in zip(category.any, found.any, strict=True)
    ]
    return max(0, own, min(ways, default=0))


def _missing_of(rule: Quorum | None, measured: Measure | None, found: Outcome) -> int:
    """How many people a quorum wants beyond those who are there."""
    if rule is None or measured is None:
        return 0
    least, there = measured.minimum, Fraction(found.counts.cast)
    if rule.base == "electorate" and rule.fraction is not None:
        wanted = rule.fraction * measured.whole
        least = max(least, math.floor(wanted) + 1 if rule.op == "gt" else math.ceil(wanted))
    if rule.of == "represented":
        there = Fraction(found.represented)
    elif rule.of == "cast" and rule.base == "electorate":
        there = measured.part  # without those whom the quorum does not count
    return max(0, least - math.floor(there))
