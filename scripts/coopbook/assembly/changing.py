"""A meeting that is moved, held elsewhere, cancelled or restored before it is held: its pages and
calendars follow from its record.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..base.messages import Message, Misuse, Remark, _
from ..base.positions import Value
from ..decisions.types import Minutes
from .creating import meeting_title, next_number, require_address
from .opening import Step
from .record import Assembly
from .saving import save


@dataclass(frozen=True)
class Change:
    """What is to be otherwise; what is empty stays. `cancelled`: None where nothing is said."""

    day: str = ""
    opened: str = ""
    place: str = ""
    online: str = ""
    mode: str = ""
    cancelled: bool | None = None


def require_when_and_where(assembly: Assembly) -> None:
    """Raises Misuse where nobody could come: a notice says the hour, and a place or an address."""
    minutes = assembly.minutes
    if minutes.has_when_and_where:
        return
    hour = _("the hour (--at 18:30)")
    place = _("the place (--place “12 Harbour Street”) or the online address (--online)")
    if minutes.opened:
        lacks = place
    elif minutes.place or minutes.online:
        lacks = hour
    else:
        lacks = _("{first}, and {second}", first=hour, second=place)
    raise Misuse(
        _(
            "A notice says when and where: a meeting called without can be contested. Missing: "
            "{words}.",
            words=lacks,
        ),
        _(
            "Give it at the step “change”, or write it into decisions/minutes/{id}.md "
            "(opened, place, online). No paper was made.",
            id=assembly.id,
        ),
    )


def change_meeting(step: Step, change: Change) -> list[Remark]:
    """Write what changes of a meeting that is still to be held.

    Raises:
        Misuse: Where it was held, where nothing changes, or where the address is none.
    """
    minutes = step.assembly.minutes
    if not minutes.are_a_draft or minutes.attendance:
        raise Misuse(
            _("This meeting was held: its day, its hour and its place do not change any more.")
        )
    if change == Change():
        raise Misuse(_("What changes? Give a day, an hour, a place, or say that it is cancelled."))
    require_address(change.online)
    value = dict(_with(step.assembly, change))
    after = step.assembly.with_fields(**value)
    return [*save(step, after.value), *map(_caution, _tell(step.assembly.minutes, after))]


def _caution(message: Message) -> Remark:
    return Remark(message, caution=True)


def _with(assembly: Assembly, change: Change) -> Iterator[tuple[str, Value]]:
    """The fields that are to be otherwise; None takes one away."""
    had, index = assembly.minutes, assembly.index
    said = {"opened": change.opened, "place": change.place, "online": change.online}
    yield from ((name, one) for name, one in {**said, "mode": change.mode}.items() if one)
    if change.day and change.day != had.date:
        yield "date", change.day
        body = index.find("body", had.body)
        if body and had.title == meeting_title(body, had.date, index):
            yield "title", meeting_title(body, change.day, index)
        if had.notice.sent_on:
            notice = {**assembly.value["notice"]}
            notice.pop("sent_on")
            yield "notice", notice
        yield "entitled", len(assembly.with_fields(date=change.day).electorate.voters)
    if change.cancelled:
        yield "cancelled", True
        # a number is that of minutes: none is taken for a meeting that nobody held
        if had.number and next_number(had.body, index) == had.number + 1:
            yield "number", None
    elif change.cancelled is False:
        yield "cancelled", None
        if not had.number:
            yield "number", next_number(had.body, index)


def _tell(had: Minutes, after: Assembly) -> Iterator[Message]:
    """What members are to be told, because they were called otherwise."""
    now = after.minutes
    if now.cancelled and not had.cancelled:
        yield _("It is cancelled: tell the members. Its page and the calendars say so.")
    if not had.notice.sent_on:
        return
    if now.date != had.date:
        yield _(
            "The notice that was sent is for another day: send a new one, and give the day it "
            "was sent at the step “notice”."
        )
    elif (now.opened, now.place, now.online) != (had.opened, had.place, had.online):
        yield _("The notice that was sent says otherwise: tell the members, by a new one.")
