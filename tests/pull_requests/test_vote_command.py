"""`coopbook vote` as a command, with the forges' own adapters."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from coopbook.pull_requests.git import Clone
from support.commands import Ran, environment, run, run_process
from support.forges.servers import TOKEN
from support.forges.servers import forge as fake
from support.vote_coop import (
    COOP,
    DAY,
    NAMES,
    NUMBER,
    OWN,
    RESULT,
    SIEGE,
    UIDS,
    Repository,
    amends,
    article,
    errors,
    fields,
    git,
    member,
    page,
)

# As a command, with the forges' own adapters


def command(folder: Path, what: str, *arguments: str, **settings: str) -> Ran:
    options = ("--root", str(folder), "--lang", "en", *arguments)
    return run("vote", what, str(NUMBER), *options, settings=environment(**settings))


@pytest.mark.parametrize("name", ["github", "forgejo", "gitlab"])
def test_one_story_on_each_forge(repository: Repository, name: str) -> None:
    """Proposed, voted for by comment and review, the text changed, voted again, closed twice."""
    opens = datetime.now(UTC).replace(microsecond=0) - 20 * DAY
    times = {
        "2026-03-02T09:00:00+01:00": opens.isoformat(),
        "2026-03-16T18:00:00+01:00": (opens + 14 * DAY).isoformat(),
    }
    text = page("special", amends=amends(effective="2030-01-01"))
    for old, new in times.items():
        text = text.replace(old, new)
    everybody = {f"members/{one}.yml": member(one).replace("github", name) for one in NAMES}
    repository.commit(
        "main", everybody | {"coop.yml": COOP.replace("kind: github", f"kind: {name}")}
    )
    head = repository.propose({OWN: text, SIEGE: article("Le siège est à Rennes.")})
    with fake(name, git=repository.remote, head=head, number=NUMBER, now=opens) as forge:
        git(repository.remote, "update-ref", forge.adapter().ref(NUMBER), head)
        where = ("--api", forge.api, "--repository", forge.repository)
        ran = command(repository.clone(), "status", *where, COOPBOOK_TOKEN=TOKEN)
        assert ran.returncode == 0, ran.stderr
        for number, one in enumerate(NAMES[:6]):
            forge.say(UIDS[one], one, "/vote yes", opens + DAY + timedelta(minutes=number))
        head = repository.commit(f"change-{NUMBER}", {SIEGE: article("Le siège est à Brest.")})
        git(repository.remote, "update-ref", forge.adapter().ref(NUMBER), head)
        forge.push(head)
        forge.now = opens + 2 * DAY
        # the program's own clock is the real one: what it noted of the texts is put back to the
        # days of the story
        assert command(repository.clone(), "status", *where, COOPBOOK_TOKEN=TOKEN).returncode == 0
        git(repository.remote, "update-ref", "-d", f"refs/coopbook/votes/{NUMBER}")
        for number, one in enumerate(NAMES[2:12]):
            forge.say(UIDS[one], one, "/vote yes", opens + 5 * DAY + timedelta(minutes=number))
        forge.say(UIDS["max"], "max", "/voter contre", opens + 5 * DAY)
        ran = command(repository.clone(), "close", *where, COOPBOOK_TOKEN=TOKEN)
        assert (ran.returncode, ran.stderr) == (0, ""), ran.stdout
        main = repository.main()
        again = command(repository.clone(), "close", *where, COOPBOOK_TOKEN=TOKEN)
        assert (again.returncode, repository.main()) == (0, main)
        assert forge.state == "merged"
        ours = [one for one in forge.comments if one.who == forge.bot[0]]
        assert len(ours) == 1
        assert "What was voted is published" in ours[0].text
        assert TOKEN not in ran.stdout + ran.stderr + again.stdout
    assert fields(repository, RESULT)["counts"] == {
        "for": "10",
        "against": "1",
        "abstain": "0",
        "blank": "0",
    }
    assert fields(repository, RESULT)["not_counted"] == {"refused": "0", "stale": "2"}
    assert "Brest" in repository.read(SIEGE)
    assert errors(repository, datetime.now(UTC).date()) == []


def test_two_processes_close_at_once(repository: Repository) -> None:
    opens = datetime.now(UTC).replace(microsecond=0) - 20 * DAY
    text = page().replace("2026-03-02T09:00:00+01:00", opens.isoformat())
    text = text.replace("2026-03-16T18:00:00+01:00", (opens + 14 * DAY).isoformat())
    head = repository.propose({OWN: text, "wiki/a.md": "# A\n"})
    with fake("github", git=repository.remote, head=head, number=NUMBER, now=opens) as forge:
        forge.adapter().announce(head, "pending", "…")
        for number, one in enumerate(NAMES[:6]):
            forge.say(UIDS[one], one, "/vote yes", opens + DAY + timedelta(minutes=number))
        where = ("--api", forge.api, "--repository", forge.repository)
        folders = [repository.clone(), repository.clone()]

        def close(folder: Path) -> subprocess.CompletedProcess[str]:
            options = ("--root", folder, "--lang", "en", *where)
            token = environment(COOPBOOK_TOKEN=TOKEN)
            return run_process("vote", "close", str(NUMBER), *options, settings=token)

        with ThreadPoolExecutor(2) as pool:
            ran = list(pool.map(close, folders))
        assert [one.returncode for one in ran] == [0, 0], [one.stderr for one in ran]
    assert git(repository.remote, "rev-list", "--count", "--first-parent", "main") == "2"


def test_an_app_of_the_co_op_s_own_writes_one_comment(repository: Repository) -> None:
    opens = datetime.now(UTC).replace(microsecond=0) - DAY
    text = (
        page()
        .replace("2026-03-02T09:00:00+01:00", opens.isoformat())
        .replace("2026-03-16T18:00:00+01:00", (opens + 14 * DAY).isoformat())
    )
    head = repository.propose({OWN: text, "wiki/a.md": "# A\n"})
    with fake(
        "github",
        git=repository.remote,
        head=head,
        number=NUMBER,
        now=opens,
        anonymous=True,
        bot=(77, "our-app[bot]"),
    ) as forge:
        where = ("--api", forge.api, "--repository", forge.repository)
        for arguments, environment in (
            (("--account", "our-app[bot]"), {}),
            ((), {"COOPBOOK_ACCOUNT": "our-app[bot]"}),
        ):
            ran = command(
                repository.clone(),
                "status",
                *where,
                *arguments,
                COOPBOOK_TOKEN=TOKEN,
                **environment,
            )
            assert ran.returncode == 0, ran.stderr
        assert [one.who for one in forge.comments] == [77]


def test_without_a_forge_what_would_be_said_is_printed(repository: Repository) -> None:
    repository.propose(
        {
            OWN: page(closes="x").replace("closes: x\n", "").replace("2026", "2099"),
            "wiki/a.md": "# A\n",
        }
    )
    ran = command(repository.work, "status", "--head", f"change-{NUMBER}")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "Vote: Ouvrir le samedi" in ran.stdout
    assert "wiki/a.md" in ran.stdout


@pytest.mark.parametrize(
    ("arguments", "environment", "words"),
    [
        ((), {}, "COOPBOOK_TOKEN"),
        (("--remote", "--upload-pack=x"), {"COOPBOOK_TOKEN": TOKEN}, "no name of a remote"),
        (
            ("--remote", "ailleurs"),
            {"COOPBOOK_TOKEN": TOKEN, "COOPBOOK_API": "http://127.0.0.1:9"},
            "cannot be reached",
        ),
        (("--account", "../user"), {"COOPBOOK_TOKEN": TOKEN}, "no name of an account"),
        (("--head", "../x"), {}, "no name of a branch"),
        (("--head", "nulle-part"), {}, "Git could not do its part"),
    ],
)
def test_misuse_is_told_in_a_sentence(
    repository: Repository, arguments: Any, environment: dict[str, str], words: str
) -> None:
    ran = command(repository.work, "status", *arguments, **environment)
    assert ran.returncode in (1, 2)
    assert words in ran.stderr
    assert "Traceback" not in ran.stderr
    assert TOKEN not in ran.stderr + ran.stdout


def test_a_clone_without_its_history_is_refused(repository: Repository, tmp_path: Path) -> None:
    repository.commit("main", {"wiki/b.md": "# B\n"})
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repository.remote}", "shallow")
    ran = command(tmp_path / "shallow", "close", COOPBOOK_TOKEN=TOKEN)
    assert ran.returncode == 1
    assert "fetch-depth: 0" in ran.stderr


@pytest.mark.parametrize(
    ("web", "told"),
    [
        ("https://forge.example/essais/livre", True),
        ("http://forge.example/essais", False),
        ("ssh://forge.example", False),
    ],
)
def test_git_gets_the_token_for_the_forge_alone_and_by_no_command_line(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, web: str, told: bool
) -> None:
    """A git that writes down what it is given."""
    program = tmp_path / "bin/git"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\necho "$@" >> {tmp_path}/arguments\nenv >> {tmp_path}/$1-$3\nexec '
        f'{shutil.which("git")} "$@"\n'
    )
    program.chmod(0o755)
    repository.propose({"wiki/a.md": "# A\n"})
    folder = repository.clone()
    monkeypatch.setenv("COOPBOOK_TOKEN", TOKEN)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    Clone(folder, "origin", TOKEN, web).fetch("main", f"refs/pull/{NUMBER}/head")
    given = (tmp_path / "-C-fetch").read_text()
    basic = base64.b64encode(f"x-access-token:{TOKEN}".encode()).decode()
    assert ("https://forge.example/.extraHeader" in given, basic in given) == (told, told)
    assert "COOPBOOK_TOKEN" not in given
    assert basic not in (tmp_path / "-C-rev-parse").read_text()
    assert TOKEN not in (tmp_path / "arguments").read_text()


def run_all(folder: Path, where: tuple[str, ...], **settings: str) -> Ran:
    options = ("--root", str(folder), "--lang", "en", *where)
    return run("vote", "run", *options, settings=environment(COOPBOOK_TOKEN=TOKEN, **settings))


@pytest.mark.parametrize("days", [40, 14], ids=["open", "over"])
@pytest.mark.parametrize("name", ["github", "forgejo", "gitlab"])
def test_one_run_closes_or_tells_and_judges(repository: Repository, name: str, days: int) -> None:
    opens = datetime.now(UTC).replace(microsecond=0) - 20 * DAY
    text = page().replace("2026-03-02T09:00:00+01:00", opens.isoformat())
    text = text.replace("2026-03-16T18:00:00+01:00", (opens + days * DAY).isoformat())
    everybody = {f"members/{one}.yml": member(one).replace("github", name) for one in NAMES}
    repository.commit(
        "main", everybody | {"coop.yml": COOP.replace("kind: github", f"kind: {name}")}
    )
    head = repository.propose({OWN: text, "wiki/a.md": "# A\n"})
    with fake(name, git=repository.remote, head=head, number=NUMBER, now=opens) as forge:
        where = ("--api", forge.api, "--repository", forge.repository)
        git(repository.remote, "update-ref", forge.adapter().ref(NUMBER), head)
        forge.adapter().announce(head, "pending", "…")
        for number, one in enumerate(NAMES[:6]):
            forge.say(UIDS[one], one, "/vote yes", opens + DAY + timedelta(minutes=number))
        forge.push(head, 1, "somebody")
        main = repository.main()
        ran = run_all(repository.clone(), where)
        assert ran.returncode == 0, ran.stderr
        assert ran.stdout.startswith(f"Change {NUMBER}\n")
        changed = git(repository.remote, "diff", "--name-only", main, "main").splitlines()
        assert (changed == ["decisions/journals.yml"]) == (days == 40), "noted once a day"
        assert ("decisions/results/samedi.yml" in changed) == (days == 14)
        assert forge.state == ("merged" if days == 14 else "open")
        contexts = {one.context for one in forge.statuses}
        assert contexts == {"coopbook/vote", *(["coopbook/paths"] if days == 40 else [])}
        assert TOKEN not in ran.output


def test_what_one_change_brings_keeps_no_other_back(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coopbook.cli import vote
    from coopbook.pull_requests import judging, service
    from coopbook.pull_requests.request import Job
    from coopbook.pull_requests.service import Report

    asked: list[tuple[str, int]] = []

    def fails(job: Job) -> Report:
        asked.append(("close", job.number))
        if job.number == 7:
            raise ValueError("unforeseen")
        return Report(is_open=True)

    def show(job: Job) -> Report:
        asked.append(("show", job.number))
        return Report()

    def judge(job: Job) -> Report:
        asked.append(("judge", job.number))
        return Report(is_open=True)

    monkeypatch.setattr(service, "close", fails)
    monkeypatch.setattr(service, "show", show)
    monkeypatch.setattr(judging, "judge_change", judge)
    with fake("github") as forge:
        monkeypatch.setattr(type(forge.adapter()), "changes", lambda *_all: [7, 12])
        ran = run_all(repository.clone(), ("--api", forge.api, "--repository", "co/book"))
    assert vote.NOT_YET == 3
    assert asked == [("close", 7), ("judge", 7), ("close", 12), ("show", 12), ("judge", 12)]
    assert ran.returncode == 1
    assert "a mistake in Coopbook" in ran.stderr
