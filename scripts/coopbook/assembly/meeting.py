"""An assembly as its papers need it: its record, who has a vote, under which rules, in the language it is held in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from ..collation import sort_key
from ..index import Entry, Index, local
from ..look import colours
from ..meetings import proxy_cap
from ..messages import Message, Translator, _, translator
from ..records import Record
from ..spans import Value
from ..tally.electorate import Electorate, Rule, Voter, electorate_on
from ..tally.proxies import Rule as ProxyRule
from ..tally.terms import Category
from ..votes import people, rules_of
from .words import plain

OVER = ("approved", "signed")
"""Statuses in which nothing of the record may change any more."""


def _long(day: str, locale: str) -> str:
    from babel.dates import format_date

    return format_date(date.fromisoformat(day), "long", locale)


def entitled(index: Index, day: str) -> Electorate:
    """Who has a vote in an assembly held on a day, as the co-op's rules say."""
    return electorate_on(date.fromisoformat(day), people(index), Rule.from_plain(rules_of(index).get("electorate") or {}))


@dataclass(frozen=True)
class Meeting:
    """One assembly. `value` is its record's, with what a step has changed."""

    index: Index
    record: Record
    language: str
    today: str
    value: dict[str, Value] = field(default_factory=dict)

    @cached_property
    def usage(self) -> str:
        return self.index.usage(self.language)

    @cached_property
    def say(self) -> Translator:
        return translator(self.usage, shown=str)

    @property
    def day(self) -> str:
        return str(self.value["date"])

    def date(self, day: str) -> str:
        """A day as people write it."""
        return _long(day, self.usage)

    @cached_property
    def weekday(self) -> str:
        from babel.dates import format_date

        return format_date(date.fromisoformat(self.day), "full", self.usage)

    @cached_property
    def title(self) -> str:
        return local(self.value.get("title"), self.language, self.index.languages)[0]

    @cached_property
    def coop(self) -> str:
        return str((self.index.coop.get("legal") or {}).get("name") or self.index.coop.get("name") or "")

    @cached_property
    def colour(self) -> str:
        return colours(self.index.coop.get("look"))[0]

    @cached_property
    def rules(self) -> dict[str, Any]:
        return rules_of(self.index)

    @cached_property
    def electorate(self) -> Electorate:
        return entitled(self.index, self.day)

    @cached_property
    def voters(self) -> list[Voter]:
        """Everybody entitled, as a reader expects them sorted."""
        return sorted(self.electorate.voters, key=lambda voter: sort_key(self.filed(voter.id)))

    @property
    def second(self) -> bool:
        return (self.value.get("notice") or {}).get("call") == "second"

    @property
    def agenda(self) -> list[str]:
        return list((self.value.get("notice") or {}).get("agenda") or [])

    @property
    def resolutions(self) -> list[dict[str, Any]]:
        return list(self.value.get("resolutions") or [])

    def category(self, name: str | None) -> Category | None:
        """How a resolution of this category is counted, at this call."""
        found = (self.rules.get("categories") or {}).get(name or "")
        return Category.from_plain(str(name), found, "second" if self.second else "first") if found else None

    def category_name(self, name: str | None) -> str:
        label = ((self.rules.get("categories") or {}).get(name or "") or {}).get("label")
        return local(label, self.language, self.index.languages)[0] or str(name or "")

    def name(self, id: str) -> str:
        entry = self.index.find("member", id)
        return _name(entry) if entry else id

    def filed(self, id: str) -> str:
        """The name somebody is sorted under."""
        entry = self.index.find("member", id)
        if entry is None:
            return id
        family = " ".join(str(entry.get("name", part) or "") for part in ("family", "given")).strip()
        return str(entry.get("name", "sort") or family or _name(entry))

    def person(self, said: dict[str, Any]) -> str:
        """An officer or a signatory: name and capacity."""
        name = self.name(said["member"]) if said.get("member") else str(said.get("name") or "")
        return ", ".join(part for part in (name, str(said.get("capacity") or "")) if part)

    def college(self, id: str) -> str:
        college = (self.index.coop.get("colleges") or {}).get(id) or {}
        return local(college.get("label"), self.language, self.index.languages)[0] or id

    @cached_property
    def proxies(self) -> dict[str, str]:
        """Holders by principal; nothing for one left blank."""
        return {one["principal"]: str(one.get("holder") or "") for one in self.value.get("proxies") or []}

    def votes(self, id: str) -> int:
        """How many votes somebody has: their own and those of who gave them a proxy, as far as the limit allows."""
        held = sum(holder == id and self.electorate.find(principal) is not None for principal, holder in self.proxies.items())
        own = int(self.electorate.find(id) is not None and id not in self.proxies)
        return own + (held if self.cap is None else min(held, self.cap))

    @cached_property
    def proxies_allowed(self) -> bool:
        return bool(ProxyRule.from_plain(self.rules.get("proxies") or {}).allowed) if self.rules else True

    @cached_property
    def cap(self) -> int | None:
        """How many proxies one member may hold; None for as many as are given."""
        members = len(self.electorate.voters)
        rule = self.rules.get("proxies")
        return ProxyRule.from_plain(rule).cap(members) if rule else proxy_cap(members)

    @cached_property
    def notice_days(self) -> int:
        """The longest delay that the categories of the resolutions ask for between notice and meeting; 0 where none asks for one."""
        return max([0, *(days for name in self._categories if (days := self._days(name)))])

    @property
    def _categories(self) -> Iterable[str]:
        return {str(one["category"]) for one in self.resolutions if one.get("category")}

    def _days(self, name: str) -> int:
        found = (self.rules.get("categories") or {}).get(name) or {}
        told = {**found, **(found.get("second") or {})} if self.second else found
        return int(told.get("notice_days") or 0)

    @cached_property
    def last_day(self) -> str:
        """The last day on which the notice may be sent."""
        return (date.fromisoformat(self.day) - timedelta(days=self.notice_days)).isoformat()

    @cached_property
    def named(self) -> dict[str, list[str]]:
        """Members by every way to write their name, and by id."""
        found: dict[str, list[str]] = {}
        for entry in self.index.of("member"):
            for way in dict.fromkeys(_ways(entry)):
                found.setdefault(way, []).append(entry.id)
        return found


def _name(entry: Entry) -> str:
    return str(entry.get("name", "display") or entry.id)


def _ways(entry: Entry) -> Iterator[str]:
    """Given name first or last, with and without hyphens: words in alphabetical order say the same whatever their order."""
    given, family = (str(entry.get("name", part) or "") for part in ("given", "family"))
    for name in (entry.id, _name(entry), str(entry.get("name", "sort") or ""), f"{given} {family}", str(entry.get("legal_name") or "")):
        if words := plain(name).split():
            yield " ".join(sorted(words))


def key(text: str) -> str:
    """A name as it is looked up in `Meeting.named`."""
    return " ".join(sorted(plain(text).split()))


def call_words(second: bool) -> Message:
    return _("Second call") if second else _("First call")
