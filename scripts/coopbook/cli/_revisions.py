"""The co-op's files as they were at a revision that git has."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from ..base.git import GitError, Repository
from ..base.messages import Misuse, _
from ..records.load import Book, load
from ..records.upgrades import upgrade_copy


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
    with tempfile.TemporaryDirectory(prefix="coopbook-base-") as folder:
        repository.write_files(tree, Path(folder))
        upgrade_copy(Path(folder))
        return load(Path(folder), today)
