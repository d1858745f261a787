"""Which mandate follows which on a seat, and that reminders and pages hear of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from coopbook.agenda.reminders import reminders
from coopbook.decisions.mandates import find_followers
from coopbook.decisions.types import Body, Mandate
from coopbook.records.audience import view_index
from coopbook.records.load import load
from coopbook.site.context import Site
from coopbook.site.happenings import deadlines
from support.coops import TODAY

CHAIR, TREASURER, BOARD = {"en": "Chair"}, {"en": "Treasurer"}, {"en": "Board member"}


def _seat(id: str, member: str, days: str, role: dict[str, str] = BOARD, end: str = "") -> Mandate:
    """A mandate; `days` such as `2023-06-01..2026-05-31`, or without the last one."""
    start, _to, until = days.partition("..")
    return Mandate(id=id, member=member, role=role, from_=start, until=until, ended_on=end)


TABLE: dict[str, tuple[list[Mandate], dict[str, str]]] = {
    "nobody follows": ([_seat("a", "ana", "2023-06-01..2026-05-31")], {}),
    "its own holder, the next day": (
        [
            _seat("a", "ana", "2023-06-01..2026-05-31"),
            _seat("b", "ana", "2026-06-01..2029-05-31"),
        ],
        {"a": "b"},
    ),
    "somebody else, the next day": (
        [
            _seat("a", "ana", "2023-06-01..2026-05-31"),
            _seat("b", "bob", "2026-06-01..2029-05-31"),
        ],
        {"a": "b"},
    ),
    "another role follows nothing": (
        [
            _seat("a", "ana", "2023-06-01..2026-05-31", CHAIR),
            _seat("b", "ana", "2026-06-01..2029-05-31", TREASURER),
        ],
        {},
    ),
    "a gap of years": (
        [
            _seat("a", "ana", "2019-06-01..2022-05-31"),
            _seat("b", "bob", "2026-06-01..2029-05-31"),
        ],
        {"a": "b"},
    ),
    "an overlap of days": (
        [
            _seat("a", "ana", "2023-06-01..2026-06-30"),
            _seat("b", "bob", "2026-06-18..2029-06-30"),
        ],
        {"a": "b"},
    ),
    "seats given in parts, a year apart": (
        [
            _seat("a", "ana", "2023-06-01..2026-06-30"),
            _seat("b", "bob", "2025-06-18..2028-06-30"),
        ],
        {},
    ),
    "elected anew long before the end": (
        [
            _seat("a", "ana", "2023-06-01..2026-06-30"),
            _seat("b", "ana", "2024-06-18..2027-06-30"),
        ],
        {"a": "b"},
    ),
    "an early resignation is followed, a colleague's end is not": (
        [
            _seat("a", "ana", "2023-06-01..2026-06-30"),
            _seat("b", "bob", "2023-06-01..2026-06-30", end="2026-02-28"),
            _seat("c", "cleo", "2026-03-01..2029-02-28"),
        ],
        {"b": "c"},
    ),
    "three seats end, two are given": (
        [
            _seat("a", "ana", "2023-06-01..2026-06-30"),
            _seat("b", "bob", "2023-06-01..2026-06-30"),
            _seat("c", "cleo", "2023-06-01..2026-06-30"),
            _seat("d", "cleo", "2026-07-01..2029-06-30"),
            _seat("e", "eve", "2026-07-01..2029-06-30"),
        ],
        {"c": "d", "a": "e"},
    ),
    "two were given, later a third": (
        [
            _seat("a", "ana", "2023-06-01..2026-06-30"),
            _seat("b", "bob", "2023-06-01..2026-06-30"),
            _seat("d", "dan", "2026-07-01..2029-06-30"),
            _seat("e", "eve", "2026-10-01..2029-06-30"),
        ],
        {"a": "d", "b": "e"},
    ),
    "one follows one, not two that came before it": (
        [
            _seat("a", "ana", "2017-06-01..2020-05-31"),
            _seat("b", "bob", "2020-06-01..2023-05-31"),
            _seat("c", "cleo", "2023-06-01..2026-05-31"),
        ],
        {"a": "b", "b": "c"},
    ),
    "the order in the file says nothing": (
        [
            _seat("b", "bob", "2026-06-01..2029-05-31"),
            _seat("a", "ana", "2023-06-01..2026-05-31"),
        ],
        {"a": "b"},
    ),
    "without an end it is free for nobody": (
        [_seat("a", "ana", "2023-06-01"), _seat("b", "bob", "2026-06-01")],
        {},
    ),
    "two that begin together follow neither the other": (
        [
            _seat("a", "ana", "2023-06-01..2023-09-30"),
            _seat("b", "bob", "2023-06-01..2026-06-30"),
        ],
        {},
    ),
    "a title in the other gender, by the id": (
        [
            _seat("board-chair-2023", "ana", "2023-06-01..2026-05-31", {"fr": "Présidente"}),
            _seat("board-chair-2026", "bob", "2026-06-01..2029-05-31", {"fr": "Président"}),
        ],
        {"board-chair-2023": "board-chair-2026"},
    ),
    "an id that names its holder is no role": (
        [
            _seat("board-ana-2023", "ana", "2023-06-01..2026-05-31", CHAIR),
            _seat("board-ana-2026", "ana", "2026-06-01..2029-05-31", BOARD),
        ],
        {},
    ),
    "a body that was closed": (
        [
            _seat("a", "ana", "2023-06-01..2026-06-30", end="2024-12-31"),
            _seat("b", "bob", "2023-06-01..2026-06-30", end="2024-12-31"),
        ],
        {},
    ),
}


@pytest.mark.parametrize("name", TABLE)
def test_a_seat_is_followed_as_people_would_say_it(name: str) -> None:
    mandates, expected = TABLE[name]
    found = find_followers(Body(mandates=tuple(mandates)))
    actual = {mandates[one].id: mandates[other].id for one, other in found.items()}
    assert actual == expected


BODY_FILE = """\
name: {fr: Conseil}
kind: board
audience: members
mandates:
  - {id: chair-2023, role: {fr: Présidence}, from: 2023-06-01, until: 2026-05-31}
  - {id: chair-2026, role: {fr: Présidence}, from: 2026-06-18, until: 2029-05-31}
  - {id: money-2023, role: {fr: Trésorerie}, from: 2023-06-01, until: 2026-11-30}
  - {id: money-2026, role: {fr: Trésorerie}, from: 2026-12-01, until: 2029-11-30}
  - {id: notes-2023, role: {fr: Secrétariat}, from: 2023-06-01, until: 2026-05-31}
"""


def test_reminders_and_deadlines_tell_of_the_seats_that_nobody_follows(
    coop: Callable[..., Path],
) -> None:
    index = view_index(
        load(coop({"decisions/bodies/board.yml": BODY_FILE}), TODAY).index, "members"
    )
    told = [str(one.said) for one in reminders(index, "fr", 30)]
    assert len(told) == 1
    assert "Secrétariat" in told[0]
    assert [one.words for one in deadlines(Site(index, "fr"), TODAY)] == ["Secrétariat"]
