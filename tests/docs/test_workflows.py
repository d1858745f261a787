"""The workflows of this repository are those of `coopbook init`, with what VALUES says."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import workflows
import yaml
from coopbook.records.starter_files import (
    LAID,
    UNMARKED,
    digest,
    digest_present,
    laid_texts,
    packages,
    present_digests,
    present_files,
)
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from support.coops import TOP

ZIZMOR = Path(sys.executable).parent / "zizmor"


def test_each_workflow_of_the_starter_has_its_values() -> None:
    assert {file.name for file in workflows.STARTER.iterdir()} == workflows.VALUES.keys()
    assert {file.name for file in workflows.OUTPUT.iterdir()} == workflows.VALUES.keys()


@pytest.mark.parametrize("name", workflows.VALUES)
def test_workflow_is_made_from_the_starter(name: str) -> None:
    text = workflows.render(name)
    assert (workflows.OUTPUT / name).read_text(encoding="utf-8") == text
    assert yaml.safe_load(text)["jobs"]


@pytest.mark.parametrize("event", ["pull_request", "merge_group", "push"])
def test_every_event_of_the_check_names_its_base(event: str) -> None:
    """A step that is left out where there is no base would be green."""
    name = {"pull_request": "pull_request.base.sha", "merge_group": "merge_group.base_sha"}
    for text in (workflows.render("check.yml"), present_files()[".github/workflows/check.yml"]):
        check = yaml.safe_load(text)
        steps = [one for one in check["jobs"]["check"]["steps"] if "BASE" in one.get("env", {})]
        (step,) = steps
        assert {*check[True]} == {"pull_request", "merge_group", "push"}  # True: YAML 1.1's “on”
        assert f"github.event.{name.get(event, 'before')}" in step["env"]["BASE"]
        assert step["run"].endswith('--base "$BASE"')
        assert step.get("if", "") in ("", "${{ !cancelled() }}")
        assert check["concurrency"]["group"].endswith("|| github.sha }}")


@pytest.mark.parametrize("whose", ["ours", "starter"])
def test_zizmor_finds_nothing(tmp_path: Path, whose: str) -> None:
    """Nothing but what a comment sets aside, each with its reason."""
    assert ZIZMOR.exists(), "it is in requirements.lock: make installs it"
    folder = TOP / ".github"
    if whose == "starter":
        folder = tmp_path / ".github"
        for path, text in present_files().items():
            if path.startswith(".github/"):
                (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
                (tmp_path / path).write_text(text, encoding="utf-8")
    command = [ZIZMOR, "--offline", "--pedantic", "--strict-collection", "--no-progress", folder]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    found = re.findall(
        r"zizmor: ignore\[[a-z-]+\](.*)",
        "".join(file.read_text() for file in folder.rglob("*.yml")),
    )
    assert all(len(reason.strip()) > 20 for reason in found)


def test_what_the_starter_does_not_say_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(workflows.VALUES, "vote.yml", [("no such line", "")])
    with pytest.raises(ValueError, match="no such line"):
        workflows.render("vote.yml")


def test_every_text_that_the_starter_lays_is_kept() -> None:
    """A co-op may have any of them: what is released once is never taken out of `laid`."""
    for path, text in present_files().items():
        assert laid_texts(path)[digest(text)] == text, "make docs"
    for file in LAID.rglob("*.txt"):
        assert digest(file.read_text(encoding="utf-8")).startswith(file.stem)
    assert present_digests() == digest_present(), "make docs"
    editions = json.loads(UNMARKED.read_bytes())
    assert all(one in laid_texts(path) for files in editions for path, one in files.items())


def test_the_packages_of_a_co_op_are_those_that_we_test_with() -> None:
    ours, pinned = requirements(packages()), requirements((TOP / "requirements.lock").read_text())
    assert ours
    assert ours.items() <= pinned.items(), "make lock"
    with (TOP / "pyproject.toml").open("rb") as file:
        settings = tomllib.load(file)
    wanted = settings["project"]["dependencies"] + settings["build-system"]["requires"]
    assert {canonicalize_name(Requirement(one).name) for one in wanted} <= ours.keys()


def requirements(text: str) -> dict[str, str]:
    """Each program of a list, with its version, its condition and its digests."""
    found = {}
    for block in re.split(r"\n(?=\S)", "\n".join(re.findall(r"^(?!\s*#).+$", text, re.M))):
        name, version = block.split("==", 1)
        found[canonicalize_name(name)] = version
    return found
