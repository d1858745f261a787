"""Every check tells the members of each of its cases what `expected.txt` says, in English, and
nothing else (see support/cases.py).

What is found while reading is told in every case.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from coopbook import checks
from coopbook.base.diagnostics import as_text
from coopbook.base.messages import translator
from coopbook.records.excerpts import Places
from coopbook.records.load import load
from support.cases import BASE, CASES, Case, all_cases
from support.coops import TODAY


def diagnostics_of(case: Case, tmp_path: Path, language: str = "en") -> str:
    """What the case's check and its reading say, as the terminal shows it."""
    book = load(case.lay_out(tmp_path / "after"), TODAY)
    found = checks.check(book, only=case.check)
    if before := case.lay_out_before(tmp_path / "before"):
        found += checks.check_change(load(before, TODAY), book)
    places = Places(book.root)
    return "".join(as_text(item, translator(language), places.lines) + "\n" for item in found)


@pytest.mark.parametrize("case", all_cases(), ids=str)
def test_case(case: Case, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    text = diagnostics_of(case, tmp_path)
    if request.config.getoption("--bless") and not (
        case.expected.is_file() and case.expected.read_text() == text
    ):
        case.expected.write_text(text)
    assert text == case.expected.read_text()


@pytest.mark.parametrize("check", checks.all_checks())
def test_check_is_shown_failing_and_passing(check: str) -> None:
    outcomes = {bool(case.expected.read_text()) for case in all_cases() if case.check == check}
    assert outcomes == {True, False}, (
        f"{CASES.name}/{check} needs a case that fails and one that passes"
    )


@pytest.mark.parametrize("check", checks.all_checks().values(), ids=lambda check: check.slug)
def test_check_says_what_and_why(check: checks.Check) -> None:
    text = check.document
    assert "\n## Why\n" in text, f"{check} needs a docstring with '## Why'"
    assert text.splitlines()[0].strip(), f"{check} needs a first line that says what it asks"


def test_no_case_without_check() -> None:
    assert {path.name for path in CASES.iterdir()} <= checks.all_checks().keys()


def test_cases_hold_only_what_differs_from_their_base() -> None:
    copies = []
    for case in all_cases():
        base = CASES / case.check / BASE
        files = [file for file in base.rglob("*") if file.is_file()]
        copies += [
            f"{case}: {file.relative_to(base)}"
            for file in files
            if _equal(file, case.folder / file.relative_to(base))
        ]
    assert copies == []


def _equal(file: Path, other: Path) -> bool:
    return other.is_file() and other.read_bytes() == file.read_bytes()
