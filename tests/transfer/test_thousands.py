"""Thousands of profiles with the slips that thousands of people make come in within a minute."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from coopbook import checks
from coopbook.records.load import load
from support.commands import run
from support.coops import TODAY
from support.incubator import profiles

MANY, MOST_SECONDS = 3_500, 60


def test_thousands_come_in_and_each_that_is_refused_is_named(
    coop: Callable[..., Path], tmp_path: Path
) -> None:
    root, folder = coop(), tmp_path / "authors"
    folder.mkdir()
    for name, text in profiles(MANY):
        (folder / name).write_text(text, encoding="utf-8")
    start = time.process_time()
    done = run("import", "members", folder, root, "--lang", "en")
    assert time.process_time() - start < MOST_SECONDS
    assert done.returncode == 0, done.stderr
    assert len(list((root / "members").glob("*.yml"))) == MANY - 2
    assert f"New: {MANY - 2}. Different from what is there: 0." in done.stdout
    refused = done.stdout.partition("\nRefused:\n")[2]
    assert "“exemple-900” stands on another line too" in refused
    assert refused.count("stands on another line too") == 2
    assert "github: This is no login. “A définir…” (" in done.stdout
    wrong = [one for one in checks.check(load(root, TODAY)) if one.severity == "error"]
    assert [one.message.text for one in wrong] == []
