"""Since when an account is a member's on the base, and who wrote it there: read from the history of
the base alone, first parents only, as what was merged came onto it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from msgspec import Struct

from ..base.git import Tree
from ..decisions.credentials import WAIT, Arrival, counts_from
from ..decisions.votes import people
from ..records.core_kinds import MEMBER
from ..yaml_files.reader import parse
from .request import Job, Motion

FOLDER = "members/"
_NO_NUMBER = -1


class Held(Struct, frozen=True):
    """An account that does not count yet, or not in this vote (`counts` is None)."""

    uid: int
    arrival: Arrival
    counts: datetime | None


def find_held(
    job: Job, motion: Motion, speakers: Mapping[int, str], opens: datetime
) -> dict[int, Held]:
    """Of the accounts that spoke, those that came into a member's file less than a week before the
    vote opened, or since.

    Args:
        job: The run.
        motion: What is voted.
        speakers: The forge's numbers of the accounts that spoke, and what they are called.
        opens: When the vote opens.

    Returns:
        Each with its number. Accounts that are nobody's, and those that the base has had since its
        first commit, are not among them.
    """
    owners = {
        uid: person.id
        for person in people(motion.index)
        for uid in person.accounts
        if uid in speakers
    }
    if not owners:
        return {}
    found: dict[int, Held] = {}
    for uid, arrival in _arrivals(job, motion, owners, speakers, opens - WAIT).items():
        found[uid] = Held(uid, arrival, counts_from(arrival, opens))
    return found


def _arrivals(
    job: Job, motion: Motion, owners: Mapping[int, str], logins: Mapping[int, str], since: datetime
) -> dict[int, Arrival]:
    """The last time that each account came into its owner's file, where that was after an
    instant.
    """
    start = job.git.as_of(motion.base, since)
    steps = job.git.merged_steps(start, motion.base, FOLDER)
    if not start:
        start, steps = (steps[0][0], steps[1:]) if steps else (motion.base, [])
    names = _names(motion, owners.values())
    had, found = _accounts(job, job.git.tree(start), names), dict[int, Arrival]()
    for commit, at in steps:
        now = _accounts(job, job.git.tree(commit), names)
        for uid, member in owners.items():
            before, after = had.get(member, {}), now.get(member, {})
            if uid in after and not _was_known(uid, logins[uid], before):
                by_self = _is_made_by(job, commit, {*before})
                found[uid] = Arrival(member, at, by_self)
            elif uid not in after:
                found.pop(uid, None)
        had = now
    return found


def _was_known(uid: int, login: str, before: Mapping[int, set[str]]) -> bool:
    """Whether an account was there: by its number, or by its name where the number was missing."""
    return uid in before or login.casefold() in before.get(_NO_NUMBER, set())


def _names(motion: Motion, members: Iterable[str]) -> dict[str, str]:
    """The ids under which the files of some members may have stood, with the ids of now."""
    found = {}
    for member in members:
        entry = motion.index.find(MEMBER, member)
        for id in (member, *(entry.formerly if entry else ())):
            found[id] = member
    return found


def _accounts(job: Job, tree: Tree, names: Mapping[str, str]) -> dict[str, dict[int, set[str]]]:
    """The accounts of some members in a tree, by number, with their names."""
    found: dict[str, dict[int, set[str]]] = {}
    for path, (_mode, blob) in tree.items():
        file = PurePosixPath(path)
        if not path.startswith(FOLDER) or file.suffix != ".yml" or file.stem not in names:
            continue
        own = found.setdefault(names[file.stem], {})
        for one in _written_accounts(job.git.blob(blob)):
            if one.get("forge", job.forge.name) == job.forge.name:
                uid = one.get("uid")
                number = uid if isinstance(uid, int) else _NO_NUMBER
                own.setdefault(number, set()).add(str(one.get("login", "")).casefold())
    return found


def _written_accounts(data: bytes) -> list[dict[str, Any]]:
    """What stands under `accounts` of a file that may be anything."""
    value = parse(data, front_matter=False).value
    written = value.get("accounts") if isinstance(value, dict) else None
    return [one for one in written if isinstance(one, dict)] if isinstance(written, list) else []


def _is_made_by(job: Job, commit: str, uids: set[int]) -> bool:
    """Whether those who made the change that a merge brought are accounts of before, all of
    them.
    """
    merged = job.git.merged_change(commit)
    if merged is None:
        return False
    number, commits = merged
    makers = job.forge.makers(number, commits)
    return bool(makers) and all(one.uid in uids for one in makers)
