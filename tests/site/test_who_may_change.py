"""What the members' site says of who may change what is what is decided of a proposed change: field
by field of a member's record, and path by path.
"""

from __future__ import annotations

import copy
import html
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from coopbook.decisions.accounts import Account
from coopbook.decisions.judgement import Change, judge
from coopbook.decisions.permissions import OF_VOTERS, changers, own_record
from coopbook.decisions.proposed_change import Altered
from coopbook.decisions.votes import rules_of
from coopbook.records.load import Book, load
from coopbook.yaml_files.editor import render
from coopbook.yaml_files.reader import parse
from support.coops import TOP, write_coop
from support.decided import files, sites

DAY = date(2026, 6, 1)
FILE = "members/bo.yml"
WORDS = ("own", "any_member", "office", "role:secretariat", "maintainers", "vote:bylaws", "")
NUMBERS = {"bo": 1, "cy": 2, "di": 3, "ed": 4}
"""Bo is an ordinary member, Cy holds the role, Di looks after the program, Ed does both."""
RULES = """title: {fr: Nos règles}
in_force: 2020-01-01
electorate: {membership: current, snapshot: opens_at}
categories:
  bylaws: {channel: either, threshold: {base: expressed, fraction: 3/4, op: gte}}
paths:
  "PATH": WHO
fields:
  member: [headline, bio, phone, photo, listed, offers]
maintainers: numerique
"""
BODY = """name: {fr: Conseil}
kind: board
audience: public
mandates:
  - {id: a, member: cy, role: {fr: Secrétariat}, from: 2025-01-01, until: 2027-01-01}
  - {id: b, member: di, role: {fr: Numérique}, from: 2025-01-01, until: 2027-01-01}
  - {id: c, member: ed, role: {fr: Secrétariat}, from: 2025-01-01, until: 2027-01-01}
  - {id: d, member: ed, role: {fr: Numérique}, from: 2025-01-01, until: 2027-01-01}
"""
OTHERS = {"type": "organisation", "presence": "paused", "listed": False, "name": {"display": "B"}}
"""Other values of the fields that must be there."""


def whole() -> dict[str, Any]:
    """A record in which every field stands, with Bo's account."""
    value: Any = parse((TOP / "members/lena-moreau.yml").read_bytes(), front_matter=False).value
    account = {"forge": "github", "login": "bo", "uid": NUMBERS["bo"]}
    return {**value, "accounts": [account], "office": "nantes"}


def co_op(path: str = "zz/**", who: str = "maintainers") -> dict[str, str]:
    def member(id: str) -> str:
        account = f"{{forge: github, login: {id}, uid: {NUMBERS[id]}}}"
        return (
            f"type: person\nname: {{display: {id}}}\npresence: present\nlisted: false\n"
            f"office: nantes\naccounts: [{account}]\n"
        )

    return {
        "decisions/rules.yml": RULES.replace("PATH", path).replace("WHO", who or "own"),
        "decisions/bodies/conseil.yml": BODY,
        FILE: render(whole()).decode(),
        **{f"members/{id}.yml": member(id) for id in ("cy", "di", "ed")},
    }


def may(before: Book, after: Book, file: str, login: str) -> bool:
    change = Change(before, after, (Altered(file, "altered", "100644", "0" * 40),))
    return not judge(change, [Account("github", login, NUMBERS[login])], [], DAY)


@pytest.fixture(scope="module")
def altered(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Book]:
    """The book with each field of Bo's record changed, one at a time."""
    made, folder = {}, tmp_path_factory.mktemp("altered")
    for name in whole():
        value = copy.deepcopy(whole())
        if name in OTHERS:
            value[name] = OTHERS[name]
        else:
            del value[name]
        root = write_coop(folder / name, co_op() | {FILE: render(value).decode()})
        made[name] = load(root, DAY)
    return made


@pytest.mark.parametrize("who", WORDS, ids=str)
def test_a_members_record_field_by_field(
    altered: dict[str, Book], tmp_path: Path, who: str
) -> None:
    before = load(write_coop(tmp_path / "b", co_op("members/**" if who else "zz/**", who)), DAY)
    index = before.index
    found = own_record(rules_of(index), index.kinds["member"], FILE)
    for name, after in altered.items():
        by_role = {"cy", "ed"} if found.is_role else {"di", "ed"}
        allowed = {login for login in NUMBERS if may(before, after, FILE, login)}
        if name == "office":  # it belongs to two offices then
            assert allowed <= {"di", "ed"}
        elif found.is_vote:
            assert allowed == set()
        elif name in found.fields:
            assert allowed - {"bo"} >= by_role
        else:
            assert allowed == ({"ed"} if found.is_role else {"di", "ed"}), name
        if name != "office":
            own = name in found.by_oneself(has_office=True)
            assert ("bo" in allowed) is own, (who, name)


KINDS = ("body", "minutes", "article", "page", "project", "event", "coop", "rules", "vocabulary")
"""Those of which nothing but `paths` decides."""


@pytest.mark.parametrize("who", WORDS, ids=str)
def test_kinds_path_by_path(tmp_path: Path, who: str) -> None:
    book = load(write_coop(tmp_path / "b", co_op("**" if who else "zz/**", who)), DAY)
    told = {
        kind.name: one.who
        for one in changers(rules_of(book.index), book.index.kinds.values())
        for kind in one.kinds
    }
    expected = {
        "own": {"di", "ed"},
        "any_member": {*NUMBERS},
        "role:secretariat": {"cy", "ed"},
        "maintainers": {"di", "ed"},
        "vote:bylaws": set(),
        "office": {"di", "ed"},
    }
    assert not {*OF_VOTERS} & {*told}
    for name in KINDS:
        path = book.index.kinds[name].samples[0]
        allowed = {login for login in NUMBERS if may(book, book, path, login)}
        assert allowed == expected[told[name]], name


def test_my_page_says_which_lines_are_mine(coop: Callable[..., Path], tmp_path: Path) -> None:
    given = files()
    given["decisions/rules.yml"] += (
        'paths: {"members/**": own}\nfields: {member: [headline, phone]}\n'
    )
    made = sites(coop(given), tmp_path / "out")
    page = made["members"]["members/ana/views/index.html"]
    part = page.partition("Les lignes de ma fiche que je peux changer")[2].partition("</details>")[
        0
    ]
    told = {
        html.unescape(who): html.unescape(what).split(", ")
        for who, what in re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", part, re.S)
    }
    assert len(told["Je change moi-même"]) == 2
    (rest,) = (fields for who, fields in told.items() if who != "Je change moi-même")
    assert {"Téléphone"} <= {*told["Je change moi-même"]} - {*rest}
    assert len(rest) > 20
