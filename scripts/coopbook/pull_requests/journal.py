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

from ..base.messages import Stopped, _
from ..decisions.judgement import Account
from ..decisions.tally import Event
from ..decisions.tally.events import commands, marks
from ..decisions.tally.shapes import JournalHead
from ..decisions.tally.terms import EDITION
from ..decisions.wording.journals import Remark
from .forges import Statement

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


# What differs


def key_of(said: Statement) -> Key:
    """Where a statement has its place: comments and reviews are numbered apart."""
    return ("review" if said.is_review else "comment"), said.event.number


def find_differences(
    journal: Journal, present: Iterable[Statement]
) -> Iterator[tuple[Facts, Statement | None]]:
    """What is on the forge now and not in the journal: new, changed and gone statements, those that
    say something that counts alone. With the facts comes the statement, where there is one.
    """
    there: set[Key] = set()
    for said in present:
        key, fact = key_of(said), _fact(said)
        there.add(key)
        versions = journal.statements.get(key)
        last = versions[-1] if versions else None
        if last is None or last.what == "gone":
            if fact.get("value") or fact.get("reason"):
                event = said.event
                yield (
                    {"what": "said", "uid": event.actor_id, "login": _clean(event.login)} | fact,
                    said,
                )
        elif any(getattr(last, name) != fact.get(name, _EMPTY[name]) for name in _EMPTY):
            yield {"what": "changed"} | fact, said
    for key, versions in journal.statements.items():
        if key not in there and versions[-1].what != "gone" and versions[-1].says_something:
            yield {"what": "gone", "kind": key[0], "number": key[1]}, None


_EMPTY: Facts = {"value": "", "reason": "", "edited": None, "commit": ""}
"""The fields by which a statement differs from what it was, and what they hold where they are left
out. An account that changes its name, or is gone, changes no statement.
"""


def _fact(said: Statement) -> Facts:
    """A statement as it is kept, as far as it counts."""
    event, (kind, number) = said.event, key_of(said)
    if kind == "comment":
        kept = {"value": _only_commands(event)}
    elif event.kind == "review":
        kept = {"value": event.value, "reason": _only_commands(event)}
    else:
        kept = {"reason": _only_commands(event)}
    found: Facts = {"kind": kind, "number": number, "at": event.at}
    more = {"edited": event.edited_at, "commit": said.commit, "url": _clean(event.url), **kept}
    return found | {name: value for name, value in more.items() if value}


def _only_commands(event: Event) -> str:
    """The commands of a comment, or of the text of a review; all of it where they alone would say
    something else.
    """
    name = "reason" if event.kind == "review" else "value"
    whole = _clean(getattr(event, name))
    kept = "\n".join(commands(whole, EDITION))
    had, now = (
        [msgspec.structs.replace(mark, reason="") for mark in marks(one, EDITION)]
        if event.kind == "review"
        else list(marks(one, EDITION))
        for one in (_with(event, name, whole), _with(event, name, kept))
    )
    return kept if had == now else whole


def _with(event: Event, name: str, text: str) -> Event:
    return msgspec.structs.replace(event, **{name: text})


def _clean(text: str) -> str:
    """Text that can be written: no half of a character."""
    return text.encode("utf-8", "replace").decode()


# What stood


@dataclass(frozen=True)
class Standing:
    """What counts of what was seen, as of a close, and what is to be said of the rest."""

    statements: tuple[Statement, ...]
    remarks: tuple[Remark, ...]


def read_standing(journal: Journal, closed: datetime) -> Standing:
    """The statements as they stood at the close: what was changed or taken away after it counts as
    it was seen last before it, and what somebody else than its author wrote counts for nothing. A
    later edit by its author is told as one that came too late.
    """
    found: list[Statement] = []
    remarks: list[Remark] = []
    for versions in journal.statements.values():
        stood = _Stood(versions, closed)
        found += stood.statements
        remarks += stood.remarks
    every = sorted(found, key=lambda one: one.event.order)
    return Standing(tuple(every), tuple(sorted(remarks, key=lambda one: (one.at, one.who))))


class _Stood:
    """One comment or review, as it stood at a close."""

    def __init__(self, versions: list[Entry], closed: datetime) -> None:
        self.author = versions[0]
        self.statements: list[Statement] = []
        self.remarks: list[Remark] = []
        last: Entry | None = None
        late: tuple[Entry, datetime] | None = None
        for place, one in enumerate(versions):
            at = _instant(versions, place)
            if self._is_foreign(one):
                by = one.editor.login if one.editor else ""
                self.remarks.append(Remark("foreign", self.author.login, at, by))
            elif at <= closed:
                self._remark_change(last, one, at)
                last = one
            else:
                late = one, at
        if last is not None and last.says_something:
            self.statements.append(self._statement(last))
        if late is not None:
            self._add_late(last, *late, closed)

    def _is_foreign(self, one: Entry) -> bool:
        """Whether somebody else wrote it; where an account is gone, nobody can tell."""
        return bool(
            one.editor and one.editor.uid and self.author.uid and one.editor.uid != self.author.uid
        )

    def _remark_change(self, last: Entry | None, one: Entry, at: datetime) -> None:
        if last is None:
            return
        if last.says_something and (not one.says_something or one.value == "dismissed"):
            if last.value != "dismissed":
                self.remarks.append(Remark("withdrawn", self.author.login, at))
        elif (
            one.edited
            and one.editor is None
            and (last.value, last.reason)
            != (
                one.value,
                one.reason,
            )
        ):
            self.remarks.append(Remark("unknown", self.author.login, at))

    def _add_late(self, last: Entry | None, one: Entry, at: datetime, closed: datetime) -> None:
        """What came after the close: an edit is told as one that came too late, and may end an
        objection.
        """
        if last is not None and last.says_something:
            self.remarks.append(Remark("kept", self.author.login, at))
        event = self._statement(one).event
        if one.says_something and event.instant > closed:
            self.statements.append(self._statement(one))

    def _statement(self, one: Entry) -> Statement:
        at = one.at or self.author.at or one.seen
        common: Facts = {
            "at": at,
            "actor_id": self.author.uid,
            "login": self.author.login,
            "edited_at": one.edited,
            "url": one.url,
            "number": one.number,
        }
        if one.kind == "review" and one.value:
            event = Event("review", one.value, reason=one.reason, **common)
        else:
            event = Event("comment", one.value or one.reason, **common)
        return Statement(event, one.commit)


def _instant(versions: list[Entry], place: int) -> datetime:
    """When a version of a statement came to be: by the forge's clock where it says so, else when it
    was seen.
    """
    one = versions[place]
    if place == 0 and one.at:
        return one.edited or one.at
    if one.what == "changed" and one.edited and one.edited != versions[place - 1].edited:
        return one.edited
    return one.seen
