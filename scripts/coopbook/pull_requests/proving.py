"""Prove that the journals of votes that a clone has are whole, and those that results and the notes
on the base rest on.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..base.git import GitError
from ..base.messages import Message, _, ngettext
from ..decisions.anchors import read_anchors
from ..decisions.kinds import PROPOSAL, RESULT
from ..decisions.tally.shapes import JournalHead, read_as
from ..decisions.types import Proposal, Result
from ..decisions.verification import Verdict
from ..records.load import Book
from ..records.model import dig
from .anchoring import tell_broken
from .git import Clone
from .journal import Broken, Journal

FETCH = "git fetch origin '+refs/coopbook/votes/*:refs/coopbook/votes/*'"


def verify_journals(book: Book, root: Path, required: bool = False) -> Verdict:
    """Whether each journal is as it was written, and goes on from what is said of it.

    Args:
        book: The co-op.
        root: Its folder, the top of a clone.
        required: Whether those that results and notes name must be here; else those that are here
            are looked at.

    Raises:
        GitError: where they must be here, and this is no clone.
    """
    verdict = Verdict()
    try:
        clone = Clone(root, ".")
        here = set(clone.journals_here())
    except GitError:
        if required:
            raise
        return verdict
    reached: dict[int, list[JournalHead]] = {}
    for number, head in _heads(book):
        reached.setdefault(number, []).append(head)
    whole = 0
    for number in sorted(here | (reached.keys() if required else set())):
        if number not in here:
            message = _("it is not in this clone: {command}", command=FETCH)
            verdict.broken.append(tell_broken(number, message))
            continue
        try:
            journal = Journal.read(clone.journal_here(number).content)
        except Broken as broken:
            verdict.broken.append(tell_broken(number, broken.message))
            continue
        breaks = [why for head in reached.get(number, []) if (why := _find_break(journal, head))]
        verdict.broken += [tell_broken(number, why) for why in breaks]
        whole += bool(journal) and not breaks
    if whole:
        words = ngettext("{count} journal is whole.", "{count} journals are whole.", whole)
        verdict.held.append(words)
    return verdict


def _find_break(journal: Journal, head: JournalHead) -> Message | None:
    """What is wrong with a journal that does not go on from what is said of it: one that is too
    short may have been fetched long ago.
    """
    if len(journal.lines) < head.entries:
        return _(
            "of its first {most} entries, {count} are here; bring it here anew: {command}",
            most=head.entries,
            count=len(journal.lines),
            command=FETCH,
        )
    return journal.find_break(head)


def _heads(book: Book) -> Iterator[tuple[int, JournalHead]]:
    """The number of a change, and how far its journal had come, as notes and vote records say."""
    for one in read_anchors(book.index).votes:
        yield one.change, one.reached
    for record in book.records():
        if record.kind.name != RESULT:
            continue
        proposal = book.index.find(PROPOSAL, Result.of(record).proposal)
        asked = Proposal.of(proposal).pull_request if proposal else None
        try:
            head = read_as(JournalHead, dig(record.beside, "journal"))
        except ValueError:
            continue
        if asked is not None:
            yield asked.number, head
