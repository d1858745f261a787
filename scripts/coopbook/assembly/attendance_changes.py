"""The second table of the attendance sheet: when and where the meeting was held, and its
officers.
"""

from __future__ import annotations

from typing import Any

from ..base.messages import Message, _
from ..documents.ods import Column, Sheet
from ..documents.ods_reader import Cell, Grid
from .issues import Columns, Doubts, find_columns, member, no_formula
from .proxies import title
from .record import Assembly
from .vocabulary import HELD, hour, plain, understood, ways

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


def session_sheet(assembly: Assembly) -> Sheet:
    """A line for each thing to be said of the meeting itself; what is known stands in it."""
    say, value = assembly.say, assembly.value
    officers = value.get("officers") or {}
    held = HELD.get(str(value.get("mode") or ""))
    known = {
        "opened": value.get("opened"),
        "closed": value.get("closed"),
        "place": value.get("place"),
        "held": say(held[0]) if held else None,
        "chair": _named(assembly, officers.get("chair")),
        "chair_capacity": (officers.get("chair") or {}).get("capacity"),
        "secretary": _named(assembly, officers.get("secretary")),
        "tellers": ", ".join(assembly.name(id) for id in officers.get("tellers") or []) or None,
    }
    intro = (
        f"{say(_('The meeting'))} – {assembly.title}",
        say(_("Several tellers: commas between them.")),
    )
    columns = (Column(title(assembly, "field"), 5.5), Column(title(assembly, "value"), 10, True))
    return Sheet(
        say(_("The meeting")),
        intro,
        columns,
        tuple((say(own), known[name]) for name, (own, _others) in FIELDS.items()),
    )


def _named(assembly: Assembly, said: dict[str, Any] | None) -> str | None:
    return (
        (assembly.name(said["member"]) if said.get("member") else said.get("name"))
        if said
        else None
    )


def taken(assembly: Assembly, grids: list[Grid], doubts: Doubts) -> dict[str, Any]:
    """The fields of the record that the table tells; a file without this table, such as CSV, tells
    none.
    """
    columns = find_columns(grids, ("field", "value"), (), Doubts())
    if columns is None:
        doubts.told.append(
            _(
                "This file has no table of the meeting itself: hours, place and officers stay "
                "as they were."
            )
        )
        return {}
    cells: dict[str, tuple[int, Cell]] = {}
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
        elif name and cell.text and no_formula(cell, row, columns.place("value"), doubts):
            cells[name] = (row, cell)
    return _fields(assembly, columns, cells, doubts)


def _fields(
    assembly: Assembly, columns: Columns, cells: dict[str, tuple[int, Cell]], doubts: Doubts
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in ("opened", "closed"):
        if name in cells:
            row, cell = cells[name]
            found[name] = cell.moment or hour(cell.text)
            if not found[name]:
                doubts.at(
                    row,
                    columns.place("value"),
                    _("“{text}” is no hour such as 14:45.", text=cell.text),
                )
    if "place" in cells:
        found["place"] = cells["place"][1].text[:200]
    if "held" in cells:
        row, cell = cells["held"]
        found["mode"] = understood(cell.text, HELD)
        if not found["mode"]:
            words = ", ".join(assembly.say(own) for own, _others in HELD.values())
            doubts.at(
                row,
                columns.place("value"),
                _("“{text}” is none of: {words}.", text=cell.text, words=words),
            )
    officers = _officers(assembly, columns, cells, doubts)
    return found | (
        {"officers": {**(assembly.value.get("officers") or {}), **officers}} if officers else {}
    )


def _officers(
    assembly: Assembly, columns: Columns, cells: dict[str, tuple[int, Cell]], doubts: Doubts
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in ("chair", "secretary"):
        if name in cells:
            found[name] = _officer(assembly, cells[name][1].text, doubts)
    if "chair_capacity" in cells and "chair" in found:
        found["chair"] |= {"capacity": cells["chair_capacity"][1].text[:120]}
    if "tellers" in cells:
        row, cell = cells["tellers"]
        ids = []
        for name in cell.text.replace(";", ",").replace("\n", ",").split(","):
            if name.strip():
                id, wrong = member(assembly, name)
                ids += [id] if not wrong else []
                if wrong:
                    doubts.at(row, columns.place("value"), wrong)
        found["tellers"] = list(dict.fromkeys(ids))
    return found


def _officer(assembly: Assembly, text: str, doubts: Doubts) -> dict[str, Any]:
    """A member, else somebody by name: an officer need not be a member, and it is told."""
    id, wrong = member(assembly, text)
    if not wrong:
        return {"member": id}
    doubts.told.append(_("{name} is noted by name: {fault}", name=text, fault=wrong))
    return {"name": text[:120]}
