"""What waits for whom: votes that close, actions and mandates past their day or near it, reviews,
pages nobody has read again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from ..base.messages import NOTHING, Message, _, ngettext
from ..decisions.types import Member, Proposal
from ..decisions.votes import consultations, last_close
from ..decisions.wording.eligibility import standing_on
from ..records.core_kinds import MEMBER
from ..records.index import Entry, Index
from . import dated
from .dated import VOTE_CLOSES, VOTE_OPENS, VOTES, Dated

SOON = {
    VOTE_OPENS: _("The vote on “{words}” opens on {at}."),
    VOTE_CLOSES: _("The vote on “{words}” closes on {at}."),
}
OPEN = _("Open to vote until {at}: “{words}”.")
"""Of a vote that is open, however far its close is."""
LATE = {VOTE_CLOSES: _("The vote on “{words}” closed on {at}: it is to be counted.")}
ON_THE_DAY = _("On {date}: {title}")
LASTING = _("Until {date}: {title}")
BY_THE_DAY = _("Due on {date}: {title}")
PAST_THE_DAY = _("Late, due on {date}: {title}")


class Reminder(NamedTuple):
    """One sentence for `members`, or for everybody where it names none. `day` is an ISO date,
    `name` what the day is called.
    """

    day: str
    name: str
    late: bool
    said: Message
    entry: Entry
    members: tuple[str, ...] = ()
    for_all: bool = False
    anchor: str = ""


def reminders(index: Index, language: str, days: int) -> list[Reminder]:
    """What is late, what comes within so many days of the index's own, and every vote that is open;
    the first day on top.
    """
    found = [*_from_agenda(index, language, days), *_unread(index)]
    return sorted(found, key=lambda one: (one.day, one.name, one.entry.id, one.anchor))


def for_member(index: Index, found: list[Reminder], member: Entry) -> list[Reminder]:
    """Those that concern a member; of votes, those in which the member has one."""
    return [
        one
        for one in found
        if member.id in one.members or (not one.members and _concerns(index, one, member))
    ]


def _concerns(index: Index, one: Reminder, member: Entry) -> bool:
    if one.name not in VOTES:
        return one.for_all
    try:
        return standing_on(index, one.entry, member) == "entitled"
    except (KeyError, ValueError):
        return False


def _from_agenda(index: Index, language: str, days: int) -> Iterator[Reminder]:
    today, last = index.today.isoformat(), (index.today + timedelta(days=days)).isoformat()
    for one in dated.list_dated(index, language):
        late = (one.day if one.is_due else one.last) < today
        said = _of_vote(one, today, last) if one.name in VOTES else _of_day(one, today, last)
        if said:
            yield Reminder(
                one.day, one.name, late, said, one.entry, one.members, one.for_all, one.anchor
            )


def _of_day(one: Dated, today: str, last: str) -> Message:
    """What is said today of something that has a day, looking ahead to a last day."""
    day = one.day_of
    if day is None or day.is_cancelled or not day.word.reminds(day.around) or one.day > last:
        return NOTHING
    soon, late, lasting = (
        one.sentence(which, title=one.words, date=value)
        for which, value in (("soon", one.at), ("late", one.at), ("open", one.last))
    )
    if one.day >= today:
        general = BY_THE_DAY if one.is_due else ON_THE_DAY
        return soon or Message(general.text, {"title": one.words, "date": one.at})
    if one.is_due:
        general = NOTHING if soon else PAST_THE_DAY
        return late or Message(general.text, {"title": one.words, "date": one.at})
    if one.last >= today:
        return lasting or Message(LASTING.text, {"title": one.words, "date": one.last})
    return NOTHING


def _of_vote(one: Dated, today: str, last: str) -> Message:
    """What is said of a vote: beyond the last day, of those that are open alone; of one that was
    counted, nothing.
    """
    proposal, words = Proposal.of(one.entry), NOTHING
    if one.day <= last:
        words = (LATE if one.day < today else SOON).get(one.name, NOTHING)
    elif one.name == VOTE_CLOSES and consultations(one.entry)[-1][1].opens[:10] <= today:
        words = OPEN
    waits = (
        proposal.is_put_to_the_vote and one.at == last_close(one.entry)
        if one.name == VOTE_CLOSES
        else proposal.is_discussed or proposal.is_put_to_the_vote
    )
    return Message(words.text, {"words": one.words, "at": one.at}) if words and waits else NOTHING


def _unread(index: Index) -> Iterator[Reminder]:
    for entry in index.of(MEMBER):
        member = Member.of(entry)
        months = dated.unread_months(member, index.settings, index.today)
        if months:
            said = ngettext(
                "Your page was last read {count} month ago: is it still right?",
                "Your page was last read {count} months ago: is it still right?",
                count=months,
            )
            yield Reminder(
                member.reviewed,
                "profile",
                True,
                said,
                entry,
                (entry.id,),
            )
