"""Seats that are kept for an office, a college or a gender, with every method, beside a counter
that tries every set of people and shares no line with ours.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator, Mapping
from itertools import permutations
from typing import Any, NamedTuple

import pytest
from coopbook.decisions.elections import GRADES, Ballot, Contest, Method, Reserve, count
from support.independent_seats import elect_ranked, elect_transferable

SEED, CASES = 20261201, int(os.environ.get("COOPBOOK_CASES", "200"))
"""A small part of the 20,000 cases a method that were counted: COOPBOOK_CASES=20000 counts them."""

Groups = list[tuple[int, set[str]]]
Voters = list[dict[str, str]]


class Case(NamedTuple):
    """A random election: who stands, the eldest first, the seats, and what voters say."""

    standing: str
    seats: int
    groups: Groups
    voters: Voters


def cases(method: str, mark: Callable[[random.Random, Case], dict[str, str]]) -> Iterator[Case]:
    """Small elections, so that votes are often the same, groups overlap, and some have nobody."""
    chance = random.Random(f"{SEED} {method}")
    for _case in range(CASES):
        fewest = chance.choice((1, 5))  # of many, some are excluded one by one
        standing = "".join(chance.sample("ABCDEF", chance.randint(fewest, 6)))
        seats = chance.randint(1, 4)
        left, groups = seats, []
        for _group in range(chance.randint(1, 3)):
            kept = chance.randint(0, left)
            left -= kept
            if kept:
                own = {one for one in standing if chance.random() < chance.choice((0.2, 0.5, 0.8))}
                groups.append((kept, own))
        case = Case(standing, seats, groups, [])
        case.voters.extend(mark(chance, case) for _voter in range(chance.randint(1, 12)))
        yield case


def elected(method: Method, case: Case) -> set[str]:
    asked = Contest(
        method=method,
        seats=case.seats,
        candidates=tuple(sorted(case.standing)),
        reserved=tuple(
            Reserve(group=str(number), seats=seats, candidates=tuple(sorted(own)))
            for number, (seats, own) in enumerate(case.groups)
        ),
        ties=("age",),
        by_age=tuple(case.standing),
    )
    found = count(asked, [Ballot(marks=tuple(marks.items())) for marks in case.voters])
    assert found.is_settled
    assert len(found.elected) == len({*found.elected})
    assert len(found.elected) + found.empty == case.seats
    return {*found.elected}


def _names(most: int | None) -> Callable[[random.Random, Case], dict[str, str]]:
    def mark(chance: random.Random, case: Case) -> dict[str, str]:
        size = min(len(case.standing), case.seats if most is None else most)
        return dict.fromkeys(chance.sample(case.standing, chance.randint(1, size)), "x")

    return mark


def _yes_no(chance: random.Random, case: Case) -> dict[str, str]:
    return {one: chance.choice(("yes", "yes", "no", "abstain")) for one in case.standing}


def _order(chance: random.Random, case: Case) -> dict[str, str]:
    some = chance.sample(case.standing, chance.randint(1, len(case.standing)))
    return {one: str(number) for number, one in enumerate(some, 1)}


def _grades(chance: random.Random, case: Case) -> dict[str, str]:
    return {one: chance.choice(GRADES[::2]) for one in case.standing}


def _tally(case: Case, mark: str) -> dict[str, int]:
    return {one: sum(v.get(one) == mark for v in case.voters) for one in case.standing}


def _ranked(case: Case, worth: Mapping[str, Any]) -> list[str]:
    """The best first; the same go by age."""
    return sorted(case.standing, key=lambda one: (worth[one], case.standing.index(one)))


@pytest.mark.parametrize(
    ("method", "most"), [("plurality", None), ("approval", 6), ("without_candidates", 1)]
)
def test_kept_seats_with_names(method: Method, most: int | None) -> None:
    for case in cases(method, _names(most)):
        votes = _tally(case, "x")
        named = {one for one in case.standing if votes[one]}
        if method == "without_candidates":
            case = case._replace(standing="".join(one for one in case.standing if one in named))
        ranking = _ranked(case, {one: -many for one, many in votes.items()})
        wanted = elect_ranked(ranking, case.seats, case.groups, named)
        assert elected(method, case) == wanted, case


def test_kept_seats_with_yes_and_no() -> None:
    for case in cases("yes_no", _yes_no):
        yes, no = _tally(case, "yes"), _tally(case, "no")
        able = {one for one in case.standing if yes[one] > no[one]}
        ranking = _ranked(case, {one: -many for one, many in yes.items()})
        assert elected("yes_no", case) == elect_ranked(ranking, case.seats, case.groups, able), case


def test_kept_seats_with_grades() -> None:
    def medians(grades: list[int]) -> list[int]:
        left, taken = sorted(grades), []
        while left:
            taken.append(left.pop(len(left) // 2))
        return taken

    for case in cases("majority_judgment", _grades):
        worth = {
            one: medians([GRADES.index(marks[one]) for marks in case.voters])
            for one in case.standing
        }
        wanted = elect_ranked(_ranked(case, worth), case.seats, case.groups)
        assert elected("majority_judgment", case) == wanted, case


def _beats(case: Case) -> dict[tuple[str, str], int]:
    """The strongest path from one to another: the most votes that all its links have."""

    def prefer(one: str, other: str) -> int:
        return sum(int(v.get(one, 99)) < int(v.get(other, 99)) for v in case.voters)

    links = {
        (one, other): prefer(one, other)
        for one, other in permutations(case.standing, 2)
        if prefer(one, other) > prefer(other, one)
    }
    found = dict.fromkeys(permutations(case.standing, 2), 0)
    for least in sorted({*links.values()}):
        for start in case.standing:
            seen = [start]
            for here in seen:
                seen += [
                    b
                    for (a, b), many in links.items()
                    if a == here and many >= least and b not in seen
                ]
            found |= {(start, there): least for there in seen[1:]}
    return found


def test_kept_seats_with_pairs() -> None:
    for case in cases("schulze", _order):
        paths, left, ranking = _beats(case), [*case.standing], []
        while left:
            best = [a for a in left if all(a == b or paths[a, b] >= paths[b, a] for b in left)]
            ranking += best
            left = [one for one in left if one not in best]
        wanted = elect_ranked(ranking, case.seats, case.groups)
        assert elected("schulze", case) == wanted, case


def test_kept_seats_with_transferable_votes() -> None:
    for case in cases("stv", _order):
        orders = [sorted(marks, key=lambda one: int(marks[one])) for marks in case.voters]
        wanted = elect_transferable(orders, case.seats, case.groups, case.standing)
        assert elected("stv", case) == wanted, case


def test_kept_seats_without_a_vote() -> None:
    for case in cases("acclamation", lambda _chance, _case: {}):
        if len(case.standing) <= case.seats:
            ranking = sorted(case.standing, key=case.standing.index)
            wanted = elect_ranked(ranking, case.seats, case.groups)
            assert elected("acclamation", case._replace(voters=[])) == wanted, case
