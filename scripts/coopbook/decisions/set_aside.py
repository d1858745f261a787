"""Proxies that were received and do not count: each is noted with its reason, none thrown away."""

from __future__ import annotations

from collections import Counter

from ..base.messages import Message, _
from ..records.index import Index
from .meetings import Meeting, last_day_of_proxies, meeting_of, proxies_on
from .tally.proxies import Rule
from .types import Attendance, Minutes
from .types.meetings import ReceivedProxy, SetAside

REASONS: dict[str, Message] = {
    "not_allowed": _("the rules allow no proxies"),
    "not_entitled": _("who gave it has no vote on the day"),
    "late": _("it came after the last day that the rules set"),
    "replaced": _("the same member gave another one later"),
    "holder_not_entitled": _("who holds it has no vote on the day"),
    "came": _("who gave it took part"),
    "holder_absent": _("who holds it was not there"),
    "limit": _("its holder has as many as the rules allow"),
}
"""Why a proxy is set aside, by the word that the minutes have for it."""


def find_set_aside(minutes: Minutes, index: Index) -> dict[int, SetAside]:
    """Which of the proxies of minutes do not count, by their place from 0, and why: as far as is
    known, before the meeting without its attendance. What the minutes say of it is not looked at.

    Of several reasons the first in the order of `REASONS` is told. Of two proxies of one member the
    later counts, of two of one day the lower; above the limit, those received first stay.
    """
    meeting = meeting_of(minutes, index)
    rule, rows = proxies_on(index, meeting.day), {one.member: one for one in meeting.attendance}
    last = last_day_of_proxies(minutes.date, meeting.rules)
    order = sorted(
        enumerate(minutes.proxies), key=lambda one: (minutes.day_of_receipt(one[1]), one[0])
    )
    late = {number for number, one in order if minutes.has_late(one, last)}
    latest = {one.principal: number for number, one in order if number not in late}
    found: dict[int, SetAside] = {}
    held = Counter[str]()
    cap = rule.cap(len(meeting.electorate.voters))
    for number, one in order:
        why = _reason(one, meeting, rule, number in late)
        if why is None and latest.get(one.principal) != number:
            why = "replaced"
        why = why or _reason_of_holder(one, meeting, rule, rows)
        if why is None and one.holder and cap is not None and held[one.holder] >= cap:
            why = "limit"
        if why:
            found[number] = why
        elif one.holder:
            held[one.holder] += 1
    return found


def _reason(one: ReceivedProxy, meeting: Meeting, rule: Rule, is_late: bool) -> SetAside | None:
    """What is wrong with a proxy whoever holds it."""
    if not rule.allowed:
        return "not_allowed"
    if not meeting.has_vote(one.principal) or one.principal == one.holder:
        return "not_entitled"
    return "late" if is_late else None


def _reason_of_holder(
    one: ReceivedProxy, meeting: Meeting, rule: Rule, rows: dict[str, Attendance]
) -> SetAside | None:
    """Why the last proxy of a member does not count."""
    if one.holder and rule.members_only and not meeting.has_vote(one.holder):
        return "holder_not_entitled"
    own = rows.get(one.principal, Attendance())
    if own.mode == "postal" or (own.is_here and not own.is_here_for_a_part):
        return "came"
    if one.holder and rows and not rows.get(one.holder, Attendance()).is_here:
        return "holder_absent"
    return None
