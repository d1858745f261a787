"""Documents say what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import documents
import pytest
from coopbook import checks
from coopbook.base.shipped import shipped
from coopbook.checks import frozen
from coopbook.cli import COMMANDS
from coopbook.outputs import all_outputs
from support.commands import environment, run
from support.coops import TOP

PAGES = sorted([*TOP.glob("*.md"), *(TOP / "docs").rglob("*.md")])


def test_made_documents_are_up_to_date() -> None:
    assert (TOP / "docs" / "API.md").read_text() == documents.render_api(), "make docs"
    assert shipped("codes.json").read_text() == documents.render_codes(), "make docs"
    assert (TOP / "docs" / "CHECKS.md").read_text() == documents.render_checks(), "make docs"
    assert (TOP / "docs" / "KINDS.md").read_text() == documents.render_kinds(), "make docs"
    assert (TOP / "docs" / "DIALECT.md").read_text() == documents.render_dialect(), "make docs"
    assert (TOP / "schemas" / "_meta.schema.json").read_text() == documents.render_meta_schema(), (
        "make docs"
    )


def test_the_readme_shows_the_programs_own_help() -> None:
    shown = run("--help", settings=environment(COLUMNS="80")).stdout
    assert shown.strip() in (TOP / "README.md").read_text()


def test_every_command_stands_in_the_readme() -> None:
    text = (TOP / "README.md").read_text()
    assert [name for name in COMMANDS if f"  {name} " not in text] == []


def test_the_readmes_two_commands_are_the_makefiles() -> None:
    makefile = (TOP / "Makefile").read_text()
    for target in re.findall(r"^\$ make (\w+)", (TOP / "README.md").read_text(), re.M):
        assert f"\n{target}:" in makefile
    assert "make test" in (TOP / ".ci" / "run").read_text()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(TOP)))
def test_links_of_documents_lead_somewhere(page: Path) -> None:
    text = re.sub(r"(?ms)^````.*?^````$|`[^`\n]*`", "", page.read_text())
    for address in re.findall(r"\]\(([^)#\s]+)", text):
        if "://" not in address and not address.startswith("mailto:"):
            assert (page.parent / address).exists(), address


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(TOP)))
def test_files_named_in_documents_exist(page: Path) -> None:
    for name in re.findall(
        r"`((?:scripts|tests|schemas|docs|members|site)/[\w./-]+\.\w+|tests/checks/cases/[\w-]+)`",
        page.read_text(),
    ):
        if not name.startswith(("site/public", "site/pages", "site/members")):
            assert (
                (TOP / name).exists()
                or (TOP / "scripts" / "coopbook" / name).exists()
                or "<" in name
            ), name


def test_every_check_and_output_is_found_by_looking() -> None:
    folder = TOP / "scripts" / "coopbook"
    modules = {file.stem.replace("_", "-") for file in (folder / "checks").glob("*/[a-z]*.py")}
    assert set(checks.all_checks()) == modules | {"past-due"} | {
        check.slug for check in frozen.CHECKS
    }
    assert set(all_outputs()) == {file.stem for file in (folder / "outputs").glob("[a-z]*.py")}


def test_invariants_name_tests_that_exist() -> None:
    named = set(
        re.findall(
            r"tests/((?:\w+/)*test_\w+\.py)",
            (TOP / "ARCHITECTURE.md").read_text() + (TOP / "SECURITY.md").read_text(),
        )
    )
    assert named
    assert [name for name in named if not (TOP / "tests" / name).is_file()] == []
