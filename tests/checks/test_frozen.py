"""The engine of what is settled: every comparison of values goes through one function, and each
slug has its documentation.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from coopbook import checks
from coopbook.checks import frozen
from coopbook.records.load import load
from support.cases import Case
from support.coops import TODAY

CHANGED = [
    Case("changed-minutes", "changed"),
    Case("changed-proposal", "changed"),
    Case("changed-vote", "result-changed"),
    Case("changed-version", "rewritten"),
]


@pytest.mark.parametrize("case", CHANGED, ids=str)
def test_one_function_compares(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = case.lay_out_before(tmp_path / "before")
    assert before is not None
    books = load(before, TODAY), load(case.lay_out(tmp_path / "after"), TODAY)

    def changed() -> int:
        found = checks.check_change(*books)
        return sum(item.check == case.check and "status" not in item.path for item in found)

    assert changed() > 0
    monkeypatch.setattr(frozen, "same", lambda old, new: True)
    assert changed() == 0


def test_each_line_of_the_table_is_a_check_with_its_documentation() -> None:
    assert {check.slug for check in frozen.CHECKS} == frozen.DOCUMENTS.keys()
    assert set(frozen.TABLE) < frozen.DOCUMENTS.keys()
