"""A teller's sheet of an election: what each ballot says, one line a ballot, and no name.

Known are a sheet of one's own (a column a candidate, and `count` where a line stands for a pile of
ballots), LimeSurvey's export (a column an option, its name in square brackets; or a column a rank),
and a result of Belenios whose answers are ranks or grades. What comes out has no order, no time
and no number of a line: only what ballots say, and how many say it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ...base.diagnostics import nearest
from ...base.formats import slug
from ...base.messages import Message, _
from ..elections import GRADES, Ballot, Contest, is_mark
from ..elections.ballots import open_box
from .columns import FINISHED, MOST_ABOVE, WORDS, word
from .sheet import DELIMITERS, MARKS, NONE, Fault, read_rows

COUNT = {
    *("count", "nombre", "number", "combien", "bulletins", "ballots"),
    *("number-of-papers", "nombre-de-bulletins"),
}
NULL = {"null", "nul", "nulle", "invalid", "invalide"}
BLANK = {name for name, meant in WORDS.items() if meant == "blank"}
NAMED = {"name", "nom", "choice", "choix", "person", "personne", "vote"}
GRADE_WORDS = dict(zip(map(slug, GRADES), GRADES, strict=True)) | {
    "excellente": "excellent",
    "tres-bien": "very_good",
    "bien": "good",
    "assez-bien": "fair",
    "insuffisant": "insufficient",
    "insuffisante": "insufficient",
    "a-rejeter": "reject",
    "to-be-rejected": "reject",
}
_BRACKET = re.compile(r"\[([^\[\]]*)\][^\[\]]*\Z")
_RANK = re.compile(r"(?:rank|rang|choix|choice)?\s*([1-9][0-9]?)\Z", re.IGNORECASE)

Rows = list[tuple[int, list[str]]]
"""The rows of a table, each with its number."""

Names = Mapping[str, set[str]]
"""Members' ids by each of their names (`sheet.known_names`)."""


@dataclass
class Papers:
    """What a sheet gives: how many ballots say what, how many are blank or null, and what is
    doubtful.
    """

    marks: Counter[tuple[tuple[str, str], ...]] = field(default_factory=Counter)
    blank: int = 0
    null: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.marks.total() + self.blank + self.null


@dataclass(frozen=True)
class _Head:
    """Where things stand in a sheet: columns of candidates, of ranks and of names."""

    line: int
    names: list[str]
    candidates: dict[int, str]
    ranks: dict[int, str]
    named: int | None
    count: int | None
    null: int | None
    finished: int | None

    @property
    def width(self) -> int:
        return len(self.candidates) + len(self.ranks) + (self.named is not None)


def read_papers(text: str, contest: Contest, names: Names) -> Papers:
    """The ballots of a sheet. Nothing is guessed: what is doubtful is told with its line."""
    found = Papers()
    if (answers := _belenios_rows(text)) is not None:
        for number, answer in enumerate(answers, 1):
            _add(found, contest, _belenios_marks(number, answer, contest, found), 1)
        return found
    return read_tables(_tables(text), contest, names)


def read_tables(tables: Iterable[tuple[Rows, int]], contest: Contest, names: Names) -> Papers:
    """The ballots of the table that names most candidates: rows with their numbers, and the row
    from which on a table cannot be read, if there is one.
    """
    found = Papers()
    heads = [(_head(rows, contest, names), rows, broken) for rows, broken in tables]
    known = [(head, rows, broken) for head, rows, broken in heads if head is not None]
    if not known:
        message = _("No line names the candidates, a column each.")
        found.faults.append(Fault(1, "", message, _("Write their ids or names at the top.")))
        return found
    head, rows, broken = max(known, key=lambda one: one[0].width)
    if broken:
        message = _("From here on, quotation marks do not go together.")
        found.faults.append(Fault(broken, "", message, _("Save the sheet anew as CSV.")))
        return found
    found.faults += _flaws_of_head(head, contest, names)
    for line, cells in rows:
        row = [*cells, *[""] * (len(head.names) - len(cells))]
        if line > head.line and len(cells) > 1 and not any(row):
            message = _("An empty line: is it a blank ballot?")
            found.faults.append(Fault(line, "", message, _("Write “blank”, or delete the line.")))
        elif line > head.line and any(row):
            _read_row(line, row, head, contest, names, found)
    return found


def _tables(text: str) -> Iterator[tuple[Rows, int]]:
    for delimiter in DELIMITERS:
        yield read_rows(text, delimiter)


def _head(rows: Rows, contest: Contest, names: Names) -> _Head | None:
    """The first line that names candidates, ranks or whom ballots name."""
    for line, row in rows[:MOST_ABOVE]:
        meant = {at: _candidate(_option(cell), contest, names) for at, cell in enumerate(row)}
        candidates = {at: id for at, id in meant.items() if id}
        ranks = {
            at: rank[1]
            for at, cell in enumerate(row)
            if "[" in cell and (rank := _RANK.match(_option(cell)))
        }
        titles = [{slug(cell), slug(cell.partition(". ")[0])} for cell in row]
        named = _first(titles, NAMED) if contest.method == "without_candidates" else None
        if candidates or ranks or named is not None:
            where = (_first(titles, words) for words in (COUNT, NULL, FINISHED))
            return _Head(line, row, candidates, ranks, named, *where)
    return None


