"""What is kept of a vote: the data that it can be counted from again, years later and offline, and
the result's fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, Protocol

from msgspec.structs import asdict

from ..base.hashing import of_value
from ..records.index import Entry
from ..records.model import Record
from ..records.validation import fits_shipped_schema
from .tally import Outcome, Totals, tally, tally_totals
from .tally.arithmetic import Counts, Measure, Opposition, write_fraction
from .tally.consent import MEETING
from .tally.counting import Verdict
from .tally.electorate import Electorate, Person, electorate_on
from .tally.electorate import Rule as ElectorateRule
from .tally.events import Event, instant
from .tally.record import VoteRecord
from .tally.shapes import JournalHead, Stage
from .tally.terms import EDITION, terms
from .types import Ballot, Proposal, Rules

SCHEMAS = {1: "_vote-record", 2: "_vote-record-2"}
"""The schema of each format that can be counted."""
VOTED = ("title", "category", "subject", "amends", "election", "rules", "supersedes")
"""The fields of a proposal that are voted with its text."""
CONDUCT = ("recused", "tellers", "chair", "proxies", "gates")
"""Those that say who votes, counts and speaks for whom."""


def text_hash(proposal: Mapping[str, Any], body_hash: str) -> str:
    """The fingerprint of what is voted: the proposal's text and the fields that say what it
    does.
    """
    return of_value(
        {**{name: proposal[name] for name in VOTED if name in proposal}, "body": body_hash}
    )


def vote_of(proposal: Entry | Record, text: str, stage: Stage | None = None) -> dict[str, Any]:
    """What is asked, and when, as it is kept.

    Args:
        proposal: The proposal.
        text: The fingerprint of what is voted.
        stage: Of which consultation; the present one where it is None.

    Raises:
        ValueError: The proposal does not say when it opens and closes.
    """
    asked = Proposal.of(proposal)
    days = asked.first if stage == "first" else asked.days
    if not days.are_complete:
        raise ValueError("the proposal does not say when the vote opens and closes")
    found: dict[str, Any] = {
        "category": asked.category,
        "stage": stage or asked.stage,
        "opens": days.opens,
        "closes": days.closes,
        "text": text,
    }
    plain = proposal.value
    found |= {name: plain[name] for name in ("subject", *CONDUCT) if plain.get(name)}
    return found | ({"proxies": in_order(found["proxies"])} if "proxies" in found else {})


def in_order(proxies: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """Proxies in the order in which a count takes them. Pseudonyms have another than ids, so that
    a record says it.
    """
    order = ("received_on", "principal", "holder")
    return sorted(map(dict, proxies), key=lambda one: [one.get(name, "") for name in order])


def day_of(rules: Rules, proposal: Proposal) -> date:
    """The day on which one must be a member: of the opening, the close or the call, as the rules
    say. ValueError where the proposal does not say it.
    """
    days, snapshot = proposal.days, rules.electorate.snapshot
    wanted = {"closes_at": days.closes, "convocation": days.convened}.get(snapshot, "")
    return instant(wanted or days.opens).date()


def voters_of(rules: Rules, proposal: Proposal, people: Iterable[Person]) -> Electorate:
    """Who may vote on a proposal. ValueError where it does not say when it opens and closes."""
    closes = instant(proposal.days.closes).date()
    return electorate_on(
        day_of(rules, proposal), people, ElectorateRule.of(rules.electorate), closes
    )


def ballot_event(ballot: Ballot) -> Event:
    """A ballot file as an event."""
    return Event(
        "ballot_file",
        ballot.choice,
        instant(ballot.cast_at),
        member=ballot.member,
        actor=ballot.cast_by,
        reason=ballot.reason,
        text_hash=ballot.hashes.text,
        rules_hash=ballot.hashes.rules,
        electorate_hash=ballot.hashes.electorate,
        evidence=ballot.evidence.sha256 if ballot.evidence else "",
    )


def objection_events(proposal: Proposal) -> list[Event]:
    """The objections that a proposal's own page holds, and how they ended, as events."""
    found = []
    for one in proposal.objections:
        words = f"/object {one.slug}: {_line(one.reason)}"
        found.append(Event("ballot_file", words, instant(one.at), actor=one.by))
        if end := one.resolved:
            who = one.by if end.by == "objector" else MEETING
            found.append(Event("ballot_file", f"/resolve {one.slug}", instant(end.at), actor=who))
    return found


def record_events(
    rules: Rules,
    vote: Mapping[str, Any],
    voters: Electorate,
    events: Iterable[Event],
    at: datetime,
    journal: JournalHead | None = None,
) -> VoteRecord:
    """Everything a count needs; the order in which events were read leaves no trace."""
    rows = [
        event.to_plain()
        for event in sorted(set(events), key=lambda event: event.order)
        if event.at <= at
    ]
    kept = {"journal": asdict(journal)} if journal else {}
    return VoteRecord.of(_vote_around(rules, vote, voters, at) | {"events": rows} | kept)


def record_totals(
    rules: Rules,
    vote: Mapping[str, Any],
    voters: Electorate,
    totals: Totals,
    at: datetime,
) -> VoteRecord:
    """Everything a count of a secret vote needs: what was in the box, and no ballot."""
    return VoteRecord.of(_vote_around(rules, vote, voters, at) | {"totals": totals.to_plain()})


