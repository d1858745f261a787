"""Elections: examples that were published, each by its name, and beside them counters written from
the definitions alone, which share no line with ours.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import permutations

import pytest
from coopbook.decisions.elections import (
    GRADES,
    Ballot,
    Contest,
    Method,
    Outcome,
    Reserve,
    begin_second_round,
    count,
    draw_lot,
)

SEED, CASES = 20260302, int(os.environ.get("COOPBOOK_CASES", "300"))
"""A small part of the 20,000 cases a method that were counted: COOPBOOK_CASES=20000 counts them."""


def named(many: int, *candidates: str) -> Ballot:
    return Ballot(marks=tuple((one, "x") for one in candidates), count=many)


def ranked(many: int, order: str) -> Ballot:
    return Ballot(marks=tuple((one, str(n)) for n, one in enumerate(order, 1)), count=many)


def graded(many: int, **grades: str) -> Ballot:
    return Ballot(marks=tuple(grades.items()), count=many)


def votes(found: Outcome, number: int = 0) -> dict[str, Fraction]:
    return {one.candidate: one.votes for one in found.rounds[number].figures}


def contest(method: Method, seats: int, candidates: str, **more: object) -> Contest:
    return Contest(method=method, seats=seats, candidates=tuple(candidates), **more)  # type: ignore[arg-type]


# One hundred voters of Tennessee choose a capital: Memphis, Nashville, Chattanooga, Knoxville

TENNESSEE = {"MNCK": 42, "NCKM": 26, "CKNM": 15, "KCNM": 17}


def orders(profile: Mapping[str, int]) -> list[Ballot]:
    return [ranked(many, order) for order, many in profile.items()]


def firsts(profile: Mapping[str, int], standing: str) -> list[Ballot]:
    return [
        named(many, next(one for one in order if one in standing))
        for order, many in profile.items()
    ]


def test_tennessee_by_plurality_elects_memphis() -> None:
    found = count(contest("plurality", 1, "MNCK"), firsts(TENNESSEE, "MNCK"))
    assert found.elected == ("M",)


def test_tennessee_in_two_rounds_elects_nashville() -> None:
    asked = contest("plurality", 1, "MNCK", majority="absolute")
    first = count(asked, firsts(TENNESSEE, "MNCK"))
    assert (first.elected, first.second_round, first.left) == ((), ("M", "N"), 1)
    second = begin_second_round(asked, first, "capital-2")
    found = count(second, firsts(TENNESSEE, "MN"))
    assert (found.elected, votes(found)) == (("N",), {"N": 58, "M": 42})


def test_tennessee_by_instant_run_off_elects_knoxville() -> None:
    found = count(contest("stv", 1, "MNCK"), orders(TENNESSEE))
    assert found.elected == ("K",)
    assert [one.excluded for one in found.rounds] == [("C",), ("N",), ()]


def test_tennessee_by_condorcet_elects_nashville() -> None:
    found = count(contest("schulze", 1, "MNCK"), orders(TENNESSEE))
    assert found.elected == ("N",)
    assert [one.candidate for one in found.rounds[0].figures] == ["N", "C", "K", "M"]


# M. Schulze's paper

SCHULZE = {
    "ACBED": 5,
    "ADECB": 5,
    "BEDAC": 8,
    "CABED": 3,
    "CAEBD": 7,
    "CBADE": 2,
    "DCEBA": 7,
    "EBADC": 8,
}


def test_forty_five_voters_of_schulzes_paper() -> None:
    found = count(contest("schulze", 1, "ABCDE"), orders(SCHULZE))
    assert "".join(one.candidate for one in found.rounds[0].figures) == "EACBD"
    paths = {(one.one, one.other): (one.strength, one.back) for one in found.duels}
    assert (paths["A", "E"], paths["B", "D"]) == ((24, 25), (33, 28))
    assert count(contest("schulze", 3, "ABCDE"), orders(SCHULZE)).elected == ("E", "A", "C")


# Oranges, pears, chocolate, strawberries, hamburgers: twenty voters, three seats

FOOD = {"O": 4, "PO": 2, "CS": 8, "CH": 4, "S": 1, "H": 1}


def test_twenty_voters_choose_three_foods_by_single_transferable_vote() -> None:
    found = count(contest("stv", 3, "OPCSH"), orders(FOOD))
    assert found.rounds[0].needed == 6
    assert {*found.elected} == {"C", "O", "S"}
    assert votes(found, 1) == {"C": 6, "O": 4, "P": 2, "S": 5, "H": 3}


# Yes or no to each, as co-operatives of workers elect


def yes_no(many: int, yes: str = "", no: str = "") -> Ballot:
    marks = [*((one, "yes") for one in yes), *((one, "no") for one in no)]
    return Ballot(marks=tuple(marks), count=many)


def test_yes_or_no_by_absolute_majority_then_in_a_second_round_by_relative_majority() -> None:
    asked = contest("yes_no", 2, "ABC", majority="absolute")
    first = count(asked, [yes_no(6, "A", "C"), yes_no(5, "BC", "A"), yes_no(1, "A", "BC")])
    assert (first.elected, first.second_round, first.left) == (("A",), ("B", "C"), 1)
    again = begin_second_round(asked, first, "board-2")
    found = count(again, [yes_no(5, "B"), yes_no(4, "C"), yes_no(3)])
    assert (found.elected, found.blank, found.empty) == (("B",), 3, 0)


def test_half_of_the_ballots_is_no_absolute_majority() -> None:
    asked = contest("yes_no", 1, "A", majority="absolute")
    assert count(asked, [yes_no(5, "A"), yes_no(5, "", "A")]).elected == ()
    assert count(asked, [yes_no(6, "A"), yes_no(5, "", "A")]).elected == ("A",)


def test_by_relative_majority_more_against_than_for_is_a_refusal() -> None:
    found = count(contest("yes_no", 1, "A"), [yes_no(3, "A"), yes_no(10, "", "A")])
    assert (found.elected, found.empty) == ((), 1)


# Grades


def test_the_best_median_grade_wins_and_ties_are_parted_by_taking_medians_away() -> None:
    ballots = [
        graded(2, A="excellent", B="very_good"),
        graded(1, A="good", B="good"),
        graded(2, A="reject", B="fair"),
    ]
    found = count(contest("majority_judgment", 1, "AB"), ballots)
    assert found.elected == ("B",)
    assert found.rounds[0].figures[0].grades == (0, 2, 1, 2, 0, 0, 0)


def test_who_is_given_no_grade_is_given_the_lowest() -> None:
    found = count(contest("majority_judgment", 1, "AB"), [graded(3, A="insufficient")])
    assert found.rounds[0].figures[1].grades == (0, 0, 0, 0, 0, 0, 3)


# Fewer candidates than seats, and nobody at all


def test_an_acclamation_fills_the_seats_it_can_and_says_which_stay_empty() -> None:
    found = count(contest("acclamation", 3, "AB"))
    assert (found.elected, found.empty) == (("A", "B"), 1)


def test_an_acclamation_of_more_candidates_than_seats_is_refused() -> None:
    with pytest.raises(ValueError, match="more candidates than seats"):
        count(contest("acclamation", 1, "AB"))


EVERY: dict[Method, Callable[[str], Ballot]] = {
    "yes_no": lambda one: Ballot(marks=((one, "yes"),)),
    "plurality": lambda one: Ballot(marks=((one, "x"),)),
    "approval": lambda one: Ballot(marks=((one, "x"),)),
    "without_candidates": lambda one: Ballot(marks=((one, "x"),)),
    "stv": lambda one: Ballot(marks=((one, "1"),)),
    "schulze": lambda one: Ballot(marks=((one, "1"),)),
    "majority_judgment": lambda one: Ballot(marks=((one, "good"),)),
}


@pytest.mark.parametrize("method", EVERY)
def test_no_ballot_that_says_something_elects_nobody(method: Method) -> None:
    found = count(contest(method, 2, "AB"), [Ballot(count=4), Ballot(null=True)])
    assert (found.elected, found.empty, found.ballots) == ((), 2, 5)
    assert (found.blank, found.null, found.expressed) == (4, 1, 0)


@pytest.mark.parametrize("method", EVERY)
def test_a_ballot_for_somebody_who_does_not_stand_is_refused(method: Method) -> None:
    if method == "without_candidates":
        return
    with pytest.raises(ValueError, match="no candidate"):
        count(contest(method, 1, "AB"), [EVERY[method]("Z")])


def test_more_names_than_seats_are_a_null_ballot_by_plurality_and_none_by_approval() -> None:
    ballots = [named(2, "A", "B"), named(1, "A")]
    assert count(contest("plurality", 1, "AB"), ballots).null == 2
    assert votes(count(contest("approval", 1, "AB"), ballots)) == {"A": 3, "B": 2}


def test_two_first_choices_are_a_null_ballot_and_two_thirds_end_it() -> None:
    first = Ballot(marks=(("A", "1"), ("B", "1"), ("C", "2")))
    later = Ballot(marks=(("A", "1"), ("B", "3"), ("C", "3")), count=2)
    found = count(contest("stv", 2, "ABC", ties=("age",), by_age=tuple("ABC")), [first, later])
    assert (found.null, found.expressed) == (1, 2)


def test_without_candidates_who_does_not_accept_is_passed_over() -> None:
    asked = Contest(method="without_candidates", seats=1, declined=("A",))
    found = count(asked, [named(5, "A"), named(3, "B"), named(1, "C")])
    assert (found.elected, votes(found)) == (("B",), {"B": 3, "C": 1})


@pytest.mark.parametrize("method", EVERY)
def test_who_withdrew_is_counted_as_if_no_ballot_bore_the_name(method: Method) -> None:
    if method == "without_candidates":
        return
    ties: dict[str, object] = {"ties": ("age",), "by_age": tuple("ABC")}
    both = [EVERY[method]("A"), EVERY[method]("B"), EVERY[method]("B"), EVERY[method]("C")]
    found = count(contest(method, 2, "ABC", declined=("A",), **ties), both)
    without = count(contest(method, 2, "BC", **ties), [Ballot(), *both[1:]])
    assert (found.elected, found.blank, found.rounds) == (without.elected, 1, without.rounds)


def test_too_many_names_are_too_many_though_one_of_them_withdrew() -> None:
    found = count(contest("plurality", 1, "AB", declined=("A",)), [named(1, "A", "B")])
    assert (found.null, found.elected) == (1, ())


# Ties

TIED = [named(3, "A"), named(3, "B"), named(1, "C")]


def test_a_tie_is_decided_by_age() -> None:
    found = count(contest("plurality", 1, "ABC", ties=("age",), by_age=("C", "B", "A")), TIED)
    assert (found.elected, found.ties[0].order, found.ties[0].by) == (("B",), ("B", "A"), "age")


def test_a_tie_is_decided_by_a_lot_that_anybody_draws_again() -> None:
    asked = contest("plurality", 1, "ABC", ties=("lot",), lot="4182.17", name="board")
    found = count(asked, TIED)
    assert found.elected == draw_lot("4182.17", "board", ("A", "B"))[:1]
    winners = {draw_lot(str(value), "board", "AB")[0] for value in range(20)}
    assert winners == {"A", "B"}


def test_a_lot_waits_for_its_public_value() -> None:
    found = count(contest("plurality", 1, "ABC", ties=("lot",)), TIED)
    assert (found.elected, found.undecided, found.left, found.empty) == ((), ("A", "B"), 1, 0)
    assert not found.is_settled


def test_a_tie_is_decided_by_a_second_round_between_those_who_tied() -> None:
    found = count(contest("plurality", 1, "ABC", ties=("second_round", "age")), TIED)
    assert (found.second_round, found.left, found.undecided) == (("A", "B"), 1, ())


def test_a_tie_that_takes_no_seat_from_anybody_is_none() -> None:
    assert count(contest("plurality", 2, "ABC"), TIED).elected == ("A", "B")


# Seats kept for groups

LYON = Reserve(group="lyon", seats=1, candidates=("C", "D"))


def test_a_kept_seat_goes_to_the_first_of_its_group() -> None:
    ballots = [named(9, "A"), named(7, "B"), named(2, "C"), named(1, "D")]
    found = count(contest("plurality", 2, "ABCD", reserved=(LYON,)), ballots)
    assert found.elected == ("A", "C")


def test_a_kept_seat_stays_empty_where_nobody_of_the_group_stands() -> None:
    asked = contest("plurality", 2, "AB", reserved=(Reserve(group="lyon", seats=1),))
    found = count(asked, [named(9, "A"), named(7, "B")])
    assert (found.elected, found.empty, found.unfilled) == (("A",), 1, (("lyon", 1),))


def test_a_transferable_vote_keeps_the_last_of_a_group_in_the_count() -> None:
    ballots = [ranked(9, "AB"), ranked(7, "BA"), ranked(2, "CD"), ranked(1, "D")]
    found = count(contest("stv", 2, "ABCD", reserved=(LYON,)), ballots)
    assert found.elected == ("A", "C")
    assert found.rounds[0].excluded == ("B",) or found.rounds[1].excluded == ("B",)


def test_groups_that_overlap_share_their_candidates_out() -> None:
    """Two black men, two white women, one black woman (the candidates of I. D. Hill's example):
    she fills a seat of one group or of the other, never of both.
    """
    kept = (
        Reserve(group="women", seats=2, candidates=("W1", "W2", "BW")),
        Reserve(group="black", seats=1, candidates=("B1", "B2", "BW")),
    )
    ballots = [named(9, "B1"), named(8, "B2"), named(7, "W1"), named(6, "W2"), named(1, "BW")]
    asked = Contest(
        method="plurality", seats=3, candidates=("B1", "B2", "W1", "W2", "BW"), reserved=kept
    )
    assert count(asked, ballots).elected == ("B1", "W1", "W2")


# Beside counters written from the definitions

Profile = list[dict[str, int]]


def profiles(seed: int) -> Iterator[tuple[str, Profile]]:
    """Random voters, few enough for many ties."""
    chance = random.Random(seed)
    for _case in range(CASES):
        standing = "ABCDE"[: chance.randint(2, 5)]
        voters = []
        for _voter in range(chance.randint(1, 12)):
            some = chance.sample(standing, chance.randint(1, len(standing)))
            voters.append({one: n for n, one in enumerate(some, 1)})
        yield standing, voters


def as_ballots(profile: Profile) -> list[Ballot]:
    return [Ballot(marks=tuple((one, str(n)) for one, n in ranks.items())) for ranks in profile]


def test_plurality_and_approval_beside_a_counter() -> None:
    for standing, profile in profiles(SEED):
        seats = 1 + len(profile) % 2
        marks = [[*ranks][:seats] for ranks in profile]
        for method, said in (("plurality", marks), ("approval", [[*ranks] for ranks in profile])):
            tally = Counter(one for names in said for one in names)
            best = sorted(standing, key=lambda one: (-tally[one], one))
            wanted = [one for one in best if tally[one]][:seats]
            found = count(
                contest(method, seats, standing, ties=("age",), by_age=tuple(standing)),  # type: ignore[arg-type]
                [named(1, *names) for names in said],
            )
            assert [*found.elected]
            assert sorted(found.elected) == sorted(wanted)


def naive_schulze(standing: str, profile: Profile) -> dict[tuple[str, str], int]:
    """The strength of the strongest path, by trying every path."""

    def prefer(one: str, other: str) -> int:
        return sum(ranks.get(one, 99) < ranks.get(other, 99) for ranks in profile)

    def link(one: str, other: str) -> int:
        return prefer(one, other) if prefer(one, other) > prefer(other, one) else 0

    def strongest(one: str, other: str) -> int:
        between = [c for c in standing if c not in (one, other)]
        return max(
            min(link(a, b) for a, b in zip((one, *way), (*way, other), strict=True))
            for size in range(len(between) + 1)
            for way in permutations(between, size)
        )

    return {(one, other): strongest(one, other) for one, other in permutations(standing, 2)}


def test_schulze_beside_all_paths() -> None:
    for standing, profile in profiles(SEED + 1):
        found = count(contest("schulze", 1, standing), as_ballots(profile))
        paths = naive_schulze(standing, profile)
        for duel in found.duels:
            assert duel.strength == paths[duel.one, duel.other]
            assert duel.back == paths[duel.other, duel.one]
        winners = [
            one
            for one in standing
            if all(paths[one, other] >= paths[other, one] for other in standing if other != one)
        ]
        assert [*found.elected, *found.undecided] == winners


def naive_stv(standing: str, seats: int, profile: Profile) -> set[str]:
    """Each paper by itself, with its own worth; ties go to the earlier letter."""
    papers = [[sorted(ranks, key=lambda one: ranks[one]), Fraction(1)] for ranks in profile]
    quota = len(papers) // (seats + 1) + 1
    hopeful, elected, spent = set(standing), [], set()
    past: list[dict[str, Fraction]] = []
    holder = [next((one for one in order if one in hopeful), None) for order, _worth in papers]

    def total(one: str) -> Fraction:
        if one in spent:
            return Fraction(quota)
        return sum((p[1] for p, h in zip(papers, holder, strict=True) if h == one), Fraction(0))

    def key(one: str) -> tuple[Fraction, ...]:
        return (total(one), *(then.get(one, Fraction(0)) for then in reversed(past)))

    while len(elected) < min(seats, len(standing)):
        past.append({one: total(one) for one in standing if one in hopeful or one in elected})
        if len(hopeful) <= seats - len(elected):
            return {*elected, *hopeful}
        reach = sorted(
            (one for one in hopeful if total(one) >= quota), key=lambda o: (-total(o), o)
        )
        elected += reach
        hopeful -= set(reach)
        if len(elected) >= seats:
            break
        over = [one for one in elected if total(one) > quota]
        if over:
            moved = sorted(over, key=lambda one: (*(-n for n in key(one)), one))[0]
            worth = (total(moved) - quota) / total(moved)
            spent.add(moved)
        else:
            moved = sorted(hopeful, key=lambda one: (*(-n for n in key(one)), one))[-1]
            worth = Fraction(1)
            hopeful.discard(moved)
        for n, paper in enumerate(papers):
            if holder[n] == moved:
                paper[1] *= worth
                later = paper[0][paper[0].index(moved) + 1 :]
                holder[n] = next((one for one in later if one in hopeful), None)
    return set(elected)


def test_single_transferable_vote_beside_papers_counted_one_by_one() -> None:
    for standing, profile in profiles(SEED + 2):
        seats = 1 + len(profile) % 3
        asked = contest("stv", seats, standing, ties=("age",), by_age=tuple(standing))
        found = count(asked, as_ballots(profile))
        assert {*found.elected} == naive_stv(standing, seats, profile)
        for shown in found.rounds:
            there = sum((one.votes for one in shown.figures), Fraction(0))
            assert there + shown.exhausted == len(profile)


def naive_judgment(grades: Iterable[int]) -> list[int]:
    """The median grades, each taken away after it was read."""
    left, taken = sorted(grades), []
    while left:
        taken.append(left.pop(len(left) // 2))
    return taken


def test_majority_judgment_beside_medians_taken_away_one_by_one() -> None:
    chance = random.Random(SEED + 3)
    for _case in range(CASES):
        standing = "ABCD"[: chance.randint(2, 4)]
        voters = [
            {one: chance.randrange(7) for one in standing} for _voter in range(chance.randint(1, 9))
        ]
        ballots = [graded(1, **{one: GRADES[n] for one, n in voter.items()}) for voter in voters]
        values = {one: naive_judgment(voter[one] for voter in voters) for one in standing}
        best = min(values.values())
        found = count(contest("majority_judgment", 1, standing), ballots)
        assert {*found.elected, *found.undecided} == {o for o in standing if values[o] == best}


def test_the_order_of_ballots_and_their_bundling_change_nothing() -> None:
    chance = random.Random(SEED + 4)
    for standing, profile in profiles(SEED + 4):
        ballots = as_ballots(profile)
        mixed = chance.sample(ballots, len(ballots))
        bundled = [
            Ballot(marks=marks, count=many)
            for marks, many in Counter(one.marks for one in mixed).items()
        ]
        for method in ("stv", "schulze"):
            asked = contest(method, 2, standing, ties=("lot",), lot="7", name="board")  # type: ignore[arg-type]
            assert count(asked, ballots) == count(asked, mixed) == count(asked, bundled)
