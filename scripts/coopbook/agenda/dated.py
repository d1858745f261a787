"""All that has a date, and whose it is: what pages, calendars, feeds and reminders tell, and what
checks find late. One home for each fact.

Days come from the word `x-date` of the schemas; those of votes, from the law of deciding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from ..base.messages import Message, _
from ..base.positions import Path, Value
from ..decisions.assembly_days import coming_assemblies, last_days
from ..decisions.kinds import ANCHORS, BODY, MINUTES, POLL, PROPOSAL
from ..decisions.mandates import find_followers, mandates_held
from ..decisions.polls import members_concerned
from ..decisions.types import Body, Member, Minutes
from ..decisions.types.parts import structure
from ..decisions.votes import consultations, rules_of
from ..records.coop import Coop
from ..records.dialect.labels import date_words
from ..records.index import Entry, Index
from ..records.model import Kind
from .days import Day, days_of, has_days

PROFILE_MONTHS = 14
"""After so many months a member's page should be read again, where `coop.yml` does not say."""
VOTE_OPENS, VOTE_CLOSES = "vote-opens", "vote-closes"
VOTES = frozenset([VOTE_OPENS, VOTE_CLOSES])
ACTION = "action"
"""What the day of an action is called in the schema of minutes."""
NOTICE_DUE, QUESTIONS_DUE, PROXIES_DUE = "notice-due", "questions-due", "proxies-due"
BEFORE_ASSEMBLIES = frozenset([NOTICE_DUE, QUESTIONS_DUE, PROXIES_DUE])
_TITLES = {
    VOTE_OPENS: _("Vote opens: {words}"),
    VOTE_CLOSES: _("Vote closes: {words}"),
    NOTICE_DUE: _("Last day to send the notice: {words}"),
    QUESTIONS_DUE: _("Last day for questions: {words}"),
    PROXIES_DUE: _("Last day for proxies: {words}"),
}


class Dated(NamedTuple):
    """Something that has a date.

    Attributes:
        name: what the day is called: `vote-closes`, the name that its schema gives it, else that of
            the record's kind.
        at: an ISO date, or an instant with its zone.
        key: the same for ever, for one record and one name.
        entry: the record.
        words: what it is about, in the language asked for.
        members: those it concerns.
        for_all: it concerns everybody, not only those who are named.
        anchor: its place on the record's page.
        day_of: what the schema says of it; None for a vote, and for what is due before an
            assembly.
    """

    name: str
    at: str
    key: str
    entry: Entry
    words: str
    members: tuple[str, ...] = ()
    for_all: bool = True
    anchor: str = ""
    day_of: Day | None = None

    @property
    def day(self) -> str:
        return self.at[:10]

    @property
    def last(self) -> str:
        """The last day of what lasts several."""
        return self.day_of.last if self.day_of else self.day

    @property
    def is_due(self) -> bool:
        """Whether something is to be done by this day, or ends on it."""
        return self.name in BEFORE_ASSEMBLIES or (self.day_of is not None and self.day_of.word.due)

    @property
    def is_for_one(self) -> bool:
        """Whether it concerns the member alone whose record it is."""
        return self.day_of is not None and self.day_of.word.own

    def sentence(self, which: str, **values: Any) -> Message:
        """A sentence of the schema about it (`x-date`: `words`); empty where it says none."""
        return date_words(self.day_of.schema, which, **values) if self.day_of else Message("")


def calendar_title(one: Dated) -> Message:
    """A short title, such as a calendar shows."""
    if one.name in _TITLES:
        return Message(_TITLES[one.name].text, {"words": one.words})
    said = one.sentence("calendar", title=one.words, date=one.at)
    return said or Message("{words}", {"words": one.words})


def list_dated(
    index: Index, language: str, say: Callable[[Value], str] | None = None
) -> Iterator[Dated]:
    """Everything of an index that has a date, past or to come, in no order. `say` gives the words
    of a text by language; by default the bare text.
    """
    for kind in index.kinds.values():
        yield from dated_of(index, kind, language, say)
    say = say or partial(index.text, language=language)
    yield from _votes(index, say)
    yield from _before_assemblies(index, say)


