"""Counting polls: examples that were published, and beside them a counter written from the
definitions alone, which shares no line with ours.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterable, Iterator, Sequence
from statistics import median_low
from typing import get_args

import pytest
from coopbook.decisions.elections import GRADES
from coopbook.decisions.poll_count import (
    AS_ELECTIONS,
    FEW,
    AnswerMarks,
    Method,
    PollCount,
    Question,
    count_poll,
    marks_of,
    may_mark,
)

SEED, CASES = 20260611, int(os.environ.get("COOPBOOK_CASES", "300"))
"""A small part of the 20,000 cases a method that were counted: COOPBOOK_CASES=20000 counts them."""
METHODS: tuple[Method, ...] = get_args(Method)
TENNESSEE = {"MNCK": 42, "NCKM": 26, "CKNM": 15, "KCNM": 17}
"""One hundred voters of Tennessee choose a capital among Memphis, Nashville, Chattanooga and
Knoxville."""

Marks = dict[str, str]


def counted(
    method: Method, options: str, answers: Iterable[Marks], named: bool = True
) -> PollCount:
    given = [AnswerMarks(marks=marks) for marks in answers]
    return count_poll(Question(method=method, options=tuple(options)), given, named=named)


def orders() -> list[Marks]:
    return [
        {one: str(n) for n, one in enumerate(order, 1)}
        for order, many in TENNESSEE.items()
        for _voter in range(many)
    ]


def test_tennessee_by_each_order_of_preference() -> None:
    firsts = [{next(iter(marks)): "x"} for marks in orders()]
    assert counted("plurality", "MNCK", firsts).first == ("M",)
    assert counted("instant_run_off", "MNCK", orders()).first == ("K",)
    assert counted("schulze", "MNCK", orders()).first == ("N",)


def test_tennessee_by_scores() -> None:
    # Each gives 5 to the first, and less the farther away (Wikipedia, “Score voting”, of 10).
    scores = {
        "M": {"M": 5, "N": 2, "C": 1, "K": 0},
        "N": {"M": 0, "N": 5, "C": 2, "K": 1},
        "C": {"M": 0, "N": 3, "C": 5, "K": 3},
        "K": {"M": 0, "N": 2, "C": 4, "K": 5},
    }
    answers = [
        {one: str(score) for one, score in scores[order[0]].items()}
        for order, many in TENNESSEE.items()
        for _voter in range(many)
    ]
    found = counted("scores", "MNCK", answers)
    sums = {one.option: one.votes for one in found.figures}
    assert sums == {"N": 293, "C": 237, "M": 210, "K": 156}
    assert found.first == ("N",)


def test_days_on_which_the_most_can_be_there_come_first() -> None:
    answers = [
        {"a": "yes", "b": "if_need_be", "c": "yes"},
        {"a": "yes", "b": "yes", "c": "if_need_be"},
        {"a": "no", "b": "if_need_be", "c": "if_need_be"},
        {"a": "yes"},
        {},
    ]
    found = counted("dates", "abc", answers)
    assert [one.option for one in found.figures] == ["a", "b", "c"]
    assert found.figures[0].counts == {"yes": 3, "if_need_be": 0, "no": 1}
    assert (found.answers, found.blank, found.first) == (5, 1, ("a",))


def test_what_has_the_same_comes_first_together() -> None:
    assert counted("approval", "abc", [{"a": "x", "c": "x"}]).first == ("a", "c")
    assert counted("dates", "ab", [{"a": "yes"}, {"b": "yes"}]).first == ("a", "b")
    assert counted("scores", "ab", [{"a": "3", "b": "3"}]).first == ("a", "b")
    for method in METHODS:
        assert counted(method, "ab", []).first == ()


def test_a_run_off_stops_where_nothing_says_what_goes_out() -> None:
    found = counted("instant_run_off", "abc", [{"a": "1"}, {"a": "1"}, {"b": "1"}, {"c": "1"}])
    assert (found.first, found.undecided) == ((), ("b", "c"))
    assert [(one.option, one.votes) for one in found.rounds[-1].figures] == [
        ("a", 2),
        ("b", 1),
        ("c", 1),
    ]
    found = counted("instant_run_off", "ab", [{"a": "1"}, {"b": "1"}])
    assert (found.first, found.undecided) == (("a", "b"), ())


def test_two_names_where_one_is_chosen_count_for_none() -> None:
    found = counted("plurality", "ab", [{"a": "x", "b": "x"}, {"a": "x"}, {}])
    assert (found.answers, found.null, found.blank, found.first) == (3, 1, 1, ("a",))


def test_a_sense_check_counts_words_and_advice_nothing() -> None:
    said = [AnswerMarks(says=word) for word in ("agree", "agree", "disagree", "")]
    found = count_poll(Question(method="sense"), said, named=False)
    assert found.to_plain() == {
        "answers": 4,
        "blank": 1,
        "counts": {"agree": 2, "unsure": 0, "disagree": 1},
    }
    assert count_poll(Question(method="advice"), said, named=True).to_plain() == {"answers": 4}


@pytest.mark.parametrize("method", ["scores", "majority_judgment"])
def test_few_answers_without_names_give_totals_alone(method: Method) -> None:
    mark = marks_of(method)[1]
    few = counted(method, "ab", [{"a": mark}] * (FEW - 1), named=False)
    assert not any(one.counts for one in few.figures)
    enough = counted(method, "ab", [{"a": mark}] * FEW, named=False)
    assert any(one.counts for one in enough.figures)
    assert any(one.counts for one in counted(method, "ab", [{"a": mark}]).figures)


def test_what_a_method_does_not_know_says_nothing() -> None:
    for method in METHODS:
        found = counted(method, "ab", [{"a": "nonsense", "elsewhere": "x"}])
        assert (found.answers, found.first) == (1, ())


# Another counter, written from the definitions


def random_marks(chance: random.Random, method: Method, options: str) -> Marks:
    words = marks_of(method) or tuple(str(n) for n in range(1, len(options) + 1))
    found: Marks = {}
    for option in options:
        if chance.random() < 0.8:
            found[option] = chance.choice(words)
    if method == "plurality" and chance.random() < 0.9:
        found = dict([chance.choice([*found.items()])]) if found else {}
    if method == "instant_run_off" and chance.random() < 0.8:
        places = chance.sample(range(1, len(options) + 1), len(found))
        found = {one: str(place) for one, place in zip(found, places, strict=True)}
    return found


def naive_first(method: Method, options: str, answers: Sequence[Marks]) -> set[str]:
    """What comes first; nothing where a run-off cannot go on."""
    if method == "instant_run_off":
        return naive_run_off(options, answers)
    if method == "schulze":
        return naive_schulze(options, answers) if any(answers) else set()
    if method == "majority_judgment":
        return naive_judgment(options, answers) if any(answers) else set()
    worth = {one: naive_worth(method, one, answers) for one in options}
    best = max(worth.values())
    return {one for one in options if worth[one] == best} if max(best) else set()


def naive_worth(method: Method, option: str, answers: Sequence[Marks]) -> tuple[int, ...]:
    said = [marks[option] for marks in answers if option in marks]
    if method == "dates":
        return len(said) - said.count("no"), said.count("yes")
    if method == "scores":
        return (sum(map(int, said)),)
    if method == "plurality":
        return (sum(1 for marks in answers if [*marks] == [option]),)
    return (len(said),)


def naive_order(marks: Marks) -> str:
    """Options one by one, until two have one place."""
    found = ""
    for place in sorted({int(mark) for mark in marks.values()}):
        there = [one for one, mark in marks.items() if int(mark) == place]
        if len(there) > 1:
            break
        found += there[0]
    return found


def naive_run_off(options: str, answers: Sequence[Marks]) -> set[str]:
    papers = [order for order in map(naive_order, answers) if order]
    if not papers:
        return set()
    standing, past = set(options), list[dict[str, int]]()
    while True:
        tops = [next((one for one in paper if one in standing), "") for paper in papers]
        now = {one: tops.count(one) for one in standing}
        past.insert(0, now)
        over = {one for one in standing if 2 * now[one] > len(papers)}
        if over or len(standing) == 1:
            return over or standing
        worst = standing
        for had in past:
            worst = {one for one in worst if had[one] == min(had[other] for other in worst)}
        if len(worst) > 1:
            return worst if worst == standing else set()
        standing = standing - worst


def naive_schulze(options: str, answers: Sequence[Marks]) -> set[str]:
    def before(one: str, other: str) -> int:
        return sum(
            1 for marks in answers if int(marks.get(one, "99")) < int(marks.get(other, "99"))
        )

    link = {
        (a, b): before(a, b) if before(a, b) > before(b, a) else 0
        for a in options
        for b in options
        if a != b
    }

    def paths(one: str, other: str, seen: str) -> Iterator[int]:
        yield link[one, other]
        for step in options:
            if step not in seen + other:
                yield min(link[one, step], max(paths(step, other, seen + step)))

    strength = {(a, b): max(paths(a, b, a)) for a, b in link}
    return {a for a in options if all(strength[a, b] >= strength[b, a] for b in options if b != a)}


def naive_judgment(options: str, answers: Sequence[Marks]) -> set[str]:
    def value(option: str) -> list[int]:
        left = sorted(GRADES.index(marks.get(option, "reject")) for marks in answers if marks)
        taken = []
        while left:
            # From the best grade on: of two in the middle the worse one is the median.
            worst_first = [-grade for grade in left]
            middle = -median_low(worst_first)
            taken.append(middle)
            left.remove(middle)
        return taken

    values = {one: value(one) for one in options}
    return {one for one in options if values[one] == min(values.values())}


@pytest.mark.parametrize("method", [one for one in METHODS if one not in ("sense", "advice")])
def test_another_counter_finds_the_same(method: Method) -> None:
    chance = random.Random(f"{SEED}{method}")
    for number in range(CASES):
        options = "abcde"[: chance.randint(2, 5)]
        answers = [random_marks(chance, method, options) for _ in range(chance.randint(0, 12))]
        found = counted(method, options, answers)
        assert {*found.first} == naive_first(method, options, answers), (number, answers)
        assert found.answers == len(answers)
        assert found.blank == sum(1 for marks in answers if not marks)
        shuffled = chance.sample(answers, len(answers))
        assert counted(method, options, shuffled) == found


def test_every_method_of_elections_that_polls_have_is_counted_there() -> None:
    assert {*AS_ELECTIONS} < {*METHODS}
    assert all(may_mark(method, mark) for method in METHODS for mark in marks_of(method))
    assert not any(may_mark(method, "maybe") for method in METHODS)
