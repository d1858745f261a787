"""All that has a date, and whose it is: what pages, calendars, feeds and reminders tell, and what
checks find late. One home for each fact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from ..base.messages import Message, _
from ..base.positions import Path, Value
from ..decisions.status import HOLDING
from ..decisions.votes import consultations
from ..records.index import Entry, Index

PROFILE_MONTHS = 14
"""After so many months a member's page should be read again, where `coop.yml` does not say."""


class Dated(NamedTuple):
    """Something that has a date: an ISO date, or an instant with its zone. `key` is the same for
    ever, for one record and one kind; `members` are those it concerns, nobody in particular where
    there is none; `words` are what it is about, in the language asked for.
    """

    kind: str
    at: str
    key: str
    entry: Entry
    words: str
    members: tuple[str, ...] = ()
    anchor: str = ""

    @property
    def day(self) -> str:
        return self.at[:10]


TITLES = {
    "vote-opens": _("Vote opens: {words}"),
    "vote-closes": _("Vote closes: {words}"),
    "assembly": Message("{words}"),
    "event": Message("{words}"),
    "action": _("To be done: {words}"),
    "mandate": _("A mandate ends: {words}"),
    "review": _("A decision is to be reviewed: {words}"),
    "contract": _("The contract ends"),
    "offer": _("An offer ends: {words}"),
    "page": _("A page of the guide is to be read again"),
}
"""What is said of each kind where its day and its record stand beside."""


def title(one: Dated) -> Message:
    """A short title, such as a calendar shows."""
    return Message(TITLES[one.kind].text, {"words": one.words})


def dated(
    index: Index, language: str, say: Callable[[Value], str] | None = None
) -> Iterator[Dated]:
    """Everything of an index that has a date, past or to come, in no order. `say` gives the words
    of a text by language; by default the bare text.
    """
    say = say or partial(index.text, language=language)
    yield from _votes(index, say)
    yield from _of_meetings(index, say)
    yield from _mandates(index, say)
    yield from _members(index, say)
    for entry in index.of("page"):
        if entry.get("review_on"):
            owner = entry.get("owner")
            yield Dated(
                "page",
                entry.get("review_on"),
                f"page/{entry.id}/review",
                entry,
                say(entry.title),
                (owner,) if owner else (),
            )


def _votes(index: Index, say: Callable[[Value], str]) -> Iterator[Dated]:
    for entry in index.of("proposal"):
        words = say(entry.title)
        for name, days in consultations(entry):
            yield Dated("vote-opens", days.opens, f"vote/{name}/opens", entry, words)
            yield Dated("vote-closes", days.closes, f"vote/{name}/closes", entry, words)
        if entry.get("review_on") and entry.get("status") in HOLDING:
            by = tuple(entry.get("proposers") or ())
            yield Dated(
                "review", entry.get("review_on"), f"proposal/{entry.id}/review", entry, words, by
            )


def _of_meetings(index: Index, say: Callable[[Value], str]) -> Iterator[Dated]:
    for entry in index.of("event"):
        if entry.get("date"):
            kind = "assembly" if entry.get("kind") == "assembly" else "event"
            yield Dated(kind, entry.get("date"), f"event/{entry.id}", entry, say(entry.title))
    yield from actions(index)


def actions(index: Index) -> Iterator[Dated]:
    """What meetings decided that somebody does, and is still to be done."""
    for entry in index.of("minutes"):
        for one in entry.get("actions") or []:
            if one.get("status") == "open" and {"id", "what", "due"} <= one.keys():
                key, whose = (
                    f"minutes/{entry.id}/action/{one['id']}",
                    (one["owner"],) if one.get("owner") else (),
                )
                yield Dated(
                    "action", one["due"], key, entry, one["what"], whose, f"action-{one['id']}"
                )


def _mandates(index: Index, say: Callable[[Value], str]) -> Iterator[Dated]:
    for entry in index.of("body"):
        for one in entry.get("mandates") or []:
            if one.get("until") and not one.get("ended_on"):
                whose = (one["member"],) if one.get("member") else ()
                yield Dated(
                    "mandate",
                    one["until"],
                    f"body/{entry.id}/mandate/{one.get('id')}",
                    entry,
                    say(one.get("role")),
                    whose,
                    str(one.get("id")),
                )


def _members(index: Index, say: Callable[[Value], str]) -> Iterator[Dated]:
    for entry in index.of("member"):
        if entry.get("presence") == "left":
            continue
        until = entry.get("situation", "contract_until")
        if until:
            yield Dated(
                "contract",
                until,
                f"member/{entry.id}/contract",
                entry,
                say(entry.title),
                (entry.id,),
            )
        for offer in entry.get("offers") or []:
            if offer.get("valid_until"):
                key = f"member/{entry.id}/offer/{offer.get('id')}"
                yield Dated(
                    "offer",
                    offer["valid_until"],
                    key,
                    entry,
                    say(offer.get("title")),
                    (entry.id,),
                    str(offer.get("id") or ""),
                )


def days_passed(
    kind: str, value: Mapping[str, Any], today: date
) -> Iterator[tuple[str, Path, str]]:
    """What of a record was to be looked at before today: what it is, where its day stands, and the
    day.
    """
    if kind == "page" and str(value.get("review_on") or "9999") < today.isoformat():
        yield "page", ("review_on",), value["review_on"]
    for name, what, day, passed in _IN_LISTS.get(kind, ()):
        for number, one in enumerate(value.get(name) or ()):
            if passed(one, today):
                yield what, (name, number, day), one[day]


def ended(offer: Mapping[str, Any], today: date) -> bool:
    """Whether the last day of an offer has passed."""
    return str(offer.get("valid_until") or "9999") < today.isoformat()


def overdue(action: Mapping[str, Any], today: date) -> bool:
    """Whether an action is still open after its day."""
    return action.get("status") == "open" and str(action.get("due") or "9999") < today.isoformat()


def expired(mandate: Mapping[str, Any], today: date) -> bool:
    """Whether a mandate has passed its last day and nobody ended it."""
    return str(mandate.get("until") or "9999") < today.isoformat() and "ended_on" not in mandate


def unread_months(member: Mapping[str, Any], coop: Mapping[str, Any], today: date) -> int:
    """For how many months a member's page has not been read by its member, where that is too long;
    else 0.
    """
    reviewed = member.get("reviewed")
    if member.get("presence") == "left" or member.get("listed") is not True or not reviewed:
        return 0
    then = date.fromisoformat(reviewed)
    months = (today.year - then.year) * 12 + today.month - then.month - (today.day < then.day)
    return (
        months
        if months >= ((coop.get("reminders") or {}).get("profile_months") or PROFILE_MONTHS)
        else 0
    )


_Passed = Callable[[Mapping[str, Any], date], bool]
_IN_LISTS: dict[str, tuple[tuple[str, str, str, _Passed], ...]] = {
    "member": (("offers", "offer", "valid_until", ended),),
    "body": (("mandates", "mandate", "until", expired),),
    "minutes": (("actions", "action", "due", overdue),),
}
"""Lists of a kind whose entries have a day: their field, what they are, the field of the day, and
whether it has passed.
"""
