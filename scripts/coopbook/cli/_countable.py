"""The proposal that a command is about, and whether its vote may be counted for good: it is over by now, it was put to the vote, and the
check finds no error in what is counted."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from ..base.diagnostics import suggestion
from ..base.messages import Translator, _
from ..decisions.status import VOTING
from ..decisions.vote_record import times_of
from ..decisions.votes import rules_of, vote_id
from ..decisions.wording.outcomes import STATUSES
from ..records.index import Entry, Index
from ..records.load import Book
from ._exits import refuse


def countable(index: Index, name: str, say: Translator) -> Entry:
    """The proposal of this id or file, complete enough to be counted; else leave with 2."""
    id = name.rpartition("/")[2].removesuffix(".md")
    entry = index.find("proposal", id)
    if entry is None:
        help = suggestion(id, index.entries.get("proposal", {}))
        refuse(_("There is no proposal “{id}”. {help}", id=id, help=help), say)
    assert entry is not None
    if not rules_of(index):
        refuse(
            _(
                "There are no rules to count by: decisions/rules.yml is missing or has faults. “coopbook check” tells them."
            ),
            say,
        )
    if not entry.sound or entry.get("category") not in rules_of(index).categories:
        refuse(_("{file} has faults: “coopbook check” tells them.", file=entry.file), say)
    if not {"opened", "closes"} <= times_of(entry.value).keys():
        refuse(_("{file} does not say when the vote opens and closes.", file=entry.file), say)
    return entry


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """One count at a time, whoever counts: two would give one number to two results. The folder itself is locked, which all who read it can
    do and which leaves nothing behind; a disk or a system that locks no folders keeps apart the counts of one user alone."""
    from filelock import FileLock, lock_descriptor

    with ExitStack() as held:
        try:
            folder = os.open(root, os.O_RDONLY)
            held.callback(os.close, folder)
            lock_descriptor(folder)
        except OSError:
            user = getattr(os, "getuid", int)()
            name = hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:16]
            held.enter_context(
                FileLock(Path(tempfile.gettempdir()) / f"coopbook-{user}-{name}.lock")
            )
        yield


def due(entry: Entry, at: datetime | None, say: Translator) -> None:
    """Leave with 2 where the vote cannot be over: nobody knows today what will have been voted, or it was never put to the vote."""
    if at and at > datetime.now(UTC):
        refuse(
            _(
                "A vote is not counted as of an instant that is still to come; “--dry-run” shows what it would be."
            ),
            say,
        )
    if entry.get("status") not in VOTING:
        words = STATUSES[entry.get("status")]
        refuse(_("{file} is not open to vote: {status}.", file=entry.file, status=words), say)


def sound(book: Book, entry: Entry, say: Translator) -> None:
    """Leave with 1 where the check refuses the proposal, a ballot or a teller's sheet: each fault is told."""
    from .. import checks
    from ..base.diagnostics import as_text
    from ..records.excerpts import Places

    folders = tuple(f"decisions/{name}/{vote_id(entry)}/" for name in ("ballots", "counts"))
    found = [item for item in checks.check(book) if item.severity == "error"]
    places = Places(book.root)
    wrong = [item for item in found if item.file == entry.file or item.file.startswith(folders)]
    for item in wrong:
        print(as_text(item, say, places.lines), file=sys.stderr)
    if wrong:
        print(
            say(_("Nothing was written: the vote is counted once these faults are mended.")),
            file=sys.stderr,
        )
        raise SystemExit(1)
