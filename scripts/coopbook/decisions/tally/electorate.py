"""Who is entitled to vote on a day: members in law, and nobody else."""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Literal

from msgspec import Struct

from ...base.hashing import of_value
from .shapes import Account, ElectorateRule, Membership

Standing = Literal["entitled", "never", "later", "ended", "recent", "suspended"]


class Period(Struct, frozen=True):
    """A time as a member in law, both days included, and when its rights rested."""

    start: date
    end: date = date.max
    college: str = ""
    category: str = ""
    rests: tuple[tuple[date, date], ...] = ()

    @classmethod
    def of(cls, membership: Membership) -> Period:
        rests = tuple(
            (_day(one.from_), _day(one.until)) for one in membership.suspended if one.from_
        )
        return cls(
            _day(membership.from_),
            _day(membership.until),
            membership.college,
            membership.category,
            rests,
        )


class Person(Struct, frozen=True):
    """Somebody of the co-op, member in law or not; `accounts` are the forge's numbers of theirs."""

    id: str
    periods: tuple[Period, ...] = ()
    accounts: tuple[int, ...] = ()

    @classmethod
    def of(
        cls, id: str, memberships: Iterable[Membership], accounts: Iterable[Account] = ()
    ) -> Person:
        """From what a member's file says. What has no beginning is no membership."""
        periods = tuple(Period.of(one) for one in memberships if one.from_)
        return cls(id, periods, tuple(one.uid for one in accounts if one.uid is not None))


class Rule(Struct, frozen=True):
    """What makes a member a voter."""

    least_days: int = 0
    suspended_out: bool = True
    snapshot: Literal["opens_at", "closes_at", "convocation"] = "opens_at"
    drop_leavers: bool = False

    @classmethod
    def of(cls, written: ElectorateRule) -> Rule:
        return cls(
            written.admitted_at_least_days,
            "suspended" in written.except_,
            written.snapshot or "opens_at",
            written.leavers == "drop",
        )


class Voter(Struct, frozen=True):
    """Somebody who is entitled."""

    id: str
    college: str = ""
    accounts: tuple[int, ...] = ()
    category: str = ""


class Electorate(Struct, frozen=True, dict=True):
    """All who are entitled, by id."""

    voters: tuple[Voter, ...]

    def find(self, id: str) -> Voter | None:
        return self._by_id.get(id)

    @cached_property
    def _by_id(self) -> dict[str, Voter]:
        return {voter.id: voter for voter in self.voters}

    @cached_property
    def by_account(self) -> dict[int, str]:
        """Voters by the forge's numbers of their accounts."""
        return {account: voter.id for voter in self.voters for account in voter.accounts}

    def without(self, ids: Iterable[str]) -> Electorate:
        gone = frozenset(ids)
        return Electorate(tuple(voter for voter in self.voters if voter.id not in gone))

    @property
    def fingerprint(self) -> str:
        """Who, and of which college: nothing else of them."""
        return of_value([[voter.id, voter.college] for voter in self.voters])

    def to_plain(self, categories: Container[str] = ()) -> list[dict[str, Any]]:
        """As a record keeps them, with those membership categories that its rules set apart."""
        return [
            {"id": voter.id}
            | ({"college": voter.college} if voter.college else {})
            | ({"accounts": list(voter.accounts)} if voter.accounts else {})
            | ({"category": voter.category} if voter.category in categories else {})
            for voter in self.voters
        ]

    @classmethod
    def of(cls, voters: Iterable[Voter]) -> Electorate:
        return cls(tuple(sorted(voters, key=lambda voter: voter.id)))


def standing(person: Person, day: date, rule: Rule) -> Standing:
    """Whether somebody is entitled on a day, else why not."""
    now = next((one for one in person.periods if one.start <= day <= one.end), None)
    if now is None:
        if not person.periods:
            return "never"
        return "later" if person.periods[-1].start > day else "ended"
    if rule.suspended_out and any(start <= day <= end for start, end in now.rests):
        return "suspended"
    return (
        "recent"
        if _admitted_on(person, now) + timedelta(days=rule.least_days) > day
        else "entitled"
    )


def electorate_on(
    day: date, people: Iterable[Person], rule: Rule, closes: date | None = None
) -> Electorate:
    """All who are entitled on a day; where the rules drop leavers, only those who still are when
    the vote closes.
    """
    return Electorate(
        tuple(
            _voter(person, day)
            for person in sorted(people, key=lambda person: person.id)
            if standing(person, day, rule) == "entitled"
            and not (rule.drop_leavers and closes and _has_left(person, closes, rule))
        )
    )


def _has_left(person: Person, closes: date, rule: Rule) -> bool:
    return standing(person, closes, rule) in {"ended", "suspended"}


def _voter(person: Person, day: date) -> Voter:
    now = next(one for one in person.periods if one.start <= day <= one.end)
    return Voter(person.id, now.college, person.accounts, now.category)


def _admitted_on(person: Person, now: Period) -> date:
    """When an unbroken membership began: another category the day after is no new admission."""
    start = now.start
    for one in sorted(person.periods, key=lambda period: period.start, reverse=True):
        if one.start < start <= min(one.end, date.max - timedelta(days=1)) + timedelta(days=1):
            start = one.start
    return start


def _day(text: str) -> date:
    return date.fromisoformat(text) if text else date.max
