"""The attendance sheet that comes back, whatever people did to it in between: how each member was
there, who represents whom, who was a guest, and which proxies count.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast

import msgspec

from ..base.messages import Message, _, ngettext
from ..decisions.types import Attendance, Guest, Mode
from ..decisions.types.meetings import ReceivedProxy
from ..decisions.types.parts import to_plain
from ..documents.ods_reader import Cell, Grid
from .issues import Columns, Doubts, find_columns, not_in_this_file, require_no_formula
from .names import find_member
from .proxies import set_aside, tell_set_aside
from .record import Assembly
from .vocabulary import ABSENT, BLANK, BY, GUEST, MODES, find_word, one_of, parse_hour, plain, ways

ASKED = ("mode", "holder", "arrived", "left", "capacity")
"""The columns that are filled in."""
_MOST_NAMED = 12


@dataclass
class Roll:
    """What a sheet says: members and guests, the row of each member and all that is filled in
    there, who has no word for how they were there, proxies found at the door, and all proxies with
    what is set aside.
    """

    attendance: list[Attendance] = field(default_factory=list)
    guests: list[Guest] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    unmarked: list[str] = field(default_factory=list)
    at_the_door: list[ReceivedProxy] = field(default_factory=list)
    proxies: list[ReceivedProxy] = field(default_factory=list)

    def note_at_the_door(self, assembly: Assembly, id: str, holder: str) -> None:
        """Note a proxy that nobody had before the day; one that was set aside is known."""
        known = ((one.principal, one.holder or "") for one in assembly.minutes.proxies)
        if (id, holder) not in known:
            one = ReceivedProxy(
                principal=id, holder=holder or None, blank=not holder, received_on=assembly.day
            )
            self.at_the_door.append(one)

    @property
    def plain(self) -> dict[str, Any]:
        """The fields of the record, as they are written; None takes one away."""
        return {
            "attendance": list(map(to_plain, self.attendance)),
            "guests": list(map(to_plain, self.guests)) or None,
            "proxies": list(map(to_plain, self.proxies)) or None,
        }


@dataclass(frozen=True)
class _Line:
    """A line of the sheet as it was written, and its place."""

    columns: Columns
    row: int

    def cell(self, column: str) -> Cell:
        return self.columns.cell(self.row, column)

    @property
    def name(self) -> str:
        return self.cell("name").text

    @property
    def id(self) -> str:
        return self.cell("id").text

    @property
    def mode(self) -> str:
        return self.cell("mode").text

    @property
    def holder(self) -> str:
        return self.cell("holder").text

    @property
    def capacity(self) -> str:
        return self.cell("capacity").text

    @property
    def marks(self) -> str:
        """All that is filled in of a member, to be compared."""
        words = [plain(self.cell(column).text) for column in ("mode", "holder", "arrived", "left")]
        return "|".join([find_word(self.mode, MODES) or words[0], *words[1:]]).strip("|")

    def doubt(self, doubts: Doubts, column: str, message: Message) -> None:
        """Note a doubt about one of its cells."""
        doubts.at(self.row, self.columns.place(column), message)

    def noter(self, doubts: Doubts, column: str) -> Callable[[Message], None]:
        """Takes what is only told of one of its cells."""
        return doubts.noter(self.row, self.columns.place(column))

    def hour(self, column: str, doubts: Doubts) -> str:
        """The hour in a column; empty, with a doubt, where it is none."""
        cell = self.cell(column)
        found = cell.moment or parse_hour(cell.text)
        if cell.text and not found:
            self.doubt(doubts, column, _("“{text}” is no hour such as 14:45.", text=cell.text))
        return found


def read_attendance(assembly: Assembly, grids: list[Grid], doubts: Doubts) -> Roll:
    """What a sheet tells; what is not clear goes to `doubts`."""
    columns = find_columns(
        grids,
        ("name", "mode"),
        ("id", "college", "votes", "holder", "arrived", "left", "capacity", "signature"),
        doubts,
    )
    roll = Roll()
    if columns:
        for row in columns.rows:
            _read_line(assembly, _Line(columns, row), roll, doubts)
    _look_for_gaps(assembly, roll, doubts)
    if not doubts.unread:
        _settle_proxies(assembly, roll, doubts)
    return roll


def _settle_proxies(assembly: Assembly, roll: Roll, doubts: Doubts) -> None:
    """Note the proxies found at the door, set aside those that do not count, and note absent whom
    nobody represents then.
    """
    for one in roll.at_the_door:
        doubts.remarks.append(
            _(
                "The proxy of {name} to {holder}, found at the door, is noted as received on "
                "{date}.",
                name=assembly.name(one.principal),
                holder=assembly.holder_name(one.holder),
                date=assembly.date(one.received_on),
            )
        )
    rows = list(map(to_plain, roll.attendance))
    roll.proxies = set_aside(
        assembly.with_fields(attendance=rows), [*assembly.minutes.proxies, *roll.at_the_door]
    )
    untold = [one for one in roll.proxies if one.set_aside not in ("came", "holder_absent")]
    tell_set_aside(assembly, untold, doubts)
    counting = {one.principal for one in roll.proxies if not one.set_aside}
    aside = {one.principal for one in roll.proxies} - counting
    for place, row in enumerate(roll.attendance):
        if row.mode == "represented" and row.member in aside:
            roll.attendance[place] = msgspec.structs.replace(row, mode="absent", holder=None)
            doubts.remarks.append(
                _(
                    "{name} is noted absent: no proxy of theirs counts.",
                    name=assembly.name(row.member),
                )
            )


def _read_line(assembly: Assembly, line: _Line, roll: Roll, doubts: Doubts) -> None:
    if not line.name and not line.id:
        if any(line.cell(column).text for column in ASKED):
            line.doubt(doubts, "name", _("whose line is this? There is no name."))
        return
    sound = [
        require_no_formula(line.cell(column), line.row, line.columns.place(column), doubts)
        for column in ASKED
    ]
    if not all(sound):
        return
    mode, by = _read_mode(line.mode)
    if mode == GUEST:
        roll.guests.append(Guest(name=line.name[:120], capacity=line.capacity[:160]))
        return
    id, wrong = find_member(assembly, line.id or line.name, line.noter(doubts, "name"))
    if wrong:
        message = _(
            "{fault} For a guest, write “{guest}” under “{how}”.",
            fault=wrong,
            guest=MODES[GUEST][0],
            how=_("Presence"),
        )
        line.doubt(doubts, "id" if line.id else "name", message)
    elif id in roll.rows:
        _read_again(assembly, line, id, mode, by, roll, doubts)
    else:
        roll.rows[id] = line.row
        roll.marks[id] = line.marks
        _read_member(assembly, line, id, mode, by, roll, doubts)


def _read_again(
    assembly: Assembly, line: _Line, id: str, mode: str, by: str, roll: Roll, doubts: Doubts
) -> None:
    """A second line of one member: nothing where one of the two is empty, counted once where both
    say the same, else a doubt.
    """
    name, row = assembly.name(id), roll.rows[id]
    if not line.marks:
        return
    if not roll.marks[id]:
        roll.rows[id], roll.marks[id] = line.row, line.marks
        roll.attendance = [one for one in roll.attendance if one.member != id]
        roll.unmarked = [one for one in roll.unmarked if one != id]
        _read_member(assembly, line, id, mode, by, roll, doubts)
    elif roll.marks[id] == line.marks:
        roll.attendance = [
            msgspec.structs.replace(one, twice=True) if one.member == id else one
            for one in roll.attendance
        ]
        doubts.remarks.append(
            _(
                "{name} signed twice, on rows {row} and {other}: counted once.",
                name=name,
                row=row,
                other=line.row,
            )
        )
    else:
        message = _("{name} stands on row {row} already, with other words.", name=name, row=row)
        line.doubt(doubts, "name", message)


def _read_mode(text: str) -> tuple[str, str]:
    """How somebody was there, and by whom they are represented where the same words say so."""
    if mode := find_word(text, MODES):
        return mode, ""
    wanted = plain(text)
    for way in sorted(ways(BY), key=len, reverse=True):
        if wanted.startswith(f"{way} "):
            words = text.split()
            return "represented", " ".join(words[len(way.split()) :]) if len(
                plain(text).split()
            ) == len(words) else wanted[len(way) + 1 :]
    return "", ""


def _read_member(
    assembly: Assembly, line: _Line, id: str, mode: str, by: str, roll: Roll, doubts: Doubts
) -> None:
    name, written = assembly.name(id), line.mode
    arrived, left = line.hour("arrived", doubts), line.hour("left", doubts)
    if written and not mode:
        words = ", ".join(assembly.say(own) for own, _others in MODES.values())
        line.doubt(doubts, "mode", _("“{text}” is none of: {words}.", text=written, words=words))
        return
    if not mode:
        if arrived or left or line.holder:
            message = _(
                "{name} has an hour or a proxy, and no word for how they were there.", name=name
            )
            line.doubt(doubts, "mode", message)
        elif assembly.electorate.find(id):
            roll.unmarked.append(id)
        mode = ABSENT
    holder = _read_holder(assembly, line, id, mode, by or line.holder, roll, doubts)
    one = Attendance(
        member=id, mode=cast(Mode, mode), holder=holder or None, arrived=arrived, left=left
    )
    if (arrived or left) and not one.is_here and written:
        line.doubt(doubts, "arrived", _("{name} was not there, and has an hour.", name=name))
    if arrived and left and left <= arrived:
        message = _(
            "left at {left}, before {arrived}.",
            left=assembly.hour(left),
            arrived=assembly.hour(arrived),
        )
        line.doubt(doubts, "left", message)
    roll.attendance.append(one)


def _read_holder(
    assembly: Assembly, line: _Line, id: str, mode: str, text: str, roll: Roll, doubts: Doubts
) -> str:
    """Who represents somebody, as the sheet says it or as the proxy does; a proxy that was not
    noted yet was found at the door.
    """
    given, name = assembly.proxy_holders.get(id), assembly.name(id)
    if mode != "represented":
        if text and not one_of(text, BLANK) and given is None:
            message = _("{name} is not represented, and a name is written here.", name=name)
            line.doubt(doubts, "holder", message)
        return ""
    if not text or one_of(text, BLANK):
        if given is None and text:
            roll.note_at_the_door(assembly, id, "")
        elif given is None and not any(one.principal == id for one in assembly.minutes.proxies):
            message = _("by whom is {name} represented? No proxy was noted.", name=name)
            line.doubt(doubts, "holder", message)
        return given or ""
    holder, wrong = find_member(assembly, text, line.noter(doubts, "holder"))
    if wrong:
        line.doubt(doubts, "holder", wrong)
    elif holder == id:
        message = _("{name} cannot give a proxy to themselves.", name=name)
        line.doubt(doubts, "holder", message)
    elif given and given != holder:
        message = _(
            "the proxy of {name} was noted as given to {other}, not to {holder}. A later one is "
            "noted first (step “proxies”).",
            name=name,
            other=assembly.name(given),
            holder=assembly.name(holder),
        )
        line.doubt(doubts, "holder", message)
    elif given is None:
        roll.note_at_the_door(assembly, id, holder)
    return holder


def _look_for_gaps(assembly: Assembly, roll: Roll, doubts: Doubts) -> None:
    """Members without a line, proxies that do not count, who is noted absent for want of a word,
    and who has no vote.
    """
    if doubts.unread:
        return
    if missing := [
        assembly.name(voter.id) for voter in assembly.voters if voter.id not in roll.rows
    ]:
        doubts.faults.append(
            _(
                "No line for: {names}. Add them, or write “{absent}” on their line.",
                names=_some(missing),
                absent=MODES[ABSENT][0],
            )
        )
    _tell_proxies_that_do_not_count(assembly, roll, doubts)
    if roll.unmarked:
        doubts.remarks.append(
            ngettext(
                "{count} member without a word is noted absent: {names}.",
                "{count} members without a word are noted absent: {names}.",
                len(roll.unmarked),
                names=_some([assembly.name(id) for id in roll.unmarked]),
            )
        )
    if outside := [
        assembly.name(one.member)
        for one in roll.attendance
        if assembly.electorate.find(one.member) is None
    ]:
        doubts.remarks.append(_("There without a vote on this day: {names}.", names=_some(outside)))


def _tell_proxies_that_do_not_count(assembly: Assembly, roll: Roll, doubts: Doubts) -> None:
    """Their holder was not there, or who gave them came."""
    here = {one.member for one in roll.attendance if one.is_here}
    for one in roll.attendance:
        name = assembly.name(one.member)
        if one.holder and one.holder not in here:
            doubts.remarks.append(
                _(
                    "{name} is represented by {holder}, who was not there: this proxy does "
                    "not count.",
                    name=name,
                    holder=assembly.name(one.holder),
                )
            )
        elif assembly.proxy_holders.get(one.member) is not None and one.is_here:
            doubts.remarks.append(
                _("{name} came: the proxy given does not count while they are there.", name=name)
            )


def count_entitled(assembly: Assembly, doubts: Doubts) -> dict[str, int]:
    """How many have a vote on the day, counted anew: members come and go after the draft is
    made.
    """
    count, had = len(assembly.voters), assembly.minutes.entitled
    if not count or count == had:
        return {}
    if had is not None:
        doubts.remarks.append(
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


def require_all_noted(assembly: Assembly, roll: Roll, doubts: Doubts) -> None:
    """Note what the record has and the sheet has not: nothing is lost in silence."""
    minutes, there = assembly.minutes, {plain(one.name) for one in roll.guests}
    gone = [
        *(assembly.name(one.member) for one in minutes.attendance if one.member not in roll.rows),
        *(one.name for one in minutes.guests if plain(one.name) not in there),
    ]
    if gone and not doubts.unread:
        doubts.faults.append(not_in_this_file(_some(gone)))
