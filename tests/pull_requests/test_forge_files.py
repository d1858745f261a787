"""What `coopbook init` lays for each forge: who gets the token, and what a check compares."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from coopbook.records.starter_files import present_files
from support.git import git

FORGEJO = {
    path.rpartition("/")[2]: text
    for path, text in present_files().items()
    if path.startswith(".forgejo/")
}
GITLAB: dict[str, Any] = yaml.safe_load(present_files()[".gitlab-ci.yml"])
JOBS = {name: job for name, job in GITLAB.items() if isinstance(job, dict) and "script" in job}
MAIN = "$CI_COMMIT_BRANCH != $CI_DEFAULT_BRANCH"


def forgejo_steps(name: str) -> list[dict[str, Any]]:
    (job,) = yaml.safe_load(FORGEJO[name])["jobs"].values()
    found: list[dict[str, Any]] = job["steps"]
    return found


def scripts() -> Iterator[tuple[str, str]]:
    """Every shell text of all forges."""
    for path, text in present_files().items():
        if path.startswith((".github/workflows", ".forgejo")):
            for job in yaml.safe_load(text)["jobs"].values():
                yield from ((path, step["run"]) for step in job.get("steps", []) if "run" in step)
    for name, job in JOBS.items():
        yield name, "\n".join(job["script"])


def test_every_script_is_one() -> None:
    found = list(scripts())
    assert len(found) > 30
    for name, text in found:
        ran = subprocess.run(
            ["bash", "-n"], input=text, capture_output=True, text=True, check=False
        )
        assert (ran.returncode, ran.stderr) == (0, ""), name


def test_no_forge_but_github_needs_an_action() -> None:
    """Which actions are where, and at which commit, differs from one Forgejo to the next."""
    assert [name for name, text in FORGEJO.items() if "uses:" in text] == []


def test_on_forgejo_the_check_has_no_secret_and_the_vote_takes_the_main_branch_alone() -> None:
    assert "secrets." not in FORGEJO["check.yml"]
    assert "pull_request_target" not in FORGEJO["check.yml"]
    vote = yaml.safe_load(FORGEJO["vote.yml"])
    values = set(re.findall(r"\$\{\{ (.+?) \}\}", FORGEJO["vote.yml"]))
    assert values == {
        "github.token",
        "secrets.COOPBOOK_TOKEN",
        "!cancelled()",
        "github.event_name == 'workflow_dispatch'",
        "github.event_name != 'issue_comment' "
        "|| !startsWith(github.event.comment.body, '<!-- coopbook:')",
    }
    wanted = [one["env"]["WANTED"] for one in forgejo_steps("vote.yml") if "WANTED" in str(one)]
    assert wanted == ["refs/heads/main"]
    assert vote[True]["push"] == {"branches": ["main"]}
    given = [one for one in forgejo_steps("vote.yml") if "secrets." in str(one)]
    assert [one["run"] for one in given] == ["coopbook vote doctor", "coopbook vote run"]


@pytest.mark.parametrize("name", sorted(JOBS.keys() - {"check"}))
def test_on_gitlab_the_token_is_for_the_main_branch_alone(name: str) -> None:
    rules = [one["if"] for one in JOBS[name]["rules"]]
    assert rules[0].startswith(MAIN) or "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH &&" in rules[0]
    assert JOBS[name]["rules"][0].get("when") == "never" or len(rules) == 1
    assert not any("merge_request_event" in one for one in rules)


def test_on_gitlab_what_was_typed_is_not_expanded() -> None:
    """`$COOPBOOK_TOKEN` typed as an item of the agenda stays these words."""
    typed = {name: one for name, one in GITLAB["variables"].items() if isinstance(one, dict)}
    assert len(typed) > 10
    assert all(one["expand"] is False for one in typed.values())
    assert "env -u COOPBOOK_TOKEN bash /tmp/step" in JOBS["assembly"]["script"][1]


def test_the_steps_of_an_assembly_are_the_same_on_each_forge() -> None:
    texts = present_files()
    (ours, others) = (
        yaml.safe_load(texts[f"{folder}/workflows/assembly.yml"])[True]["workflow_dispatch"]
        for folder in (".github", ".forgejo")
    )
    assert ours == others
    options = ours["inputs"]["step"]["options"]
    assert GITLAB["variables"]["STEP"]["options"] == ["votes", "publier", *options]
    assert GITLAB["variables"]["KIND"]["options"] == ours["inputs"]["kind"]["options"]
    do = [one["run"] for one in forgejo_steps("assembly.yml") if one["name"] == "Do the step"]
    lines = [line for line in do[0].splitlines()[1:] if line.strip()]
    assert lines
    assert all(line in JOBS["assembly"]["script"][1] for line in lines)


def test_a_sheet_that_differs_from_the_other_teller_s_is_proposed_and_the_step_is_red() -> None:
    texts = present_files()
    for folder in (".github", ".forgejo"):
        steps = yaml.safe_load(texts[f"{folder}/workflows/assembly.yml"])["jobs"]["step"]["steps"]
        (wanted,) = [one["if"] for one in steps if "ropose what" in one["name"]]
        assert wanted == "${{ success() || (failure() && inputs.step == 'dépouillement') }}"
    lines = [line.strip() for part in JOBS["assembly"]["script"] for line in part.splitlines()]
    run = next(line for line in lines if line.startswith("env -u COOPBOOK_TOKEN bash"))
    for step, status, reached in (("dépouillement", 1, True), ("classer", 1, False)):
        script = run.replace("bash /tmp/step", "false") + "\necho proposed\n"
        script += next(line for line in lines if line.startswith('[ "${status'))
        command = ["bash", "-e", "-c", script]
        env = {"PATH": "/usr/bin:/bin", "STEP": step}
        ran = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
        assert (ran.returncode, "proposed" in ran.stdout) == (status, reached)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A clone on a change, while the main branch has moved."""
    origin, here = tmp_path / "origin", tmp_path / "here"
    origin.mkdir()
    git(origin, "init", "--quiet", "--initial-branch=main")
    (origin / "a").write_text("a\n")
    git(origin, "add", ".")
    git(origin, "commit", "--quiet", "--message", "a")
    git(origin, "checkout", "--quiet", "-b", "change")
    (origin / "b").write_text("b\n")
    git(origin, "add", ".")
    git(origin, "commit", "--quiet", "--message", "b")
    git(origin, "checkout", "--quiet", "main")
    (origin / "c").write_text("c\n")
    git(origin, "add", ".")
    git(origin, "commit", "--quiet", "--message", "c")
    git(tmp_path, "clone", "--quiet", "--branch=change", str(origin), str(here))
    return here


