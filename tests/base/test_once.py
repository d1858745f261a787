"""Answers are kept on the object that is asked about, and on no other."""

from __future__ import annotations

from dataclasses import dataclass, replace

from coopbook.base.once import once


@dataclass(frozen=True)
class Shop:
    """Something that functions ask about."""

    name: str


def test_each_question_is_worked_out_once_for_each_object() -> None:
    asked: list[tuple[str, str]] = []

    @once
    def price(shop: Shop, good: str) -> str:
        asked.append((shop.name, good))
        return f"{good} at {shop.name}"

    here, there = Shop("here"), Shop("there")
    assert [price(here, "bread"), price(here, "bread")] == ["bread at here"] * 2
    assert price(here, "milk") == "milk at here"
    assert price(there, "bread") == "bread at there"
    assert asked == [("here", "bread"), ("here", "milk"), ("there", "bread")]


def test_a_changed_copy_has_no_answers() -> None:
    @once
    def length(shop: Shop) -> int:
        return len(shop.name)

    here = Shop("here")
    assert length(here) == len("here")
    assert length(replace(here, name="somewhere")) == len("somewhere")


def test_two_functions_of_one_name_do_not_share_answers() -> None:
    @once
    def first(shop: Shop) -> int:
        return 1

    @once
    def second(shop: Shop) -> int:
        return 2

    here = Shop("here")
    assert (first(here), second(here)) == (1, 2)
