"""`coopbook vote`: a vote on a proposed change, on real repositories, from what people said to the commit that closes it."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from coopbook import rules
from coopbook.commands.voting import close, show
from coopbook.load import load
from vote_coop import (
    CLOSES,
    DAY,
    NAMES,
    NUMBER,
    OPENS,
    OWN,
    Repository,
    Stub,
    git,
    job,
    page,
    start,
)

AFTER = CLOSES + timedelta(hours=1)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    found = Repository(tmp_path)
    found.begin(start())
    return found


def own(repository: Repository, category: str = "ordinary", files: dict[str, Any] | None = None, **more: Any) -> tuple[Stub, str]:
    """A change that brings its own proposal, seen when the vote opened."""
    head = repository.propose({OWN: page(category, **more), **(files or {"wiki/samedi.md": "# Le samedi\n"})})
    forge = Stub(repository)
    assert show(job(repository, forge, OPENS)) == 0
    return forge, head


def votes(forge: Stub, count: int, text: str = "/voter pour", day: int = 2) -> None:
    for number, name in enumerate(NAMES[:count]):
        forge.say(name, text, OPENS + day * DAY + timedelta(minutes=number))


def errors(repository: Repository) -> list[str]:
    """What the check says of the base."""
    folder = repository.clone()
    return [f"{item.file}: {item.message.text}" for item in rules.check(load(folder, AFTER.date())) if item.severity == "error"]


def fields(repository: Repository, path: str) -> dict[str, Any]:
    text = repository.read(path)
    found: dict[str, Any] = yaml.load(text.split("---")[1] if path.endswith(".md") else text, yaml.BaseLoader)
    return found


def test_adopted_record_and_change_come_in_one_commit(repository: Repository) -> None:
    before = repository.main()
    forge, head = own(repository)
    votes(forge, 9)
    forge.say("jo", "/voter contre", OPENS + 3 * DAY)
    assert close(job(repository, forge, AFTER)) == 0
    assert git(repository.remote, "log", "-1", "--format=%P", "main").split() == [before, head]
    found = fields(repository, "decisions/results/samedi.yml")
    assert (found["result"], found["counts"]) == ("adopted", {"for": "9", "against": "1", "abstain": "0", "blank": "0"})
    assert repository.read("wiki/samedi.md") == "# Le samedi"
    assert fields(repository, OWN)["status"] == "adopted"
    assert fields(repository, OWN)["pull_request"] == {"forge": "github", "number": str(NUMBER)}
    assert "category: ordinary   # la plus simple" in repository.read(OWN)
    assert errors(repository) == []
    assert forge.state == "merged"
    assert forge.statuses[-1][:2] == (head, "success")
    assert "Proposition adoptée" in forge.comments[NUMBER]
    kept = json.loads(repository.read("decisions/results/samedi.events.json"))
    assert kept["vote"]["of"] == "change"