@pytest.mark.parametrize(
    ("told", "base"),
    [
        ({"CI_PIPELINE_SOURCE": "push", "CI_COMMIT_BEFORE_SHA": "0" * 40}, "0" * 40),
        ({"CI_PIPELINE_SOURCE": "push"}, ""),
        (
            {
                "CI_PIPELINE_SOURCE": "merge_request_event",
                "CI_PROJECT_ID": "1",
                "CI_MERGE_REQUEST_SOURCE_PROJECT_ID": "1",
                "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
            },
            "main",
        ),
        (
            {
                "CI_PIPELINE_SOURCE": "merge_request_event",
                "CI_PROJECT_ID": "1",
                "CI_MERGE_REQUEST_SOURCE_PROJECT_ID": "2",
                "CI_MERGE_REQUEST_DIFF_BASE_SHA": "abc",
            },
            "abc",
        ),
        ({"CI_PIPELINE_SOURCE": "merge_request_event", "CI_PROJECT_ID": "1"}, ""),
    ],
    ids=["first push", "push of nothing", "proposal", "fork", "nothing said"],
)
def test_on_gitlab_every_event_has_its_base(book: Path, told: dict[str, str], base: str) -> None:
    first, _install, last = JOBS["check"]["script"]
    assert last == 'coopbook check --base "$BASE"'
    command = ["bash", "-e", "-c", f'{first}\nprintf "%s" "$BASE"']
    ran = subprocess.run(
        command,
        cwd=book,
        env={"PATH": "/usr/bin:/bin", **told},
        capture_output=True,
        text=True,
        check=True,
    )
    wanted = git(book, "rev-parse", "origin/main").strip() if base == "main" else base
    assert ran.stdout == wanted
    assert (book / "c").exists() == (base == "main")


