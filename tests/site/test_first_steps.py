"""“Your first steps”: what a new co-op does first, each with its command or its button, until it is
done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from coopbook.checks import check
from coopbook.cli import COMMANDS
from coopbook.records.audience import view_index
from coopbook.records.kinds import load_kinds
from coopbook.records.load import load
from coopbook.site.context import Site
from coopbook.site.first_steps import StepRow, all_steps, steps_to_do
from support.coops import TODAY, TOP

Coop = Callable[..., Path]
COOP = "format: 2\nname: Les Essais\nlanguages: [fr]\ncountry: CH\nrepository: private\n"
FORGE = "forge: {kind: github, url: https://forge.example/co/book}\n"
ANA = "type: person\nname: {display: Ana Lopes}\npresence: present\nlisted: false\n"
ACCOUNT = "accounts: [{forge: github, login: x, uid: 12}]\n"
FIRST = "Write the first member"


def rows(coop: Coop, files: Mapping[str, str]) -> dict[str, StepRow]:
    book = load(coop({"coop.yml": COOP} | files), TODAY)
    site = Site(view_index(book.index, "members"), "fr", tuple(check(book)))
    return {row.title.text: row for row in steps_to_do(site)}


def test_a_new_co_op_has_about_ten_steps_and_its_first_member_first(coop: Coop) -> None:
    found = rows(coop, {})
    assert next(iter(found)) == FIRST
    assert 8 <= len(found) <= 12
    assert "Show a face" not in found, "there is nobody yet"


def test_each_step_has_a_command_or_a_button_where_the_forge_is_known(coop: Coop) -> None:
    for row in rows(coop, {"coop.yml": COOP + FORGE, "members/ana.yml": ANA}).values():
        assert row.command or row.button.startswith("https://forge.example/co/book/"), row
    for row in rows(coop, {"members/ana.yml": ANA}).values():
        assert row.command or row.line or row.own, row
        assert not row.button


@pytest.mark.parametrize(
    ("step", "files"),
    [
        (FIRST, {"members/ana.yml": ANA}),
        ("Show a face", {"members/ana.yml": f"{ANA}photo: {{alt: {{fr: Ana}}}}\n"}),
        ("Say in one line what you do", {"coop.yml": f"{COOP}tagline: {{fr: Ensemble}}\n"}),
        (
            "Say where your meetings have their hours",
            {"coop.yml": f"{COOP}timezone: Europe/Zurich\n"},
        ),
        ("Bring the files to a forge", {"coop.yml": COOP + FORGE}),
        ("Give the site its address", {"coop.yml": f"{COOP}site: https://essais.example/\n"}),
        (
            "Have two people who may accept changes",
            {"members/ana.yml": ANA + ACCOUNT, "members/bo.yml": ANA + ACCOUNT},
        ),
    ],
)
def test_a_step_that_is_done_leaves_the_list(
    coop: Coop, step: str, files: Mapping[str, str]
) -> None:
    assert step not in rows(coop, files)


def test_what_is_to_be_written_is_in_the_co_ops_language(coop: Coop) -> None:
    found = rows(coop, {"coop.yml": COOP.replace("[fr]", "[en, fr]")})
    assert found["Say in one line what you do"].line == "tagline: {en: …}"


def test_one_account_is_not_two(coop: Coop) -> None:
    found = rows(coop, {"members/ana.yml": ANA + ACCOUNT})
    assert "Have two people who may accept changes" in found


def test_the_steps_name_what_there_is() -> None:
    kinds = load_kinds(TOP)[0]
    for step in all_steps():
        assert {step.kind, step.after} - {""} <= kinds.keys()
        assert not step.field or step.field in kinds[step.kind].properties
        assert not step.says or step.says.partition(".")[0] in kinds["coop"].properties
        assert not step.command or step.command.split()[1] in COMMANDS
        assert bool(step.guide) >= bool(step.part)


ASSEMBLY = (
    "---\nrecord: minutes\ntitle: {fr: Assemblée}\nbody: ag\ndate: 2027-06-17\nstatus: draft\n---\n"
)
BODY = "name: {fr: Assemblée}\nkind: assembly\naudience: public\nmandates: []\n"


@pytest.mark.parametrize(
    ("minutes", "is_announced"),
    [
        (ASSEMBLY, True),
        (ASSEMBLY.replace("draft", "signed\nnotice: {sent_on: 2026-05-01}"), True),
        (ASSEMBLY.replace("draft", "signed").replace("2027", "2019"), False),
    ],
    ids=["to come", "called and held", "of long ago, brought in"],
)
def test_an_assembly_that_is_called_announces_the_first_date(
    coop: Coop, minutes: str, is_announced: bool
) -> None:
    files = {"decisions/bodies/ag.yml": BODY, "decisions/minutes/ag.md": minutes}
    assert ("Announce the first date" not in rows(coop, files)) == is_announced
