"""The co-op's files as they were at a revision that git has."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from ..base.git import GitError, Repository
from ..base.messages import Misuse, _
from ..base.own_folders import OwnFolder
from ..records.load import Book, load
from ..records.upgrades import upgrade_copy

_NOTHING = re.compile("(0{40}|0{64})")
"""How git names what was there before a first push."""


def load_base(root: Path, revision: str, today: date) -> Book | None:
    """The book that a change is compared with; None before the first push, which nothing precedes.

    Raises Misuse where no revision is named: what has nothing to be compared with is not judged,
    and must not look as if it were.
    """
    if not revision.strip():
        raise Misuse(
            _(
                "There is no revision to compare with: --base is empty. "
                "The event that started this check says none."
            )
        )
    return None if _NOTHING.fullmatch(revision) else load_revision(root, revision, today)


def load_as_of(root: Path, moment: datetime, today: date) -> Book | None:
    """The book as the branch of now had it at an instant, or as it began where it is younger; None
    where git or the older part of its history is not here.
    """
    repository = Repository(root)
    try:
        if repository.is_shallow():
            return None
        commit = repository.as_of("HEAD", moment) or repository.first_commit("HEAD")
    except GitError:
        return None
    return load_revision(root, commit, today)


def load_revision(root: Path, revision: str, today: date) -> Book:
    """The book at a revision: a branch, a tag, a commit.

    Files of an older format are read through the upgrade, so that an upgrade changes nothing of
    what they say, and whatever else was changed with it is told. They are read from git's objects,
    so that no attribute, filter or link of theirs says what is read. Raises Misuse where git does
    not have the revision.
    """
    repository = Repository(root)
    try:
        tree = repository.tree_below_root(revision)
    except GitError:
        raise Misuse(
            _(
                "Git does not have the revision “{base}” here; "
                "a shallow clone lacks the older ones (fetch-depth: 0).",
                base=revision,
            )
        ) from None
    folder = OwnFolder("base")
    root_then = Path(folder.name)
    repository.write_files(tree, root_then)
    upgrade_copy(root_then)
    return replace(load(root_then, today), keeps=folder)
