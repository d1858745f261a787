"""A teller's sheet of an election into the file of what they counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ...base.decoding import letters
from ...base.formats import slug
from ...base.messages import Misuse, _
from ...records.index import Entry
from ...records.load import Book
from ...yaml_files.editor import render
from ..elected import contest_of, plain_marks
from ..tally.events import instant
from ..tally.secret import FEW
from ..types import Proposal
from ..votes import tellers, vote_id
from .importing import File, names_of_members
from .marks import read_papers
from .sheet import Fault, known_names


@dataclass(frozen=True)
class EnteredCount:
    """What a teller's sheet gives: the file to write, or what is doubtful.

    Attributes:
        file: Where it goes in the co-op's folder.
        content: What it holds; empty where something is doubtful.
        total: How many ballots there are.
        faults: What is doubtful, by line.
    """

    file: str
    content: bytes = b""
    total: int = 0
    faults: list[Fault] = field(default_factory=list)


def enter_count(
    book: Book,
    entry: Entry,
    sheet: File,
    teller: str,
    took_part: File | None,
    lot: str,
    now: datetime,
) -> EnteredCount:
    """What a teller counted of an election, from a sheet of ballots. Nothing is written.

    Args:
        book: The co-op.
        entry: The proposal, an election that can be counted.
        sheet: One line a ballot, without a name: a CSV file, or a result of Belenios.
        teller: The member who counted.
        took_part: Who voted, one member a line; not asked for with few ballots.
        lot: The public value that a lot is drawn with, where one decides.
        now: The present instant.

    Raises:
        Misuse: Where this vote, this teller or these files cannot give a count.
    """
    file = f"decisions/counts/{vote_id(entry)}/{teller}.yml"
    _require_teller(book, entry, teller, now)
    contest = contest_of(book.index, entry, vote_id(entry))
    text = letters(sheet.data)
    if contest is None:
        raise Misuse(_("The result of the first round is missing."))
    if text is None:
        raise Misuse(_("“{file}” is no CSV: save the sheet as CSV first.", file=sheet.name))
    names = known_names(names_of_members(book))
    found = read_papers(text, contest, names)
    people, strangers = _people(took_part, names)
    if found.faults or strangers:
        return EnteredCount(file, faults=[*found.faults, *strangers])
    if min(found.total, len(people) or found.total) < FEW:
        part: dict[str, Any] = {"participants": len(people) or found.total}
    elif not people:
        raise Misuse(_("Say who took part: --took-part FILE, one member a line."))
    else:
        part = {"took_part": sorted(people)}
    fields: dict[str, Any] = {
        "counted_at": now.isoformat(timespec="seconds"),
        "ballots": plain_marks(sorted(found.marks.items())),
        "blank": found.blank,
        "null": found.null,
    }
    fields |= {"lot": lot} if lot else {}
    return EnteredCount(file, render(fields | part), found.total)


def _require_teller(book: Book, entry: Entry, teller: str, now: datetime) -> None:
    """Raises Misuse where this teller cannot count this vote now."""
    closes = Proposal.of(entry).days.closes
    if vote_id(entry) in book.index.by_id("result"):
        raise Misuse(_("This vote is closed: its ballots cannot change."))
    if teller not in tellers(book.index, entry):
        message = _("“{teller}” is no teller of this vote.", teller=teller)
        raise Misuse(message)
    if now < instant(closes):
        raise Misuse(_("The vote is open until {instant}: no ballot is looked at.", instant=closes))


def _people(took_part: File | None, names: dict[str, set[str]]) -> tuple[set[str], list[Fault]]:
    """The members that a list names, one a line, and the lines that name nobody."""
    people, faults = set[str](), []
    text = (letters(took_part.data) or "") if took_part else ""
    for number, line in enumerate(text.splitlines(), 1):
        name = line.strip()
        ids = names.get(name.casefold() if "@" in name else slug(name), set())
        if len(ids) == 1:
            people |= ids
        elif name:
            message = _("“{name}” is nobody's name, id, login or e-mail.", name=name)
            faults.append(Fault(number, "", message, _("Write the member's id.")))
    return people, faults
