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
from ...decisions.meetings import Meeting, entitled_at, meeting_of, rules_on
from ...decisions.types import Body, Minutes, Officers
from ...records.index import Entry, Index
from ...records.model import Record

KIND = "minutes"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    minutes = Minutes.of(record)
    seen: set[str] = set()
    for number, one in enumerate(minutes.attendance):
        if one.member in seen:
            message = _("“{id}” is on the attendance sheet twice.", id=one.member)
            yield record.fault(
                message, "attendance", number, "member", help=_("Keep one of the two lines.")
            )
        seen.add(one.member)
    away = {one.member for one in minutes.attendance if not one.is_here}
    for id, path in _member_officers(minutes.officers):
        if id in away:
            message = _(
                "“{id}” held this office, and was not there according to the attendance sheet.",
                id=id,
            )
            yield record.fault(message, "officers", *path, help=_("One of the two is wrong."))
    said = minutes.entitled
    if said is not None:
        voted = _count_taking_part(minutes, meeting_of(minutes, index))
        if voted > said:
            message = _(
                "{said} members entitled to vote, and {count} voted.", said=said, count=voted
            )
            yield record.fault(message, "entitled", help=_("Count both again."))


def _member_officers(officers: Officers) -> Iterator[tuple[str, Path]]:
    """The officers who are members, each with the place of the id."""
    for name, officer in (("chair", officers.chair), ("secretary", officers.secretary)):
        if officer and officer.member:
            yield officer.member, (name, "member")
    for number, id in enumerate(officers.tellers):
        yield id, ("tellers", number)


def _count_taking_part(minutes: Minutes, meeting: Meeting) -> int:
    """How many of those entitled before the meeting began took part in it, or in one vote at
    least.
    """
    there = {one.member for one in meeting.attendance if one.is_here or one.mode == "postal"} | {
        *meeting.holders
    }
    known = sum(meeting.electorate.find(id) is not None for id in there) if meeting.assembly else 0
    votes = (one.cast - len(meeting.joined.voters) for one in minutes.resolutions)
    return max([known, *votes])


def check_change(before: Index, after: Index) -> Iterator[Diagnostic]:
    for entry in after.of("minutes") if before.find("rules", "rules") else ():
        was = next(
            (one for id in (entry.id, *entry.formerly) if (one := before.find("minutes", id))), None
        )
        minutes = Minutes.of(entry)
        body = after.find("body", minutes.body)
        settled = minutes.is_settled and not (was and Minutes.of(was).is_settled)
        if settled and entry.sound and body and Body.of(body).is_assembly:
            yield from _compare_count(entry, before, after)
            if not _was_assembly(before, body):
                message = _(
                    "This assembly was made one in the same change: it cannot have approved "
                    "anything yet."
                )
                yield entry.fault(
                    message, "body", help=_("Bring the assembly in first, in a change of its own.")
                )


def _was_assembly(before: Index, body: Entry) -> bool:
    """Whether a body was an assembly before the change."""
    found = (before.find("body", id) for id in (body.id, *body.formerly))
    return any(one is not None and Body.of(one).is_assembly for one in found)


def _compare_count(entry: Entry, before: Index, after: Index) -> Iterator[Diagnostic]:
    """Whether minutes that are approved in this change name fewer members than there were."""
    minutes = Minutes.of(entry)
    said, day = minutes.entitled, minutes.date
    if said is None or not rules_on(before, day):
        return
    count = max(len(entitled_at(minutes, index)[0].voters) for index in (before, after))
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
        yield entry.fault(message, "entitled", help=help)
