"""A small co-op in a real git repository, with a remote, and a forge that is a few lists: what a
vote on a proposed change is tested on.
"""

from __future__ import annotations

import threading
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import pytest
import yaml
from coopbook import checks
from coopbook.cli.vote import carry_out
from coopbook.decisions.accounts import Account
from coopbook.decisions.tally import Event
from coopbook.pull_requests import service
from coopbook.pull_requests.forges import VOTE, Change, State, Statement
from coopbook.pull_requests.git import Clone
from coopbook.pull_requests.request import Job
from coopbook.records.load import load
from msgspec import structs

from support.git import git as run_git

NUMBER = 12
OPENS = datetime(2026, 3, 2, 8, tzinfo=UTC)
CLOSES = datetime(2026, 3, 16, 17, tzinfo=UTC)
DAY = timedelta(days=1)
COOP = """format: 2
name: Les Essais
languages: [fr, en]
country: CH
repository: private
membership_categories: {salarie: {label: {fr: Salarié·e}}}
forge: {kind: github, url: https://forge.example/essais/livre, branch: main}
"""
RULES = """# Nos règles
title: {fr: Nos règles}
in_force: 2020-01-01
electorate: {membership: current, except: [suspended], snapshot: opens_at}
categories:
  ordinary:
    label: {fr: Décision ordinaire}
    channel: either
    min_days: 7
    show: after_close
    quorum: {of: for, base: electorate, fraction: 1/4}
    threshold: {base: expressed, fraction: 1/2, op: gt}
    tie: rejected
  consent:
    channel: pull_request
    min_days: 10
    show: live
    consent: {max_open_objections: 0, min_yes: 1, objection_requires_reason: true, resolved_by: [objector, meeting]}
  special:
    label: {fr: Décision importante}
    channel: either
    min_days: 14
    show: turnout
    threshold: {base: expressed, fraction: 2/3, op: gte}
  bylaws:
    label: {fr: Changement de statuts}
    channel: meeting
    min_days: 14
    threshold: {base: represented, fraction: 3/4, op: gte}
paths:
  "members/**": own
  "wiki/**": any_member
  "decisions/proposals/**": any_member
  "decisions/ballots/**": own
  "decisions/bylaws/reglement/**": vote:special
  "decisions/bylaws/statuts/**": vote:bylaws
  "decisions/rules.yml": vote:special
  "decisions/**": role:secretary
  "{coop.yml,schemas/**,scripts/**}": maintainers
proxies: {allowed: true, holder: member, max_per_member: {below: 20, value: 1, else_fraction: 1/20}, scope: one_meeting}
tellers: [ana]
"""  # noqa: E501
PAGE = """---
title: {fr: Ouvrir le samedi}
audience: members
category: %(category)s   # la plus simple
status: %(status)s
opens: 2026-03-02T09:00:00+01:00
closes: 2026-03-16T18:00:00+01:00
%(more)s---

On ouvre le samedi matin.
"""
ARTICLE = """---
number: %(number)s
title: Le siège
audience: members
in_force: %(day)s
adopted_by: {text: Assemblée de 2020}
---

%(text)s
"""
NAMES = [
    "ana",
    "bob",
    "cleo",
    "dan",
    "eve",
    "fay",
    "gil",
    "hugo",
    "ines",
    "jo",
    "kim",
    "lou",
    "max",
    "nina",
]
CAPE = "zoe"
UIDS = {name: 1000 + number for number, name in enumerate([*NAMES, CAPE, "intruse"], 1)}
OWN = "decisions/proposals/samedi.md"
SIEGE = "decisions/bylaws/reglement/siege.md"


def show(job: Job) -> int:
    """Say where a vote stands; how the command would leave."""
    return carry_out(service.show, job)


def close(job: Job) -> int:
    """Close a vote; how the command would leave."""
    return carry_out(service.close, job)