def test_on_forgejo_a_change_is_taken_into_the_main_branch_before_it_is_checked(book: Path) -> None:
    steps = forgejo_steps("check.yml")
    (get,) = [one for one in steps if one["name"] == "Get the files"]
    (take,) = [one for one in steps if one["name"].startswith("Take the change")]
    assert take["env"]["BASE"] == "${{ github.event.pull_request.base.sha }}"
    assert steps[-1]["env"]["BASE"].startswith("${{ github.event.pull_request.base.sha || ")
    job = book.parent / "job"
    job.mkdir()
    origin = book.parent / "origin"
    (book.parent / "co").mkdir()
    origin.rename(book.parent / "co/book.git")
    env = {
        "PATH": "/usr/bin:/bin",
        "GITHUB_SERVER_URL": f"file://{book.parent}",
        "GITHUB_REPOSITORY": "co/book",
        "TOKEN": "secret-token",
        "WANTED": "refs/heads/change",
        "HOME": str(book.parent),
    }
    subprocess.run(["bash", "-e", "-c", get["run"]], cwd=job, env=env, check=True)
    base = git(job, "rev-parse", "origin/main").strip()
    subprocess.run(["bash", "-e", "-c", take["run"]], cwd=job, env=env | {"BASE": base}, check=True)
    assert {path.name for path in job.iterdir()} == {".git", "a", "b", "c"}
    assert "secret-token" not in (job / ".git/config").read_text()


CURL = """#!/bin/bash
# answers by the end of the address, and notes what was asked, with what files say
here="$(dirname "$0")"
words=() out=/dev/stdout code=
while [ $# -gt 0 ]; do
  case "$1" in
    --output) out="$2"; shift ;;
    --write-out) code=yes; shift ;;
    --data) words+=("$(cat "${2#@}")"); shift ;;
    --data-urlencode)
      case "$2" in *@*) words+=("${2%%@*}=$(cat "${2#*@}")") ;; *) words+=("$2") ;; esac
      shift ;;
    --header) ;;
    --request) words+=("$2"); shift ;;
    http*) words+=("$1") ;;
  esac
  shift
done
printf '%s\\n' "${words[*]}" >> "$here/asked"
case "${words[*]}" in
  *"/user") echo '{"login": "coop-bot"}' > "$out" ;;
  *"/issues?"*) cat "$here/issues" > "$out" ;;
  *) echo '{}' > "$out" ;;
esac
[ -z "$code" ] || printf '%s' "$(cat "$here/code")"
"""


def run_shell(script: str, folder: Path, cwd: Path, **told: str) -> tuple[str, list[str]]:
    """Run a step with a `curl` that notes what it is asked; what it printed, and the notes."""
    programs = folder / "bin"
    programs.mkdir()
    for name, text in (("curl", CURL), ("date", "#!/bin/sh\necho 1\n")):
        (programs / name).write_text(text)
        (programs / name).chmod(0o755)
    (programs / "issues").write_text(told.pop("issues", "[]"))
    (programs / "code").write_text("201")
    env = {"PATH": f"{programs}:{os.environ['PATH']}", "HOME": str(folder)} | told
    command = ["bash", "-e", "-o", "pipefail", "-c", script]
    ran = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    asked = programs / "asked"
    return ran.stdout, asked.read_text().splitlines() if asked.exists() else []


