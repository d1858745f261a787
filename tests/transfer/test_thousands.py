"""Thousands of profiles with the slips that thousands of people make come in, and once more."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path

import pytest
from coopbook import checks
from coopbook.base.diagnostics import Diagnostic
from coopbook.base.formats import slug
from coopbook.records.index import Index
from coopbook.records.load import load
from coopbook.records.model import Record
from coopbook.transfer import naming
from support.commands import run
from support.coops import TODAY, write_coop
from support.incubator import profiles

MANY = 3_500


def test_thousands_come_in_and_each_that_is_refused_is_named(
    coop: Callable[..., Path], tmp_path: Path
) -> None:
    root, folder = coop(), tmp_path / "authors"
    folder.mkdir()
    for name, text in profiles(MANY):
        (folder / name).write_text(text, encoding="utf-8")
    done = run("import", "members", folder, root, "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert len(list((root / "members").glob("*.yml"))) == MANY - 2
    assert f"New: {MANY - 2}. Different from what is there: 0." in done.stdout
    refused = done.stdout.partition("\nRefused:\n")[2]
    assert "“exemple-900” stands on another line too" in refused
    assert refused.count("stands on another line too") == 2
    assert "github: This is no login. “A définir…” (" in done.stdout
    wrong = [one for one in checks.check(load(root, TODAY)) if one.severity == "error"]
    assert [one.message.text for one in wrong] == []


def test_a_second_run_looks_at_each_name_as_often_however_many_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    slug = naming.slug
    monkeypatch.setattr(naming, "slug", lambda text: asked.append(text) or slug(text))
    each = []
    for size in (20, 80):
        root, table = write_coop(tmp_path / f"of-{size}"), tmp_path / f"{size}.csv"
        lines = (f"Ana {chr(97 + one // 26)}{chr(97 + one % 26)}ez" for one in range(size))
        table.write_text("\n".join(["Nom", *lines]), encoding="utf-8")
        assert run("import", "members", table, root, "--yes").returncode == 0
        asked.clear()
        done = run("import", "members", table, root, "--yes", "--lang", "en")
        assert f"As they are: {size}." in done.stdout
        each.append(len(asked) / size)
    assert each[0] == each[1]


def test_there_is_an_id_for_the_thousandth_of_a_name(
    coop: Callable[..., Path], tmp_path: Path
) -> None:
    root, table = coop(), tmp_path / "liste.csv"
    lines = (f"Ana Lopes;ana{one}@essais.example" for one in range(1_001))
    table.write_text("\n".join(["Nom;Courriel", *lines]), encoding="utf-8")
    done = run("import", "members", table, root, "--yes", "--lang", "en")
    assert done.returncode == 0, done.output
    assert (root / "members/ana-lopes-1001.yml").is_file()


def test_a_chain_of_lines_is_looked_at_as_often_however_long_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[str] = []
    check_new = checks.check_new

    def count(records: Iterable[Record], index: Index) -> list[Diagnostic]:
        records = list(records)
        judged.extend(record.id for record in records)
        return check_new(records, index)

    monkeypatch.setattr(checks, "check_new", count)
    for size in (10, 40):
        root, table = write_coop(tmp_path / f"of-{size}"), tmp_path / f"{size}.csv"
        names = ["Lén\u0430 Moreau"]  # a letter of another script: its line is refused
        names += [f"Ana {chr(97 + one // 26)}{chr(97 + one % 26)}ez" for one in range(size)]
        lines = (f"{name};{sponsor}" for sponsor, name in pairwise(names))
        table.write_text("\n".join(["Nom;sponsor", f"{names[0]};", *lines, ""]))
        judged.clear()
        done = run("import", "members", table, root, "--yes", "--lang", "en")
        assert f"New: {size}." in done.stdout, done.output
        assert f"sponsor: Their own line is refused: 2. “{slug(names[0])}” (l. 3)" in done.stdout
        assert len(judged) == size + 2  # one of them twice: its sponsor is gone
