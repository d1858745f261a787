"""The co-op's files as they were at a revision that git has."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from datetime import date
from pathlib import Path

from ..base.messages import Translator, _
from ..records.load import Book, load
from ._exits import refuse


def book_at(root: Path, revision: str, today: date, say: Translator) -> Book:
    """The book at a revision: a branch, a tag, a commit. One that git does not have is misuse."""
    with tempfile.TemporaryDirectory(prefix="coopbook-base-") as folder:
        _extract(root, revision, Path(folder), say)
        return load(Path(folder), today)


def _extract(root: Path, revision: str, folder: Path, say: Translator) -> None:
    """The files of a revision, below ROOT, into a folder."""
    tree = f"{revision}^{{tree}}" if ":" not in revision else revision
    command = ["git", "-C", str(root), "archive", "--format=tar", tree]
    archive = (
        None
        if revision.startswith("-")
        else subprocess.run(command, capture_output=True, check=False)
    )
    if archive is None or archive.returncode:
        refuse(
            _(
                "Git does not have the revision “{base}” here; a shallow clone lacks the older ones (fetch-depth: 0).",
                base=revision,
            ),
            say,
        )
        return
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
        files.extractall(folder, filter="data")
