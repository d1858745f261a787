"""A resolution is of a category of the rules of decision, and of one that a meeting may decide.

What the rules keep for a vote on the proposal itself, or for a written consultation, is not decided
in a meeting (`channel`); nor by a written consultation what they keep for a meeting. One that
changes articles (`amends`) is of the category that `paths` asks for their files, or of a stricter
one. A resolution that only takes note of something (`result: noted`) may be of any.

## Why
The category says how many must be there and how many must agree. Without it, or with the wrong one,
nobody can say whether the decision stands.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic, suggestion
from ...base.messages import _
from ...base.positions import Path
from ...decisions.meetings import Meeting, meeting_of
from ...decisions.types import Category, Minutes, Resolution
from ...records.index import Index
from ...records.model import Record

KIND = "minutes"

CHANNELS = {
    "pull_request": _("a vote on the proposal itself"),
    "written_consultation": _("a written consultation"),
    "meeting": _("a meeting"),
}


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    minutes = Minutes.of(record)
    if not minutes.resolutions:
        return
    meeting = meeting_of(minutes, index)
    categories = meeting.rules.categories
    for number, one in enumerate(minutes.resolutions if categories else ()):
        name, place = one.category, ("resolutions", number)
        if name in categories:
            if one.is_for_a_vote:
                yield from _channel(record, meeting, categories[name], (*place, "category"))
            if one.may_hold:
                yield from _weak(record, meeting, one, index, (*place, "category"))
        elif name:
            message = _("There is no category “{name}” in the rules of decision.", name=name)
            yield record.fault(message, *place, "category", help=suggestion(name, categories))
        elif meeting.assembly and one.was_voted:
            help = _("Write category, one of: {choices}.", choices=", ".join(categories))
            yield record.fault(
                _(
                    "Under which category of the rules was resolution {number} decided?",
                    number=one.number,
                ),
                *place,
                help=help,
            )


def _weak(
    record: Record, meeting: Meeting, one: Resolution, index: Index, place: Path
) -> Iterator[Diagnostic]:
    """The first article that it changes and that asks for more."""
    for entry in (index.find("article", id) for id in one.amends):
        wanted = meeting.rules.vote_needed(entry.file) if entry else ""
        if entry and wanted and not meeting.rules.at_least(one.category, wanted):
            message = _(
                "“{article}” cannot be changed under “{own}”: the rules ask for “{wanted}”.",
                article=entry.id,
                own=one.category,
                wanted=wanted,
            )
            yield record.fault(
                message,
                *place,
                help=_("Decide it under “{wanted}” or a stricter category.", wanted=wanted),
            )
            return


def _channel(
    record: Record, meeting: Meeting, category: Category, place: Path
) -> Iterator[Diagnostic]:
    channel = category.channel
    if channel in ("either", "written_consultation" if meeting.written else "meeting"):
        return
    if meeting.written:
        message = _(
            "A written consultation cannot decide this: the rules ask for {channel}.",
            channel=CHANNELS[channel],
        )
    else:
        message = _(
            "A meeting cannot decide this: the rules ask for {channel}.", channel=CHANNELS[channel]
        )
    yield record.fault(
        message, *place, help=_("Decide it there; here it can be taken note of (result: noted).")
    )
