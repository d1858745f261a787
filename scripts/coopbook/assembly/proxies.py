"""The sheet of proxies received: out with a line a member, and back into the record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from ..base.messages import Message, _
from ..decisions.set_aside import REASONS, find_set_aside
from ..decisions.types.meetings import ReceivedProxy
from ..decisions.types.parts import to_plain
from ..documents.ods import Column, Listed, Look, Sheet, Value, list_words, render_ods
from ..documents.ods_reader import Grid
from .issues import Columns, Doubts, find_columns, not_in_this_file, require_no_formula
from .names import find_member
from .notice import limit_of_proxies
from .record import Assembly
from .vocabulary import BLANK, TITLES, one_of, parse_day

SPARE = 5


def look(assembly: Assembly, title: Message) -> Look:
    """What the sheets of an assembly share."""
    say = assembly.say
    name = f"{say(title)} – {assembly.title}"
    language = assembly.usage.replace("_", "-")
    return Look(name, assembly.coop, name, say(_("Page")), language, assembly.colour, assembly.day)


def title(assembly: Assembly, name: str) -> str:
    return assembly.say(TITLES[name][0])


def sheet(assembly: Assembly) -> bytes:
    """The sheet to fill in; what is noted already stands in it."""
    say = assembly.say
    intro = (
        f"{say(_('Proxies received'))} – {assembly.title}",
        say(
            _(
                "Fill in the white columns. Write “blank” where no name is written on the "
                "proxy. Leave the line empty where there is none. A second proxy of one member: "
                "on a line below."
            )
        ),
        say(
            limit_of_proxies(assembly)
            or _("The rules set no limit to the proxies that one member may hold.")
            if assembly.proxy_rule.allowed
            else _("The rules of the co-op allow no proxies.")
        ),
    )
    names, listed = list_names(assembly)
    columns = (
        Column(title(assembly, "name"), 6.5),
        Column(title(assembly, "id"), 4.5),
        Column(title(assembly, "gives_to"), 6.5, True, listed),
        Column(title(assembly, "received"), 3.5, True),
        Column(title(assembly, "set_aside"), 6),
    )
    rows = tuple(_rows(assembly))
    name = look(assembly, _("Proxies received"))
    return render_ods([Sheet(say(_("Proxies")), intro, columns, rows, SPARE), names], name)


def list_names(assembly: Assembly) -> tuple[Sheet, Listed]:
    """The names of those with a vote, to choose from, and last the word for a proxy without a
    name.
    """
    names = assembly.names_apart([voter.id for voter in assembly.voters])
    names.append(assembly.holder_name(None))
    return list_words(assembly.say(_("Names to choose from")), title(assembly, "name"), names)


def _rows(assembly: Assembly) -> Iterator[tuple[Value, ...]]:
    """A line a member with a vote, one more for each further proxy of theirs; then the proxies of
    others.
    """
    proxies = assembly.minutes.proxies
    for voter in assembly.voters:
        own = [one for one in proxies if one.principal == voter.id]
        if not own:
            yield _row(assembly, voter.id, None)
        for had in own:
            yield _row(assembly, voter.id, had)
    for one in proxies:
        if assembly.electorate.find(one.principal) is None:
            yield _row(assembly, one.principal, one)


def _row(assembly: Assembly, id: str, had: ReceivedProxy | None) -> tuple[Value, ...]:
    name = assembly.sort_name(id)
    if had is None:
        return name, id, None, None, None
    holder = assembly.holder_name(had.holder)
    why = assembly.say(REASONS[had.set_aside]) if had.set_aside else None
    return name, id, holder, had.received_on or None, why


def read_proxies(assembly: Assembly, grids: list[Grid], doubts: Doubts) -> list[ReceivedProxy]:
    """The proxies that a sheet tells, in the order they came; those that do not count are set
    aside. What is not clear goes to `doubts`.
    """
    columns = find_columns(grids, ("name", "gives_to"), ("id", "received", "mode"), doubts)
    if columns and "mode" in columns.places:
        # whom somebody is represented by stands in it under a title that is understood here too
        doubts.faults.append(
            _("This is the attendance sheet: give it back at the step “attendance”.")
        )
        return []
    found: list[ReceivedProxy] = []
    rows: dict[str, int] = {}
    for row in columns.rows if columns else ():
        assert columns
        one = _read_line(assembly, columns, row, doubts)
        if one is None:
            continue
        if one.principal in rows:
            message = _(
                "{name} gives another proxy on row {row}: the last day counts, of one day the "
                "lower row.",
                name=assembly.name(one.principal),
                row=rows[one.principal],
            )
            doubts.remarks.append(message)
        rows[one.principal] = row
        found.append(one)
    _look_at_limits(assembly, found, doubts)
    return set_aside(assembly, sorted(found, key=lambda one: (one.received_on, one.principal)))


def set_aside(assembly: Assembly, proxies: Sequence[ReceivedProxy]) -> list[ReceivedProxy]:
    """Proxies, each with the reason where it does not count, as far as is known so far."""
    bare = [msgspec.structs.replace(one, set_aside="") for one in proxies]
    why = find_set_aside(
        assembly.with_fields(proxies=list(map(to_plain, bare))).minutes, assembly.index
    )
    return [
        msgspec.structs.replace(one, set_aside=why.get(number, ""))
        for number, one in enumerate(bare)
    ]


def tell_set_aside(assembly: Assembly, proxies: Sequence[ReceivedProxy], doubts: Doubts) -> None:
    """Each proxy that is set aside, and why."""
    for one in proxies:
        if one.set_aside:
            doubts.remarks.append(describe_set_aside(assembly, one))


def describe_set_aside(assembly: Assembly, one: ReceivedProxy) -> Message:
    """A proxy that is set aside: whose, to whom, since when, why."""
    return _(
        "The proxy of {name} to {holder} is set aside: {reason}.",
        name=assembly.name(one.principal),
        holder=assembly.holder_name(one.holder),
        reason=REASONS[one.set_aside],
    )


def _read_line(
    assembly: Assembly, columns: Columns, row: int, doubts: Doubts
) -> ReceivedProxy | None:
    """One line; None where it says nothing of a proxy, or something that is not clear."""
    to, when = columns.cell(row, "gives_to"), columns.cell(row, "received")
    who = columns.cell(row, "id") if columns.cell(row, "id").text else columns.cell(row, "name")
    if not to.text and not to.formula and not when.text:
        return None
    if not require_no_formula(to, row, columns.place("gives_to"), doubts) or not require_no_formula(
        when, row, columns.place("received"), doubts
    ):
        return None
    principal = _find(assembly, columns, row, who.text, "name", doubts)
    if not to.text:
        doubts.at(
            row,
            columns.place("gives_to"),
            _("to whom is this proxy given? Write “blank” where no name is written on it."),
        )
    holder = (
        ""
        if not to.text or one_of(to.text, BLANK)
        else _find(assembly, columns, row, to.text, "gives_to", doubts)
    )
    received = parse_day(when.text)
    if when.text and not received:
        doubts.at(
            row,
            columns.place("received"),
            _("“{text}” is no date such as 31/01/2026.", text=when.text),
        )
    elif received > assembly.day:
        doubts.at(
            row,
            columns.place("received"),
            _("{date} is after the meeting.", date=assembly.date(received)),
        )
    if not principal:
        return None
    if holder == principal:
        doubts.at(
            row,
            columns.place("gives_to"),
            _("{name} cannot give a proxy to themselves.", name=assembly.name(holder)),
        )
    return ReceivedProxy(
        principal=principal, holder=holder or None, blank=not holder, received_on=received
    )


def _find(
    assembly: Assembly, columns: Columns, row: int, name: str, column: str, doubts: Doubts
) -> str:
    """The member named. One without a vote is no doubt: the proxy is noted, and set aside."""
    id, wrong = find_member(assembly, name, doubts.noter(row, columns.place(column)))
    if wrong:
        doubts.at(row, columns.place(column), wrong)
    return id


def _look_at_limits(assembly: Assembly, found: list[ReceivedProxy], doubts: Doubts) -> None:
    """Who holds too many, and what was left blank: told, for paper is never refused."""
    if found and not assembly.proxy_rule.allowed:
        doubts.remarks.append(_("The rules of the co-op allow no proxies: these do not count."))
    held = Counter(one.holder for one in found if one.holder)
    for holder, count in sorted(held.items()):
        if assembly.cap is not None and count > assembly.cap:
            givers = [assembly.name(one.principal) for one in found if one.holder == holder]
            doubts.remarks.append(
                _(
                    "{name} holds {count} proxies ({givers}), and the limit is {cap}: those "
                    "above it do not count. Have some given to others.",
                    name=assembly.name(holder),
                    count=count,
                    givers=", ".join(givers),
                    cap=assembly.cap,
                )
            )
    if blank := [assembly.name(one.principal) for one in found if one.blank]:
        doubts.remarks.append(_("Left blank: {names}.", names=", ".join(blank)))


def require_all_noted(assembly: Assembly, found: list[ReceivedProxy], doubts: Doubts) -> None:
    """Note what the record has and the sheet has not: nothing is lost in silence."""
    there = {one.principal for one in found}
    had = dict.fromkeys(one.principal for one in assembly.minutes.proxies)
    gone = [assembly.name(id) for id in had if id not in there]
    if gone and not doubts.unread:
        doubts.faults.append(not_in_this_file(", ".join(gone)))
