"""A warning can be accepted with a reason and an end; an error cannot, and nothing else is hidden
with it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from coopbook import checks
from coopbook.base.diagnostics import Diagnostic
from coopbook.records.load import load
from support.coops import TODAY

COOP = "format: 2\nname: Les Essais\nlanguages: [fr, en]\ncountry: CH\nrepository: private\n"
PAGES = {"wiki/tarifs.md": "# Tarifs\n\nUne<br>ligne.\n", "wiki/prix.md": "# Prix\n\nUn<br>prix.\n"}


def accepting(check: str, file: str, until: str) -> str:
    return (
        f"{COOP}checks:\n  accepted:\n"
        f"    - {{check: {check}, file: {file}, why: Ancien texte, until: {until}}}\n"
    )


def faults(root: Path) -> list[Diagnostic]:
    return [item for item in checks.check(load(root, TODAY)) if item.check not in ("stray-file",)]


def said(root: Path) -> set[tuple[str, str]]:
    return {(item.check, item.file) for item in faults(root)}


def test_warning_is_hidden_in_its_file_alone_up_to_its_day(coop: Callable[..., Path]) -> None:
    assert said(coop(PAGES)) == {("raw-html", "wiki/tarifs.md"), ("raw-html", "wiki/prix.md")}
    day = TODAY.isoformat()
    accepted = accepting("raw-html", "wiki/tarifs.md", day)
    assert said(coop(PAGES | {"coop.yml": accepted})) == {("raw-html", "wiki/prix.md")}
    ended = accepting("raw-html", "wiki/tarifs.md", "2026-01-01")
    assert said(coop(PAGES | {"coop.yml": ended})) == {
        ("raw-html", "wiki/tarifs.md"),
        ("raw-html", "wiki/prix.md"),
        ("acceptance-unused", "coop.yml"),
    }


def test_error_cannot_be_accepted(coop: Callable[..., Path]) -> None:
    files = {
        "coop.yml": accepting("schema", "wiki/tarifs.md", TODAY.isoformat()),
        "wiki/tarifs.md": "---\nnope: 1\n---\n# Tarifs\n",
    }
    assert said(coop(files)) == {("schema", "wiki/tarifs.md"), ("acceptance-invalid", "coop.yml")}


def test_entry_cannot_accept_what_is_wrong_with_entries(coop: Callable[..., Path]) -> None:
    text = accepting("acceptance-unused", "coop.yml", TODAY.isoformat())
    assert ("acceptance-unused", "coop.yml") in said(coop({"coop.yml": text}))


def test_old_slug_accepts_what_it_became(coop: Callable[..., Path]) -> None:
    text = accepting("governance", "coop.yml", TODAY.isoformat())
    found = faults(coop({"coop.yml": text}))
    assert [item.check for item in found] == ["acceptance-unused"], "known, with nothing to accept"


def test_what_a_change_does_is_told_whatever_it_accepts(
    coop: Callable[..., Path], tmp_path: Path
) -> None:
    before = load(coop(PAGES | {"members/ana-lopes.yml": ""}), TODAY)
    after = load(coop({"coop.yml": accepting("lost-id", "wiki/prix.md", TODAY.isoformat())}), TODAY)
    assert "acceptance-invalid" in {
        item.check for item in checks.check_with_base(before, after, checks.check(after))
    }
