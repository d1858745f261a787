"""What a check declares: of which kinds it gets records, and whether of those the schema refused a
part of. A slip is an error.
"""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from coopbook import checks
from coopbook.base.diagnostics import Diagnostic
from coopbook.base.messages import _
from coopbook.checks import runner
from coopbook.checks.model import refuse_slips
from coopbook.records.index import Index
from coopbook.records.kinds import load_kinds
from coopbook.records.load import load
from coopbook.records.model import Record
from support.coops import TODAY, TOP

MODULES = sorted((TOP / "scripts/coopbook/checks").glob("*/[a-z]*.py"))


@pytest.mark.parametrize("check", checks.all_checks().values(), ids=lambda check: check.slug)
def test_check_names_kinds_that_exist(check: checks.Check) -> None:
    assert set(check.kinds) <= load_kinds(TOP)[0].keys()


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.stem)
def test_no_check_has_a_slip(file: Path) -> None:
    refuse_slips(import_module(f"coopbook.checks.{file.parent.name}.{file.stem}"))


RECORD = "def check_record(record, index): return []"


def declaring(source: str) -> ModuleType:
    module = ModuleType("coopbook.checks.tree.made_up")
    exec(f'"""What it asks.\n\n## Why\nBecause."""\n{source}', vars(module))
    return module


def test_module_declares_a_check() -> None:
    check = checks.Check.of_module(declaring(f'KIND = "member"\nSEVERITY = "warning"\n{RECORD}'))
    assert (check.slug, check.kinds, check.severity, check.sees_refused) == (
        "made-up",
        ("member",),
        "warning",
        False,
    )
    assert checks.Check.of_module(declaring('KIND = ("member", "coop")')).kinds == (
        "member",
        "coop",
    )


@pytest.mark.parametrize(
    "slip",
    [
        'KINDS = "member"',
        'KIND = ["member"]',
        "KIND = ()",
        'SEVERTY = "warning"',
        'SEVERITY = "warn"',
        "SEE_REFUSED = True",
        "SEES_REFUSED = 1",
        "OF_CHANGES = 1",
        "def check_recrod(record, index): return []",
    ],
)
def test_slip_in_a_declaration_is_refused(slip: str) -> None:
    with pytest.raises(TypeError, match="made_up"):
        refuse_slips(declaring(f"{slip}\n{RECORD}"))


def test_only_a_check_of_records_can_ask_for_refused_ones() -> None:
    with pytest.raises(TypeError, match="made_up"):
        refuse_slips(declaring("SEES_REFUSED = True\ndef check_index(index): return []"))


@pytest.mark.parametrize(
    ("kinds", "sees_refused", "expected"),
    [
        ((), False, {"members/lena-moreau.yml", "coop.yml"}),
        ((), True, {"members/lena-moreau.yml", "members/spoilt.yml", "coop.yml"}),
        (("member",), False, {"members/lena-moreau.yml"}),
        (("member",), True, {"members/lena-moreau.yml", "members/spoilt.yml"}),
        (("page", "body"), True, set()),
    ],
)
def test_check_gets_the_records_it_asks_for(
    coop: Any,
    monkeypatch: pytest.MonkeyPatch,
    kinds: tuple[str, ...],
    sees_refused: bool,
    expected: set[str],
) -> None:
    def see(record: Record, index: Index) -> list[Diagnostic]:
        return [record.fault(_("Seen."))]

    check = checks.Check("seeing", "", kinds=kinds, sees_refused=sees_refused, check_record=see)
    monkeypatch.setattr(runner, "all_checks", lambda: {"seeing": check})
    member = (TOP / "members/lena-moreau.yml").read_text()
    root = coop({"members/lena-moreau.yml": member, "members/spoilt.yml": f"{member}nope: 1\n"})
    book = load(root, TODAY)
    found = {item.file for item in checks.check(book, only="seeing") if item.check == "seeing"}
    alone = {
        item.file for record in book.records() for item in checks.check_record(record, book.index)
    }
    own = {file for file in found if not file.startswith("schemas/")}
    assert own == {file for file in alone if not file.startswith("schemas/")} == expected


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.stem)
def test_check_of_one_kind_does_not_ask_for_it_again(file: Path) -> None:
    """The runner gives it no other records."""
    check = checks.all_checks()[file.stem.replace("_", "-")]
    asks = [
        node.lineno
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Compare) and ast.unparse(node.left) == "record.kind.name"
    ]
    assert not asks or len(check.kinds) != 1
    refused = "record.refused" in file.read_text()
    assert check.check_record is None or not refused or check.sees_refused


def test_old_slugs_lead_to_checks_of_today() -> None:
    for old, new in checks.ALIASES.items():
        assert old not in checks.all_checks()
        assert new
        assert set(new) <= checks.all_checks().keys()


def test_explain_says_where_an_old_slug_went() -> None:
    from click.testing import CliRunner
    from coopbook.cli.explain import command

    for old, new in checks.ALIASES.items():
        said = CliRunner().invoke(command, [old, "--lang", "en"])
        assert said.exit_code == 0
        assert old in said.output
        assert all(slug in said.output for slug in new)
