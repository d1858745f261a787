"""A teller's sheet of an election into the file of what they counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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
from ..elections import Contest
from ..tally.events import instant
from ..tally.secret import FEW
from ..types import Proposal
from ..votes import tellers, vote_id
from .importing import File, names_of_members
from .marks import Names, Papers, read_papers
from .sheet import Fault, known_names


@dataclass(frozen=True)
class EnteredCount:
    """What a teller's sheet gives: the file to write, or what is doubtful.

    Attributes:
        file: Where it goes in the co-op's folder.
        content: What it holds; empty where something is doubtful.
        total: How many ballots there are.
        people: How many took part.
        faults: What is doubtful in the sheet, by line.
        strangers: What is doubtful in the list of who took part, by line.
    """

    file: str
    content: bytes = b""
    total: int = 0
    people: int = 0
    faults: list[Fault] = field(default_factory=list)
    strangers: list[Fault] = field(default_factory=list)


@dataclass(frozen=True)
class TellerNotes:
    """What a teller says beside the ballots.

    Attributes:
        teller: The member who counted.
        took_part: Who voted: a file of one member a line, or ids.
        lot: The public value that a lot is drawn with, where one decides.
        declined: Candidates who withdrew, or who did not accept: their ids.
    """

    teller: str
    took_part: File | frozenset[str] | None = None
    lot: str = ""
    declined: tuple[str, ...] = ()


BallotReader = Callable[[Contest, Names], Papers]
"""Reads the ballots of a sheet, by the names of those who stand."""


def read_text(sheet: File) -> BallotReader:
    """How a CSV file or a result of Belenios is read: one line a ballot, without a name. Raises
    Misuse where it is neither.
    """
    text = letters(sheet.data)
    if text is None:
        raise Misuse(_("“{file}” is no CSV: save the sheet as CSV first.", file=sheet.name))
    return lambda contest, names: read_papers(text, contest, names)


def enter_count(
    book: Book, entry: Entry, read: BallotReader, told: TellerNotes, now: datetime
) -> EnteredCount:
    """What a teller counted of an election, from a sheet of ballots. Nothing is written.

    Args:
        book: The co-op.
        entry: The proposal, an election that can be counted.
        read: Reads the sheet.
        told: What the teller says besides.
        now: The present instant.

    Raises:
        Misuse: Where this vote, this teller or these files cannot give a count.
    """
    file = f"decisions/counts/{vote_id(entry)}/{told.teller}.yml"
    _require_teller(book, entry, told.teller, now)
    contest = contest_of(book.index, entry, vote_id(entry))
    if contest is None:
        raise Misuse(_("The result of the first round is missing."))
    names = known_names(names_of_members(book))
    found = read(contest, names)
    people, strangers = _people(told.took_part, names)
    if found.faults or strangers:
        return EnteredCount(file, faults=found.faults, strangers=strangers)
    _require_known(contest, book, told.declined)
    _require_likely(contest, found.total, len(people))
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
    fields |= {"lot": told.lot} if told.lot else {}
    fields |= {"declined": sorted(told.declined)} if told.declined else {}
    return EnteredCount(file, render(fields | part), found.total, len(people))


def _require_likely(contest: Contest, papers: int, participants: int) -> None:
    """Raises Misuse where a sheet holds no ballot, or more than people took part."""
    if not papers and contest.method != "acclamation":
        raise Misuse(
            _("No line of this sheet is a ballot: nothing was written."),
            _("Is it the whole file? A line a ballot stands below the names."),
        )
    if participants and papers > participants:
        message = _(
            "There are {papers} ballots, and {participants} took part.",
            papers=papers,
            participants=participants,
        )
        raise Misuse(message, _("Count both again."), _("Nothing was written."))


def _require_known(contest: Contest, book: Book, declined: Iterable[str]) -> None:
    """Raises Misuse where somebody who is said to have declined does not stand, or, where nobody is
    named beforehand, is no member.
    """
    open_to_all = contest.method == "without_candidates"
    for id in declined:
        if id not in (book.index.by_id("member") if open_to_all else contest.candidates):
            raise Misuse(_("“{member}” is no candidate.", member=id))


def _require_teller(book: Book, entry: Entry, teller: str, now: datetime) -> None:
    """Raises Misuse where this teller cannot count this vote now."""
    closes = Proposal.of(entry).days.closes
    if vote_id(entry) in book.index.by_id("result"):
        raise Misuse(_("This vote is closed: its ballots cannot change."))
    if teller not in tellers(book.index, entry):
        message = _("“{teller}” is no teller of this vote.", teller=teller)
        named = ", ".join(sorted(tellers(book.index, entry))) or "–"
        raise Misuse(message, _("Tellers of this vote: {names}.", names=named))
    if now < instant(closes):
        raise Misuse(_("The vote is open until {instant}: no ballot is looked at.", instant=closes))


def _people(took_part: File | frozenset[str] | None, names: Names) -> tuple[set[str], list[Fault]]:
    """The members that a list names, one a line, and the lines that name nobody."""
    if isinstance(took_part, frozenset):
        return {*took_part}, []
    lines, faults = dict[str, int](), list[Fault]()
    text = (letters(took_part.data) or "") if took_part else ""
    for number, line in enumerate(text.splitlines(), 1):
        name = line.strip()
        ids = names.get(name.casefold() if "@" in name else slug(name), set())
        if len(ids) == 1 and ids <= lines.keys():
            (member,) = ids
            message = _(
                "“{member}” stands here twice, first in line {line}.",
                member=member,
                line=lines[member],
            )
            faults.append(Fault(number, "", message, _("Keep one of the two.")))
        elif len(ids) == 1:
            lines |= dict.fromkeys(ids, number)
        elif name:
            message = _("“{name}” is nobody's name, id, login or e-mail.", name=name)
            faults.append(Fault(number, "", message, _("Write the member's id.")))
    return {*lines}, faults
