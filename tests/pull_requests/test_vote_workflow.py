"""The workflow that closes votes has rights: it takes nothing from a proposal."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from coopbook.records.starter_files import present_files
from support.coops import TOP

FOLDER = ".github/workflows/"
OURS = {FOLDER + file.name: file.read_text() for file in (TOP / FOLDER).iterdir()}


@pytest.fixture(params=[OURS, present_files()], ids=["ours", "starter"])
def files(request: pytest.FixtureRequest) -> dict[str, str]:
    found: dict[str, str] = request.param
    return found


@pytest.fixture
def text(files: dict[str, str]) -> str:
    return files[f"{FOLDER}vote.yml"]


@pytest.fixture
def steps(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(text)["jobs"]["vote"]["steps"]
    return found


def test_nothing_of_the_event_is_taken(text: str) -> None:
    values = set(re.findall(r"\$\{\{(.+?)\}\}", text))
    (condition,) = re.findall(r">-\n\s+\$\{\{(.+?)\}\}", text, re.S)
    assert " ".join(condition.split()) == (
        "github.event_name != 'issue_comment' || (github.event.issue.pull_request && "
        "!startsWith(github.event.comment.body, '<!-- coopbook:'))"
    )
    assert values <= {
        " github.token ",
        " secrets.COOPBOOK_TOKEN || github.token ",
        " steps.changes.outputs.any ",
        " !cancelled() && steps.changes.outputs.any ",
        " github.event_name == 'workflow_dispatch' ",
        " secrets.COOPBOOK_TOKEN != '' ",
    }


def test_only_the_main_branch_is_checked_out_and_the_token_is_not_left_there(
    steps: list[dict[str, Any]],
) -> None:
    given = [step["with"] for step in steps if "checkout" in step.get("uses", "")]
    assert given == [{"ref": "main", "fetch-depth": 0, "persist-credentials": False}]
    given = [step["run"] for step in steps if "COOPBOOK_TOKEN" in step.get("env", {})]
    assert [run.partition("coopbook ")[2] for run in given] == ["vote doctor", "vote run"]


def test_it_is_never_run_from_the_proposal_and_one_at_a_time(text: str) -> None:
    found = yaml.safe_load(text)
    assert set(found[True]) == {
        "push",
        "pull_request_target",
        "issue_comment",
        "workflow_dispatch",
        "workflow_call",
    }
    assert found[True]["push"] == {"branches": ["main"]}
    assert found["permissions"] == {}
    assert found["concurrency"] == {"group": "vote", "cancel-in-progress": False}


@pytest.mark.parametrize("name", ["vote", "publish"])
def test_the_clock_is_in_a_file_of_its_own_and_calls_the_same_job(
    files: dict[str, str], name: str
) -> None:
    """GitHub puts a file with a clock to sleep, and all that is in it."""
    called, timed = (yaml.safe_load(files[f"{FOLDER}{name}{more}.yml"]) for more in ("", "-timed"))
    assert "schedule" not in called[True]
    assert "workflow_call" in called[True]
    assert set(timed[True]) == {"schedule"}
    (job,) = timed["jobs"].values()
    assert job["uses"] == f"./.github/workflows/{name}.yml"
    asked: dict[str, str] = {}
    for one in called["jobs"].values():
        asked |= one["permissions"]
    assert job["permissions"] == asked


def shell(
    steps: list[dict[str, Any]],
    name: str,
    tmp_path: Path,
    answers: dict[str, str],
    event: str = "issue_comment",
) -> tuple[list[str], str]:
    """Run a step with a `gh` that answers by its words; what it was asked, and what it put out."""
    (step,) = [step for step in steps if step.get("name", "").startswith(name)]
    cases = "\n".join(f"*{word}*) cat <<'E'\n{said}\nE\n;;" for word, said in answers.items())
    (tmp_path / "bin").mkdir()
    gh = tmp_path / "bin/gh"
    gh.write_text(f'#!/bin/sh\necho "$*" >> asked\ncase "$*" in\n{cases}\nesac\n')
    gh.chmod(0o755)
    (tmp_path / "output").touch()
    env = {
        "PATH": f"{tmp_path}/bin:{os.environ['PATH']}",
        "GITHUB_REPOSITORY": "co/book",
        "GITHUB_EVENT_NAME": event,
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "RUNNER_TEMP": str(tmp_path),
    }
    command = ["bash", "-e", "-c", step["run"]]
    ran = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=True)
    assert ran.stderr == ""
    return (tmp_path / "asked").read_text().splitlines(), (tmp_path / "output").read_text()


@pytest.mark.parametrize(
    ("asleep", "woken"), [("", []), ("12\n7", ["12", "7"]), ("--help\n9;id\n7", ["7"])]
)
def test_what_is_asleep_is_woken(
    steps: list[dict[str, Any]], tmp_path: Path, asleep: str, woken: list[str]
) -> None:
    asked, _put = shell(steps, "Wake", tmp_path, {"per_page=100": asleep})
    assert asked[1:] == [
        f"api --silent --method PUT repos/co/book/actions/workflows/{one}/enable" for one in woken
    ]


@pytest.mark.parametrize(
    ("opened", "closed", "put"),
    [
        ("", "", ""),
        ("12", "", "any=yes\n"),
        ("", '[{"updated_at": "2999-01-01T00:00:00Z", "number": 3}]', "any=yes\n"),
        ("", '[{"updated_at": "2020-01-01T00:00:00Z", "number": 3}]', ""),
        ("{}", "", ""),
    ],
)
def test_nothing_is_installed_where_nothing_is_open(
    steps: list[dict[str, Any]], tmp_path: Path, opened: str, closed: str, put: str
) -> None:
    answers = {"state=open": opened, "state=closed": closed or "[]"}
    assert shell(steps, "See whether", tmp_path, answers)[1] == put


def test_by_hand_all_is_looked_at_though_nothing_is_open(
    steps: list[dict[str, Any]], tmp_path: Path
) -> None:
    answers = {"state=open": "", "state=closed": "[]"}
    put = shell(steps, "See whether", tmp_path, answers, "workflow_dispatch")[1]
    assert put == "any=yes\n"
