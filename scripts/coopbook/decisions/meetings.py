"""A meeting as its minutes tell it: who is entitled, who was there at a moment, and who stood for
whom.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from msgspec.structs import replace

from ..base.once import once
from ..records.index import Entry, Index
from .tally.electorate import Electorate, Period, Person, Voter, electorate_on
from .tally.electorate import Rule as Entitled
from .tally.proxies import Mandate, find_valid
from .tally.proxies import Rule as Proxies
from .types import NO_RULES, Attendance, Body, Member, Minutes, Rules
from .votes import rules_of

CHOSEN = frozenset(["board", "management", "supervisory"])
"""Bodies in which those alone vote who hold a mandate."""
CHAIR = ""
"""Who holds a proxy without a name: whoever presides, and somebody does as long as anybody is
there.
"""
CUSTOMARY = Proxies(True, True, True, 20, 1, Fraction(1, 20))
"""Without rules of decision: one proxy in twenty members, one at least (a common limit of SCOP
statutes).
"""
UNKNOWN = Proxies(True)
"""Before the rules that are in force now: what held then is not known here."""


@dataclass(frozen=True)
class Meeting:
    """`electorate` are those with a vote before it began, `joined` those admitted on that very day,
    who vote once they are there.

    `entitled`: how many have a vote; None where nothing says who they all are, as in a section.
    `holders`: the proxies that count, by who gave them; `rules` are `NO_RULES` where none held.
    """

    day: date
    opened: str
    electorate: Electorate
    joined: Electorate
    entitled: int | None
    attendance: tuple[Attendance, ...]
    holders: Mapping[str, str]
    rules: Rules
    assembly: bool
    second: bool
    written: bool

    def here(self, moment: str) -> set[str]:
        """Those who sit in the room or are linked to it."""
        return {one.member for one in self.attendance if one.is_here_at(moment)}

    def voters(self, moment: str, recused: frozenset[str] = frozenset()) -> dict[str, Voter]:
        """Who has a vote at a moment: those here, those who voted by post, and those for whom
        somebody here stands.
        """
        here = self.here(moment)
        own = here | {one.member for one in self.attendance if one.mode == "postal"}
        there = own | {
            principal
            for principal, holder in self.holders.items()
            if holder in here or (holder == CHAIR and here)
        }
        joined = (voter for voter in self.joined.voters if voter.id in here)
        return {
            voter.id: voter
            for voter in (*self.electorate.voters, *joined)
            if voter.id in there and voter.id not in recused
        }

    def has_vote(self, id: str) -> bool:
        """Whether somebody is entitled, before the meeting or since it admitted them."""
        return bool(self.electorate.find(id) or self.joined.find(id))

    def base(self, moment: str, recused: frozenset[str] = frozenset()) -> int | None:
        """How many are entitled to vote on something at a moment, there or not."""
        if self.entitled is None:
            return None
        joined = sum(voter.id in self.here(moment) for voter in self.joined.voters)
        return self.entitled + joined - sum(self.electorate.find(id) is not None for id in recused)


def meeting_of(minutes: Minutes, index: Index) -> Meeting:
    """From sound minutes. ValueError where they name no day."""
    day = date.fromisoformat(minutes.date)
    body, rules = index.find("body", minutes.body), rules_on(index, day)
    electorate, joined = entitled_at(minutes, index)
    rows = {one.member: one for one in minutes.attendance if one.member and one.mode}
    everybody = Electorate((*electorate.voters, *joined.voters))
    mandates = _mandates(minutes, rows, day, last_day_of_proxies(minutes.date, rules))
    return Meeting(
        day,
        minutes.opened,
        electorate,
        joined,
        _how_many(minutes, body, electorate),
        tuple(rows.values()),
        _holders(list(mandates), everybody, len(electorate.voters), proxies_on(index, day), day),
        rules,
        bool(body and Body.of(body).is_assembly),
        minutes.notice.is_second_call,
        minutes.are_of_writing,
    )


def rules_on(index: Index, day: date | str) -> Rules:
    """The rules of decision that held on a day, a date or as it is written; none where those that
    are kept here came later.
    """
    rules = rules_of(index)
    return rules if rules.in_force <= str(day) else NO_RULES


def proxies_on(index: Index, day: date) -> Proxies:
    """What the rules say of proxies."""
    rules = rules_on(index, day)
    if rules:
        return Proxies.of(rules.proxies)
    return UNKNOWN if index.find("rules", "rules") else CUSTOMARY


def entitled_at(minutes: Minutes, index: Index) -> tuple[Electorate, Electorate]:
    """Who had a vote before a meeting began, and who was admitted on its very day: as a rule by the
    meeting itself.
    """
    day = date.fromisoformat(minutes.date)
    body = index.find("body", minutes.body)
    chosen = tuple(_pick_voters(body, day)) if body and Body.of(body).kind in CHOSEN else ()
    if chosen:
        return Electorate(chosen), Electorate(())
    rule = Entitled.of(rules_on(index, day).electorate)
    called = minutes.notice.sent_on if rule.snapshot == "convocation" else ""
    return _members(index, date.fromisoformat(called or minutes.date), day, rule)


@once
def _members(
    index: Index, day: date, closes: date, rule: Entitled
) -> tuple[Electorate, Electorate]:
    people = _people(index)
    every = electorate_on(day, people, rule, closes)
    before = electorate_on(day, people, replace(rule, least_days=max(rule.least_days, 1)), closes)
    settled = before if before.voters else every
    return settled, every.without(voter.id for voter in settled.voters)


@once
def _people(index: Index) -> tuple[Person, ...]:
    """Everybody who may be or have been a member in law."""
    return tuple(_person(entry) for entry in index.of("member") if _may_be_member(entry))


def _may_be_member(entry: Entry) -> bool:
    return bool(Member.of(entry).membership) or not entry.sound


def _person(entry: Entry) -> Person:
    """Of a file that cannot be read whole nobody can say that its member had no vote."""
    return (
        Person.of(entry.id, Member.of(entry).membership)
        if entry.sound
        else Person(entry.id, (Period(date.min),))
    )


def _pick_voters(body: Entry, day: date) -> Iterator[Voter]:
    """Who holds a mandate of a body on a day."""
    now = day.isoformat()
    ids = {
        one.member
        for one in Body.of(body).mandates
        if one.member
        and (one.from_ or "9999") <= now <= min(one.until or "9999", one.ended_on or "9999")
    }
    return (Voter(id) for id in sorted(ids))


def _how_many(minutes: Minutes, body: Entry | None, electorate: Electorate) -> int | None:
    """Of an assembly, all members: as its minutes say once they are approved (files may have gone
    since), before that never fewer than the members' files say.
    """
    said, counted = minutes.entitled or 0, len(electorate.voters)
    if body and Body.of(body).is_assembly:
        return said or counted if minutes.is_settled else max(said, counted)
    return (
        counted
        if body
        and Body.of(body).kind in CHOSEN
        and any(_pick_voters(body, date.fromisoformat(minutes.date)))
        else said or None
    )


def last_day_of_proxies(day: str, rules: Rules) -> str:
    """The last day on which a proxy is received for a meeting of a day; empty where they are taken
    until it opens.
    """
    days = rules.assemblies.proxies_days
    return (date.fromisoformat(day) - timedelta(days=days)).isoformat() if days else ""


def _mandates(
    minutes: Minutes, rows: Mapping[str, Attendance], day: date, last: str
) -> Iterator[Mandate]:
    """The proxies of those who needed one, as the minutes or the attendance tell them; none that is
    set aside, or came after the last day.
    """
    given = set()
    for one in minutes.proxies:
        if one.set_aside or minutes.has_late(one, last):
            given.add(one.principal)  # nor does the attendance make one of it
            continue
        row = rows.get(one.principal)
        if row is None or row.mode == "represented" or row.is_here_for_a_part:
            given.add(one.principal)
            received = date.fromisoformat(one.received_on) if one.received_on else day
            yield Mandate(one.principal, one.holder or CHAIR, received)
    for id, row in rows.items():
        if row.mode == "represented" and id not in given:
            yield Mandate(id, row.holder or CHAIR, day)


def _holders(
    mandates: list[Mandate], everybody: Electorate, entitled: int, rule: Proxies, day: date
) -> dict[str, str]:
    """The proxies that count. Those left blank are held by whoever presides, beyond any cap."""
    named = [one for one in mandates if one.holder != CHAIR]
    capped = (
        replace(rule, below=0, else_fraction=None, value=rule.cap(entitled) or 0)
        if rule.capped
        else rule
    )
    found, _refused = find_valid(named, everybody, capped, day)
    blank = {
        one.principal: CHAIR
        for one in mandates
        if one.holder == CHAIR and rule.allowed and everybody.find(one.principal)
    }
    return blank | found
