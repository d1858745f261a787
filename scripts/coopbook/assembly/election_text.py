"""An election in the document of the minutes: who was nominated, each round, who is elected."""

from __future__ import annotations

from collections.abc import Iterator

from ..base.messages import Message, _
from ..decisions.resolutions import figures_by_choice
from ..decisions.types import HeldElection, HeldRound, Resolution
from ..documents.model import Block, Table, make_text
from .record import Assembly

ANSWERS: dict[str, Message] = {
    "accepted": _("accepted"),
    "declined": _("declined"),
    "withdrew": _("withdrew"),
}
BALLOTS: dict[str, Message] = {
    "for": _("Ballots expressed"),
    "blank": _("Blank"),
    "null": _("Invalid"),
}


def write_election(assembly: Assembly, one: Resolution, held: HeldElection) -> Iterator[Block]:
    """What the minutes say of an election."""
    say = assembly.say
    for each in held.candidates:
        words = {"name": assembly.name(each.member), "answer": say(ANSWERS[each.answer])}
        said = (
            _("{name}, nominated by {by}: {answer}", by=assembly.name(each.by), **words)
            if each.by
            else _("{name}: {answer}", **words)
        )
        yield make_text(say(said), "item", "–")
    told = {name: many for name, many in figures_by_choice(one).items() if name in BALLOTS}
    if told:
        head = [_("Time of the vote"), *(BALLOTS[name] for name in told)]
        row = (assembly.hour(one.at) if one.at else "", *map(str, told.values()))
        places = frozenset(range(1, len(head)))
        yield Table(tuple(map(say, head)), (row,), (3, *[2] * len(told)), places)
    for number, found in enumerate(held.rounds, 1):
        yield _round(assembly, number, found)
    names = ", ".join(map(assembly.name, held.elected)) or say(_("Nobody"))
    yield make_text(say(_("Elected: {names}.", names=names)))
    if held.empty:
        yield make_text(say(_("Seats that stay empty: {count}.", count=held.empty)))


def _round(assembly: Assembly, number: int, found: HeldRound) -> Table:
    """A round of the count: a line a candidate."""
    say = assembly.say
    against = any(each.against is not None for each in found.figures)
    votes = any(each.votes for each in found.figures)
    title = say(_("Round {number}", number=number))
    named = f"{title} – {assembly.college(found.group)}" if found.group else title
    head = (
        named,
        *([say(_("Votes"))] if votes else []),
        *([say(_("Against"))] if against else []),
        say(_("Elected")),
    )
    rows = tuple(
        (
            assembly.name(each.candidate),
            *([each.votes] if votes else []),
            *(["" if each.against is None else str(each.against)] if against else []),
            say(_("Yes")) if each.candidate in found.elected else "–",
        )
        for each in found.figures
    )
    places = frozenset(range(1, len(head) - 1))
    return Table(head, rows, (5, *[2] * (len(head) - 1)), places)
