"""What waits for whom: votes that close, actions and mandates past their day or near it, reviews,
pages nobody has read again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from ..base.messages import Message, _, ngettext
from ..decisions.status import VOTING
from ..decisions.votes import closes, consultations
from ..decisions.wording.eligibility import standing_on
from ..records.index import Entry, Index
from . import dated
from .dated import Dated

SOON = {
    "vote-opens": _("The vote on “{words}” opens on {at}."),
    "vote-closes": _("The vote on “{words}” closes on {at}."),
    "assembly": _("General meeting on {at}: {words}."),
    "action": _("To be done by {at}: {words}"),
    "mandate": _("The mandate “{words}” ends on {at}: time to renew it or to look for somebody."),
    "review": _("The decision “{words}” is to be reviewed on {at}."),
    "page": _("The page “{words}” of the guide is to be read again by {at}."),
    "contract": _("The contract of {words} ends on {at}."),
    "offer": _("The offer “{words}” ends on {at}."),
}
OPEN = _("Open to vote until {at}: “{words}”.")
"""Of a vote that is open, however far its close is."""
LATE = {
    "vote-closes": _("The vote on “{words}” closed on {at}: it is to be counted."),
    "action": _("Late, due on {at}: {words}"),
    "mandate": _(
        "The mandate “{words}” ended on {at}: it is to be renewed, or its end written down."
    ),
    "review": _("The decision “{words}” was to be reviewed on {at}."),
    "page": _("The page “{words}” of the guide was to be read again by {at}."),
}
"""What is said of what has passed; of the rest nothing is said then."""


class Reminder(NamedTuple):
    """One sentence for `members`, or for everybody where it names none. `day` is an ISO date."""

    day: str
    kind: str
    late: bool
    said: Message
    entry: Entry
    members: tuple[str, ...] = ()
    anchor: str = ""


def reminders(index: Index, language: str, days: int) -> list[Reminder]:
    """What is late, what comes within so many days of the index's own, and every vote that is open;
    the first day on top.
    """
    found = [*_from_agenda(index, language, days), *_unread(index)]
    return sorted(found, key=lambda one: (one.day, one.kind, one.entry.id, one.anchor))


def for_member(index: Index, found: list[Reminder], member: Entry) -> list[Reminder]:
    """Those that concern a member; of votes, those in which the member has one."""
    return [
        one
        for one in found
        if member.id in one.members or (not one.members and _concerns(index, one, member))
    ]


def _concerns(index: Index, one: Reminder, member: Entry) -> bool:
    if one.kind not in {"vote-opens", "vote-closes"}:
        return one.kind == "assembly"
    try:
        return standing_on(index, one.entry, member) == "entitled"
    except (KeyError, ValueError):
        return False


def _from_agenda(index: Index, language: str, days: int) -> Iterator[Reminder]:
    today, last = index.today.isoformat(), (index.today + timedelta(days=days)).isoformat()
    for one in dated.dated(index, language):
        late = one.day < today
        words = _sentence(one, today, last)
        if words and _waits(one, late):
            said = Message(words.text, {"words": one.words, "at": one.at})
            yield Reminder(one.day, one.kind, late, said, one.entry, one.members, one.anchor)


def _sentence(one: Dated, today: str, last: str) -> Message | None:
    """What is said of something today, looking ahead to a last day: beyond it, of votes that are
    open alone.
    """
    if one.day <= last:
        return (LATE if one.day < today else SOON).get(one.kind)
    begun = one.kind == "vote-closes" and consultations(one.entry)[-1][1].opens[:10] <= today
    return OPEN if begun else None


def _waits(one: Dated, late: bool) -> bool:
    """Whether something is still to be done: of a vote that was counted, nothing is; a meeting may
    be cancelled.
    """
    if one.kind == "vote-closes":
        return one.entry.get("status") in VOTING and one.at == closes(one.entry)
    if one.kind == "vote-opens":
        return one.entry.get("status") in ("open", *VOTING)
    return not one.entry.get("cancelled")


def _unread(index: Index) -> Iterator[Reminder]:
    for entry in index.of("member"):
        months = dated.unread_months(entry.value, index.coop, index.today)
        if months:
            said = ngettext(
                "Your page was last read {count} month ago: is it still right?",
                "Your page was last read {count} months ago: is it still right?",
                count=months,
            )
            yield Reminder(
                date.fromisoformat(entry.get("reviewed")).isoformat(),
                "profile",
                True,
                said,
                entry,
                (entry.id,),
            )