def _vote_around(
    rules: Rules, vote: Mapping[str, Any], voters: Electorate, at: datetime
) -> dict[str, Any]:
    apart = {
        name
        for stage in rules.categories[vote["category"]].stages
        for way in stage.ways
        if way.quorum
        for name in way.quorum.except_
    }
    return {
        "format": EDITION,
        "at": at.isoformat(),
        "vote": dict(vote),
        "rules": rules.that_apply(vote["category"]),
        "electorate": voters.to_plain(apart),
    }


def has_record_form(data: Any) -> bool:
    """Whether data has the form of a vote record of one of the formats that docs/VOTE-RECORD.md and
    docs/VOTE-RECORD-2.md specify.
    """
    format = data.get("format") if isinstance(data, dict) else None
    return any(
        type(format) is int and format == number and fits_shipped_schema(schema, data)
        for number, schema in SCHEMAS.items()
    )


class Measured(Protocol):
    """What a count measured: an outcome, a verdict, or a resolution counted anew."""

    @property
    def quorum(self) -> Measure | None: ...
    @property
    def threshold(self) -> Measure | None: ...
    @property
    def tie(self) -> str: ...
    @property
    def against(self) -> Opposition | None: ...
    @property
    def any(self) -> tuple[Verdict, ...]: ...


@contextmanager
def _readable() -> Iterator[None]:
    """ValueError alone, whatever is wrong with what was kept: a file may hold anything."""
    try:
        yield
    except (LookupError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        raise ValueError(str(error)) from error


@_readable()
def recount(record: VoteRecord) -> Outcome:
    """Count what was kept. ValueError where it cannot be read, or is of a format to come."""
    if record.format not in SCHEMAS:
        raise ValueError("there is no such format")
    hashes(record)  # what cannot be fingerprinted cannot be compared with its result
    around = (record.voters, terms(record), instant(record.at))
    if (totals := record.teller_totals) is not None:
        return tally_totals(totals, *around)
    return tally(record.deeds, *around)


@_readable()
def figures(record: VoteRecord, found: Outcome) -> dict[str, Any]:
    """The fields of a result that follow from what was kept. ValueError where it cannot be read."""
    counts = _counts(found.counts)
    fields: dict[str, Any] = {"format": record.format} if record.format > 1 else {}
    fields |= {
        "category": record.vote.category,
        "stage": found.stage,
        "result": found.result,
    }
    fields |= {"advisory": True} if found.advisory else {}
    fields |= {
        "counted_at": record.at,
        "electorate": len(found.electorate.voters),
        "represented": found.represented,
    }
    fields |= {"cast": found.counts.cast, "counts": counts}
    fields |= _secret(found.secret, counts, record.format) if found.secret else {}
    fields |= measures_reached(found)
    fields |= {"any": [_way(way) for way in found.any]} if found.any else {}
    fields |= (
        {
            "by_college": {
                name or "none": _counts(counts) for name, counts in found.by_college.items()
            }
        }
        if found.by_college
        else {}
    )
    raised = {"raised": len(found.objections), "open": sum(one.open for one in found.objections)}
    fields |= {"objections": raised} if found.objections else {}
    left = {"refused": sum(one.why != "stale" for one in found.refused), "stale": len(found.stale)}
    fields |= {"not_counted": left} if any(left.values()) else {}
    return fields | {"hashes": hashes(record)}


def hashes(record: VoteRecord) -> dict[str, str]:
    """The fingerprints of the text, the rules, the voters, and of all that was kept."""
    return {
        "text": record.vote.text,
        "rules": record.rules_hash,
        "electorate": record.voters.fingerprint,
        "events": record.digest,
    }


def _counts(counts: Counts) -> dict[str, int]:
    return {
        "for": counts.for_,
        "against": counts.against,
        "abstain": counts.abstain,
        "blank": counts.blank,
    }


def _secret(totals: Totals, counts: dict[str, int], format: int) -> dict[str, Any]:
    """Those of a secret vote: the first format said in the result, too, who took part."""
    told = format == 1 and totals.took_part and not totals.few
    names = {"took_part": list(totals.took_part)} if told else {}
    return {"counts": counts | {"null": totals.null}, "secret": True} | names


def measure(one: Measure, word: str) -> dict[str, Any]:
    """A measure as a result writes it."""
    found: dict[str, Any] = {word: one.name, "reached": one.share}
    found |= {"needed": write_fraction(one.needed), "op": one.op} if one.needed is not None else {}
    return found | ({"min": one.minimum} if one.minimum else {}) | {"met": one.met}


def measures_reached(found: Measured) -> dict[str, Any]:
    """What was reached of what was asked, as a result writes it."""
    fields: dict[str, Any] = {}
    fields |= {"quorum": measure(found.quorum, "of")} if found.quorum else {}
    fields |= {"threshold": measure(found.threshold, "base")} if found.threshold else {}
    fields |= {"tie": found.tie} if found.tie else {}
    if one := found.against:
        fields |= {"against": {"count": one.count, "most": one.most, "met": one.met}}
    return fields


def _way(one: Verdict) -> dict[str, Any]:
    return {"adopts": one.result == "adopted"} | measures_reached(one)


def _line(text: str) -> str:
    return " ".join(text.split())
