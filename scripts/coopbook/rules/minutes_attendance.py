"""Each member stands once on the attendance sheet, whoever presided was there, and no more voted than were entitled to.

The chair, the secretary and the tellers, where they are members, are on the sheet as present or remote. The members entitled to vote
(`entitled`) are no fewer than those of them who took part, nor than the votes of any resolution; whom the meeting itself admitted is not
among them.

## Why
Two lines for one member say two things of them, and only one is counted; a sheet that contradicts the minutes proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..deciding.meetings import HERE, Meeting, meeting_of
from ..deciding.resolutions import cast
from ..diagnostics import Diagnostic
from ..index import Index
from ..messages import _
from ..records import Record
from ..spans import Path


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    if record.kind.name != "minutes" or record.refused:
        return
    rows = record.get("attendance") or []
    seen: set[str] = set()
    for number, one in enumerate(rows):
        if one["member"] in seen:
            message = _("“{id}” is on the attendance sheet twice.", id=one["member"])
            yield record.error(message, "attendance", number, "member", help=_("Keep one of the two lines."))
        seen.add(one["member"])
    away = {one["member"]: one["mode"] for one in rows if one["mode"] not in HERE}
    for id, path in _officers(record):
        if id in away:
            message = _("“{id}” held this office, and was not there according to the attendance sheet.", id=id)
            yield record.error(message, "officers", *path, help=_("One of the two is wrong."))
    yield from _entitled(record, index)


def _officers(record: Record) -> Iterator[tuple[str, Path]]:
    officers = record.get("officers") or {}
    for name in ("chair", "secretary"):
        if id := (officers.get(name) or {}).get("member"):
            yield id, (name, "member")
    for number, id in enumerate(officers.get("tellers") or []):
        yield id, ("tellers", number)


def _entitled(record: Record, index: Index) -> Iterator[Diagnostic]:
    said = record.get("entitled")
    if said is None:
        return
    voted = _took_part(record, meeting_of(record.value, index))
    if voted > said:
        message = _("{said} members entitled to vote, and {count} voted.", said=said, count=voted)
        yield record.error(message, "entitled", help=_("Count both again."))


def _took_part(record: Record, meeting: Meeting) -> int:
    """How many of those entitled before the meeting began took part in it, or in one vote at least."""
    there = {one["member"] for one in meeting.attendance if one["mode"] in HERE or one["mode"] == "postal"} | {*meeting.holders}
    known = sum(meeting.electorate.find(id) is not None for id in there) if meeting.assembly else 0
    return max([known, *(cast(one) - len(meeting.joined.voters) for one in record.get("resolutions") or [])])
