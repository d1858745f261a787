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
CHECK_JSONSCHEMA = Path(sys.executable).parent / "check-jsonschema"


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


ELSEWHERE = ".github/"
"""Where what reads workflows of GitHub looks for them."""
FORGEJO = """rules:
  excessive-permissions: {disable: true}  # `permissions` is GitHub's; what a token may is set there
  unpinned-images: {disable: true}  # no digest of the image can be named from here
  dangerous-triggers: {disable: true}  # vote.yml checks out and runs the main branch alone
  concurrency-limits: {disable: true}  # a run of an earlier push is not ended by a later one
"""
"""What is set aside of workflows that are not for GitHub; all else is asked of them, too."""


def laid(folder: Path, start: str) -> Path:
    """The workflows that the starter lays in a folder whose name begins so, where zizmor reads
    them.
    """
    for path, text in present_files().items():
        if path.startswith(start):
            file = folder / ELSEWHERE / path.removeprefix(start)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    return folder / ELSEWHERE


@pytest.mark.parametrize("whose", ["ours", "github", "forgejo"])
def test_zizmor_finds_nothing(tmp_path: Path, whose: str) -> None:
    """Nothing but what a comment sets aside, each with its reason."""
    assert ZIZMOR.exists(), "it is in requirements.lock: make installs it"
    folder = TOP / ".github" if whose == "ours" else laid(tmp_path, f".{whose}/")
    assert len([*folder.rglob("*.yml")]) > 4
    options = ["--offline", "--pedantic", "--strict-collection", "--no-progress"]
    if whose == "forgejo":
        (tmp_path / "zizmor.yml").write_text(FORGEJO, encoding="utf-8")
        options += ["--config", str(tmp_path / "zizmor.yml")]
    ran = subprocess.run([ZIZMOR, *options, folder], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    found = re.findall(
        r"zizmor: ignore\[[a-z-]+\](.*)",
        "".join(file.read_text() for file in folder.rglob("*.yml")),
    )
    assert all(len(reason.strip()) > 20 for reason in found)


@pytest.mark.parametrize(
    ("start", "schema"),
    [
        (".github/workflows/", "vendor.github-workflows"),
        (".github/dependabot", "vendor.dependabot"),
        (".forgejo/workflows/", "vendor.github-workflows"),
        (".gitlab-ci", "vendor.gitlab-ci"),
    ],
)
def test_what_is_laid_for_a_forge_is_as_it_says_it_must_be(
    tmp_path: Path, start: str, schema: str
) -> None:
    """By the schemas that check-jsonschema brings of them."""
    wanted = [(path, text) for path, text in present_files().items() if path.startswith(start)]
    files = []
    for number, (_path, text) in enumerate(wanted):
        files.append(tmp_path / f"{number}.yml")
        files[-1].write_text(text, encoding="utf-8")
    assert files
    command = [CHECK_JSONSCHEMA, "--builtin-schema", schema]
    command += ["--data-transform", "gitlab-ci"] if "gitlab" in start else []
    ran = subprocess.run([*command, *files], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    (tmp_path / "wrong.yml").write_text("jobs: {a: {runs-off: x}}\nstages: 3\n", encoding="utf-8")
    wrong = subprocess.run([*command, tmp_path / "wrong.yml"], capture_output=True, check=False)
    assert wrong.returncode == 1, "it can fail"


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