def dated_of(
    index: Index, kind: Kind, language: str, say: Callable[[Value], str] | None = None
) -> Iterator[Dated]:
    """What the records of one kind have that has a date; the arguments are those of `dated`."""
    say = say or partial(index.text, language=language)
    for entry in index.of(kind.name) if has_days(kind) else ():
        for day in _days_that_count(kind, entry.value):
            words = entry.title if day.word.title is None else day.get(day.word.title)
            members, for_all = _members_concerned(index, kind, day, entry)
            if words:
                yield Dated(
                    name=day.word.name or kind.name,
                    at=day.at,
                    key="/".join(
                        [kind.name, entry.id, *([day.word.name] * bool(day.word.name)), *day.ids]
                    ),
                    entry=entry,
                    words=say(words),
                    members=members,
                    for_all=for_all,
                    anchor=_anchor(kind, day),
                    day_of=day,
                )


def _days_that_count(kind: Kind, value: Mapping[str, Any]) -> Iterator[Day]:
    """The days of a record, without the end of a mandate that another one follows: nobody has to do
    anything by it.
    """
    seats = _followed_seats(value) if kind.name == BODY else set()
    return (day for day in days_of(kind, value) if not (seats and day.path in seats))


def _followed_seats(value: Mapping[str, Any]) -> set[Path]:
    """The places of a body's mandates that another one follows; none where a co-op's own schema
    gives bodies another shape.
    """
    try:
        body = structure(Body, value)
    except ValueError:
        return set()
    return {("mandates", number) for number in find_followers(body)}


def _anchor(kind: Kind, day: Day) -> str:
    """The place on the record's page of the part that has a day; empty for the record itself."""
    return ANCHORS.get((kind.name, day.word.name), "") + day.ids[-1] if day.ids else ""


def _members_concerned(
    index: Index, kind: Kind, day: Day, entry: Entry
) -> tuple[tuple[str, ...], bool]:
    """Whom a day concerns, and whether it concerns everybody: as its schema says; who is asked by a
    poll, the law knows.
    """
    if day.word.own:
        return (entry.id,), False
    if kind.name == POLL and entry.sound:
        asked = members_concerned(index, entry)
        return asked or (), asked is None
    found = [day.get(path) for path in day.word.whose or ()]
    members = tuple(
        str(one)
        for value in found
        for one in (value if isinstance(value, list) else [value] if value else [])
    )
    return members, day.word.whose is None


def _votes(index: Index, say: Callable[[Value], str]) -> Iterator[Dated]:
    for entry in index.of(PROPOSAL):
        words = say(entry.title)
        for name, days in consultations(entry):
            yield Dated(VOTE_OPENS, days.opens, f"vote/{name}/opens", entry, words)
            yield Dated(VOTE_CLOSES, days.closes, f"vote/{name}/closes", entry, words)


def _before_assemblies(index: Index, say: Callable[[Value], str]) -> Iterator[Dated]:
    """What is due before each assembly that is to come. The notice is for those who send it."""
    if index.audience == "public":  # it would tell what the rules say to members alone
        return
    for entry in coming_assemblies(index):
        minutes, words = Minutes.of(entry), say(entry.title)
        last = last_days(minutes, index)
        found = [(QUESTIONS_DUE, last.questions), (PROXIES_DUE, last.proxies)]
        for name, day in found:
            if day:
                key = f"{MINUTES}/{entry.id}/{name}"
                yield Dated(name, day, key, entry, words, anchor="_coming")
        if last.notice and not minutes.notice.sent_on:
            key = f"{MINUTES}/{entry.id}/{NOTICE_DUE}"
            callers = _callers(index, entry)
            yield Dated(NOTICE_DUE, last.notice, key, entry, words, callers, for_all=False)


def _callers(index: Index, entry: Entry) -> tuple[str, ...]:
    """The members who hold the role that the rules give the record of an assembly to."""
    word, _colon, role = rules_of(index).permission(entry.file).partition(":")
    if word != "role":
        return ()
    held = (mandate for _body, mandate in mandates_held(index, role, index.today))
    return tuple(dict.fromkeys(mandate.member for mandate in held if mandate.member))


def days_passed(
    kind: Kind, value: Mapping[str, Any], today: date
) -> Iterator[tuple[str, Path, str]]:
    """What of a record was due before today: what the day is called, where it stands, and the
    day.
    """
    for day in _days_that_count(kind, value):
        if day.word.due and day.at[:10] < today.isoformat():
            yield day.word.name or kind.name, (*day.path, *day.word.field), day.at[:10]


def unread_months(member: Member, coop: Coop, today: date) -> int:
    """For how many months a member's page has not been read by its member, where that is too long;
    else 0.
    """
    if member.has_left or not member.listed or not member.reviewed:
        return 0
    then = date.fromisoformat(member.reviewed)
    months = (today.year - then.year) * 12 + today.month - then.month - (today.day < then.day)
    return months if months >= (coop.reminders.profile_months or PROFILE_MONTHS) else 0
