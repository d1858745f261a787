"""What a table of members would write, line by line, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, NamedTuple

from ..base.messages import NOTHING, Message
from ..base.positions import Path, Value
from ..records.model import dig
from ..records.validation import without
from .columns import Column, Target

NAME = ("name", "display")
"""Where a member's name stands."""

State = Literal["new", "differs", "same", "refused"]
What = Literal["changed", "homeless", "refused"]


class Source(NamedTuple):
    """A line of a table, or a file of a folder, before it is read: what each column holds."""

    place: str
    """The number of the line, or the name of the file."""
    cells: Mapping[int, Value]
    id: str = ""
    """The id that its file's name gives."""


class Picture(NamedTuple):
    """A picture beside a file: its path, and its bytes."""

    name: str
    data: bytes


class Lines(NamedTuple):
    """What is brought in, before it is read.

    Attributes:
        sources: The lines.
        columns: Which column is which field.
        wrong: The lines that cannot be one, each with the reason.
        pictures: The portrait beside each line, by its place.
    """

    sources: list[Source]
    columns: Sequence[Column]
    wrong: dict[str, Message]
    pictures: Mapping[str, Picture] = MappingProxyType({})


class Finding(NamedTuple):
    """What became of one cell that was not taken as it stood."""

    place: str
    column: str
    what: What
    value: str
    why: Message


class Change(NamedTuple):
    """A field of somebody who is there already, as it is and as the table has it."""

    field: str
    before: Value
    after: Value


class Named(NamedTuple):
    """A cell that names other members: who they are is known once every line has its id."""

    column: str
    target: Target
    cell: Value


@dataclass(eq=False)
class Line:
    """What a line gives.

    Attributes:
        place: The number of the line, or the name of the file.
        state: What becomes of it.
        id: The member that it is.
        file: The file of that member.
        value: The fields that it gives.
        reason: Why it is refused.
        changes: What it says otherwise of somebody who is there.
        data: What the file would hold.
        origins: The column that gave what stands at a path of the value.
        wanted: The id that the line itself asks for.
        named: Its cells that name other members.
        picture: The file of its portrait, and what it holds.
    """

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
    named: list[Named] = field(default_factory=list)
    picture: tuple[str, bytes] | None = None

    @property
    def files(self) -> dict[str, bytes]:
        """The files that it would write: the portrait before the record that describes it."""
        return dict(filter(None, (self.picture, (self.file, self.data))))

    @property
    def name(self) -> str:
        return str(dig(self.value, *NAME) or "")

    @property
    def is_refused(self) -> bool:
        return self.state == "refused"

    def refuse(self, reason: Message) -> None:
        self.state, self.reason = "refused", reason

    def column_of(self, path: Path) -> str:
        """The column that gave what stands at a path, or something within or around it."""
        return next(
            (
                column
                for place, column in self.origins.items()
                if place[: len(path)] == path or path[: len(place)] == place
            ),
            next((column for place, column in self.origins.items() if place[0] == path[0]), ""),
        )

    def drop(self, paths: list[Path]) -> None:
        """Take values out, and lists and maps that nothing is left in."""
        left: dict[str, Value] = without(self.value, paths)
        self.value = {name: part for name, part in left.items() if part not in ({}, [])}
        self.origins = {
            path: column
            for path, column in self.origins.items()
            if not any(path[: len(one)] == one for one in paths)
        }


@dataclass
class Plan:
    """What a table would write.

    Attributes:
        lines: Its lines, in its order.
        columns: Its columns.
        taken: How many values of each column are taken, changed ones among them.
        findings: What was not taken as it stood.
        remarks: What else somebody should know.
    """

    lines: list[Line]
    columns: Sequence[Column]
    taken: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)
    remarks: list[Message] = field(default_factory=list)

    @property
    def standing(self) -> list[Line]:
        """The lines that are not refused."""
        return [line for line in self.lines if not line.is_refused]

    def of(self, state: State) -> list[Line]:
        return [line for line in self.lines if line.state == state]

    def note(self, line: Line, column: str, what: What, value: Value, why: Message) -> None:
        """Say what became of a value."""
        self.findings.append(Finding(line.place, column, what, _show(value), why))

    def leave_out(self, line: Line, path: Path, why: Message) -> None:
        """Say that a value which was taken is refused after all."""
        column = line.column_of(path)
        self.taken[column] -= 1
        self.note(line, column, "refused", dig(line.value, *path), why)

    def files(self, *, update: bool) -> tuple[dict[str, bytes], dict[str, bytes]]:
        """The new files, and those that would be written over, by their paths."""
        return (
            _files(self.of("new")),
            _files(self.of("differs")) if update else {},
        )


def _files(lines: list[Line]) -> dict[str, bytes]:
    return {file: data for line in lines for file, data in line.files.items()}


def _show(value: Value) -> str:
    if isinstance(value, dict):
        return ", ".join(map(_show, value.values()))
    return ", ".join(map(_show, value)) if isinstance(value, list) else str(value)
