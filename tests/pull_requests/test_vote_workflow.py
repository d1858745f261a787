"""The workflow that closes votes has rights: it takes nothing from a proposal but its number."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.coops import TOP

STARTER = TOP / "scripts/coopbook/data/starter/common/dot-github/workflows/vote.yml"
FILES = [TOP / ".github/workflows/vote.yml", STARTER]


@pytest.fixture(params=FILES, ids=["ours", "starter"])
def text(request: pytest.FixtureRequest) -> str:
    file: Path = request.param
    return file.read_text()


@pytest.fixture
def steps(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(text)["jobs"]["vote"]["steps"]
    return found


def test_nothing_of_the_event_is_taken(text: str) -> None:
    values = set(re.findall(r"\$\{\{(.+?)\}\}", text))
    condition = {" github.event_name != 'issue_comment' || github.event.issue.pull_request "}
    assert values - condition <= {
        " github.token ",
        " steps.changes.outputs.numbers ",
        " !cancelled() && steps.changes.outputs.numbers ",
    }


def test_only_the_main_branch_is_checked_out_and_the_token_is_not_left_there(
    steps: list[dict[str, Any]],
) -> None:
    given = [step["with"] for step in steps if "checkout" in step.get("uses", "")]
    assert given == [{"ref": "main", "fetch-depth": 0, "persist-credentials": False}]
    assert [step["name"] for step in steps if "COOPBOOK_TOKEN" in step.get("env", {})] == [
        "Close the votes that are over, tell where the others stand",
        "Say who may make the open changes",
    ]


def test_it_is_never_run_from_the_proposal_and_one_at_a_time(text: str) -> None:
    found = yaml.safe_load(text)
    assert set(found[True]) == {
        "push",
        "pull_request_target",
        "issue_comment",
        "schedule",
        "workflow_dispatch",
    }
    assert found[True]["push"] == {"branches": ["main"]}
    assert found["permissions"] == {}
    assert found["concurrency"] == {"group": "vote", "cancel-in-progress": False}


@pytest.mark.parametrize(
    ("numbers", "codes", "asked", "left"),
    [
        ("12 7", {}, ["close 12", "close 7"], 0),
        ("12", {"close": 3}, ["close 12", "status 12"], 0),
        ("12 7", {"close": 4}, ["close 12", "close 7"], 0),
        ("12", {"close": 2}, ["close 12"], 0),
        ("12 7", {"close": 1}, ["close 12", "close 7"], 1),
        ("12", {"close": 3, "status": 70}, ["close 12", "status 12"], 1),
        ("--help 1;id $(id) ../7 123456789 7", {}, ["close 7"], 0),
    ],
)
def test_each_number_is_closed_or_told(
    steps: list[dict[str, Any]],
    tmp_path: Path,
    numbers: str,
    codes: dict[str, int],
    asked: list[str],
    left: int,
) -> None:
    script = next(step["run"] for step in steps if "COOPBOOK_TOKEN" in step.get("env", {}))
    cases = "\n".join(f"{word}) exit {code};;" for word, code in codes.items())
    for program in (tmp_path / ".venv/bin/coopbook", tmp_path / "bin/coopbook"):
        program.parent.mkdir(parents=True)
        program.write_text(f'#!/bin/sh\nshift\necho "$@" >> asked\ncase "$1" in\n{cases}\nesac\n')
        program.chmod(0o755)
    env = {"PATH": f"{tmp_path}/bin:{os.environ['PATH']}", "NUMBERS": numbers}
    ran = subprocess.run(
        ["bash", "-e", "-c", script],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ((tmp_path / "asked").read_text().splitlines(), ran.returncode) == (asked, left)
