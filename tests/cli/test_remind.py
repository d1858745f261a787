"""`coopbook remind`: what waits, for whom; and the workflow that writes it down."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from coopbook.agenda.reminders import reminders
from coopbook.decisions.votes import open_votes
from coopbook.records.load import load
from coopbook.records.starter_files import present_files
from support.commands import run
from support.coops import TODAY, TOP
from support.decided import files

SPEAKS = {"LANG": "C.UTF-8"}


@pytest.fixture
def root(coop: Callable[..., Path]) -> Path:
    more = files()
    more["members/ana.yml"] += "reviewed: 2025-01-01\n"
    more["members/ana.yml"] = more["members/ana.yml"].replace(
        "listed: false", "listed: true\nconsents: [{purpose: directory, given: 2020-01-01}]"
    )
    more["decisions/minutes/assemblee.md"] = more["decisions/minutes/assemblee.md"].replace(
        "status: done", "status: open"
    )
    return coop(more)


def told(root: Path, *options: str) -> list[dict[str, object]]:
    ran = run("remind", "--today", "2026-11-21", "--format", "json", "--lang", "en", *options, root)
    assert ran.returncode == 0, ran.stderr
    found: list[dict[str, object]] = json.loads(ran.stdout)
    return found


def test_what_is_late_and_what_comes_is_told_to_whom_it_concerns(root: Path) -> None:
    found = {(one["kind"], one["day"]): one for one in told(root, "--days", "14")}
    assert set(found) == {
        ("profile", "2025-01-01"),
        ("vote-closes", "2026-03-16"),
        ("mandate", "2026-06-30"),
        ("action", "2026-07-01"),
        ("vote-closes", "2026-12-01"),
    }
    late, soon = found["vote-closes", "2026-03-16"], found["vote-closes", "2026-12-01"]
    assert (late["late"], soon["late"]) == (True, False)
    assert soon["text"] == "The vote on “Fermer le lundi” closes on 1 December 2026, 6:00\u202fpm."
    assert soon["for"] == []
    assert found["action", "2026-07-01"]["for"] == ["ana"]
    assert found["mandate", "2026-06-30"]["for"] == ["bob"]
    assert (
        found["mandate", "2026-06-30"]["url"]
        == "https://membres.essais.example/decisions/bodies/ag/#c"
    )


def test_days_say_how_far_to_look(root: Path) -> None:
    assert ("mandate", "2026-12-31") not in {
        (one["kind"], one["day"]) for one in told(root, "--days", "39")
    }
    assert ("mandate", "2026-12-31") in {
        (one["kind"], one["day"]) for one in told(root, "--days", "40")
    }


def test_an_open_vote_is_always_told(root: Path) -> None:
    """Whoever hears of it a day before the close has had no time to think."""
    (far,) = [one for one in told(root, "--days", "0") if one["day"] == "2026-12-01"]
    assert (far["kind"], far["late"], far["for"]) == ("vote-closes", False, [])
    assert far["text"] == "Open to vote until 1 December 2026, 6:00\u202fpm: “Fermer le lundi”."
    (near,) = [one for one in told(root, "--days", "10") if one["day"] == "2026-12-01"]
    assert str(near["text"]).startswith("The vote on “Fermer le lundi” closes on ")
    assert (
        "Open to vote until" in run("remind", "--today", "2026-11-21", "--lang", "en", root).stdout
    )


@pytest.mark.parametrize(
    ("was", "now"),
    [("opens: 2026-11-02", "opens: 2026-11-24"), ("status: voting", "status: open")],
)
def test_a_vote_that_is_not_open_yet_is_not(root: Path, was: str, now: str) -> None:
    file = root / "decisions/proposals/lundi.md"
    file.write_text(file.read_text().replace(was, now))
    assert not [one for one in told(root, "--days", "2") if "Fermer le lundi" in str(one["text"])]


def test_a_member_hears_what_is_the_members_own_and_of_votes_in_which_there_is_one(
    root: Path,
) -> None:
    assert {one["kind"] for one in told(root, "--days", "14", "--for", "ana")} == {
        "profile",
        "action",
        "vote-closes",
    }
    assert told(root, "--days", "14", "--for", "fay") == [], "no member in law, no vote"
    assert [one["kind"] for one in told(root, "--days", "14", "--for", "eve")] == ["vote-closes"]


def test_who_does_not_exist_is_misuse(root: Path) -> None:
    ran = run("remind", "--today", "2026-11-21", "--for", "anna", root)
    assert ran.returncode == 2
    assert "ana" in ran.stderr


def test_a_vote_that_was_counted_is_not_told_any_more(root: Path) -> None:
    assert [entry.id for entry in open_votes(load(root, TODAY).index)] == ["lundi"]
    file = root / "decisions/proposals/samedi.md"
    file.write_text(file.read_text().replace("status: voting", "status: rejected"))
    assert ("vote-closes", "2026-03-16") not in {(one["kind"], one["day"]) for one in told(root)}


def test_nothing_is_a_sentence_too(coop: Callable[..., Path]) -> None:
    assert (
        run("remind", "--today", "2026-11-21", "--lang", "en", coop()).stdout
        == "Nothing is waiting.\n"
    )


def test_text_names_everybody_then_each(root: Path) -> None:
    lines = run(
        "remind", "--today", "2026-11-21", "--lang", "en", "--days", "14", root
    ).stdout.splitlines()
    assert lines[0] == "Everybody"
    assert [line for line in lines if not line.startswith(" ")] == ["Everybody", "X ana", "X bob"]
    assert "  - Late, due on 1 July 2026: Changer l'affiche" in lines


def test_markdown_of_a_title_is_no_markdown_and_calls_nobody(root: Path) -> None:
    file = root / "decisions/proposals/lundi.md"
    file.write_text(
        file.read_text().replace(
            "Fermer le lundi", "'**Fermer** [ici](https://x.example) @ana #12 <b>'"
        )
    )
    said = run(
        "remind",
        "--today",
        "2026-11-21",
        "--lang",
        "en",
        "--days",
        "14",
        "--format",
        "markdown",
        root,
    ).stdout
    assert r"\*\*Fermer\*\* \[ici\]\(https://x.example\) @" in said
    assert "@ana" not in said
    assert r"\#12 \<b\>" in said
    assert "[See](https://membres.essais.example/decisions/proposals/lundi/)" in said


def write_ballot(root: Path, member: str, by: str = "") -> None:
    file = root / f"decisions/ballots/lundi/{member}.yml"
    file.parent.mkdir(parents=True, exist_ok=True)
    paper = f"cast_by: {by}\nevidence: {{where: chez {by}, sha256: {'0' * 64}}}\n" if by else ""
    file.write_text(f"choice: for\ncast_at: 2026-11-05T10:00:00+01:00\n{paper}")


def test_who_has_not_voted_hears_it_alone(root: Path) -> None:
    write_ballot(root, "ana")
    assert "vote-closes" not in {one["kind"] for one in told(root, "--for", "ana")}
    (one,) = [one for one in told(root, "--for", "eve") if one["day"] == "2026-12-01"]
    assert one["text"] == (
        "You have not voted yet: the vote on “Fermer le lundi” closes on 1 December 2026, "
        "6:00\u202fpm."
    )
    assert all(one["for"] == [] for one in told(root) if one["kind"] == "vote-closes")
    each = [one for one in told(root, "--each") if one["day"] == "2026-12-01"]
    assert ["eve"] in [one["for"] for one in each]
    assert ["ana"] not in [one["for"] for one in each]


def test_of_a_secret_vote_and_one_on_a_forge_nobody_is_said_not_to_have_voted(root: Path) -> None:
    write_ballot(root, "ana")
    file = root / "decisions/proposals/lundi.md"
    said = file.read_text()
    file.write_text(said.replace("---\n", "---\npull_request: {forge: github, number: 3}\n", 1))
    (one,) = [one for one in told(root, "--for", "eve") if one["day"] == "2026-12-01"]
    assert str(one["text"]).startswith("Open to vote until")
    assert "vote-closes" not in {one["kind"] for one in told(root, "--for", "ana")}
    file.write_text(said.replace("---\n", "---\nsubject: personne\n", 1))
    rules = root / "decisions/rules.yml"
    rules.write_text(rules.read_text() + "secret: {required_for: [personne]}\n")
    for who in ("ana", "eve"):
        (one,) = [one for one in told(root, "--for", who) if one["day"] == "2026-12-01"]
        assert str(one["text"]).startswith("Open to vote until")


def test_for_whom_a_teller_entered_a_ballot_hears_it_alone(root: Path) -> None:
    write_ballot(root, "eve", by="ana")
    (one,) = [one for one in told(root, "--for", "eve") if one["kind"] == "ballot-entered"]
    assert str(one["text"]).startswith(
        "X ana entered a ballot for you in the vote on “Fermer le lundi”"
    )
    assert "ballot-entered" not in {
        one["kind"] for one in [*told(root), *told(root, "--for", "ana")]
    }
    assert ["eve"] in [one["for"] for one in told(root, "--each")]


def test_no_ballot_is_needed_and_none_is_told(root: Path) -> None:
    index = load(root, TODAY).index
    del index.entries["ballot"]
    assert reminders(index, "en", 14)


# The workflow


@pytest.fixture
def issue(tmp_path: Path) -> Callable[..., list[str]]:
    """Runs the workflow's last step with a `gh` and a `date` that say what they are told; what it
    asked of `gh`.
    """
    workflow = yaml.safe_load((TOP / ".github/workflows/remind.yml").read_text())
    (step,) = [
        step for step in workflow["jobs"]["remind"]["steps"] if "GH_TOKEN" in step.get("env", {})
    ]

    def write(number: str, weekday: int, body: str) -> list[str]:
        programs = tmp_path / "programs"
        programs.mkdir()
        log = tmp_path / "log"
        (programs / "gh").write_text(
            f'#!/bin/sh\necho "$@" >> {log}\n[ "$2" = list ] && printf %s "{number}"\nexit 0\n'
        )
        (programs / "date").write_text(f"#!/bin/sh\necho {weekday}\n")
        for program in programs.iterdir():
            program.chmod(0o755)
        (tmp_path / "reminders.md").write_text(body)
        settings = {
            **os.environ,
            "PATH": f"{programs}:{os.environ['PATH']}",
            "RUNNER_TEMP": str(tmp_path),
            "TITLE": step["env"]["TITLE"],
        }
        subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", step["run"]], env=settings, check=True
        )
        return [" ".join(line.split()[:3]) for line in log.read_text().splitlines()]

    return write


@pytest.mark.parametrize(
    ("number", "weekday", "body", "asked"),
    [
        ("", 3, "## Everybody\n", ["issue create --title"]),
        ("12", 3, "## Everybody\n", ["issue edit 12"]),
        ("12", 1, "## Everybody\n", ["issue edit 12", "issue comment 12"]),
        ("12", 1, "Nothing is waiting.\n", ["issue edit 12"]),
    ],
)
def test_one_issue_is_written_and_a_mail_goes_out_on_mondays(
    issue: Callable[..., list[str]], number: str, weekday: int, body: str, asked: list[str]
) -> None:
    assert issue(number, weekday, body) == ["issue list --app", *asked]


def test_the_workflow_asks_for_no_more_than_it_needs() -> None:
    name = ".github/workflows/remind.yml"
    for text in ((TOP / name).read_text(), present_files()[name]):
        workflow = yaml.safe_load(text)
        assert workflow["permissions"] == {}
        assert workflow["jobs"]["remind"]["permissions"] == {"contents": "read", "issues": "write"}


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_day_of_a_far_year_is_refused_in_a_sentence(coop: Callable[..., Path], day: str) -> None:
    ran = run("remind", "--today", day, "--days", "366", coop())
    assert (ran.returncode, "1500" in ran.stderr, "Traceback" in ran.stderr) == (2, True, False)


@pytest.mark.parametrize("day", ["2200-12-31", "1500-01-01"])
def test_the_farthest_days_can_be_reckoned_from(coop: Callable[..., Path], day: str) -> None:
    assert (
        run("remind", "--today", day, "--lang", "en", "--days", "366", coop()).stdout
        == "Nothing is waiting.\n"
    )
