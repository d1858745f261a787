"""The attendance sheet: out with a line a member, and back into the record, whatever people did to
it in between.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..base.messages import _, ngettext
from ..documents.ods import Column, Sheet, Value, spreadsheet
from ..documents.ods_reader import Cell, Grid
from .attendance_changes import session_sheet
from .issues import Columns, Doubts, find_columns, member, no_formula
from .proxies import look, title
from .record import Assembly
from .vocabulary import BLANK, BY, MODES, hour, one_of, plain, understood, ways

SPARE = 8
HERE = frozenset(["present", "remote"])
_MOST_NAMED = 12


@dataclass
class Taken:
    """What a sheet says: members and guests, and the row of each member."""

    attendance: list[dict[str, Any]] = field(default_factory=list)
    guests: list[dict[str, Any]] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    unmarked: list[str] = field(default_factory=list)


def sheet(assembly: Assembly) -> bytes:
    """The sheet to fill in; what is noted already stands in it."""
    say = assembly.say
    intro = (
        f"{say(_('Attendance sheet'))} – {assembly.title}",
        say(
            _(
                "Fill in the white columns. A member without a word under “{how}” is noted absent.",
                how=_("Presence"),
            )
        ),
        say(
            _(
                "Guests: add a line, and write “{guest}” under “{how}”.",
                guest=MODES["guest"][0],
                how=_("Presence"),
            )
        ),
    )
    modes = tuple(say(own) for own, _others in MODES.values())
    columns = (
        Column(title(assembly, "name"), 5.5),
        Column(title(assembly, "id"), 4),
        Column(title(assembly, "college"), 3),
        Column(title(assembly, "votes"), 1.4, number=True),
        Column(title(assembly, "mode"), 3.2, True, modes),
        Column(title(assembly, "holder"), 5, True),
        Column(title(assembly, "arrived"), 2.2, True),
        Column(title(assembly, "left"), 2.2, True),
        Column(title(assembly, "capacity"), 3.2, True),
    )
    tabs = [
        Sheet(say(_("Attendance")), intro, columns, tuple(_rows(assembly)), SPARE),
        session_sheet(assembly),
    ]
    return spreadsheet(tabs, look(assembly, _("Attendance sheet")))


def _rows(assembly: Assembly) -> list[tuple[Value, ...]]:
    had = {one["member"]: one for one in assembly.value.get("attendance") or []}
    ids = [voter.id for voter in assembly.voters]
    rows = [_row(assembly, id, had.get(id)) for id in [*ids, *(id for id in had if id not in ids)]]
    guest = assembly.say(MODES["guest"][0])
    for one in assembly.value.get("guests") or []:
        rows.append((one["name"], None, None, None, guest, None, None, None, one.get("capacity")))
    return rows


def _row(assembly: Assembly, id: str, had: dict[str, Any] | None) -> tuple[Value, ...]:
    voter = assembly.electorate.find(id)
    if had is None and id in assembly.given:
        had = {"mode": "represented"}
    holder = (had or {}).get("holder") or assembly.given.get(id)
    named = (
        assembly.name(holder)
        if holder
        else assembly.say(BLANK).partition(",")[0]
        if holder == ""
        else None
    )
    mode = assembly.say(MODES[had["mode"]][0]) if had else None
    college = assembly.college(voter.college) if voter and voter.college else None
    hours = ((had or {}).get("arrived"), (had or {}).get("left"))
    return assembly.filed(id), id, college, assembly.votes(id), mode, named, *hours, None


def taken(assembly: Assembly, grids: list[Grid], doubts: Doubts) -> Taken:
    """What a sheet tells; what is not clear goes to `doubts`."""
    columns = find_columns(
        grids,
        ("name", "mode"),
        ("id", "college", "votes", "holder", "arrived", "left", "capacity", "signature"),
        doubts,
    )
    found = Taken()
    for row in columns.rows if columns else ():
        assert columns
        _line(assembly, columns, row, found, doubts)
    _forgotten(assembly, found, doubts)
    return found


def _line(assembly: Assembly, columns: Columns, row: int, found: Taken, doubts: Doubts) -> None:
    asked = ("mode", "holder", "arrived", "left", "capacity")
    cells = {name: columns.cell(row, name) for name in (*asked, "name", "id")}
    if not cells["name"].text and not cells["id"].text:
        if any(cells[name].text for name in asked):
            doubts.at(row, columns.place("name"), _("whose line is this? There is no name."))
        return
    sound = [no_formula(cells[name], row, columns.place(name), doubts) for name in asked]
    if not all(sound):
        return
    mode, by = _mode(cells["mode"].text)
    if mode == "guest":
        _guest(cells, found)
        return
    id, wrong = member(assembly, cells["id"].text or cells["name"].text)
    if wrong:
        doubts.at(
            row,
            columns.place("id" if cells["id"].text else "name"),
            _(
                "{fault} For a guest, write “{guest}” under “{how}”.",
                fault=wrong,
                guest=MODES["guest"][0],
                how=_("Presence"),
            ),
        )
    elif id in found.rows:
        doubts.at(
            row,
            columns.place("name"),
            _("{name} stands on row {row} already.", name=assembly.name(id), row=found.rows[id]),
        )
    else:
        found.rows[id] = row
        _member(assembly, columns, row, id, (mode, by, cells), found, doubts)


def _mode(text: str) -> tuple[str, str]:
    """How somebody was there, and by whom they are represented where the same words say so."""
    if mode := understood(text, MODES):
        return mode, ""
    wanted = plain(text)
    for way in sorted(ways(BY), key=len, reverse=True):
        if wanted.startswith(f"{way} "):
            words = text.split()
            return "represented", " ".join(words[len(way.split()) :]) if len(
                plain(text).split()
            ) == len(words) else wanted[len(way) + 1 :]
    return "", ""


def _guest(cells: dict[str, Cell], found: Taken) -> None:
    one = {"name": cells["name"].text[:120]}
    found.guests.append(
        one | ({"capacity": cells["capacity"].text[:160]} if cells["capacity"].text else {})
    )


def _member(
    assembly: Assembly,
    columns: Columns,
    row: int,
    id: str,
    said: tuple[str, str, dict[str, Cell]],
    found: Taken,
    doubts: Doubts,
) -> None:
    mode, by, cells = said
    written = cells["mode"].text
    hours = {name: _hour(columns, row, name, cells[name], doubts) for name in ("arrived", "left")}
    if written and not mode:
        doubts.at(
            row,
            columns.place("mode"),
            _("“{text}” is none of: {words}.", text=written, words=_words(assembly)),
        )
        return
    if not mode:
        if any(hours.values()) or cells["holder"].text:
            doubts.at(
                row,
                columns.place("mode"),
                _(
                    "{name} has an hour or a proxy, and no word for how they were there.",
                    name=assembly.name(id),
                ),
            )
        elif assembly.electorate.find(id):
            found.unmarked.append(id)
        mode = "absent"
    one: dict[str, Any] = {"member": id, "mode": mode}
    holder = _holder(assembly, columns, row, id, mode, by or cells["holder"].text, doubts)
    one |= {"holder": holder} if holder else {}
    if any(hours.values()) and mode not in HERE and written:
        doubts.at(
            row,
            columns.place("arrived"),
            _("{name} was not there, and has an hour.", name=assembly.name(id)),
        )
    if hours["arrived"] and hours["left"] and hours["left"] <= hours["arrived"]:
        left, arrived = assembly.hour(hours["left"]), assembly.hour(hours["arrived"])
        doubts.at(
            row,
            columns.place("left"),
            _("left at {left}, before {arrived}.", left=left, arrived=arrived),
        )
    found.attendance.append(one | {name: value for name, value in hours.items() if value})


def _words(assembly: Assembly) -> str:
    return ", ".join(assembly.say(own) for own, _others in MODES.values())


def _hour(columns: Columns, row: int, name: str, cell: Cell, doubts: Doubts) -> str:
    found = cell.moment or hour(cell.text)
    if cell.text and not found:
        doubts.at(row, columns.place(name), _("“{text}” is no hour such as 14:45.", text=cell.text))
    return found


def _holder(
    assembly: Assembly, columns: Columns, row: int, id: str, mode: str, text: str, doubts: Doubts
) -> str:
    """Who represents somebody, as the sheet says it or as the proxy does."""
    given = assembly.given.get(id)
    if mode != "represented":
        if text and not one_of(text, BLANK) and given is None:
            doubts.at(
                row,
                columns.place("holder"),
                _("{name} is not represented, and a name is written here.", name=assembly.name(id)),
            )
        return ""
    if not text or one_of(text, BLANK):
        if given is None:
            doubts.at(
                row,
                columns.place("holder"),
                _("by whom is {name} represented? No proxy was noted.", name=assembly.name(id)),
            )
        return given or ""
    holder, wrong = member(assembly, text)
    if wrong:
        doubts.at(row, columns.place("holder"), wrong)
    elif given and given != holder:
        message = _(
            "the proxy of {name} was noted as given to {other}, not to {holder}.",
            name=assembly.name(id),
            other=assembly.name(given),
            holder=assembly.name(holder),
        )
        doubts.at(row, columns.place("holder"), message)
    elif given is None:
        doubts.at(
            row,
            columns.place("holder"),
            _(
                "no proxy of {name} was noted: note it first (step “proxies”).",
                name=assembly.name(id),
            ),
        )
    return holder


def _forgotten(assembly: Assembly, found: Taken, doubts: Doubts) -> None:
    """Members without a line, proxies that do not count, who is noted absent for want of a word,
    and who has no vote.
    """
    if doubts.unread:
        return
    if missing := [
        assembly.name(voter.id) for voter in assembly.voters if voter.id not in found.rows
    ]:
        doubts.found.append(
            _(
                "No line for: {names}. Add them, or write “{absent}” on their line.",
                names=_some(missing),
                absent=MODES["absent"][0],
            )
        )
    _represented(assembly, found, doubts)
    if found.unmarked:
        names = _some([assembly.name(id) for id in found.unmarked])
        count = len(found.unmarked)
        doubts.told.append(
            ngettext(
                "{count} member without a word is noted absent: {names}.",
                "{count} members without a word are noted absent: {names}.",
                count,
                names=names,
            )
        )
    if outside := [
        assembly.name(one["member"])
        for one in found.attendance
        if assembly.electorate.find(one["member"]) is None
    ]:
        doubts.told.append(_("There without a vote on this day: {names}.", names=_some(outside)))


def _represented(assembly: Assembly, found: Taken, doubts: Doubts) -> None:
    """Proxies that do not count: their holder was not there, or who gave them came."""
    modes = {one["member"]: one["mode"] for one in found.attendance}
    for one in found.attendance:
        if one.get("holder") and modes.get(one["holder"]) not in HERE:
            name, holder = assembly.name(one["member"]), assembly.name(one["holder"])
            doubts.told.append(
                _(
                    "{name} is represented by {holder}, who was not there: this proxy does "
                    "not count.",
                    name=name,
                    holder=holder,
                )
            )
        elif assembly.given.get(one["member"]) is not None and one["mode"] in HERE:
            doubts.told.append(
                _(
                    "{name} came: the proxy given does not count while they are there.",
                    name=assembly.name(one["member"]),
                )
            )


def entitled(assembly: Assembly, doubts: Doubts) -> dict[str, int]:
    """How many have a vote on the day, counted anew: members come and go after the draft is
    made.
    """
    count, had = len(assembly.voters), assembly.value.get("entitled")
    if not count or count == had:
        return {}
    if had is not None:
        doubts.told.append(
            ngettext(
                "{count} member has a vote on {date}, as the members' files say: noted "
                "instead of {had}.",
                "{count} members have a vote on {date}, as the members' files say: noted "
                "instead of {had}.",
                count,
                date=assembly.date(assembly.day),
                had=had,
            )
        )
    return {"entitled": count}


def _some(names: list[str]) -> str:
    return ", ".join(names[:_MOST_NAMED]) + ("…" if len(names) > _MOST_NAMED else "")


def lost(assembly: Assembly, found: Taken, doubts: Doubts) -> None:
    """What the record has and the sheet has not: nothing is lost in silence."""
    if doubts.unread:
        return
    gone: list[str] = [
        assembly.name(one["member"])
        for one in assembly.value.get("attendance") or []
        if one["member"] not in found.rows
    ]
    there = {plain(one["name"]) for one in found.guests}
    gone += [
        one["name"] for one in assembly.value.get("guests") or [] if plain(one["name"]) not in there
    ]
    if gone:
        doubts.found.append(
            _(
                "Noted before and not in this file: {names}. Add them to it, or, in a "
                "terminal, take the file all the same with --replace.",
                names=_some(gone),
            )
        )