def page(category: str = "ordinary", status: str = "voting", **more: Any) -> str:
    rows = "".join(f"{name}: {value}\n" for name, value in more.items())
    return PAGE % {"category": category, "status": status, "more": rows}


def named(category: str = "ordinary", status: str = "voting", **more: Any) -> str:
    """A page that names the change."""
    return page(category, status, pull_request=f"{{forge: github, number: {NUMBER}}}", **more)


def member(name: str, more: str = "") -> str:
    period = (
        "" if name == CAPE else f"membership:\n  - from: 2020-01-01\n    category: salarie\n{more}"
    )
    account = f"accounts:\n  - {{forge: github, login: {name}, uid: {UIDS[name]}}}\n"
    return (
        f"type: person\nname: {{display: {name.capitalize()}}}\npresence: present\nlisted: false\n"
        f"{period}{account}"
    )


def article(text: str, day: str = "2020-01-01", number: int = 1) -> str:
    return ARTICLE % {"text": text, "day": day, "number": number}


def start() -> dict[str, str]:
    files = {
        "coop.yml": COOP,
        "decisions/rules.yml": RULES,
        "wiki/index.md": "# Bonjour\n",
        ".gitignore": "site/\n",
    }
    files |= {f"members/{name}.yml": member(name) for name in [*NAMES, CAPE]}
    for document, title in (("reglement", "Règlement"), ("statuts", "Statuts")):
        kind = "articles" if document == "statuts" else "house_rules"
        files[f"decisions/bylaws/{document}.yml"] = (
            f"title: {{fr: {title}}}\nkind: {kind}\naudience: members\n"
        )
        files[f"decisions/bylaws/{document}/siege.md"] = article("Le siège est à Nantes.")
    return files


def git(folder: Path, *arguments: str, when: datetime = OPENS, **more: Any) -> str:
    """What git prints, its clock at an instant."""
    return run_git(folder, *arguments, when=when, **more)


@dataclass
class Repository:
    """A remote, somebody's clone that proposes and merges by hand, and as many clones as runs."""

    top: Path
    runs: int = 0
    now: datetime = OPENS
    """When people's commits are made."""

    @property
    def remote(self) -> Path:
        return self.top / "remote.git"

    @property
    def work(self) -> Path:
        return self.top / "work"

    def begin(self, files: dict[str, str]) -> None:
        git(self.top, "init", "-q", "--bare", "-b", "main", str(self.remote))
        git(self.remote, "config", "uploadpack.allowAnySHA1InWant", "true")
        git(self.top, "clone", "-q", str(self.remote), str(self.work))
        git(self.work, "checkout", "-q", "-b", "main")
        self.commit("main", files)

    def write(self, files: dict[str, str | None]) -> None:
        for name, content in files.items():
            path = self.work / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if content is None:
                path.unlink()
            else:
                path.write_text(content, encoding="utf-8")

    def commit(self, branch: str, files: dict[str, Any], *push: str) -> str:
        """Files (None: deleted) on top of a branch, pushed; its commit."""
        git(self.work, "fetch", "-q", "origin")
        if branch == "main" and git(self.work, "branch", "-r", "--list", "origin/main"):
            git(self.work, "checkout", "-q", "-B", "main", "origin/main")
        elif branch != "main":
            git(self.work, "checkout", "-q", branch)
        self.write(files)
        git(self.work, "add", "-A", "-f")
        git(self.work, "commit", "-qm", "x", "--allow-empty", when=self.now)
        return self.pushed(branch, *push)

    def propose(
        self, files: dict[str, Any], onto: str = "origin/main", number: int = NUMBER
    ) -> str:
        """A change on a branch of its own; its head."""
        git(self.work, "fetch", "-q", "origin")
        git(self.work, "checkout", "-q", "-B", f"change-{number}", onto)
        return self.commit(f"change-{number}", files, "--force")

    def pushed(self, branch: str, *push: str) -> str:
        git(self.work, "push", "-q", *push, "origin", branch)
        head = git(self.work, "rev-parse", branch)
        if branch != "main":
            git(
                self.work,
                "push",
                "-q",
                "--force",
                "origin",
                f"{branch}:refs/pull/{branch.removeprefix('change-')}/head",
            )
        return head

    def clone(self) -> Path:
        """A fresh clone of the base, as a workflow has it."""
        self.runs += 1
        folder = self.top / f"run-{self.runs}"
        git(
            self.top,
            "clone",
            "-q",
            "--single-branch",
            "--branch",
            "main",
            str(self.remote),
            str(folder),
        )
        return folder

    def main(self) -> str:
        return git(self.remote, "rev-parse", "main")

    def read(self, path: str, commit: str = "main") -> str:
        return git(self.remote, "show", f"{commit}:{path}")

    def files(self, commit: str = "main") -> list[str]:
        return git(
            self.remote, "-c", "core.quotePath=false", "ls-tree", "-r", "--name-only", commit
        ).splitlines()


