"""The second table of the attendance sheet: when and where the meeting was held, and its
officers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import msgspec

from ..base.messages import Message, _
from ..decisions.types import Officer
from ..decisions.types.parts import to_plain
from ..documents.ods import Choices, Column, Listed, Sheet
from ..documents.ods_reader import Cell, Grid
from .issues import Doubts, find_columns, require_no_formula, split_names
from .names import find_member
from .proxies import title
from .record import Assembly
from .vocabulary import HELD, find_word, parse_hour, plain, ways

FIELDS: dict[str, tuple[Message, Message]] = {
    "opened": (_("Opened at"), _("opened, opened at")),
    "closed": (_("Closed at"), _("closed, closed at")),
    "place": (_("Place"), _("place")),
    "held": (_("Held"), _("held, mode")),
    "chair": (_("Chair"), _("chair, chairperson")),
    "chair_capacity": (_("Capacity of the chair"), _("capacity of the chair")),
    "secretary": (_("Secretary"), _("secretary")),
    "tellers": (_("Tellers"), _("tellers, teller, scrutineers")),
}


def session_sheet(assembly: Assembly, names: Listed) -> Sheet:
    """A line for each thing to be said of the meeting itself; what is known stands in it, and
    members are chosen from `names`.
    """
    say, minutes = assembly.say, assembly.minutes
    officers, held = minutes.officers, HELD.get(minutes.mode)
    chair, secretary = officers.chair or Officer(), officers.secretary or Officer()
    known = {
        "opened": minutes.opened,
        "closed": minutes.closed,
        "place": minutes.place,
        "held": say(held[0]) if held else "",
        "chair": assembly.name_of(chair),
        "chair_capacity": chair.capacity,
        "secretary": assembly.name_of(secretary),
        "tellers": ", ".join(map(assembly.name, officers.tellers)),
    }
    intro = (
        f"{say(_('The meeting'))} – {assembly.title}",
        say(_("Several tellers: commas between them.")),
    )
    ways_held = tuple(say(own) for own, _others in HELD.values())
    lists: dict[str, Choices] = {"held": ways_held, "chair": names, "secretary": names}
    columns = (Column(title(assembly, "field"), 5.5), Column(title(assembly, "value"), 10, True))
    return Sheet(
        say(_("The meeting")),
        intro,
        columns,
        tuple((say(own), known[name] or None) for name, (own, _others) in FIELDS.items()),
        choices={(list(FIELDS).index(name), 1): offered for name, offered in lists.items()},
    )


@dataclass(frozen=True)
class _Table:
    """The table as it was filled in: the cell of each field, and its row."""

    place: int
    cells: dict[str, tuple[int, Cell]] = field(default_factory=dict)

    def cell(self, name: str) -> Cell:
        """The cell of a field; an empty one where nothing was filled in."""
        return self.cells[name][1] if name in self.cells else Cell()

    def noter(self, doubts: Doubts, name: str) -> Callable[[Message], None]:
        """Takes what is only told of the cell of a field."""
        return doubts.noter(self.cells[name][0], self.place)

    def doubt(self, doubts: Doubts, name: str, message: Message) -> None:
        """Note a doubt about the cell of a field."""
        doubts.at(self.cells[name][0], self.place, message)


def read_session(assembly: Assembly, grids: list[Grid], doubts: Doubts) -> dict[str, Any]:
    """The fields of the record that the table tells; a file without this table, such as CSV, tells
    none.
    """
    columns = find_columns(grids, ("field", "value"), (), Doubts())
    if columns is None:
        doubts.remarks.append(
            _(
                "This file has no table of the meeting itself: hours, place and officers stay "
                "as they were."
            )
        )
        return {}
    table = _Table(columns.place("value"))
    for row in columns.rows:
        label, cell = columns.cell(row, "field"), columns.cell(row, "value")
        name = next(
            (
                name
                for name, (own, others) in FIELDS.items()
                if plain(label.text) in ways(own) | ways(others)
            ),
            "",
        )
        if not name and cell.text:
            doubts.at(
                row,
                columns.place("field"),
                _("“{text}” is no field of this table.", text=label.text),
            )
        elif name and cell.text and require_no_formula(cell, row, table.place, doubts):
            table.cells[name] = (row, cell)
    hours = {name: _read_hour(table, name, doubts) for name in ("opened", "closed")}
    fields: dict[str, Any] = {
        **hours,
        "place": table.cell("place").text[:200],
        "mode": _read_mode(assembly, table, doubts),
    }
    officers = _read_officers(assembly, table, doubts)
    if officers:
        fields["officers"] = {**(assembly.value.get("officers") or {}), **officers}
    return {name: value for name, value in fields.items() if value}


def _read_hour(table: _Table, name: str, doubts: Doubts) -> str:
    cell = table.cell(name)
    found = cell.moment or parse_hour(cell.text)
    if cell.text and not found:
        table.doubt(doubts, name, _("“{text}” is no hour such as 14:45.", text=cell.text))
    return found


def _read_mode(assembly: Assembly, table: _Table, doubts: Doubts) -> str:
    text = table.cell("held").text
    found = find_word(text, HELD)
    if text and not found:
        words = ", ".join(assembly.say(own) for own, _others in HELD.values())
        table.doubt(doubts, "held", _("“{text}” is none of: {words}.", text=text, words=words))
    return found


def _read_officers(assembly: Assembly, table: _Table, doubts: Doubts) -> dict[str, Any]:
    """The officers as they are written; what the table does not tell is left out."""
    chair = _read_officer(assembly, table, "chair", doubts)
    if chair and (capacity := table.cell("chair_capacity").text):
        chair = msgspec.structs.replace(chair, capacity=capacity[:120])
    secretary = _read_officer(assembly, table, "secretary", doubts)
    officers = {
        name: to_plain(one) for name, one in (("chair", chair), ("secretary", secretary)) if one
    }
    tellers = table.cell("tellers").text
    if not tellers:
        return officers
    ids = []
    for name in split_names(tellers):
        id, wrong = find_member(assembly, name, table.noter(doubts, "tellers"))
        if wrong:
            table.doubt(doubts, "tellers", wrong)
        else:
            ids.append(id)
    return {**officers, "tellers": list(dict.fromkeys(ids))}


def _read_officer(assembly: Assembly, table: _Table, name: str, doubts: Doubts) -> Officer | None:
    """A member, else somebody by name: an officer need not be a member, and it is told."""
    text = table.cell(name).text
    if not text:
        return None
    id, wrong = find_member(assembly, text, table.noter(doubts, name))
    if not wrong:
        return Officer(member=id)
    doubts.remarks.append(_("{name} is noted by name: {fault}", name=text, fault=wrong))
    return Officer(name=text[:120])
