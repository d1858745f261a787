"""What waits for whom: votes that close, actions and mandates past their day or near it, reviews,
pages nobody has read again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from ..base.messages import NOTHING, Message, _, ngettext
from ..decisions.kinds import POLL, PROPOSAL
from ..decisions.meetings import entitled_at
from ..decisions.polls import answers_to
from ..decisions.types import Ballot, Member, Minutes, Proposal, vote_and_member
from ..decisions.votes import ballots, consultations, is_secret, last_close, vote_id
from ..decisions.wording.eligibility import standing_on
from ..records.core_kinds import MEMBER
from ..records.index import Entry, Index
from . import dated
from .dated import (
    BEFORE_ASSEMBLIES,
    NOTICE_DUE,
    PROXIES_DUE,
    QUESTIONS_DUE,
    VOTE_CLOSES,
    VOTE_OPENS,
    VOTES,
    Dated,
)

SOON = {
    VOTE_OPENS: _("The vote on “{words}” opens on {at}."),
    VOTE_CLOSES: _("The vote on “{words}” closes on {at}."),
    NOTICE_DUE: _("The notice of “{words}” is to be sent on {at} at the latest."),
    QUESTIONS_DUE: _("Questions for “{words}” are to arrive on {at} at the latest."),
    PROXIES_DUE: _("A proxy for “{words}” is to arrive on {at} at the latest."),
}
YOURS = _("You have not voted yet: the vote on “{words}” closes on {at}.")
ENTERED = _(
    "{teller} entered a ballot for you in the vote on “{words}”, which closes on {at}. If you gave "
    "none, or another one, say so to those who count before then."
)
OPEN = _("Open to vote until {at}: “{words}”.")
"""Of a vote that is open, however far its close is."""
LATE = {
    VOTE_CLOSES: _("The vote on “{words}” closed on {at}: it is to be counted."),
    NOTICE_DUE: _(
        "The notice of “{words}” had to be sent on {at} at the latest: say when it was, or choose "
        "a later day."
    ),
}
ON_THE_DAY = _("On {date}: {title}")
LASTING = _("Until {date}: {title}")
BY_THE_DAY = _("Due on {date}: {title}")
PAST_THE_DAY = _("Late, due on {date}: {title}")


class Reminder(NamedTuple):
    """One sentence for `members`, or for everybody where it names none. `day` is an ISO date,
    `name` what the day is called.

    Of a vote or a poll, `done` are those who need no reminder, because their ballot or their answer
    is here; `yours` is what is said to anybody else alone, where the ballots that are here are all
    of them. What is `private` is for its members' eyes only; what is `due` is to be done by its
    day, and does not only happen then.
    """

    day: str
    name: str
    late: bool
    said: Message
    entry: Entry
    members: tuple[str, ...] = ()
    for_all: bool = False
    anchor: str = ""
    done: frozenset[str] = frozenset()
    yours: Message = NOTHING
    private: bool = False
    due: bool = True


def reminders(index: Index, language: str, days: int, whole: Index | None = None) -> list[Reminder]:
    """What is late, what comes within so many days of the index's own, and every vote that is open;
    the first day on top.

    Args:
        index: What members may see.
        language: In which language titles are said.
        days: How far to look ahead.
        whole: The same with its ballots, which no audience sees: then it is known who has voted.
    """
    found = [*_from_agenda(index, language, days), *_unread(index)]
    if whole is not None:
        found = [_with_voters(whole, one) for one in found]
        found += _remind_entered(whole, index, language)
    return sorted(found, key=lambda one: (one.day, one.name, one.entry.id, one.anchor))


def for_member(index: Index, found: list[Reminder], member: Entry) -> list[Reminder]:
    """Those that concern a member; of votes, those in which the member has one and, as far as is
    known, has not voted.
    """
    return [
        one._replace(said=one.yours) if one.yours else one
        for one in found
        if member.id not in one.done
        and (member.id in one.members or (not one.members and _concerns(index, one, member)))
    ]


def for_each(index: Index, found: list[Reminder]) -> list[Reminder]:
    """What concerns each member, named to nobody else: for mails, not for a page."""
    return [
        one._replace(members=(member.id,))
        for member in index.of(MEMBER)
        if not Member.of(member).has_left
        for one in for_member(index, found, member)
    ]


def for_a_page(found: list[Reminder]) -> list[Reminder]:
    """What everybody may read."""
    return [one for one in found if not one.private]


def _with_voters(whole: Index, one: Reminder) -> Reminder:
    """With those who have voted, of a vote that is open and not secret: of a secret one nobody
    knows, and of one on a forge those alone whose ballot is a file. With those who have answered,
    of a poll.
    """
    if one.entry.kind == POLL:
        return one if one.late else one._replace(done=frozenset(answers_to(whole, one.entry.id)))
    if one.name != VOTE_CLOSES or is_secret(whole, one.entry):
        return one
    vote = vote_id(one.entry)
    done = frozenset(vote_and_member(ballot.id)[1] for ballot in ballots(whole, vote))
    asked = Proposal.of(one.entry)
    whole_box = not one.late and asked.first.opens[:10] <= whole.today.isoformat()
    values = {key: one.said.values[key] for key in ("words", "at")}
    yours = Message(YOURS.text, values) if whole_box and not asked.pull_request else NOTHING
    return one._replace(done=done, yours=yours)


def _remind_entered(whole: Index, index: Index, language: str) -> Iterator[Reminder]:
    """Ballots that somebody else entered, as each may be asked whether that was right."""
    for entry in index.of(PROPOSAL):
        if not Proposal.of(entry).is_put_to_the_vote or is_secret(whole, entry):
            continue
        for ballot in ballots(whole, vote_id(entry)):
            member = vote_and_member(ballot.id)[1]
            by = whole.find(MEMBER, Ballot.of(ballot).cast_by)
            if by is None or by.id == member:
                continue
            said = Message(
                ENTERED.text,
                {
                    "teller": index.text(by.title, language),
                    "words": index.text(entry.title, language),
                    "at": last_close(entry),
                },
            )
            day = last_close(entry)[:10]
            yield Reminder(day, "ballot-entered", False, said, entry, (member,), private=True)


def _concerns(index: Index, one: Reminder, member: Entry) -> bool:
    if one.name in BEFORE_ASSEMBLIES:
        return one.for_all and _has_vote_at(index, one.entry, member)
    if one.name not in VOTES:
        return one.for_all
    try:
        return standing_on(index, one.entry, member) == "entitled"
    except (KeyError, ValueError):
        return False


def _has_vote_at(index: Index, assembly: Entry, member: Entry) -> bool:
    return entitled_at(Minutes.of(assembly), index)[0].find(member.id) is not None


def _from_agenda(index: Index, language: str, days: int) -> Iterator[Reminder]:
    today, last = index.today.isoformat(), (index.today + timedelta(days=days)).isoformat()
    for one in dated.list_dated(index, language):
        late = (one.day if one.is_due else one.last) < today
        said = _describe(one, today, last)
        if said:
            yield Reminder(
                one.day,
                one.name,
                late,
                said,
                one.entry,
                one.members,
                one.for_all,
                one.anchor,
                due=one.is_due or one.day_of is None,
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


def _describe(one: Dated, today: str, last: str) -> Message:
    """What is said of a day; nothing where it is not told now."""
    if one.day_of is not None:
        return _of_day(one, today, last)
    return (_of_vote if one.name in VOTES else _of_assembly)(one, today, last)


def _of_assembly(one: Dated, today: str, last: str) -> Message:
    """What is said of what is due before an assembly; what is past and no use is told no more."""
    if one.day > last:
        return NOTHING
    words = (LATE if one.day < today else SOON).get(one.name, NOTHING)
    return Message(words.text, {"words": one.words, "at": one.at}) if words else NOTHING


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
