"""Whether a vote may be counted for good: it is over by now, it was put to the vote, and the check finds no error in what is counted."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

from ..deciding.states import VOTING
from ..deciding.verdicts import STATUSES
from ..deciding.votes import vote_id
from ..index import Entry
from ..load import Book
from ..messages import Translator, _
from . import refuse


def alone(root: Path) -> AbstractContextManager[object]:
    """One count at a time: two would give one number to two results. Nothing of it is left among the co-op's files."""
    from filelock import FileLock

    git = root / ".git"
    if git.is_dir() and os.access(git, os.W_OK):
        return FileLock(git / "coopbook.lock")
    user = getattr(os, "getuid", int)()
    name = hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:16]
    return FileLock(Path(tempfile.gettempdir()) / f"coopbook-{user}-{name}.lock")


def due(entry: Entry, at: datetime | None, say: Translator) -> None:
    """Leave with 2 where the vote cannot be over: nobody knows today what will have been voted, or it was never put to the vote."""
    if at and at > datetime.now(UTC):
        refuse(_("A vote is not counted as of an instant that is still to come; “--dry-run” shows what it would be."), say)
    if entry.get("status") not in VOTING:
        words = STATUSES[entry.get("status")]
        refuse(_("{file} is not open to vote: {status}.", file=entry.file, status=words), say)


def sound(book: Book, entry: Entry, say: Translator) -> None:
    """Leave with 1 where the check refuses the proposal, a ballot or a teller's sheet: each fault is told."""
    from .. import rules
    from ..diagnostics import as_text
    from ..places import Places

    folders = tuple(f"decisions/{name}/{vote_id(entry)}/" for name in ("ballots", "counts"))
    found = [item for item in rules.check(book) if item.severity == "error"]
    places = Places(book.root)
    wrong = [item for item in found if item.file == entry.file or item.file.startswith(folders)]
    for item in wrong:
        print(as_text(item, say, places.lines), file=sys.stderr)
    if wrong:
        print(say(_("Nothing was written: the vote is counted once these faults are mended.")), file=sys.stderr)
        raise SystemExit(1)
