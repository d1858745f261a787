"""What is not clear in a sheet, each in a sentence with its row and column."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from ..base.messages import Message, _, join_messages, ngettext
from ..documents.ods_reader import Cell, Grid, column_letter
from .vocabulary import columns_titled

MOST_LOOKED_AT = 60
"""Rows among which the titles of columns are looked for."""


@dataclass
class Doubts:
    """Why nothing is written (`faults`), and what is only told (`remarks`); `unread`: the table
    that was looked for is not in the file.
    """

    faults: list[Message] = field(default_factory=list)
    remarks: list[Message] = field(default_factory=list)
    unread: bool = False

    def at(self, row: int, column: int, message: Message) -> None:
        """Note a doubt about a cell, by its row from 1 and its column from 0."""
        self.faults.append(_place(row, column, message))

    def noter(self, row: int, column: int) -> Callable[[Message], None]:
        """Takes what is only told of a cell."""
        return lambda message: self.remarks.append(_place(row, column, message))


def _place(row: int, column: int, message: Message) -> Message:
    return _(
        "Row {row}, column {column}: {fault}",
        row=row,
        column=column_letter(column),
        fault=message,
    )


@dataclass(frozen=True)
class Columns:
    """Which column is which, wherever it was moved to, and the rows below the titles."""

    grid: Grid
    head: int
    places: dict[str, int]

    def cell(self, row: int, name: str) -> Cell:
        """The cell of a row under a title; an empty one where the table has no such column."""
        return self.grid.cell(row, self.places[name]) if name in self.places else Cell()

    def place(self, name: str) -> int:
        """The place of a column, from 0; the first where the table has no such column."""
        return self.places.get(name, 0)

    @property
    def rows(self) -> list[int]:
        """The numbers of the rows below the titles."""
        return sorted(number for number in self.grid.rows if number > self.head)


def find_columns(
    grids: list[Grid], wanted: tuple[str, ...], known: tuple[str, ...], doubts: Doubts
) -> Columns | None:
    """The table that has the columns `wanted`; `known` are those it may have besides. None, and a
    doubt, where there is none.
    """
    best: tuple[int, list[str]] = (0, list(wanted))
    for grid in grids:
        for number in sorted(grid.rows)[:MOST_LOOKED_AT]:
            places = _places(grid.rows[number], (*wanted, *known), number, doubts=None)
            missing = [name for name in wanted if name not in places]
            if not missing:
                _places(grid.rows[number], (*wanted, *known), number, doubts)
                return Columns(grid, number, places)
            if len(wanted) - len(missing) > best[0]:
                best = (len(wanted) - len(missing), missing)
    from .vocabulary import TITLES

    names = join_messages(_("“{name}”", name=TITLES[name][0]) for name in best[1])
    doubts.faults.append(
        ngettext(
            "There is no column {names}: its title may have been changed or deleted.",
            "There are no columns {names}: their titles may have been changed or deleted.",
            len(best[1]),
            names=names,
        )
    )
    doubts.unread = True
    return None


def _places(
    cells: tuple[Cell, ...], names: tuple[str, ...], row: int, doubts: Doubts | None
) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        for name in names:
            if name in columns_titled(cell.text):
                if name not in found and place not in found.values():
                    found[name] = place
                    break
                if (
                    doubts is not None
                    and name in found
                    and found[name] != place
                    and place not in found.values()
                ):
                    doubts.at(row, place, _("there are two columns “{name}”.", name=cell.text))
                    break
    return found


def require_no_formula(cell: Cell, row: int, place: int, doubts: Doubts) -> bool:
    """Whether a cell that people fill in holds what they wrote; a formula may say something else
    tomorrow.
    """
    if cell.formula:
        doubts.at(row, place, _("this is a formula: write the value itself."))
    return not cell.formula


def split_names(text: str) -> list[str]:
    """The names in a cell: commas, semicolons, lines or the word “and” between them."""
    return [name.strip() for name in re.split(r"[,;&\n]|\s(?:and|et)\s", text) if name.strip()]


def not_in_this_file(names: str) -> Message:
    """That a file lacks what was noted before."""
    return _(
        "Noted before and not in this file: {names}. Add them to it, or, in a "
        "terminal, take the file all the same with --replace.",
        names=names,
    )
