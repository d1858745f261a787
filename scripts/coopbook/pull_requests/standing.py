"""What counts of all that was seen of a vote: each comment and review as it stood at the close, by
its journal. Nothing here reads or writes anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..decisions.tally import Event
from ..decisions.wording.journals import Remark
from .forges import Statement
from .journal import Entry, Facts, Journal


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
            return
        says_otherwise = (last.value, last.reason) != (one.value, one.reason)
        if one.edited and one.editor is None and says_otherwise:
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