def _flaws_of_head(head: _Head, contest: Contest, names: Names) -> Iterator[Fault]:
    """Columns that would lose what ballots say: of nobody who stands, of somebody twice; and who
    has none. A sheet of ranks or of names has no column a candidate.
    """
    if head.ranks or head.named is not None:
        return
    seen, strange = set[str](), list[str]()
    for at, cell in enumerate(head.names):
        id = head.candidates.get(at, "")
        if id and id in seen:
            yield Fault(head.line, cell, _("“{member}” stands here twice.", member=id))
        elif not id and names.get(slug(_option(cell))) and slug(cell) not in COUNT | NULL:
            yield Fault(head.line, cell, _("“{member}” is no candidate.", member=_option(cell)))
        elif not id:
            strange.append(cell)
        seen.add(id)
    if contest.method == "without_candidates":
        return
    for id in contest.candidates:
        if id not in seen:
            near = nearest(id, filter(None, strange))
            help = (
                _("Is it “{near}”? Write the name or the id.", near=near)
                if near
                else _("Write their ids or names at the top.")
            )
            yield Fault(head.line, "", _("No column is that of “{member}”.", member=id), help)


def _first(titles: list[set[str]], words: set[str]) -> int | None:
    return next((at for at, title in enumerate(titles) if title & words), None)


def _option(cell: str) -> str:
    """What a column is about: LimeSurvey writes it in square brackets behind the question."""
    bracket = _BRACKET.search(cell)
    return bracket[1].strip() if bracket else cell.strip()


def _candidate(name: str, contest: Contest, names: Names) -> str:
    """The one candidate of this name; with an election without candidates the one member."""
    ids = names.get(name.casefold() if "@" in name else slug(name), set())
    open_to_all = contest.method == "without_candidates"
    those = ids if open_to_all else ids & {*contest.candidates}
    return next(iter(those)) if len(those) == 1 else ""


def _read_row(
    line: int, row: list[str], head: _Head, contest: Contest, names: Names, found: Papers
) -> None:
    """One line into `found`."""
    if head.finished is not None and not row[head.finished]:
        return
    many = _count(line, row, head, found)
    if head.null is not None and row[head.null].lower() not in NONE:
        found.null += many
        return
    marks: dict[str, str] = {}
    for at, candidate in head.candidates.items():
        if row[at] and word(row[at]) not in BLANK:
            mark = _mark(row[at], contest)
            if mark is None or (mark and not is_mark(contest.method, mark)):
                message = _("No ballot of this election says “{mark}”.", mark=row[at])
                found.faults.append(Fault(line, head.names[at], message))
            elif mark:
                marks[candidate] = mark
    chosen = {**head.ranks} | ({head.named: "x"} if head.named is not None else {})
    for at, mark in chosen.items():
        if row[at] and word(row[at]) not in BLANK:
            candidate = _candidate(row[at], contest, names)
            if not candidate or candidate in marks:
                found.faults.append(Fault(line, head.names[at], _whom(row[at], candidate)))
            else:
                marks[candidate] = mark
    _add(found, contest, marks, many)


def _whom(cell: str, candidate: str) -> Message:
    if candidate:
        return _("“{member}” stands here twice.", member=cell)
    return _("“{member}” is no candidate.", member=cell)


def _count(line: int, row: list[str], head: _Head, found: Papers) -> int:
    if head.count is None or not row[head.count]:
        return 1
    cell = row[head.count]
    if not (cell.isascii() and cell.isdigit() and 0 < int(cell) < 1_000_000):
        message = _("“{word}” is no number of ballots.", word=cell)
        found.faults.append(Fault(line, head.names[head.count], message))
        return 0
    return int(cell)


def _mark(cell: str, contest: Contest) -> str | None:
    """What a cell says, as a ballot bears it; empty where it says nothing, None where it cannot be
    read.
    """
    said = word(cell)
    if contest.method in ("plurality", "approval", "without_candidates"):
        lower = cell.lower()
        return "x" if lower in MARKS else "" if lower in NONE else None
    if contest.method == "yes_no":
        meant = WORDS.get(said)
        return {"for": "yes", "against": "no", "abstain": "abstain", "blank": ""}.get(meant or "")
    if contest.method == "majority_judgment":
        return GRADE_WORDS.get(said)
    return "" if cell == "0" else cell.removesuffix(".0")


def _add(found: Papers, contest: Contest, marks: Mapping[str, str], many: int) -> None:
    """Count ballots under what they say: as blank or null where the method sees them so."""
    said = tuple(sorted(marks.items()))
    if any(not is_mark(contest.method, mark) for mark in marks.values()):
        return
    box = open_box(contest, [Ballot(marks=said, count=many)])
    found.blank += box.blank
    found.null += box.null
    if box.papers:
        found.marks[said] += many


def _belenios_rows(text: str) -> list[list[int]] | None:
    """The ballots of a result of Belenios whose one question asks for ranks or grades."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    questions = data.get("result") if isinstance(data, dict) else None
    if not isinstance(questions, list) or len(questions) != 1 or not isinstance(questions[0], list):
        return None
    rows = questions[0]
    sound = all(isinstance(row, list) and all(type(one) is int for one in row) for row in rows)
    return rows if sound else None


def _belenios_marks(number: int, row: list[int], contest: Contest, found: Papers) -> dict[str, str]:
    """A ballot of Belenios: a number a candidate, in the order of the page; 0 says nothing."""
    if len(row) != len(contest.candidates):
        message = _("There are as many answers as candidates, in the order of the proposal's page.")
        found.faults.append(Fault(number, "", message))
        return {}
    graded = contest.method == "majority_judgment"
    return {
        candidate: GRADES[place - 1] if graded and place <= len(GRADES) else str(place)
        for candidate, place in zip(contest.candidates, row, strict=True)
        if place > 0
    }
