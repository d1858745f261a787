"""The days and hours of minutes are in order: notice, proxies, opening, arrivals, votes,
departures, closing, approval, actions; what was done is not in the future, and an erratum comes
after those before it.

## Why
A notice sent after the meeting, or a vote taken after it closed, is a slip of the pen, or a meeting
that can be set aside.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import Message, _
from ...base.positions import Path
from ...decisions.types import Minutes
from ...records.index import Index
from ...records.model import Record

KIND = "minutes"

LABELS: dict[str | int, Message] = {
    "date": _("Date"),
    "sent_on": _("Notice sent on"),
    "received_on": _("Received on"),
    "opened": _("Opened at"),
    "closed": _("Closed at"),
    "arrived": _("Arrived at"),
    "left": _("Left at"),
    "at": _("Time of the vote"),
    "due": _("Due"),
    "approved": _("Day of the approval"),
    "signatures": _("Day of the signatures"),
    "errata": _("Errata"),
}


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    for first, second in _pairs(record):
        one, other = record.get(*first), record.get(*second)
        if one and other and str(other) < str(one):
            yield record.fault(
                _(
                    "“{later}” is {second}, before “{earlier}”: {first}.",
                    later=_label(second),
                    second=other,
                    earlier=_label(first),
                    first=one,
                ),
                *second,
                help=_("Are the two swapped?"),
            )
    for path in _done(Minutes.of(record)):
        if str(record.get(*path) or "") > index.today.isoformat():
            yield record.fault(
                _("“{name}” lies in the future.", name=_label(path)),
                *path,
                help=_("Look at the year."),
            )


def _done(minutes: Minutes) -> Iterator[Path]:
    """The days on which something was done, if it was."""
    if not minutes.are_a_draft:
        yield ("date",)
    yield ("approved", "on")
    for name, count in (("signatures", len(minutes.signatures)), ("errata", len(minutes.errata))):
        for number in range(count):
            yield name, number, "on"


def _label(path: Path) -> Message:
    """What people call a day or an hour of minutes."""
    return LABELS[path[-1]] if path[-1] in LABELS else LABELS[path[0]]


def _pairs(record: Record) -> Iterator[tuple[Path, Path]]:
    """What comes first, and what after it."""
    yield from (
        (("notice", "sent_on"), ("date",)),
        (("date",), ("approved", "on")),
        (("opened",), ("closed",)),
    )
    minutes = Minutes.of(record)
    for number in range(len(minutes.proxies)):
        yield ("proxies", number, "received_on"), ("date",)
    for number in range(len(minutes.attendance)):
        here: Path = ("attendance", number)
        yield from (((*here, "arrived"), (*here, "left")), ((*here, "left"), ("closed",)))
    for number in range(len(minutes.resolutions)):
        yield from (
            (("opened",), ("resolutions", number, "at")),
            (("resolutions", number, "at"), ("closed",)),
        )
    for name, count, day in (
        ("actions", len(minutes.actions), "due"),
        ("signatures", len(minutes.signatures), "on"),
        ("errata", len(minutes.errata), "on"),
    ):
        for number in range(count):
            yield ("date",), (name, number, day)
    for number in range(1, len(minutes.errata)):
        yield ("errata", number - 1, "on"), ("errata", number, "on")
