"""What the first and the last step note in the record, and what they tell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..base.messages import Message, _, ngettext
from ..base.positions import Value
from ..decisions.status import DECIDED, PENDING
from .amendments import called
from .record import Assembly


def noticed(
    assembly: Assembly, sent_on: str, by: str, modes: tuple[str, ...], documents: tuple[str, ...]
) -> dict[str, Value] | None:
    """The record's notice with what is said of it; None where nothing is."""
    had = dict(assembly.value.get("notice") or {})
    found: dict[str, Value] = {
        "by": by[:120] or had.get("by"),
        "sent_on": sent_on or had.get("sent_on"),
        "call": had.get("call", "first"),
    }
    found |= {"modes": list(dict.fromkeys(modes)) or had.get("modes"), "agenda": had.get("agenda")}
    found |= {"documents": [one[:300] for one in documents] or had.get("documents")}
    found = {name: value for name, value in found.items() if value}
    return found if found != had else None


def delay(assembly: Assembly, today: str) -> Iterator[Message]:
    """Until when the notice must be sent, and whether it can be, or was, in time."""
    days, last = assembly.notice_days, assembly.last_day
    sent = (assembly.value.get("notice") or {}).get("sent_on")
    asked = ngettext("{count} day of notice", "{count} days of notice", days)
    if not days:
        yield _("No category of the resolutions asks for days of notice: look at your bylaws.")
    elif sent and sent <= last:
        yield _(
            "Sent on {sent}: in time, it had to be sent on {last} at the latest ({asked}).",
            sent=assembly.date(sent),
            last=assembly.date(last),
            asked=asked,
        )
    elif sent:
        yield _(
            "Sent on {sent}, TOO LATE: it had to be sent on {last} at the latest ({asked}).",
            sent=assembly.date(sent),
            last=assembly.date(last),
            asked=asked,
        )
    elif today <= last:
        yield _(
            "To be sent on {last} at the latest ({asked}).", last=assembly.date(last), asked=asked
        )
    else:
        yield _(
            "TOO LATE: it had to be sent on {last} at the latest ({asked}). Choose a later day.",
            last=assembly.date(last),
            asked=asked,
        )


def left(assembly: Assembly) -> Iterator[Message]:
    """What is left to do after the signatures."""
    formalities = assembly.value.get("formalities") or []
    yield from (
        _("Left to do: {what}", what=_due(assembly, one))
        for one in formalities
        if not one.get("done_on")
    )
    yield from _unwritten(assembly)
    for one in assembly.resolutions:
        entry = assembly.index.find("proposal", str(one.get("proposal") or ""))
        if entry and entry.get("status") in PENDING and one.get("result") in DECIDED:
            title = assembly.index.text(entry.title, assembly.language)
            yield _(
                "Left to do: note on the page of the proposal “{title}” what became of it.",
                title=title,
            )
    if not formalities:
        yield _(
            "No formality is noted: a filing or a publication that the law asks for is noted "
            "in the minutes, before the signatures."
        )


def _due(assembly: Assembly, one: dict[str, Any]) -> Message:
    if not one.get("due"):
        return Message("{what}", {"what": one["what"]})
    return _("{what}, by {date}", what=one["what"], date=assembly.date(one["due"]))


def _unwritten(assembly: Assembly) -> Iterator[Message]:
    """Articles that were amended and do not name this meeting yet."""
    amended = [
        (one["number"], id)
        for one in assembly.resolutions
        if one.get("result") == "adopted"
        for id in one.get("amends") or []
    ]
    for number, id in amended:
        entry = assembly.index.find("article", id)
        if entry is None or entry.get("adopted_by", "minutes") != assembly.id:
            yield _(
                "Left to do: write the adopted text of “{article}”, and that resolution "
                "{number} of this meeting adopted it.",
                article=called(assembly, id),
                number=number,
            )
