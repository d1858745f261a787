"""A mandate that is held ends on a day that is written (`ended_on`); it is not deleted, nor given to somebody else.

This check compares with the files before the change (`coopbook check --base`), on the day of the check. Whoever follows has a mandate of their
own, in an entry of its own. Of somebody whose file is erased, the mandate may go too.

## Why
A bank, a client or a court may ask who held a mandate on a day, and since when. One that has vanished was held by nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...base.diagnostics import Diagnostic
from ...base.messages import Message, _
from ...decisions.mandates import holds
from ...records.index import Entry, Index

KIND = "body"

HELP = _(
    "Put it back, with ended_on: the day on which it ended. Whoever follows has an entry of their own."
)


def check_change(before: Index, after: Index) -> Iterator[Diagnostic]:
    for body in before.of("body"):
        held = (
            [
                one
                for one in body.get("mandates") or ()
                if one.get("member") and holds(one, before.today)
            ]
            if body.sound
            else []
        )
        now = after.find("body", body.id)
        for mandate in held:
            if after.find("member", mandate["member"]) is None:
                continue
            if now is None:
                yield Diagnostic(
                    body.file,
                    _told(
                        after, mandate, _("This body is gone, and {name} holds a mandate of it.")
                    ),
                    HELP,
                )
            elif now.sound:
                yield from _kept(mandate, now, after)


def _kept(was: Mapping[str, Any], body: Entry, after: Index) -> Iterator[Diagnostic]:
    """Whether a mandate is still there, of the same member, and held or ended."""
    mandates = body.get("mandates") or []
    found = next(
        (number for number, one in enumerate(mandates) if one.get("id") == was.get("id")), None
    )
    if found is None:
        yield body.error(
            _told(after, was, _("The mandate of {name} is gone: {role}.")), "mandates", help=HELP
        )
        return
    now, holder = mandates[found], after.find("member", was["member"])
    if after.find("member", now.get("member") or "") != holder:
        message = _told(after, was, _("The mandate of {name} went to somebody else: {role}."))
        yield body.error(message, "mandates", found, "member", help=HELP)
    elif not holds(now, after.today) and "ended_on" not in now:
        message = _told(
            after,
            was,
            _("The days of this mandate of {name} changed, and it is held no more: {role}."),
        )
        yield body.error(
            message, "mandates", found, "until" if "until" in now else "from", help=HELP
        )


def _told(after: Index, mandate: Mapping[str, Any], message: Message) -> Message:
    holder = after.find("member", mandate["member"])
    return Message(
        message.text,
        {
            "name": after.text(holder.title) if holder else "",
            "role": after.text(mandate.get("role")),
        },
    )
