"""A small co-op whose four members have voted by ballot files on one proposal, and what is counted
from them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import yaml

from support.commands import run
from support.git import tagged

LAST = re.compile(r"Last fingerprint: (\d+:[0-9a-f]{64})")


def verify(root: Path, *options: str) -> tuple[int, str]:
    ran = run("verify", root, "--lang", "en", *options)
    assert not ran.stderr, ran.stderr
    return ran.returncode, ran.stdout


RULES = """electorate: {membership: current, except: [suspended], snapshot: opens_at}
categories:
  ordinary:
    channel: either
    min_days: 7
    show: after_close
    quorum: {of: for, base: electorate, fraction: 1/3}
    threshold: {base: expressed, fraction: 1/2, op: gt}
    tie: rejected
"""


PROPOSAL = """---
title: {fr: Ouvrir le samedi}
audience: members
category: ordinary
status: voting
opens: 2026-03-02T09:00:00+01:00
closes: 2026-03-16T18:00:00+01:00
---

On ouvre le samedi matin.
"""


MEMBERS = {
    "ana": "2020-01-01",
    "bob": "2021-01-01",
    "cleo": "2022-01-01",
    "dan": "2023-01-01",
    "eve": "2026-03-03",
    "fay": None,
}


VOTES = {"ana": "for", "bob": "for", "cleo": "against", "dan": "abstain"}


def member(since: str | None, name: str = "X") -> str:
    period = f"membership:\n  - {{from: {since}, category: salarie}}\n" if since else ""
    return f"type: person\nname: {{display: {name}}}\npresence: present\nlisted: false\n{period}"


def ballot(choice: str, day: int = 3) -> str:
    return f"choice: {choice}\ncast_at: 2026-03-{day:02}T10:00:00+01:00\n"


def result(root: Path, name: str = "samedi") -> dict[str, object]:
    found: dict[str, object] = yaml.load(
        (root / f"decisions/results/{name}.yml").read_text(), yaml.BaseLoader
    )
    return found


def voted() -> dict[str, str]:
    """The co-op's files: the vote is over, and nobody has counted yet."""
    files = {f"members/{id}.yml": member(since, f"X {id}") for id, since in MEMBERS.items()}
    files |= {f"decisions/ballots/samedi/{id}.yml": ballot(choice) for id, choice in VOTES.items()}
    labels = "membership_categories: {salarie: {label: {fr: Salarié·e}}}\n"
    start = (
        f"format: 2\nname: Les Essais\nlanguages: [fr, en]\ncountry: CH\nrepository: private\n"
        f"{labels}"
    )
    return files | {
        "coop.yml": start,
        "decisions/rules.yml": RULES,
        "decisions/proposals/samedi.md": PROPOSAL,
    }


def proposal(day: int) -> str:
    return PROPOSAL.replace("2026-03-16", f"2026-03-{day}")


def count_three_votes(coop: Callable[..., Path]) -> Path:
    """Three votes, counted one after the other, and kept in git under the tag `closed`."""
    names = {"samedi": 16, "repas": 17, "four": 18}
    files = {f"members/{id}.yml": member(since, f"X {id}") for id, since in MEMBERS.items()}
    files |= {
        f"decisions/ballots/{name}/{id}.yml": ballot(choice)
        for name in names
        for id, choice in VOTES.items()
    }
    files |= {f"decisions/proposals/{name}.md": proposal(day) for name, day in names.items()}
    labels = "membership_categories: {salarie: {label: {fr: Salarié·e}}}\n"
    start = (
        f"format: 2\nname: Les Essais\nlanguages: [fr, en]\ncountry: CH\nrepository: private\n"
        f"{labels}"
    )
    root = coop(files | {"coop.yml": start, "decisions/rules.yml": RULES})
    for name in names:
        assert run("tally", name, root).returncode == 0
    return tagged(root)