@pytest.mark.parametrize("there", [False, True], ids=["first", "again"])
@pytest.mark.parametrize("forge", ["forgejo", "gitlab"])
def test_what_waits_is_one_issue_of_our_own(tmp_path: Path, forge: str, there: bool) -> None:
    """Somebody else's of the same title is left alone; on Mondays a comment sends it."""
    title = "Ce qui attend · What waits"
    rows = [{"number": 3, "iid": 3, "title": title, "user": {"login": "coop-bot"}}] * there
    if forge == "forgejo":
        rows.insert(0, {"number": 2, "title": title, "user": {"login": "somebody"}})
        script = forgejo_steps("remind.yml")[-1]["run"]
    else:
        script = JOBS["remind"]["script"][-1]
    said = Path("/tmp/reminders.md")
    told = tmp_path / "reminders.md"
    told.write_text('## Votes\n\n- « Ouvrir » "samedi"\n')
    script = script.replace(str(said), str(told)).replace("/tmp/issue.json", f"{tmp_path}/issue")
    _out, asked = run_shell(
        script,
        tmp_path,
        tmp_path,
        issues=json.dumps(rows),
        TITLE=title,
        TOKEN="x",
        COOPBOOK_TOKEN="x",
        GITHUB_API_URL="https://forge.example/api/v1",
        GITHUB_REPOSITORY="co/book",
        CI_API_V4_URL="https://forge.example/api/v4",
        CI_PROJECT_ID="9",
    )
    text = "\n".join(asked)
    assert ("issues/3" in text) == there
    assert "issues/2" not in text
    assert ("comments" in text or "notes" in text) == there
    assert "Ouvrir" in text


@pytest.mark.parametrize("changed", [False, True])
@pytest.mark.parametrize("forge", ["forgejo", "gitlab"])
def test_what_a_step_wrote_is_proposed_and_the_main_branch_stays(
    book: Path, tmp_path: Path, forge: str, changed: bool
) -> None:
    remote = tmp_path / "co/book.git"
    remote.parent.mkdir()
    git(tmp_path, "clone", "--quiet", "--bare", str(tmp_path / "origin"), str(remote))
    git(remote, "config", "receive.advertisePushOptions", "true")
    before = git(remote, "rev-parse", "main")
    git(book, "checkout", "--quiet", "--detach", "origin/main")
    (book / "build/assembly").mkdir(parents=True)
    (book / "build/assembly/paper.odt").write_text("paper")
    (book / ".git/info/exclude").write_text("/build/\n")
    if changed:
        (book / "decisions").mkdir()
        (book / "decisions/record.yml").write_text("a: b\n")
    told = {
        "ASSEMBLY": "assemblee-generale-2026-12-18",
        "STEP": "convoquer",
        "TOKEN": "secret-token",
        "COOPBOOK_TOKEN": "secret-token",
        "GITHUB_SERVER_URL": f"file://{tmp_path}",
        "GITHUB_API_URL": "https://forge.example/api/v1",
        "GITHUB_REPOSITORY": "co/book",
        "GITHUB_REF_NAME": "main",
        "GITHUB_RUN_ID": "77",
        "CI_PROJECT_URL": f"file://{tmp_path}/co/book",
        "CI_DEFAULT_BRANCH": "main",
        "CI_PIPELINE_ID": "77",
    }
    if forge == "forgejo":
        (step,) = [one for one in forgejo_steps("assembly.yml") if "Keep the papers" in one["name"]]
        script = (
            step["run"]
            .replace("/tmp/pull.json", f"{tmp_path}/pull")
            .replace("/tmp/answer", f"{tmp_path}/answer")
        )
    else:
        script = JOBS["assembly"]["script"][-2]
    out, asked = run_shell(script, tmp_path, book, **told)
    branches = git(remote, "for-each-ref", "--format=%(refname:short)").split()
    mine = "assembly/assemblee-generale-2026-12-18-77"
    assert (mine in branches) == changed
    assert git(remote, "rev-parse", "main") == before
    assert ("Rien à proposer" in out) == (not changed)
    if forge == "forgejo":
        papers = git(remote, "ls-tree", "--name-only", "papers/assemblee-generale-2026-12-18")
        assert papers.split() == ["paper.odt"]
        assert [json.loads(one.rpartition("} ")[0] + "}") for one in asked] == (
            [
                {
                    "base": "main",
                    "head": mine,
                    "title": "assemblee-generale-2026-12-18 : convoquer",
                    "body": "Écrit par l’étape « convoquer ». À relire, puis à accepter.",
                }
            ]
            if changed
            else []
        )
    if changed:
        assert git(remote, "show", f"{mine}:decisions/record.yml") == "a: b"
    assert "secret-token" not in (book / ".git/config").read_text()
