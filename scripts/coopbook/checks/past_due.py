"""What has a day is looked at by that day: an action, a mandate, an offer, a page of the wiki, a
member's own page, and whatever a co-op's own record type says is due.

An action that is open (`due`) is done, dropped, or put off. A mandate whose `until` has passed is
ended (`ended_on`) or followed by a new entry of the same role, an offer (`valid_until`) renewed or
taken out, a contract (`contract_until`) renewed, unless its member has left; so is an insurance, a
licence or a certificate (`valid_until` of `credentials`), the co-op's own, too. A member whose
availability has ended (`until`) says how it is now. A page of the wiki is read again by the day it
names itself (`review_on`). A member's page was read by its member (`reviewed`) within
the time that `coop.yml` sets (`reminders.profile_months`, else 14 months).

## Why
A list is only read if it is true. Clients ask for what is no longer on offer, a bank asks who
speaks for the co-op and until when, and a guide that nobody has looked at for years sends people
the wrong way.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..agenda.dated import days_passed, unread_months
from ..base.diagnostics import Diagnostic
from ..base.messages import Message, _, ngettext
from ..decisions.types import Member
from ..records.index import Index
from ..records.model import Record

SEES_REFUSED = True
SEVERITY = "warning"


class _Late(NamedTuple):
    message: Message
    help: Message


DUE = _Late(_("This was due on {date}."), _("Give it a new date, or take it out."))
"""What is said of a day that a co-op's own schema gives."""
_CREDENTIAL = _Late(
    _("This ended on {date}, and clients are shown it."),
    _("Write its new end, or take it out."),
)
LATE = {
    ("minutes", "action"): _Late(
        _("This action was due on {date}."),
        _("Set its status to done or dropped, or give it another day."),
    ),
    ("body", "mandate"): _Late(
        _("This mandate ended on {date}."), _("Add ended_on, or renew it in a new entry.")
    ),
    ("member", "offer"): _Late(
        _("This offer ended on {date}."), _("Give it a new date, or take it out.")
    ),
    ("page", "review"): _Late(
        _("This page was to be read again by {date}."),
        _("Read it, mend it, and set the next date."),
    ),
    ("member", "availability"): _Late(
        _("This availability ended on {date}, and clients read that it is to be confirmed."),
        _("Write the state of today, with its end if you know it."),
    ),
    ("member", "contract"): _Late(
        _("This contract ended on {date}."),
        _("Write its new end, or, if they have left: coopbook leave, with their id."),
    ),
    ("member", "credential"): _CREDENTIAL,
    ("coop", "credential"): _CREDENTIAL,
    ("poll", "poll"): _Late(
        _("The last day of this poll was {date}."),
        _("Count it: coopbook tally, with its id. Of advice, write what was decided (conclusion)."),
    ),
    ("proposal", "review"): None,
}
"""What is said of the days of our own schemas, by kind and name; of some reminders alone tell."""


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    for name, path, day in days_passed(record.kind, record.value, index.today):
        late = LATE.get((record.kind.name, name), DUE)
        if late:
            yield record.fault(Message(late.message.text, {"date": day}), *path, help=late.help)
    is_member = record.kind.name == "member"
    months = unread_months(Member.of(record), index.settings, index.today) if is_member else 0
    if months:
        yield record.fault(
            ngettext(
                "This page was last read {count} month ago.",
                "This page was last read {count} months ago.",
                count=months,
            ),
            "reviewed",
            help=_("Read it again and put today's date here."),
        )
