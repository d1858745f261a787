"""Where many faults have one cause, the terminal shows it once, first, with examples."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from coopbook.base.diagnostics import MANY
from support.commands import run
from support.coops import TODAY

Coop = Callable[..., Path]


@pytest.fixture
def root(coop: Coop) -> Path:
    """A co-op of which a table was brought in by a script: one fault a line, thirty times."""
    files = {
        f"members/m{number:02}.yml": (
            f"type: person\nname: {{display: Nom {number}}}\npresence: present\nlisted: false\n"
            f"statut: SARL\ntrades: [metier-{number}]\n"
        )
        for number in range(30)
    }
    return coop({**files, "wiki/a.md": "---\ntitle: A\n---\nVoir [b](b.md).\n"})


def check(root: Path, *options: str) -> str:
    return run("check", root, "--lang", "en", "--today", str(TODAY), *options).stdout


def test_one_cause_is_one_fault_with_a_count_and_an_example(root: Path) -> None:
    said = check(root)
    assert said.startswith("30 times, in 30 files, for example:\nmembers/m00.yml:5:1: There is no ")
    assert said.count("“statut”") == 1
    assert said.count("is not in the list “trades”") == 4
    assert "This link leads nowhere: b.md" in said
    assert said.endswith("“coopbook check --all” shows each fault.\n")
    assert len(said.splitlines()) < 40


def test_each_is_shown_where_it_is_asked_for_and_to_programs(root: Path) -> None:
    assert check(root, "--all").count("“statut”") == 30
    for format in ("json", "github"):
        assert check(root, "--format", format).count("statut") == 30


def test_few_are_told_one_by_one(coop: Coop) -> None:
    lines = "".join(f"Voir [b](b{number}.md).\n\n" for number in range(MANY - 1))
    said = check(coop({"wiki/a.md": f"---\ntitle: A\n---\n{lines}"}))
    assert said.count("[broken-link]") == MANY - 1
    assert "for example:" not in said
