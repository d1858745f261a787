"""An assembly's record opened, and what must hold before a step changes it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..base.diagnostics import suggestion
from ..base.messages import Misuse, _
from ..decisions.kinds import MINUTES
from ..decisions.types import Minutes
from ..records.load import Book
from ..records.model import Record
from .creating import company_line
from .record import Assembly


@dataclass(frozen=True)
class Step:
    """An assembly's record as it was read, the language of its papers, and where they go.

    Attributes:
        book: The co-op.
        record: The assembly's record.
        source: The bytes of its file: it is written only where they are still the same.
        assembly: The record and what follows from it, in the language of the papers.
        out: The folder of the papers.
    """

    book: Book
    record: Record
    source: bytes
    assembly: Assembly
    out: Path


def open_step(book: Book, name: str, language: str, out: Path | None = None) -> Step:
    """Open the record of an assembly.

    Args:
        book: The co-op.
        name: The assembly's id, or the name of its file.
        language: The language of the papers.
        out: The folder of the papers; `build/assembly/<id>` where it is None.

    Raises:
        Misuse: Where there is no such assembly, or where its file has faults.
    """
    id = name.replace("\\", "/").rpartition("/")[2].removesuffix(".md")
    entry = book.index.find("minutes", id)
    if entry is None:
        near = suggestion(id, book.index.entries.get(MINUTES, {}))
        raise Misuse(_("There is no assembly “{id}”. {help}", id=id, help=near))
    if not entry.sound:
        raise Misuse(
            _(
                "The record of this assembly has faults: mend them first, the check tells "
                "them ({file}).",
                file=entry.file,
            )
        )
    if not Minutes.of(entry).are_minutes:
        raise Misuse(
            _("{file} is a working note, not the minutes of an assembly.", file=entry.file)
        )
    record = next(
        record
        for record in book.records()
        if record.kind.name == "minutes" and record.id == entry.id
    )
    value = dict(record.value)
    minutes = Minutes.of(record)
    if not minutes.company_line and not minutes.is_settled:
        line = company_line(book.index)  # coop.yml may say by now what it did not say then
        value |= {"company_line": line} if line else {}
    assembly = Assembly(book.index, record.id, value, language, record.body)
    source = (book.root / record.file).read_bytes()
    folder = out or book.root / "build" / "assembly" / record.id
    return Step(book, record, source, assembly, folder)


def require_held(step: Step) -> None:
    """Raises Misuse where the meeting was cancelled."""
    if step.assembly.minutes.cancelled:
        raise Misuse(
            _("This assembly is cancelled. It is held after all: the step “change”, --restore.")
        )


def require_unsettled(step: Step) -> None:
    """Raises Misuse where the minutes were approved."""
    if step.assembly.minutes.is_settled:
        raise Misuse(
            _(
                "These minutes were approved: they do not change any more. "
                "What was wrong is said in their errata."
            )
        )


def require_day_come(step: Step) -> None:
    """Raises Misuse where the meeting is still to come."""
    if step.assembly.day > step.book.index.today.isoformat():
        raise Misuse(
            _(
                "This assembly is still to come: it is held on {date}.",
                date=step.assembly.date(step.assembly.day),
            )
        )


def require_attendance(step: Step) -> None:
    """Raises Misuse where the meeting is still to come, or nobody's attendance is noted."""
    require_day_come(step)
    if not step.assembly.minutes.attendance:
        raise Misuse(
            _(
                "Give the attendance sheet back first: "
                "without it nobody can tell how many votes there were."
            )
        )
