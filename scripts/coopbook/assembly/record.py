"""An assembly as its papers need it: its record, who has a vote, under which rules, in the language
it is held in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ..base.collation import sort_key
from ..base.colours import colours
from ..base.dates import written_day, written_hour
from ..base.formats import slug
from ..base.messages import Message, Translator, translator
from ..base.positions import Value
from ..decisions.assembly_days import LastDays, day_before, last_days, notice_days
from ..decisions.meetings import Meeting, meeting_of, proxies_on
from ..decisions.presets import category_name
from ..decisions.tally.electorate import Electorate, Voter
from ..decisions.tally.proxies import Rule as Proxies
from ..decisions.types import Member, Minutes, Officer, Resolution, Rules
from ..decisions.types.parts import structure
from ..records.index import Index
from .vocabulary import BLANK, PAPERS, plain

_IDS = frozenset(["id", "ids", "principal", "holder"])
"""Values in the sentences of rules that are ids, commas between several."""


@dataclass(frozen=True)
class Assembly:
    """One assembly: the fields and the text of its record, sound.

    `value` are the fields as they are written; `minutes` are the same to be read.
    """

    index: Index
    id: str
    value: dict[str, Value]
    language: str
    body: str = ""

    @cached_property
    def usage(self) -> str:
        """The language as the co-op's country uses it, for catalogues and dates."""
        return self.index.usage(self.language)

    @cached_property
    def say(self) -> Translator:
        """Says a sentence in the assembly's language; values stand as they are."""
        return translator(self.usage, shown=str)

    @cached_property
    def minutes(self) -> Minutes:
        """The record as a typed value."""
        return structure(Minutes, self.value, self.id)

    def with_fields(self, **changed: Value) -> Assembly:
        """The same assembly with other fields; None takes one away."""
        value = {name: one for name, one in {**self.value, **changed}.items() if one is not None}
        return replace(self, value=value)

    @property
    def day(self) -> str:
        """The day of the meeting, as an ISO date."""
        return self.minutes.date

    def date(self, day: str) -> str:
        """A day as people write it."""
        return written_day(day, self.usage)

    def hour(self, time: str) -> str:
        """An hour as people write it."""
        return written_hour(time, self.usage)

    def file(self, name: str) -> str:
        """The name of a paper's file in the assembly's language, without its ending: letters and
        digits that any program takes.
        """
        return slug(self.say(PAPERS[name])) or name

    @cached_property
    def weekday(self) -> str:
        """The day of the meeting as people write it, with the day of the week."""
        return written_day(self.day, self.usage, "full")

    @cached_property
    def title(self) -> str:
        """What the meeting is called."""
        return self.index.text(self.minutes.title, self.language)

    @cached_property
    def coop(self) -> str:
        """The co-op's name in law, else its own."""
        return self.index.settings.legal_name

    @cached_property
    def colour(self) -> str:
        """The co-op's main colour."""
        return colours(self.index.coop.get("look"))[0]

    @cached_property
    def meeting(self) -> Meeting:
        """Who is entitled, who was there, whose proxy counts: as the record tells it so far."""
        return meeting_of(self.minutes, self.index)

    @property
    def rules(self) -> Rules:
        """The rules of decision that hold on the day; empty where none do."""
        return self.meeting.rules

    @property
    def electorate(self) -> Electorate:
        """Who had a vote before the meeting began."""
        return self.meeting.electorate

    @cached_property
    def voters(self) -> list[Voter]:
        """Everybody entitled, as a reader expects them sorted."""
        return sorted(self.electorate.voters, key=lambda voter: sort_key(self.sort_name(voter.id)))

    @property
    def second(self) -> bool:
        """Whether it is a second call."""
        return self.minutes.notice.is_second_call

    @property
    def agenda(self) -> tuple[str, ...]:
        """The items of the agenda, in order."""
        return self.minutes.notice.agenda

    @property
    def resolutions(self) -> tuple[Resolution, ...]:
        """The resolutions as the record has them, in order."""
        return self.minutes.resolutions

    def category_name(self, name: str) -> str:
        """What a category of decisions is called."""
        return category_name(self.rules, self.index, name, self.language) if name else ""

    def name(self, id: str) -> str:
        """What a member is called, else the id."""
        entry = self.index.find("member", id)
        return (Member.of(entry).name.display or entry.id) if entry else id

    def names_apart(self, ids: Sequence[str]) -> list[str]:
        """What each of some members is called; with the id where two have one name."""
        names = [self.name(id) for id in ids]
        often = Counter(names)
        return [
            f"{name} ({id})" if often[name] > 1 else name
            for id, name in zip(ids, names, strict=True)
        ]

    def holder_name(self, holder: str | None) -> str:
        """Who holds a proxy; the word for one that was left blank."""
        return self.name(holder) if holder else self.say(BLANK).partition(",")[0]

    def body_name(self, id: str) -> str:
        """What a body is called, else the id."""
        entry = self.index.find("body", id)
        return self.index.text(entry.title, self.language) if entry else id

    def in_names(self, message: Message) -> Message:
        """A sentence of a rule with what members and proposals are called, for the ids in it."""

        def name(id: str) -> str:
            proposal = self.index.find("proposal", id)
            if self.index.find("member", id) or not proposal:
                return self.name(id)
            return self.index.text(proposal.title, self.language)

        values = {
            key: ", ".join(map(name, str(value).split(", "))) if key in _IDS else value
            for key, value in message.values.items()
        }
        return replace(message, values=values)

    def sort_name(self, id: str) -> str:
        """The name somebody is sorted under."""
        entry = self.index.find("member", id)
        return (Member.of(entry).name.sorted_under or self.name(id)) if entry else id

    def person(self, officer: Officer) -> str:
        """An officer: name and capacity."""
        return ", ".join(part for part in (self.name_of(officer), officer.capacity) if part)

    def name_of(self, officer: Officer) -> str:
        """What an officer is called, a member or somebody by name."""
        return self.name(officer.member) if officer.member else officer.name

    def college(self, id: str) -> str:
        """What a college is called, else its id."""
        college = self.index.settings.colleges.get(id)
        return self.index.text(college.label if college else None, self.language) or id

    @cached_property
    def proxy_holders(self) -> dict[str, str]:
        """Holders by principal, of the proxies that were noted and are not set aside; nothing for
        one left blank.
        """
        counting = (one for one in self.minutes.proxies if not one.set_aside)
        return {one.principal: one.holder or "" for one in counting}

    def votes(self, id: str) -> int:
        """How many votes somebody has: their own, unless they gave a proxy, and those of the
        proxies that count.
        """
        own = int(self.electorate.find(id) is not None and id not in self.proxy_holders)
        return own + sum(holder == id for holder in self.meeting.holders.values())

    def has_vote(self, id: str) -> bool:
        """Whether somebody has a vote on the day, or was admitted on it."""
        return self.meeting.has_vote(id)

    @cached_property
    def proxy_rule(self) -> Proxies:
        """What the rules say of proxies on the day."""
        return proxies_on(self.index, self.meeting.day)

    @cached_property
    def cap(self) -> int | None:
        """How many proxies one member may hold; None for as many as are given."""
        return self.proxy_rule.cap(len(self.electorate.voters))

    @cached_property
    def notice_days(self) -> int:
        """The longest delay that the categories of the resolutions ask for between notice and
        meeting; 0 where none asks for one.
        """
        return notice_days(self.minutes, self.rules)

    @cached_property
    def last_day(self) -> str:
        """The last day on which the notice may be sent."""
        return day_before(self.day, self.notice_days)

    @cached_property
    def last_days(self) -> LastDays:
        """By when the notice is sent, questions and proxies are received."""
        return last_days(self.minutes, self.index)

    @cached_property
    def ids_by_name(self) -> dict[str, list[str]]:
        """Members by every way to write their name, by id, and by the ids they had when a sheet
        was printed.
        """
        found: dict[str, list[str]] = {}
        for entry in self.index.of("member"):
            former = map(name_key, entry.formerly)
            for way in dict.fromkeys([*_ways(Member.of(entry)), *former]):
                found.setdefault(way, []).append(entry.id)
        return found


def _ways(member: Member) -> Iterator[str]:
    """Given name first or last, with and without hyphens: words in alphabetical order say the same
    whatever their order.
    """
    own = member.name
    full = f"{own.given} {own.family}"
    for name in (member.id, own.display, own.sort, full, member.legal_name):
        if words := plain(name).split():
            yield " ".join(sorted(words))


def name_key(text: str) -> str:
    """A name as it is looked up in `Assembly.ids_by_name`."""
    return " ".join(sorted(plain(text).split()))
