"""An assembly's minutes say as many members entitled to vote (`entitled`) as there were: the
members' files know who.

Whoever the meeting itself admitted is not counted: they have a vote once they are there. Approved
minutes may say more than the files, which may have gone since; the quorum then follows the minutes.
Before the approval it follows the higher of both figures.

## Why
A quorum is a share of this figure. One member forgotten, and a meeting without a quorum seems to
have one.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import NOTHING, Message, _
from ...decisions.meetings import Meeting, meeting_of
from ...decisions.types import Minutes
from ...records.index import Index
from ...records.model import Record

KIND = "minutes"
SEVERITY = "warning"
NAMED = 6


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    minutes = Minutes.of(record)
    said = minutes.entitled
    if said is None or not (meeting := meeting_of(minutes, index)).assembly:
        return
    count = len(meeting.electorate.voters)
    if said != count and not (said > count and minutes.is_settled):
        message = _(
            "{said} members entitled to vote, and the members' files say {count} on {date}.",
            said=said,
            count=count,
            date=meeting.day.isoformat(),
        )
        yield record.fault(message, "entitled", help=_forgotten(meeting))


def _forgotten(meeting: Meeting) -> Message:
    """Who is entitled and not on the attendance sheet, where they are few: one of them was
    forgotten.
    """
    listed = {one.member for one in meeting.attendance}
    found = [voter.id for voter in meeting.electorate.voters if voter.id not in listed]
    return (
        _("Not on the attendance sheet: {ids}.", ids=", ".join(found))
        if 0 < len(found) <= NAMED
        else NOTHING
    )
