"""An election in documents: what is to be filled, how and until when, and who stands; in the
minutes who was nominated, each round, who is elected.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..base.messages import Message, _, ngettext
from ..decisions.resolutions import figures_by_choice
from ..decisions.types import Election, HeldElection, HeldRound, Proposal, Resolution
from ..decisions.wording.elections import describe_method, describe_ties
from ..documents.model import Block, Table, Text, make_text, parse_markdown
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


def describe_seats(assembly: Assembly, one: Resolution) -> Iterator[Block]:
    """What an election is to fill: role and body, seats, the days of the mandates. Nothing of a
    resolution that is none.
    """
    asked: Election | HeldElection | None = _election_of(assembly, one) or one.election
    if asked is None:
        return
    say, text = assembly.say, assembly.index.text
    body = assembly.body_name(asked.body) if asked.body else ""
    role = ", ".join(filter(None, (text(asked.role, assembly.language), body)))
    kept = [
        ngettext(
            "{count} kept for: {group}",
            "{count} kept for: {group}",
            each.seats,
            group=text(each.name, assembly.language),
        )
        for each in (asked.reserved if isinstance(asked, Election) else ())
    ]
    rows: list[tuple[Message, str]] = []
    rows += [(_("Role"), role)] if role else []
    if asked.seats:
        rows += [(_("Seats"), "; ".join([str(asked.seats), *map(say, kept)]))]
    if asked.term.from_:
        rows += [(_("Term"), say(_term(assembly, asked.term.from_, asked.term.until)))]
    for title, value in rows:
        yield make_text(say(_("{title}: {value}", title=title, value=value)), "item", "–")


def describe_election(assembly: Assembly, one: Resolution) -> Iterator[Block]:
    """An election as it is put to the vote: its seats, how one votes and what parts a tie, who
    stands and what they say.
    """
    yield from describe_seats(assembly, one)
    asked, say = _election_of(assembly, one), assembly.say
    if asked is None:
        return
    how = " ".join(map(say, describe_method(asked)))
    yield make_text(say(_("{title}: {value}", title=_("Method"), value=how)), "item", "–")
    if ties := list(map(say, describe_ties(asked))):
        then = f", {say(_('then:'))} ".join(ties)
        same = _("{title}: {value}", title=_("With the same votes"), value=then)
        yield make_text(say(same), "item", "–")
    if asked.candidates:
        yield make_text(say(_("Candidates")), "heading")
    ids = [each.member for each in asked.candidates]
    for each, name in zip(asked.candidates, assembly.names_apart(ids), strict=True):
        yield make_text(name, "item", "–")
        for block in parse_markdown(assembly.index.text(each.text, assembly.language)):
            yield Text(block.runs, "quote" if block.style == "body" else block.style, block.mark)


def _election_of(assembly: Assembly, one: Resolution) -> Election | None:
    entry = assembly.index.find("proposal", one.proposal)
    return Proposal.of(entry).election if entry and entry.sound else None


def _term(assembly: Assembly, start: str, end: str) -> Message:
    if end:
        return _("from {start} to {end}", start=assembly.date(start), end=assembly.date(end))
    return _("from {date}", date=assembly.date(start))


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
        second = found.vote > 1
        yield _round(
            assembly, _("Second round") if second else _("Round {number}", number=number), found
        )
    names = ", ".join(map(assembly.name, held.elected)) or say(_("Nobody"))
    yield make_text(say(_("Elected: {names}.", names=names)))
    if held.empty:
        yield make_text(say(_("Seats that stay empty: {count}.", count=held.empty)))


def _round(assembly: Assembly, title: Message, found: HeldRound) -> Table:
    """A round of the count: a line a candidate."""
    say = assembly.say
    against = any(each.against is not None for each in found.figures)
    votes = any(each.votes for each in found.figures)
    named = f"{say(title)} – {assembly.college(found.group)}" if found.group else say(title)
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
