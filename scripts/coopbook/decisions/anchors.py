"""How far the journal of each vote on a proposed change had come on the day when it was noted last,
in a file that everybody has: a journal that does not go on from there was written anew.
"""

from __future__ import annotations

from ..records.index import Entry, Index
from .kinds import JOURNALS
from .tally.shapes import JournalHead, Part, read_as

FILE = "decisions/journals.yml"


class Anchor(Part, frozen=True):
    """How far the journal of a change on a forge had come."""

    forge: str
    change: int
    entries: int
    head: str

    @property
    def place(self) -> tuple[str, int]:
        """Which journal it is of."""
        return self.forge, self.change

    @property
    def reached(self) -> JournalHead:
        return JournalHead(entries=self.entries, head=self.head)


class Anchors(Part, frozen=True):
    """What was noted last: the day, and each journal."""

    noted: str = ""
    votes: tuple[Anchor, ...] = ()


def anchors_entry(index: Index) -> Entry | None:
    """The file's entry; None where nothing was noted yet."""
    return index.find(JOURNALS, JOURNALS)


def read_anchors(index: Index) -> Anchors:
    """What was noted last; nothing where the file is not here or has faults."""
    entry = anchors_entry(index)
    return read_as(Anchors, entry.value) if entry is not None and entry.sound else Anchors()


def anchor_of(index: Index, forge: str, change: int) -> Anchor | None:
    """What was noted of the journal of a change; None where nothing was."""
    return next((one for one in read_anchors(index).votes if one.place == (forge, change)), None)
