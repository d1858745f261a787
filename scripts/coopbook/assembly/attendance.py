"""The attendance sheet that goes out to be filled in: who is expected, what is noted already."""

from __future__ import annotations

from dataclasses import replace

from ..base.messages import _
from ..decisions.types import Attendance
from ..documents.ods import Column, Sheet, Value, render_ods
from .proxies import list_names, look, title
from .record import Assembly
from .session import session_sheet
from .vocabulary import GUEST, MODES

SPARE = 8


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
                "A proxy found at the door: write “{word}”, and the name of its holder, on the "
                "line of who gave it; it is noted with the day of the meeting.",
                word=MODES["represented"][0],
            )
        ),
        say(
            _(
                "Guests: add a line, and write “{guest}” under “{how}”.",
                guest=MODES[GUEST][0],
                how=_("Presence"),
            )
        ),
    )
    modes = tuple(say(own) for own, _others in MODES.values())
    names, listed = list_names(assembly)
    columns = (
        Column(title(assembly, "name"), 5.5),
        Column(title(assembly, "id"), 4),
        Column(title(assembly, "college"), 3),
        Column(title(assembly, "votes"), 1.4, number=True),
        Column(title(assembly, "mode"), 3.2, True, modes),
        Column(title(assembly, "holder"), 5, True, listed),
        Column(title(assembly, "arrived"), 2.2, True),
        Column(title(assembly, "left"), 2.2, True),
        Column(title(assembly, "capacity"), 3.2, True),
    )
    tabs = [
        Sheet(say(_("Attendance")), intro, columns, tuple(_rows(assembly)), SPARE),
        session_sheet(assembly, replace(listed, count=listed.count - 1)),
        names,
    ]
    return render_ods(tabs, look(assembly, _("Attendance sheet")))


def _rows(assembly: Assembly) -> list[tuple[Value, ...]]:
    had = {one.member: one for one in assembly.minutes.attendance}
    ids = [voter.id for voter in assembly.voters]
    rows = [_row(assembly, id, had.get(id)) for id in [*ids, *(id for id in had if id not in ids)]]
    guest = assembly.say(MODES[GUEST][0])
    for one in assembly.minutes.guests:
        capacity = one.capacity or None
        rows.append((one.name, None, None, None, guest, None, None, None, capacity))
    return rows


def _row(assembly: Assembly, id: str, had: Attendance | None) -> tuple[Value, ...]:
    voter = assembly.electorate.find(id)
    if had is None:
        had = Attendance(mode="represented" if id in assembly.proxy_holders else "")
    holder = had.holder or assembly.proxy_holders.get(id)
    named = None if holder is None else assembly.holder_name(holder)
    mode = assembly.say(MODES[had.mode][0]) if had.mode else None
    college = assembly.college(voter.college) if voter and voter.college else None
    hours = (had.arrived or None, had.left or None)
    return assembly.sort_name(id), id, college, assembly.votes(id), mode, named, *hours, None
