"""A teller's sheet of votes: CSV of a spreadsheet or of another tool, to one choice a member; what
is doubtful is told with its line and column, and nothing is guessed.

Known are, by the names of their columns: a sheet of one's own (who, and the choice in words),
LimeSurvey's export (`submitdate` says who has finished), and Loomio's export of a poll (the table
under the line `votes`, a column an option). Belenios gives totals alone: its votes are secret.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from ...base.formats import slug
from ...base.messages import NOTHING, Message, _
from ...base.positions import HIDDEN
from ..tally.arithmetic import Choice
from .columns import WORDS, Columns, known_columns, word

DELIMITERS = (";", ",", "\t", "|")
MARKS = {"1", "x", "1.0", "true", "vrai", "oui", "yes", "y", "✓", "✔"}
NONE = {"", "0", "0.0", "false", "faux", "non", "no"}
NO_DAY = (1980, 1, 1)
"""What LimeSurvey writes for the day where a survey keeps none."""


class Fault(NamedTuple):
    """What is doubtful in a line: its number, the name of the column if it is one's fault,
    and why.
    """

    line: int
    column: str
    message: Message
    help: Message = NOTHING


class Vote(NamedTuple):
    """A line that can be understood. `at` is as it was written, with or without a zone; None where
    the sheet has no such column. `addresses` are the e-mail addresses by which it names the member.
    """

    line: int
    member: str
    choice: Choice
    at: datetime | None
    reason: str
    addresses: tuple[str, ...] = ()


@dataclass
class Sheet:
    """What a file gives: votes, what is doubtful, and the lines of people who have not voted."""

    votes: list[Vote] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    left: list[Fault] = field(default_factory=list)


def known_names(people: Iterable[tuple[str, Iterable[str]]]) -> dict[str, set[str]]:
    """Members by each of their names, written small and without accents: ids, logins, e-mails,
    display names.
    """
    found: dict[str, set[str]] = {}
    for id, names in people:
        for name in (id, *names):
            found.setdefault(_key(name), set()).add(id)
    return found


def is_belenios(text: str) -> bool:
    """Whether this is a result of Belenios: JSON whose `result` has a list of numbers a
    question.
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return False
    result = found.get("result") if isinstance(found, dict) else None
    return (
        isinstance(result, list) and bool(result) and all(isinstance(one, list) for one in result)
    )


def read_sheet(
    text: str,
    known: Mapping[str, set[str]],
    who: str = "",
    choice: str = "",
    more: Mapping[str, Choice] | None = None,
) -> Sheet:
    """The votes of a sheet. `who` and `choice` name columns that are not found by themselves;
    `more` says what other words mean.
    """
    words = WORDS | {word(name): meant for name, meant in (more or {}).items()}
    tables = [read_rows(text, delimiter) for delimiter in DELIMITERS]
    found = [
        (columns, rows, broken)
        for rows, broken in tables
        if (columns := known_columns(rows, who, choice, words)) is not None
    ]
    if not found:
        return Sheet(
            faults=[
                Fault(1, "", _no_columns(who, choice), _("Name them with --member and --choice."))
            ]
        )
    columns, rows, broken = max(found, key=lambda one: len(one[0].names))
    several = _several(columns)
    if several or broken:
        unclosed = Fault(
            broken,
            "",
            _("From here on, quotation marks do not go together."),
            _("Save the sheet anew as CSV."),
        )
        return Sheet(faults=[several or unclosed])
    return _read_rows(rows, columns, known)


