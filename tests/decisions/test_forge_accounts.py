"""Whose account it is: a number counts on the co-op's own forge alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from coopbook.decisions.votes import people
from coopbook.records.load import load
from support.coops import TODAY

START = "format: 2\nname: Les Essais\nlanguages: [fr]\ncountry: CH\nrepository: private\n"
MEMBER = (
    "type: person\nname: {{given: Ana, family: Roy}}\nsituation: salaried\npresence: present\n"
    "accounts:\n  - {{forge: {forge}, login: ana, uid: 77}}\n"
)


@pytest.mark.parametrize(
    ("forge", "expected"),
    [
        ("forge: {kind: github, url: https://github.com/co/book}\n", {"ana": (77,), "ben": ()}),
        ("forge: {kind: gitlab, url: https://gitlab.com/co/book}\n", {"ana": (), "ben": (77,)}),
    ],
)
def test_one_number_on_two_forges_is_two_people(
    coop: Callable[..., Path], forge: str, expected: dict[str, tuple[int, ...]]
) -> None:
    files = {
        "coop.yml": START + forge,
        "members/ana.yml": MEMBER.format(forge="github"),
        "members/ben.yml": MEMBER.format(forge="gitlab"),
    }
    found = people(load(coop(files), TODAY).index)
    assert {person.id: person.accounts for person in found} == expected


def test_a_co_op_that_names_no_forge_has_all_accounts(coop: Callable[..., Path]) -> None:
    found = people(load(coop({"members/ana.yml": MEMBER.format(forge="gitlab")}), TODAY).index)
    assert [person.accounts for person in found] == [(77,)]
