"""The workflows of this repository are those of `coopbook init`, with what VALUES says."""

from __future__ import annotations

import json

import pytest
import workflows
import yaml
from coopbook.editing.starter import DIGESTS, digest, present_files


def test_each_workflow_of_the_starter_has_its_values() -> None:
    assert {file.name for file in workflows.STARTER.iterdir()} == workflows.VALUES.keys()
    assert {file.name for file in workflows.OUTPUT.iterdir()} == workflows.VALUES.keys()


@pytest.mark.parametrize("name", workflows.VALUES)
def test_workflow_is_made_from_the_starter(name: str) -> None:
    text = workflows.render(name)
    assert (workflows.OUTPUT / name).read_text(encoding="utf-8") == text
    assert yaml.safe_load(text)["jobs"]


def test_what_the_starter_does_not_say_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(workflows.VALUES, "vote.yml", [("no such line", "")])
    with pytest.raises(ValueError, match="no such line"):
        workflows.render("vote.yml")


def test_what_the_files_of_the_starter_hold_is_noted() -> None:
    known = json.loads(DIGESTS.read_bytes())
    assert known == workflows.all_digests()
    assert {path: digests[-1] for path, digests in known.items()} == {
        path: digest(text) for path, text in present_files().items()
    }
