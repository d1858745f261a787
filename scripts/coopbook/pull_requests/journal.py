"""The journal of a vote: what was seen on the forge, in the order in which it was seen, each entry
with the digest of the one before. A comment can be edited or deleted, and a forge forgets; what
stands here can neither be changed nor taken out without the next entry telling.

`docs/VOTE-JOURNAL.md` specifies it. Nothing here reads or writes anything.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Literal

import msgspec
from msgspec import Struct

from ..base.messages import Message, Stopped, _
from ..decisions.accounts import Account
from ..decisions.tally.shapes import JournalHead

What = Literal["begun", "text", "said", "changed", "gone", "made", "base"]
Source = Literal["comment", "review"]
Key = tuple[Source, int]
"""A comment or a review, and the forge's number of it."""
History = list[tuple[datetime, str]]
"""The texts of a change since each was known, the newest first."""
Facts = dict[str, Any]
"""The fields of an entry that is not in its place yet: `what` and those that belong to it."""


class Entry(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A thing that was seen, and when (`seen`, by our clock); all other instants are the forge's.
    Which fields it has depends on `what` it is: docs/VOTE-JOURNAL.md.
    """

    n: int
    seen: datetime
    what: What
    before: str = ""
    forge: str = ""
    change: int = 0
    late: bool = False
    head: str = ""
    text: str = ""
    since: datetime | None = None
    kind: Source | None = None
    number: int = 0
    uid: int = 0
    login: str = ""
    at: datetime | None = None
    edited: datetime | None = None
    value: str = ""
    reason: str = ""
    commit: str = ""
    url: str = ""
    editor: Account | None = None
    account: Account | None = None
    base: str = ""

    @property
    def says_something(self) -> bool:
        """Whether a statement says anything that counts."""
        return bool(self.value or self.reason)


class Broken(Stopped):
    """A journal that is not as it was written."""


@dataclass(frozen=True)
class Journal:
    """The lines of a journal, as they were written, and what they say."""

    lines: tuple[bytes, ...] = ()
    entries: tuple[Entry, ...] = ()

    @classmethod
    def read(cls, data: bytes) -> Journal:
        """A journal from what its file holds.

        Raises:
            Broken: an entry was changed, is missing, or cannot be read: it is named.
        """
        if data and not data.endswith(b"\n"):
            raise Broken(_("the last entry is cut off"))
        lines = tuple(data.split(b"\n")[:-1])
        entries: list[Entry] = []
        for number, line in enumerate(lines, 1):
            entry = _read_line(number, line)
            if entry.n != number:
                raise Broken(_("entry {number} is missing", number=str(number)))
            if entry.before != (_digest(lines[number - 2]) if number > 1 else ""):
                message = _("entry {number} is not as it was written", number=str(number - 1))
                raise Broken(message)
            entries.append(entry)
        return cls(lines, tuple(entries))

    @property
    def data(self) -> bytes:
        """What its file holds."""
        return b"".join(line + b"\n" for line in self.lines)

    @property
    def head(self) -> JournalHead | None:
        """How far it has come; None before its first entry."""
        return JournalHead(entries=len(self.lines), head=_digest(self.lines[-1])) if self else None

    def __bool__(self) -> bool:
        return bool(self.lines)

    def continues(self, head: JournalHead) -> bool:
        """Whether it once had come just as far."""
        count = head.entries
        return 0 < count <= len(self.lines) and _digest(self.lines[count - 1]) == head.head

    def find_break(self, reached: JournalHead) -> Message | None:
        """What is wrong with it where it does not go on from how far it had come; None where it
        does.
        """
        if self.continues(reached):
            return None
        if not self:
            return _("it is gone")
        if len(self.lines) < reached.entries:
            return _(
                "of its first {most} entries, {count} are left",
                count=len(self.lines),
                most=reached.entries,
            )
        return _("its entry {number} is not the one that was noted", number=str(reached.entries))

    def with_facts(self, seen: datetime, facts: Iterable[Facts]) -> Journal:
        """This journal with more entries. Time never goes back in it, whoever's clock is slow."""
        lines, entries = [*self.lines], [*self.entries]
        seen = max(seen, entries[-1].seen) if entries else seen
        for fact in facts:
            before = _digest(lines[-1]) if lines else ""
            entry = Entry(n=len(lines) + 1, seen=seen, before=before, **fact)
            entries.append(entry)
            lines.append(msgspec.json.encode(entry, order="sorted"))
        return Journal(tuple(lines), tuple(entries))

    def is_of(self, forge: str, change: int) -> bool:
        """Whether it is the journal of a change: one of another change stands in the wrong
        place.
        """
        first = self.entries[0]
        return (first.what, first.forge, first.change) == ("begun", forge, change)

    @property
    def is_late(self) -> bool:
        """Whether the vote had been seen before the journal began."""
        return bool(self.entries) and self.entries[0].late

    @property
    def texts(self) -> History:
        """The texts of the change since each was known, the newest first."""
        found = [(one.since or one.seen, one.text) for one in self._those("text")]
        return found[::-1]

    def head_of(self, text: str) -> str:
        """The commit with which a text was seen first; empty where none was."""
        return next((one.head for one in self._those("text") if one.text == text and one.head), "")

    def base_at(self, moment: datetime) -> str:
        """The commit at which the main branch was last seen by an instant; empty where it was not
        looked at by then.
        """
        found = [one.base for one in self._those("base") if one.seen <= moment]
        return found[-1] if found else ""

    @property
    def last_base(self) -> str:
        """The commit at which the main branch was last seen."""
        return next((one.base for one in reversed(self.entries) if one.what == "base"), "")

    def makers(self, commits: Container[str]) -> list[Account]:
        """The accounts that were seen to have made what the change still holds."""
        found = (one.account for one in self._those("made") if one.head in commits)
        return list(dict.fromkeys(one for one in found if one is not None))

    def makers_of(self, head: str) -> list[Account]:
        """Those who were seen to have made exactly this head."""
        return self.makers({head})

    def _those(self, what: What) -> Iterator[Entry]:
        return (one for one in self.entries if one.what == what)

    @cached_property
    def statements(self) -> dict[Key, list[Entry]]:
        """What was seen of each comment and review, in order."""
        found: dict[Key, list[Entry]] = {}
        for one in self.entries:
            if one.what in ("said", "changed", "gone") and one.kind:
                found.setdefault((one.kind, one.number), []).append(one)
        return found


def _read_line(number: int, line: bytes) -> Entry:
    try:
        return msgspec.json.decode(line, type=Entry)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise Broken(_("entry {number} cannot be read", number=str(number))) from None


def _digest(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()
