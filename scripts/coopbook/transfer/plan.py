"""What a table of members would write, line by line, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from ..base.messages import NOTHING, Message
from ..base.positions import Path, Value
from ..records.model import dig
from .columns import Column

NAME = ("name", "display")
"""Where a member's name stands."""

State = Literal["new", "differs", "same", "refused"]


class Source(NamedTuple):
    """A line of a table, or a file of a folder, before it is read: what each column holds."""

    place: str
    """The number of the line, or the name of the file."""
    cells: Mapping[int, Value]
    id: str = ""
    """The id that its file's name gives."""


class Finding(NamedTuple):
    """What became of one cell that was not taken as it stood."""

    place: str
    column: str
    what: Literal["changed", "homeless", "refused"]
    value: str
    why: Message


class Change(NamedTuple):
    """A field of somebody who is there already, as it is and as the table has it."""

    field: str
    before: Value
    after: Value


@dataclass
class Line:
    """What a line gives."""

    place: str
    state: State = "new"
    id: str = ""
    file: str = ""
    value: dict[str, Value] = field(default_factory=dict)
    reason: Message = NOTHING
    changes: tuple[Change, ...] = ()
    data: bytes = b""
    origins: dict[Path, str] = field(default_factory=dict)
    wanted: str = ""
    """The id that the line itself asks for."""

    @property
    def name(self) -> str:
        return str(dig(self.value, *NAME) or "")

    def refuse(self, reason: Message) -> None:
        self.state, self.reason = "refused", reason


@dataclass
class Plan:
    """What a table would write.

    Attributes:
        lines: Its lines, in its order.
        columns: Its columns.
        taken: How many values of each column are taken, changed ones among them.
        findings: What was not taken as it stood, in the order of lines.
        remarks: What else somebody should know.
    """

    lines: list[Line]
    columns: Sequence[Column]
    taken: Counter[str]
    findings: list[Finding]
    remarks: list[Message]

    def of(self, state: State) -> list[Line]:
        return [line for line in self.lines if line.state == state]

    def files(self, *, update: bool) -> tuple[dict[str, bytes], dict[str, bytes]]:
        """The new files, and those that would be written over, by their paths."""
        return (
            {line.file: line.data for line in self.of("new")},
            {line.file: line.data for line in self.of("differs")} if update else {},
        )