def read_rows(text: str, delimiter: str) -> tuple[list[tuple[int, list[str]]], int]:
    """Rows with the number of their first line, and the line from which on nothing can be read,
    else 0.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found: list[tuple[int, list[str]]] = []
    first = 1
    try:
        for row in reader:
            found.append((first, [" ".join(cell.split()) for cell in row]))
            first = reader.line_num + 1
    except csv.Error:
        return found, first
    return found, 0


def _no_columns(who: str, choice: str) -> Message:
    for name in (who, choice):
        if name:
            return _("No line names the columns “{name}” and the like.", name=name)
    return _("No line names a column of members and one of choices.")


def _several(columns: Columns) -> Fault | None:
    """Two columns that could both hold the choice: nobody guesses."""
    same = [columns.names[at] for at in columns.choices]
    if len(same) < 2:
        return None
    message = _("Two columns could hold the choice: {names}.", names=", ".join(same))
    return Fault(columns.line, same[1], message, _("Say which with --choice."))


def _read_rows(
    rows: list[tuple[int, list[str]]], columns: Columns, known: Mapping[str, set[str]]
) -> Sheet:
    sheet, seen = Sheet(), dict[str, int]()
    for line, cells in rows:
        row = [*cells, *[""] * (len(columns.names) - len(cells))]
        if line <= columns.line or not any(row):
            continue
        if columns.finished is not None and not row[columns.finished]:
            sheet.left.append(
                Fault(line, columns.names[columns.finished], _("not finished: left out."))
            )
        elif wrong := _misshapen(line, row, columns):
            sheet.faults.append(wrong)
        else:
            _read_row(line, row, columns, known, seen, sheet)
    return sheet


def _misshapen(line: int, row: list[str], columns: Columns) -> Fault | None:
    """Why a line cannot be read cell by cell."""
    if any(row[len(columns.names) :]):
        return Fault(
            line,
            "",
            _("This line has more cells than there are columns."),
            _("Put quotation marks around a text."),
        )
    hidden = next((found[0] for cell in row if (found := HIDDEN.search(cell))), "")
    if hidden:
        message = _("This character cannot be seen: {code}.", code=f"U+{ord(hidden):04X}")
        return Fault(line, "", message, _("Delete it and type the text again."))
    return None


def _read_row(
    line: int,
    row: list[str],
    columns: Columns,
    known: Mapping[str, set[str]],
    seen: dict[str, int],
    sheet: Sheet,
) -> None:
    """One line into `sheet`; `seen` are the members named so far, each with their first line."""
    member, faults = _member(line, row, columns, known)
    choice, wrong = _choice(line, row, columns)
    if choice is None and not wrong:
        sheet.left.append(Fault(line, "", _("no choice: left out.")))
        return
    at, when = _instant(line, row, columns)
    faults = [*faults, *wrong, *when]
    if member and member in seen:
        twice = _(
            "“{member}” stands here twice, first in line {line}.", member=member, line=seen[member]
        )
        faults.append(Fault(line, "", twice, _("Keep the one that counts.")))
    seen.setdefault(member, line)
    sheet.faults += faults
    if choice and not faults:
        reason = row[columns.why] if columns.why is not None else ""
        addresses = tuple(row[at].casefold() for at in columns.who if "@" in row[at])
        sheet.votes.append(Vote(line, member, choice, at, reason, addresses))


def _member(
    line: int, row: list[str], columns: Columns, known: Mapping[str, set[str]]
) -> tuple[str, list[Fault]]:
    """The one member whom all cells that name somebody mean."""
    cells = [(columns.names[at], row[at]) for at in columns.who if row[at]]
    if columns.given is not None and row[columns.given]:
        cells = [
            *_full_names(row, columns),
            *[(name, cell) for name, cell in cells if "@" in cell or name in columns.codes],
        ]
    if not cells:
        return "", [Fault(line, columns.names[columns.who[0]], _("Nobody is named here."))]
    meant = [(name, cell, known[_key(cell)]) for name, cell in cells if _key(cell) in known]
    if not meant:
        name, cell = cells[0]
        return "", [
            Fault(
                line,
                name,
                _("“{name}” is nobody's name, id, login or e-mail.", name=cell),
                _whom(columns),
            )
        ]
    both = set.intersection(*(ids for _name, _cell, ids in meant))
    if len(both) == 1:
        return both.pop(), []
    name, cell, ids = meant[-1]
    message = (
        _("“{name}” may be several: {ids}.", name=cell, ids=", ".join(sorted(ids)))
        if both
        else _("This line names two people.")
    )
    return "", [Fault(line, name, message, _("Write the member's id."))]


def _whom(columns: Columns) -> Message:
    """How a member can be named who is not found: LimeSurvey's codes and numbers are known to it
    alone.
    """
    if columns.finished is None:
        return _("Write the member's id.")
    return _(
        "In LimeSurvey, export the participants' e-mail with the answers; or write the member's id."
    )


def _full_names(row: list[str], columns: Columns) -> Iterator[tuple[str, str]]:
    given = row[columns.given or 0]
    for at in columns.who:
        if row[at] and "@" not in row[at] and columns.names[at] not in columns.codes:
            yield columns.names[at], f"{given} {row[at]}"


def _choice(line: int, row: list[str], columns: Columns) -> tuple[Choice | None, list[Fault]]:
    if columns.choice is not None:
        name, cell = columns.names[columns.choice], row[columns.choice]
        if word(cell) in columns.words:
            return columns.words[word(cell)], []
        return None, [_no_choice(line, name, cell)]
    marked = [name for at, name in columns.options.items() if row[at].lower() in MARKS]
    odd = [
        (name, row[at])
        for at, name in columns.options.items()
        if row[at].lower() not in MARKS | NONE
    ]
    if odd:
        return None, [
            Fault(
                line,
                odd[0][0],
                _(
                    "“{word}” is no mark: 1 for the choice, 0 or nothing for the others.",
                    word=odd[0][1],
                ),
            )
        ]
    if len(marked) > 1:
        return None, [
            Fault(line, marked[1], _("Two choices are marked: {names}.", names=", ".join(marked)))
        ]
    if marked and word(marked[0]) not in columns.words:
        return None, [_no_choice(line, marked[0], marked[0])]
    return (columns.words[word(marked[0])], []) if marked else (None, [])


def _no_choice(line: int, column: str, cell: str) -> Fault:
    if not cell:
        return Fault(
            line, column, _("There is no choice here."), _("Write for, against, abstain or blank.")
        )
    help = _(
        'Write for, against, abstain or blank; or say what it means: --word "{word}=for".',
        word=cell,
    )
    return Fault(line, column, _("“{word}” is no choice.", word=cell), help)


def _instant(line: int, row: list[str], columns: Columns) -> tuple[datetime | None, list[Fault]]:
    if columns.at is None or not row[columns.at]:
        return None, []
    try:
        if ":" not in row[columns.at]:
            raise ValueError
        found = datetime.fromisoformat(row[columns.at].replace(" UTC", "+00:00"))
        return (None if (found.year, found.month, found.day) == NO_DAY else found), []
    except ValueError:
        help = _("Such as 2026-01-31 18:00:00.")
        return None, [
            Fault(
                line,
                columns.names[columns.at],
                _("“{word}” is no day and hour.", word=row[columns.at]),
                help,
            )
        ]


def _key(name: str) -> str:
    return name.casefold() if "@" in name else slug(name)
