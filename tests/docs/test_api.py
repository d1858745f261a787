"""The Python API, as its page shows it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import coopbook
import pytest
from coopbook.base.messages import Misuse
from support.coops import TODAY, TOP
from support.sites import tree
from support.votes import voted

PAGE = (TOP / "docs" / "API.md").read_text(encoding="utf-8")
AFTER = datetime(2026, 4, 1, tzinfo=UTC)


@pytest.fixture
def root(coop: Callable[..., Path]) -> Path:
    """A co-op that has voted, without a fault."""
    return coop(voted())


def test_the_pages_example_runs(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(root)
    example = re.findall(r"```python\n(.*?)```", PAGE, re.S)[0]
    exec(compile(example.replace("raise-the-dues", "samedi"), "API.md", "exec"), {})
    assert capsys.readouterr().out.endswith("Counts(for_=2, against=1, abstain=1, blank=0)\n")
    assert (root / "site" / "public" / "index.html").is_file()
    assert (root / "site" / "members" / "index.html").is_file()


def test_no_site_is_made_of_a_book_with_errors(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = coopbook.build(coopbook.load(root, TODAY), out, ["public"])
    assert {item.severity for item in first} == {"warning"}
    before = tree(out)
    (root / "members" / "ana.yml").write_text("type: nobody\n")
    found = coopbook.build(coopbook.load(root, TODAY), out)
    assert ("members/ana.yml", "schema") in {(item.file, item.check) for item in found}
    assert tree(out) == before != {}


def test_a_folder_that_is_no_co_op_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Misuse, match=r"coop\.yml"):
        coopbook.load(tmp_path, TODAY)
    with pytest.raises(Misuse, match=r"coop\.yml"):
        coopbook.load(tmp_path / "nowhere", TODAY)
    (tmp_path / "coop.yml").write_text("format: 1\n")
    with pytest.raises(Misuse, match="coopbook upgrade"):
        coopbook.load(tmp_path, TODAY)


def test_a_vote_that_does_not_exist_is_refused(root: Path) -> None:
    with pytest.raises(Misuse, match=r"samedis.*samedi"):
        coopbook.tally(coopbook.load(root, TODAY), "samedis", AFTER)


def test_nothing_is_read_before_it_is_asked_for() -> None:
    code = "import sys, coopbook; print(*(m for m in sys.modules if m.startswith('coopbook.')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["coopbook.base", "coopbook.base.version"]
    with pytest.raises(AttributeError, match="publish"):
        coopbook.publish  # noqa: B018


def test_types_are_given_to_those_who_call(tmp_path: Path) -> None:
    (tmp_path / "caller.py").write_text(
        "from datetime import date\nfrom pathlib import Path\n"
        "from coopbook import check, load\n"
        "wrong: int = check(load(Path(), date.min))\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", tmp_path / "cache", "caller.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "expression has type" in done.stdout
    assert "list[Diagnostic]" in done.stdout
    assert "Found 1 error" in done.stdout