@dataclass
class Stub:
    """A forge that is a few lists. `clock` is its own; `fails` names methods that raise once."""

    repository: Repository
    clock: datetime = OPENS
    name: Literal["github", "forgejo", "gitlab"] = "github"
    state: Literal["open", "merged", "closed"] = "open"
    spoken: list[Statement] = field(default_factory=list)
    statuses: list[tuple[str, State, str, datetime]] = field(default_factory=list)
    comments: dict[int, str] = field(default_factory=dict)
    notices: list[tuple[tuple[str, ...], str]] = field(default_factory=list)
    made: dict[int, list[Account]] = field(default_factory=dict)
    writes: int = 0
    fails: set[str] = field(default_factory=set)
    base: str = "main"
    edited_by: dict[str, Account] = field(default_factory=dict)
    """Who edited a comment last, by the number of the comment."""
    guard: Any = field(default_factory=threading.Lock)

    def _fail(self, what: str) -> None:
        if what in self.fails:
            self.fails.discard(what)
            raise InterruptedError(what)

    def change(self, number: int) -> Change:
        head = git(self.repository.remote, "rev-parse", f"refs/pull/{number}/head")
        return Change(
            number,
            "Un changement",
            UIDS["ana"],
            head,
            self.base,
            self.state,
            f"https://forge.example/{number}",
        )

    def ref(self, number: int) -> str:
        return f"refs/pull/{number}/head"

    def statements(self, number: int) -> list[Statement]:
        return list(self.spoken)

    def editors(self, number: int, said: Iterable[Statement]) -> dict[str, Account]:
        return {one.node: self.edited_by[one.node] for one in said if one.node in self.edited_by}

    def first_seen(self, commit: str) -> datetime | None:
        return min((at for one, _state, _words, at in self.statuses if one == commit), default=None)

    def makers(self, number: int, commits: Container[str]) -> list[Account]:
        return self.made.get(number, [])

    def approvers(self, number: int, head: str) -> list[Account]:
        return []

    def announce(
        self, commit: str, state: State, words: str, url: str = "", context: str = VOTE
    ) -> None:
        self._fail("announce")
        self.statuses.append((commit, state, words, self.clock))

    def comment(self, number: int, text: str, context: str = VOTE, *, first: bool = True) -> None:
        self._fail("comment")
        with self.guard:
            self.writes += self.comments.get(number) != text
            self.comments[number] = text

    def told_once(self, number: int) -> frozenset[str]:
        return frozenset(name for names, _text in self.notices for name in names)

    def tell_once(self, number: int, text: str, names: Iterable[str]) -> None:
        self._fail("tell_once")
        self.notices.append((tuple(names), text))

    def confirm_merge(self, number: int, head: str, merge: str) -> None:
        assert git(self.repository.remote, "merge-base", "--is-ancestor", head, "main") == ""
        self.state = "merged"

    def close(self, number: int) -> None:
        self._fail("close")
        self.state = "closed"

    # What people do there

    def say(self, who: str, text: str, at: datetime, edited: datetime | None = None) -> int:
        """A comment; its number."""
        return self.hear(Event("comment", text, at, UIDS[who], who, edited_at=edited))

    def hear(self, event: Event, commit: str = "") -> int:
        """Something that is said, in its place among the others."""
        number = 1 + max((one.event.number for one in self.spoken), default=0)
        numbered = structs.replace(event, number=number)
        self.spoken.append(Statement(numbered, commit, str(number)))
        return number

    def edit(self, who: str, text: str, at: datetime, by: str = "") -> None:
        """The last comment of somebody, edited, where the forge says so by somebody."""
        place = max(number for number, one in enumerate(self.spoken) if one.event.login == who)
        had = self.spoken[place]
        self.spoken[place] = Statement(
            structs.replace(had.event, value=text, edited_at=at), had.commit, had.node
        )
        if by:
            self.edited_by[had.node] = Account(self.name, by, UIDS[by])

    def delete(self, who: str) -> None:
        """The last comment or review of somebody is gone."""
        self.spoken.remove([one for one in self.spoken if one.event.login == who][-1])

    def review(self, who: str, state: str, commit: str, at: datetime) -> int:
        """A review; its number."""
        return self.hear(Event("review", state, at, UIDS[who], who), commit)


