"""From what people did to the ballots that count: one a voter, the last valid one before the
close.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Literal

from msgspec import Struct, field

from .arithmetic import CHOICES, Choice
from .consent import MEETING, Said
from .electorate import Electorate
from .events import Event, Mark, marks
from .terms import Terms

Reason = Literal[
    "early",
    "late",
    "unknown",
    "not_entitled",
    "for_another",
    "double",
    "unclear",
    "no_reason",
    "stale",
]


class Ballot(Struct, frozen=True):
    """A vote that counts. `caster` is who gave it: the voter, a holder of a proxy (`by_proxy`), or
    a teller.
    """

    voter: str
    caster: str
    choice: Choice
    at: datetime
    reason: str = ""
    by_proxy: bool = False


class Refusal(Struct, frozen=True):
    """What was not counted, of whom, and why; its author is told."""

    who: str
    why: Reason
    at: datetime
    words: str = ""


class Box(Struct, frozen=True):
    """What was in the ballot box: ballots by voter, objections as they were said, refusals, and who
    has to vote again.
    """

    ballots: tuple[Ballot, ...]
    said: tuple[Said, ...]
    refused: tuple[Refusal, ...]
    stale: tuple[str, ...]


class _Opened(Struct):
    """Last words by voter: their own, and by proxy; None where withdrawn. `stale` are those whose
    words are of an earlier text.
    """

    own: dict[str, Ballot | None] = field(default_factory=dict)
    proxy: dict[str, Ballot | None] = field(default_factory=dict)
    said: list[Said] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    stale: set[str] = field(default_factory=set)


def open_box(
    events: Iterable[Event],
    electorate: Electorate,
    terms: Terms,
    holders: dict[str, str],
    until: datetime,
) -> Box:
    """Read every event up to an instant, in the order of time. `holders` are the valid proxies:
    principal, holder.
    """
    opened, reader = _Opened(), _Reader(electorate, terms, holders)
    for event in sorted((one for one in events if one.at <= until), key=lambda one: one.order):
        reader.read(event, opened, until)
    own = {voter: ballot for voter, ballot in opened.own.items() if ballot}
    ballots = {**{voter: ballot for voter, ballot in opened.proxy.items() if ballot}, **own}
    counted = tuple(ballot for _voter, ballot in sorted(ballots.items()))
    return Box(
        counted,
        tuple(opened.said),
        tuple(opened.refused),
        tuple(sorted(opened.stale - ballots.keys())),
    )


class _Reader(Struct, frozen=True):
    electorate: Electorate
    terms: Terms
    holders: dict[str, str]

    def read(self, event: Event, opened: _Opened, until: datetime) -> None:
        """One event into the box."""
        who, found = self._actor(event), list(marks(event, self.terms.edition))
        for mark in found:
            why = self._refusal(event, mark, who, found, until)
            if why == "stale":
                opened.stale.add(mark.voter or who)
            if why:
                opened.refused.append(
                    Refusal(
                        who or event.login or str(event.actor_id), why, event.instant, mark.words
                    )
                )
            elif mark.meaning in ("object", "resolve"):
                opened.said.append(
                    Said(mark.name, who, event.instant, mark.reason, mark.meaning == "resolve")
                )
            else:
                self._vote(event, mark, who, opened)

    def _vote(self, event: Event, mark: Mark, who: str, opened: _Opened) -> None:
        voter = mark.voter or who
        choice = next((choice for choice in CHOICES if choice == mark.meaning), None)
        given = self._by_proxy(event, voter, who)
        ballot = Ballot(voter, who, choice, event.instant, mark.reason, given) if choice else None
        (opened.proxy if given else opened.own)[voter] = ballot
        opened.stale.discard(voter)

    def _by_proxy(self, event: Event, voter: str, who: str) -> bool:
        return voter != who and not self._is_vouched_for(event, who)

    def _is_vouched_for(self, event: Event, who: str) -> bool:
        return event.kind == "ballot_file" and who in self.terms.tellers and bool(event.evidence)

    def _actor(self, event: Event) -> str:
        """Who did it: a member's id, `meeting`, or nobody we know."""
        if event.kind == "ballot_file":
            return event.actor or event.member
        return self.electorate.by_account.get(event.actor_id, "")

    def _refusal(
        self, event: Event, mark: Mark, who: str, all_of_it: list[Mark], until: datetime
    ) -> Reason | None:
        voter, vote = mark.voter or who, mark.meaning not in ("object", "resolve", "unclear")
        # an open objection keeps the vote from closing: its end counts whenever it comes
        if event.instant > (
            until if mark.meaning == "resolve" else min(until, self.terms.earliest)
        ):
            return "late"
        if vote and event.instant < self.terms.opens:
            return "early"
        if not who:
            return "unknown"
        if mark.meaning == "unclear":
            return "unclear"
        if voter in self.terms.recused or not (
            self.electorate.find(voter) or (who == MEETING and mark.meaning == "resolve")
        ):
            return "not_entitled"
        if (
            mark.meaning == "object"
            and not mark.reason
            and self.terms.category.consent
            and self.terms.category.consent.needs_reason
        ):
            return "no_reason"
        return self._refused_vote(event, mark, who, all_of_it) if vote else None

    def _refused_vote(
        self, event: Event, mark: Mark, who: str, all_of_it: list[Mark]
    ) -> Reason | None:
        voter = mark.voter or who
        if voter != who and self.holders.get(voter) != who and not self._is_vouched_for(event, who):
            return "for_another"
        votes = [one for one in all_of_it if one.meaning not in ("object", "resolve", "unclear")]
        if sum((one.voter or who) == voter for one in votes) > 1:
            return "double"
        return "stale" if mark.meaning != "none" and any(self._out_of_date(event)) else None

    def _out_of_date(self, event: Event) -> Iterator[bool]:
        """Whether it was cast on another text, under other rules or among other voters; without a
        fingerprint its date decides.
        """
        terms = self.terms
        yield bool(event.text_hash and terms.text and event.text_hash != terms.text)
        yield bool(not event.text_hash and terms.text_since and event.instant < terms.text_since)
        yield bool(event.rules_hash and terms.rules_hash and event.rules_hash != terms.rules_hash)
        yield bool(event.electorate_hash and event.electorate_hash != self.electorate.fingerprint)
