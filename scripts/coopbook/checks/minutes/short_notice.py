"""A meeting is called as early as each of its resolutions asks for, and a second call follows a
meeting without a quorum.

The days of notice are those of the resolution's category in the rules of decision (`notice_days`;
at a second call, those of its `second`), counted from `notice.sent_on` to the day of the meeting.
At a second call (`notice.call: second`) what is decided was on the table of the meeting before,
which had no quorum for a resolution of that category.

## Why
Whoever was called too late can have the vote set aside; and a second call, which asks for fewer
people, is not a way round the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ...base.diagnostics import Diagnostic
from ...base.messages import Message, _, ngettext
from ...decisions.meetings import rules_on
from ...decisions.types import Minutes
from ...records.index import Index
from ...records.model import Record

KIND = "minutes"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    minutes = Minutes.of(record)
    if not minutes.are_minutes:
        return
    day, sent, second = (
        date.fromisoformat(minutes.date),
        minutes.notice.sent_on,
        minutes.notice.is_second_call,
    )
    categories = rules_on(index, day).categories
    first = _before(minutes, index) if second else None
    for number, one in enumerate(minutes.resolutions):
        category, place = categories.get(one.category), ("resolutions", number, "category")
        if category is None or not one.is_for_a_vote:
            continue
        needed = category.at("second" if second else "first").notice_days or 0
        if sent and (had := (day - date.fromisoformat(sent)).days) < needed:
            asked = ngettext("{count} day of notice", "{count} days of notice", needed)
            yield record.fault(
                _late_notice(one.number, asked, had),
                *place,
                help=_("Was it sent earlier? If not, it is decided at another meeting."),
            )
        if first is not None and category.second and not first.lacked_quorum(one.category):
            message = _(
                "No resolution of this category lacked a quorum at the meeting before: {file}.",
                file=first.file,
            )
            yield record.fault(
                message, *place, help=_("A second call is for what found no quorum at the first.")
            )


def _late_notice(number: int, asked: Message, days: int) -> Message:
    """When the notice was sent, of which a resolution asks for more days."""
    had = ngettext("{count} day", "{count} days", abs(days))
    if days > 0:
        return _(
            "Resolution {number} asks for {asked}, and the notice was sent {had} before.",
            number=number,
            asked=asked,
            had=had,
        )
    if days == 0:
        return _(
            "Resolution {number} asks for {asked}, and the notice was sent on the day of the "
            "meeting.",
            number=number,
            asked=asked,
        )
    return _(
        "Resolution {number}: the notice was sent {had} after the meeting.", number=number, had=had
    )


def _before(minutes: Minutes, index: Index) -> Minutes | None:
    """The minutes of the meeting before, where they are kept here with their text."""
    last = (minutes.number or 0) - 1
    found = (Minutes.of(entry) for entry in index.of("minutes") if entry.sound)
    return next(
        (
            one
            for one in found
            if one.body == minutes.body and one.number == last and not one.are_elsewhere
        ),
        None,
    )
