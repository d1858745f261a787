"""A poll can be answered and counted as it is written: method, options, days and who is asked fit
together.

A choice has two options or more, each with a title and an id of its own; of days (`dates`), each
has its date. A sense check and advice have no options. Somebody is asked: of bodies and roles, on
the day it opens. Advice is asked of somebody by name, body or role, everybody sees whose it is
(`shown: names`), and what was decided (`conclusion`) comes when all have answered, or after the
last day. A poll has not the id of a proposal.

## Why
A question that cannot be answered is found out only when the answers are there.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.kinds import POLL, PROPOSAL
from ...decisions.poll_count import WITHOUT_OPTIONS
from ...decisions.polls import answers_to, asked_members
from ...decisions.types import Poll
from ...decisions.votes import SECOND
from ...records.index import Index
from ...records.model import Record

KIND = POLL

FEWEST = 2


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    poll = Poll.of(record)
    yield from _options(record, poll)
    yield from _people(record, poll, index)
    yield from _days(record, poll, index)
    other = index.by_id(PROPOSAL).get(record.id.removesuffix(SECOND))
    if other is not None:
        message = _("{file} has the same name: “coopbook tally” could not tell.", file=other.file)
        yield record.fault(message, "title", help=_("Give this file another name."))


def _options(record: Record, poll: Poll) -> Iterator[Diagnostic]:
    if poll.method in WITHOUT_OPTIONS:
        if poll.options:
            message = _("A sense check and advice have no options.")
            yield record.fault(
                message, "options", help=_("Take them out, or choose another method.")
            )
        return
    if len(poll.options) < FEWEST:
        message = _("There is nothing to choose among.")
        yield record.fault(message, "method", help=_("Name two options or more."))
    ids = [one.id for one in poll.options]
    for number, one in enumerate(poll.options):
        if one.id in ids[:number]:
            message = _("Two options have the id “{id}”.", id=one.id)
            yield record.fault(message, "options", number, "id", help=_("Give it another one."))
        if poll.method == "dates" and not one.date:
            message = _("This option has no date.")
            help = _("Write: {example}", example="date: 2026-01-31")
            yield record.fault(message, "options", number, "id", help=help)
        elif not one.title and not one.date:
            message = _("This option has no title.")
            yield record.fault(message, "options", number, "id", help=_("Add “title”."))


def _people(record: Record, poll: Poll, index: Index) -> Iterator[Diagnostic]:
    if poll.method == "advice" and not poll.names:
        message = _("Advice is given by name.")
        yield record.fault(message, "shown", help=_("Write: {example}", example="shown: names"))
    if poll.asks_everybody:
        if poll.method == "advice":
            message = _("Advice is asked of somebody.")
            help = _("Name members (“asked”), bodies (“asked_bodies”) or roles (“asked_roles”).")
            yield record.fault(message, "method", help=help)
    elif not poll.is_settled and not asked_members(index, record):
        name = next(name for name in ("asked", "asked_bodies", "asked_roles") if record.get(name))
        message = _("Nobody is asked: on {day} nobody holds that.", day=poll.opens)
        yield record.fault(message, name, help=_("Name members in “asked”."))


def _days(record: Record, poll: Poll, index: Index) -> Iterator[Diagnostic]:
    if poll.closes < poll.opens:
        message = _(
            "{last} is before {first}: {first_date}.",
            last="closes",
            first="opens",
            first_date=poll.opens,
        )
        yield record.fault(message, "closes", help=_("Are the two dates swapped?"))
    concluded = poll.conclusion.on if poll.conclusion else ""
    if concluded > index.today.isoformat():
        message = _("“{name}” lies in the future.", name="on")
        yield record.fault(message, "conclusion", "on", help=_("Write the day it was written."))
    elif concluded and poll.method == "advice" and concluded <= poll.closes:
        given = answers_to(index, record.id)
        waiting = [id for id in asked_members(index, record) if id not in given]
        if waiting:
            message = _(
                "Advice is still waited for, until {date}: {names}.",
                date=poll.closes,
                names=", ".join(waiting),
            )
            help = _("Decide after that day, or once all have answered.")
            yield record.fault(message, "conclusion", "on", help=help)
