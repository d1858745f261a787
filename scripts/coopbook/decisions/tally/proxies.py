"""Proxies: who may vote for whom, and for how many."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Literal

from msgspec import Struct

from .arithmetic import read_fraction
from .electorate import Electorate
from .shapes import Proxy, ProxyRule

Refused = Literal[
    "not_allowed", "standing", "principal", "holder", "late", "ended", "replaced", "cap"
]
STANDING = "for_a_time"
"""The scope of rules that let somebody stand for another until a day."""


class Mandate(Struct, frozen=True):
    """A proxy as it was received; a standing one, for every vote, holds `until` a day."""

    principal: str
    holder: str
    received_on: date
    until: date | None = None

    @classmethod
    def of(cls, proxy: Proxy) -> Mandate:
        until = date.fromisoformat(proxy.until) if proxy.until else None
        received = date.fromisoformat(proxy.received_on)
        return cls(proxy.principal, proxy.holder or "", received, until)

    def holds_on(self, day: date) -> bool:
        return self.received_on <= day and (self.until is None or day <= self.until)


class Rule(Struct, frozen=True):
    """Whether there are proxies, who may hold one, and how many one member may hold: None for as
    many as are given.
    """

    allowed: bool = False
    members_only: bool = True
    capped: bool = False
    below: int = 0
    value: int = 0
    else_fraction: Fraction | None = None
    standing: bool = False

    @classmethod
    def of(cls, written: ProxyRule) -> Rule:
        allowed, members_only = bool(written.allowed), written.holder == "member"
        standing, cap = written.scope == STANDING, written.max_per_member
        if cap is None:
            return cls(allowed, members_only, standing=standing)
        share = read_fraction(cap.else_fraction) if cap.else_fraction else None
        return cls(allowed, members_only, True, cap.below, cap.value, share, standing)

    def cap(self, electorate: int) -> int | None:
        """How many proxies one member may hold among so many who are entitled."""
        if not self.capped:
            return None
        if self.else_fraction is None or electorate < self.below:
            return self.value
        return math.floor(electorate * self.else_fraction)


def find_valid(
    mandates: Iterable[Mandate],
    electorate: Electorate,
    rule: Rule,
    until: date,
    entitled: int | None = None,
    *,
    by_name: bool = True,
) -> tuple[dict[str, str], tuple[tuple[Mandate, Refused], ...]]:
    """Holders by principal, and what was refused. Of two proxies of one member the later counts,
    and one for a single vote before a standing one; above the cap, the first received stay.
    `entitled`: of how many the cap is a share, where they are not those of the electorate.
    `by_name`: whether ids say which of two that were received on one day came first; else the order
    of the mandates does.
    """
    size = len(electorate.voters) if entitled is None else entitled
    cap, held = rule.cap(size), dict[str, int]()
    ids = {voter.id for voter in electorate.voters}
    found: dict[str, str] = {}
    refused: list[tuple[Mandate, Refused]] = []
    order = sorted(mandates, key=_order if by_name else _day)
    last = {one.principal: one for one in order if one.holds_on(until)}
    for one in order:
        why = _refusal(one, ids, rule, until) or (
            "replaced" if last[one.principal] != one else None
        )
        if why is None and cap is not None and held.get(one.holder, 0) >= cap:
            why = "cap"
        if why:
            refused.append((one, why))
            continue
        held[one.holder] = held.get(one.holder, 0) + 1
        found[one.principal] = one.holder
    return found, tuple(refused)


def _day(mandate: Mandate) -> tuple[bool, date]:
    return mandate.until is None, mandate.received_on


def _order(mandate: Mandate) -> tuple[bool, date, str, str]:
    return *_day(mandate), mandate.principal, mandate.holder


def _refusal(mandate: Mandate, ids: set[str], rule: Rule, until: date) -> Refused | None:
    if not rule.allowed:
        return "not_allowed"
    if mandate.until and not rule.standing:
        return "standing"
    if mandate.received_on > until:
        return "late"
    if not mandate.holds_on(until):
        return "ended"
    if mandate.principal not in ids or mandate.principal == mandate.holder:
        return "principal"
    return "holder" if rule.members_only and mandate.holder not in ids else None
