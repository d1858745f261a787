"""The sheet on which a teller counts an election: a line a pile of papers that say the same.

Blank and invalid papers have lines of their own, and so has the number of all papers in the box,
counted before any was unfolded: what is missing then shows at once. No voter's name has a place.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..base.formats import slug
from ..base.messages import Message, _
from ..decisions.ballots.marks import COUNT, Names, Papers, Rows, read_tables
from ..decisions.ballots.sheet import Fault
from ..decisions.elections import Contest
from ..decisions.wording.elections import GRADES, MARKED
from ..documents.ods import Column, Sheet, Value, render_ods
from ..documents.ods_reader import Cell, Grid
from .elections import HeldElection, candidates_on_paper, name_role
from .issues import Columns, Doubts, find_columns
from .proxies import look, title
from .record import Assembly
from .vocabulary import find_word, parse_count

SPARE = 30
"""Lines that are left for piles; more may be added."""
WIDE = 16
"""Centimetres that the columns of candidates share: the lines above them have room."""
PILES: dict[str, tuple[Message, Message]] = {
    "box": (_("All papers in the box"), _("all papers in the box, papers in the box, in the box")),
    "blank": (_("Blank papers"), _("blank papers, blank")),
    "null": (_("Invalid papers"), _("invalid papers, invalid, spoilt")),
}
"""Lines that are no pile of marked papers, and what else they may be called."""
HOW: dict[str, Message] = {
    "acclamation": _("Leave the lines empty, and hand the sheet in."),
    "yes_no": _("Under each name: yes, no, or nothing."),
    "plurality": _("Under each name: x, or nothing."),
    "approval": _("Under each name: x, or nothing."),
    "stv": _("Under each name: its number, or nothing."),
    "schulze": _("Under each name: its number, or nothing."),
    "majority_judgment": _("Under each name: the grade, or nothing."),
    "without_candidates": _("Write the name that stands on the papers."),
}
_WORDS: dict[str, tuple[Message, ...]] = {
    "yes_no": (_("Yes"), _("No")),
    "majority_judgment": tuple(GRADES.values()),
}


def count_sheet(assembly: Assembly, held: HeldElection) -> bytes:
    """The sheet to fill in, the same for both tellers."""
    say, method = assembly.say, held.contest.method
    intro = (
        f"{say(_('Count sheet'))} – {name_role(assembly, held)}",
        say(MARKED[method]),
        say(_("Each teller fills in a sheet alone: first the number of all papers.")),
        say(_("Then make piles of papers that say the same, and write a line a pile.")),
        say(HOW[method]),
        say(_("No name of a voter, and nothing of the order in which papers came.")),
    )
    words = tuple(map(say, _WORDS.get(method, ())))
    titles = _titles(assembly, held)
    wide = max(3.4, WIDE / len(titles))
    marked = [Column(name, wide, True, words) for name in titles]
    columns = (
        Column(title(assembly, "pile"), 5.5),
        Column(title(assembly, "papers"), 3.6, True, number=True),
        *marked,
    )
    empty: tuple[Value, ...] = (None,) * (len(columns) - 1)
    rows = tuple((say(own), *empty) for own, _others in PILES.values())
    sheet = Sheet(say(_("Count sheet")), intro, columns, rows, SPARE)
    return render_ods([sheet], look(assembly, _("Count sheet")))


def _titles(assembly: Assembly, held: HeldElection) -> list[str]:
    """The columns of candidates; an id where two have one name."""
    if held.contest.method == "without_candidates":
        return [title(assembly, "name")]
    return [
        name if name == assembly.name(id) else id
        for id, name in candidates_on_paper(assembly, held)
    ]


def read_count_sheet(grids: list[Grid], contest: Contest, names: Names) -> Papers:
    """The ballots of a sheet: of one of ours, its lines must add up; of another, as of a text."""
    columns = find_columns(grids, ("pile", "papers"), (), Doubts())
    if columns is None:
        tables = [[(row, _texts(cells)) for row, cells in grid.rows.items()] for grid in grids]
        return read_tables(((rows, 0) for rows in tables), contest, names)
    faults = list(_formulas(columns))
    totals, rows = _sort(columns, faults)
    found = read_tables([(rows, 0)], contest, names)
    found.faults[:0] = faults
    found.blank += totals.get("blank", 0)
    found.null += totals.get("null", 0)
    if not found.faults:
        found.faults += _add_up(columns, totals, found)
    return found


def _texts(cells: tuple[Cell, ...]) -> list[str]:
    return [cell.text.strip() for cell in cells]


def _formulas(columns: Columns) -> Iterator[Fault]:
    for row in columns.rows:
        for place, cell in enumerate(columns.grid.rows[row]):
            if cell.formula:
                message = _("this is a formula: write the value itself.")
                yield Fault(row, columns.grid.cell(columns.head, place).text, message)


def _sort(columns: Columns, faults: list[Fault]) -> tuple[dict[str, int], Rows]:
    """What the lines of our own say, and the piles as a table of ballots with their count."""
    label, number = columns.places["pile"], columns.places["papers"]
    heads = _texts(columns.grid.rows[columns.head])
    many = heads[number] if slug(heads[number]) in COUNT else "count"
    others = [place for place in range(len(heads)) if place not in (label, number)]
    totals: dict[str, int] = {}
    rows: Rows = [(columns.head, [many, *(heads[place] for place in others)])]
    for row in columns.rows:
        said = columns.grid.cell(row, label).text
        kind, papers = find_word(said, PILES), columns.grid.cell(row, number).text
        marks = [columns.grid.cell(row, place).text.strip() for place in others]
        count = parse_count(papers) if papers else None
        if papers and count is None:
            message = _("“{word}” is no number of ballots.", word=papers)
            faults.append(Fault(row, heads[number], message))
        elif kind and not any(marks):
            if kind in totals:
                faults.append(Fault(row, heads[label], _("This line stands here twice.")))
            totals[kind] = count or 0
        elif any(marks):
            rows.append((row, [str(count or 1), *marks]))
        elif count:
            message = _("What do these papers say?")
            help = _("Blank papers stand on their own line.")
            faults.append(Fault(row, heads[number], message, help))
    return totals, rows


def _add_up(columns: Columns, totals: dict[str, int], found: Papers) -> Iterator[Fault]:
    """Whether the piles hold all papers of the box."""
    box = totals.get("box", 0)
    if box == found.total:
        return
    row = next(
        (row for row in columns.rows if find_word(columns.cell(row, "pile").text, PILES) == "box"),
        columns.head,
    )
    if not box:
        message = _("How many papers were in the box?")
        help = _("Count them before anything else: what is missing then shows.")
        yield Fault(row, "", message, help)
        return
    message = _(
        "{box} papers were in the box, and the lines make {found}.", box=box, found=found.total
    )
    yield Fault(row, "", message, _("Count again: nothing is taken before the two agree."))
