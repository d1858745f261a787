"""Counting votes: `tally(events, electorate, terms, at) -> Outcome`, pure and exact.

No clock, no disk: who may vote, what was done, on what terms and at which instant are all
arguments. The order of events means nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

from . import gates
from .arithmetic import Counts, Measure, Opposition, Result
from .ballots import Ballot, Box, Refusal, open_box
from .consent import Objection, objections
from .counting import CountedVotes, Verdict, verdict
from .electorate import Electorate
from .events import Event
from .proxies import Mandate, find_valid
from .proxies import Refused as RefusedProxy
from .secret import Totals
from .shapes import Stage
from .terms import Terms

Waiting = Literal["", "closes", "gate", "objections"]


class Outcome(Struct, frozen=True):
    """What a vote gives at an instant. `result` is `open` while it cannot be closed, and `waiting`
    says for what.
    """

    result: Result
    stage: Stage
    electorate: Electorate
    counts: Counts
    represented: int
    quorum: Measure | None = None
    threshold: Measure | None = None
    tie: str = ""
    against: Opposition | None = None
    any: tuple[Verdict, ...] = ()
    waiting: Waiting = ""
    advisory: bool = False
    by_college: Mapping[str, Counts] = field(default_factory=dict)
    objections: tuple[Objection, ...] = ()
    ballots: tuple[Ballot, ...] = ()
    refused: tuple[Refusal, ...] = ()
    stale: tuple[str, ...] = ()
    proxies_refused: tuple[tuple[Mandate, RefusedProxy], ...] = ()
    projected: Result = "open"
    """What it would be if it closed now."""
    secret: Totals | None = None
    """What tellers counted, where no ballot bears a name."""


def tally(events: Iterable[Event], electorate: Electorate, rules: Terms, at: datetime) -> Outcome:
    """Count. Events after `at` or after the close, and those of people who are not entitled, change
    nothing.
    """
    voters = electorate.without(rules.recused)
    # who is recused is a member all the same: the first edition took the cap of the others alone
    entitled = len((voters if rules.edition == 1 else electorate).voters)
    holders, refused = find_valid(
        rules.mandates,
        voters,
        rules.proxies,
        min(at, rules.earliest).date(),
        entitled,
        by_name=rules.edition == 1,
    )
    box = open_box(events, electorate, rules, holders, at)
    open_ones = objections(box.said, rules.category.consent) if rules.category.consent else ()
    counted = _count_votes(box, voters, rules, holders, sum(one.open for one in open_ones))
    found = verdict(counted, rules.category, rules.colleges)
    return replace(
        _outcome(rules, voters, counted, found, at),
        by_college=counted.by_college,
        objections=open_ones,
        ballots=box.ballots,
        refused=box.refused,
        stale=box.stale,
        proxies_refused=refused,
    )


def tally_totals(totals: Totals, electorate: Electorate, rules: Terms, at: datetime) -> Outcome:
    """Count a secret vote by the same rules. ValueError: it cannot be counted from totals, by
    consent, by colleges or without some of the members.
    """
    if rules.category.consent or rules.colleges or rules.category.sets_apart:
        raise ValueError("totals give neither objections nor colleges nor categories of members")
    voters = electorate.without(rules.recused)
    counted = CountedVotes(totals.counts, totals.participants, len(voters.voters))
    return replace(
        _outcome(rules, voters, counted, verdict(counted, rules.category), at), secret=totals
    )


def _outcome(
    rules: Terms, voters: Electorate, counted: CountedVotes, found: Verdict, at: datetime
) -> Outcome:
    """What ballots and totals have in common."""
    waiting, result = _closing(found, rules, at)
    return Outcome(
        result=result,
        stage=rules.stage,
        electorate=voters,
        counts=counted.counts,
        represented=counted.represented,
        quorum=found.quorum,
        threshold=found.threshold,
        tie=found.tie,
        against=found.against,
        any=found.any,
        waiting=waiting,
        advisory=rules.category.meeting_only,
        projected=found.result,
    )


def _count_votes(
    box: Box, voters: Electorate, rules: Terms, holders: Mapping[str, str], open_objections: int
) -> CountedVotes:
    represented = _find_represented(box, voters, rules, holders)
    chair = next((ballot.choice for ballot in box.ballots if ballot.voter == rules.chair), None)
    choices = {ballot.voter: ballot.choice for ballot in box.ballots}
    apart = {
        name: CountedVotes.of_voters(members, choices, represented)
        for name in sorted(rules.category.sets_apart)
        if (members := [voter for voter in voters.voters if voter.category == name])
    }
    whole = CountedVotes.of_voters(
        voters.voters, choices, represented, by_college=bool(rules.colleges)
    )
    return replace(whole, chair=chair, open_objections=open_objections, apart=apart)


def _find_represented(
    box: Box, voters: Electorate, rules: Terms, holders: Mapping[str, str]
) -> frozenset[str]:
    """Who takes part, themselves or by a holder who does: one for whom somebody else voted is not
    there for others. The first edition took them to be.
    """
    by_proxy = {ballot.caster for ballot in box.ballots if ballot.by_proxy}
    if rules.edition == 1:
        by_proxy |= {one.caster for one in box.ballots if holders.get(one.voter) == one.caster} | {
            one.voter for one in box.ballots
        }
    there = {one.voter for one in box.ballots if not one.by_proxy} | by_proxy | rules.present
    own = there | {one.voter for one in box.ballots}
    return frozenset(
        voter.id for voter in voters.voters if voter.id in own or holders.get(voter.id) in there
    )


def _closing(found: Verdict, rules: Terms, at: datetime) -> tuple[Waiting, Result]:
    """Whether the vote may close, and with what: gates before all, then the clock, then open
    objections.
    """
    gate = gates.state_of_gates(rules.gates, rules.said, rules.question, at)
    if gate == "vetoed":
        return "", "vetoed"
    if at < rules.earliest:
        return "closes", "open"
    if gate == "waiting":
        return "gate", "open"
    return ("objections", "open") if found.result == "open" else ("", found.result)


__all__ = [
    "Ballot",
    "Counts",
    "Electorate",
    "Event",
    "Measure",
    "Objection",
    "Outcome",
    "Refusal",
    "Result",
    "Terms",
    "Totals",
    "tally",
    "tally_totals",
]