def job(
    repository: Repository, forge: Stub, now: datetime, folder: Path | None = None, **more: Any
) -> Job:
    forge.clock = now
    return Job(
        Clone(folder or repository.clone()), forge, NUMBER, "main", now, language="en", **more
    )


# What tests say of it

AFTER = CLOSES + timedelta(hours=1)
RESULT = "decisions/results/samedi.yml"
PAPER = f"cast_by: ana\nevidence: {{where: dans une enveloppe chez ana, sha256: {'0' * 64}}}\n"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A small co-op, its remote, and nothing proposed yet."""
    found = Repository(tmp_path)
    found.begin(start())
    return found


def own(
    repository: Repository,
    category: str = "ordinary",
    files: dict[str, Any] | None = None,
    **more: Any,
) -> tuple[Stub, str]:
    """A change that brings its own proposal, seen when the vote opened."""
    head = repository.propose(
        {OWN: page(category, **more), **(files or {"wiki/samedi.md": "# Le samedi\n"})}
    )
    forge = Stub(repository)
    assert show(job(repository, forge, OPENS)) == 0
    return forge, head


def based(repository: Repository, category: str = "ordinary", **more: Any) -> tuple[Stub, str]:
    """A change whose proposal stands on the base, seen when the vote opened."""
    repository.commit("main", {OWN: named(category, **more)})
    head = repository.propose({"wiki/samedi.md": "# Le samedi\n"})
    forge = Stub(repository)
    assert show(job(repository, forge, OPENS)) == 0
    return forge, head


def votes(forge: Stub, count: int, text: str = "/voter pour", day: int = 2) -> None:
    for number, name in enumerate(NAMES[:count]):
        forge.say(name, text, OPENS + day * DAY + timedelta(minutes=number))


def errors(repository: Repository, today: date | None = None) -> list[str]:
    """What the check says of the base, some time after the vote."""
    folder, day = repository.clone(), today or (AFTER + 30 * DAY).date()
    return [
        f"{item.file}: {item.message.text}"
        for item in checks.check(load(folder, day))
        if item.severity == "error"
    ]


def fields(repository: Repository, path: str) -> dict[str, Any]:
    text = repository.read(path)
    found: dict[str, Any] = yaml.load(
        text.split("---")[1] if path.endswith(".md") else text, yaml.BaseLoader
    )
    return found


def ballot(choice: str, day: int = 3, more: str = "") -> str:
    return f"choice: {choice}\ncast_at: 2026-03-{day:02}T10:00:00+01:00\n{more}"


def amends(document: str = "reglement", effective: str = "2026-04-01") -> str:
    return f"[{{document: {document}, article: siege, effective: {effective}}}]"
