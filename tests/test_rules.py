"""tests/cases/<rule>/<case>/ is a tiny co-op; expected.txt is what its members are told, in English, by that rule alone.

What is found while reading is told in every case. A case folder `before/` beside the files holds them as they were before a change.
Files whose names end in `.hex` are written without that ending and with the bytes that their hexadecimal digits say; files named
`symlink-to.txt`, `executable.txt` and `also.txt` describe what git or a file system would not keep: a line `path: target`, a path that is a
program, a path that differs from another by capitals alone.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from conftest import TODAY
from coopbook import rules
from coopbook.diagnostics import as_text
from coopbook.load import load
from coopbook.messages import translator
from coopbook.places import Places

CASES = Path(__file__).parent / "cases"
EVERY = sorted(path for path in CASES.glob("*/*") if path.is_dir())


def laid_out(case: Path, root: Path) -> Path:
    """The case as files on disk, expected.txt aside."""
    shutil.copytree(case, root, ignore=shutil.ignore_patterns("expected.txt", "before"))
    for file in [*root.rglob("*.hex")]:
        file.with_suffix("").write_bytes(bytes.fromhex(file.read_text()))
        file.unlink()
    links, programs, also = root / "symlink-to.txt", root / "executable.txt", root / "also.txt"
    if also.is_file():
        for line in also.read_text().splitlines():
            (root / line).parent.mkdir(parents=True, exist_ok=True)
            (root / line).write_text("Texte.\n")
        also.unlink()
    if links.is_file():
        for line in links.read_text().splitlines():
            path, target = line.split(": ")
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).symlink_to(target)
        links.unlink()
    if programs.is_file():
        for line in programs.read_text().splitlines():
            os.chmod(root / line, 0o755)
        programs.unlink()
    return root


def told(case: Path, tmp_path: Path, language: str = "en") -> str:
    book = load(laid_out(case, tmp_path / "after"), TODAY)
    found = rules.check(book, only=case.parent.name)
    if (case / "before").is_dir():
        found += rules.check_change(load(laid_out(case / "before", tmp_path / "before"), TODAY), book)
    places = Places(book.root)
    return "".join(as_text(item, translator(language), places.lines) + "\n" for item in found)


@pytest.mark.parametrize("case", EVERY, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_case(case: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    said, expected = told(case, tmp_path), case / "expected.txt"
    if request.config.getoption("--bless"):
        expected.write_text(said)
    assert said == expected.read_text()


@pytest.mark.parametrize("rule", rules.all_rules())
def test_rule_is_shown_failing_and_passing(rule: str) -> None:
    outcomes = {bool(file.read_text()) for file in (CASES / rule).glob("*/expected.txt")}
    assert outcomes == {True, False}, f"tests/cases/{rule} needs a case that fails and one that passes"


@pytest.mark.parametrize(("rule", "module"), rules.all_rules().items())
def test_rule_says_what_and_why(rule: str, module: object) -> None:
    text = module.__doc__ or ""
    assert "\n## Why\n" in text, f"{rule} needs a docstring with '## Why'"
    assert text.splitlines()[0].strip(), f"{rule} needs a first line that says what it asks"


def test_no_case_without_rule() -> None:
    assert {path.name for path in CASES.iterdir()} <= rules.all_rules().keys()
