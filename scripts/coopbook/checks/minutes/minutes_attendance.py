"""Each member stands once on the attendance sheet, whoever presided was there, and no more voted
than were entitled to.

The chair, the secretary and the tellers, where they are members, are on the sheet as present or
remote. The members entitled to vote (`entitled`) are no fewer than those of them who took part, nor
than the votes of any resolution; whom the meeting itself admitted is not among them. Minutes of an
assembly that are approved now (`coopbook check --base`) say no fewer than the members' files do, as
they were before the change or as they are after it; those of a day before the rules of decision are
not held to this. No assembly has approved minutes in the change that makes it one.

## Why
Two lines for one member say two things of them, and only one is counted; a sheet that contradicts
the minutes proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...base.positions import Path
from ...decisions.meetings import HERE, Meeting, entitled_at, meeting_of, rules_on
from ...decisions.resolutions import cast
from ...decisions.status import SETTLED
from ...records.index import Entry, Index
from ...records.model import Record

KIND = "minutes"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    rows = record.get("attendance") or []
    seen: set[str] = set()
    for number, one in enumerate(rows):
        if one["member"] in seen:
            message = _("“{id}” is on the attendance sheet twice.", id=one["member"])
            yield record.error(
                message, "attendance", number, "member", help=_("Keep one of the two lines.")
            )
        seen.add(one["member"])
    away = {one["member"]: one["mode"] for one in rows if one["mode"] not in HERE}
    for id, path in _officers(record):
        if id in away:
            message = _(
                "“{id}” held this office, and was not there according to the attendance sheet.",
                id=id,
            )
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
    """How many of those entitled before the meeting began took part in it, or in one vote at
    least.
    """
    there = {
        one["member"]
        for one in meeting.attendance
        if one["mode"] in HERE or one["mode"] == "postal"
    } | {*meeting.holders}
    known = sum(meeting.electorate.find(id) is not None for id in there) if meeting.assembly else 0
    return max(
        [
            known,
            *(cast(one) - len(meeting.joined.voters) for one in record.get("resolutions") or []),
        ]
    )


def check_change(before: Index, after: Index) -> Iterator[Diagnostic]:
    for entry in after.of("minutes") if before.find("rules", "rules") else ():
        was = next(
            (one for id in (entry.id, *entry.formerly) if (one := before.find("minutes", id))), None
        )
        body = after.find("body", entry.get("body") or "")
        settled = entry.get("status") in SETTLED and not (was and was.get("status") in SETTLED)
        if settled and entry.sound and body and body.get("kind") == "assembly":
            yield from _counted(entry, before, after)
            if not _assembly(before, body):
                message = _(
                    "This assembly was made one in the same change: it cannot have approved "
                    "anything yet."
                )
                yield entry.error(
                    message, "body", help=_("Bring the assembly in first, in a change of its own.")
                )


def _assembly(before: Index, body: Entry) -> bool:
    """Whether a body was an assembly before the change."""
    found = (before.find("body", id) for id in (body.id, *body.formerly))
    return any(one is not None and one.get("kind") == "assembly" for one in found)


def _counted(entry: Entry, before: Index, after: Index) -> Iterator[Diagnostic]:
    """Whether minutes that are approved in this change name fewer members than there were."""
    said, day = entry.get("entitled"), str(entry.get("date"))
    if said is None or not rules_on(before, day):
        return
    count = max(len(entitled_at(entry.value, index)[0].voters) for index in (before, after))
    if said < count:
        message = _(
            "{said} members entitled to vote, and the members' files say {count} on {date}.",
            said=said,
            count=count,
            date=day,
        )
        help = _(
            "Count again who had a vote; if the members' files are wrong, mend them first, in "
            "a change of their own."
        )
        yield entry.error(message, "entitled", help=help)
