"""What is kept of a vote: the data that it can be counted from again, years later and offline, and
the result's fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from ..base.hashing import of_value
from ..records.validation import fits_shipped_schema
from .tally import Outcome, Totals, tally, tally_totals
from .tally.arithmetic import Counts, Measure, written
from .tally.electorate import Electorate, Person, Rule, electorate_on
from .tally.events import Event, instant
from .tally.terms import rules_that_apply, terms

FORMAT = 1
VOTED = ("title", "category", "subject", "amends", "rules", "supersedes")
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


def stage_of(proposal: Mapping[str, Any]) -> str:
    return "second" if "second" in proposal else "first"


def times_of(proposal: Mapping[str, Any]) -> Mapping[str, Any]:
    """When the present vote on a proposal opens and closes, under the names that they have on its
    page.
    """
    times: Mapping[str, Any] = proposal["second"] if stage_of(proposal) == "second" else proposal
    return times


def vote_of(proposal: Mapping[str, Any], text: str) -> dict[str, Any]:
    """What is asked, and when. KeyError where the proposal does not say when it opens and
    closes.
    """
    times = times_of(proposal)
    found = {
        "category": proposal["category"],
        "stage": stage_of(proposal),
        "opens": times["opens"],
        "closes": times["closes"],
        "text": text,
    }
    return found | {name: proposal[name] for name in ("subject", *CONDUCT) if proposal.get(name)}


def day_of(rules: Mapping[str, Any], proposal: Mapping[str, Any]) -> date:
    """The day on which one must be a member: of the opening, the close or the call, as the rules
    say.
    """
    times = times_of(proposal)
    name = {"closes_at": "closes", "convocation": "convened"}.get(
        Rule.from_plain(rules["electorate"]).snapshot, "opens"
    )
    return instant(times.get(name) or times["opens"]).date()


def voters_of(
    rules: Mapping[str, Any], proposal: Mapping[str, Any], people: Iterable[Person]
) -> Electorate:
    """Who may vote on a proposal."""
    closes = instant(times_of(proposal)["closes"])
    return electorate_on(
        day_of(rules, proposal), people, Rule.from_plain(rules["electorate"]), closes.date()
    )


def ballot_event(member: str, ballot: Mapping[str, Any]) -> Event:
    """A ballot file as an event."""
    hashes = ballot.get("hashes") or {}
    return Event(
        "ballot_file",
        ballot["choice"],
        instant(ballot["cast_at"]),
        member=member,
        actor=ballot.get("cast_by", ""),
        reason=ballot.get("reason", ""),
        text_hash=hashes.get("text", ""),
        rules_hash=hashes.get("rules", ""),
        electorate_hash=hashes.get("electorate", ""),
        evidence=(ballot.get("evidence") or {}).get("sha256", ""),
    )


def objection_events(proposal: Mapping[str, Any]) -> list[Event]:
    """The objections that a proposal's own page holds, and how they ended, as events."""
    found = []
    for one in proposal.get("objections") or ():
        found.append(
            Event(
                "ballot_file",
                f"/object {one['slug']}: {_line(one.get('reason', ''))}",
                instant(one["at"]),
                actor=one["by"],
            )
        )
        if "resolved" in one:
            who = one["by"] if one["resolved"]["by"] == "objector" else "meeting"
            found.append(
                Event(
                    "ballot_file",
                    f"/resolve {one['slug']}",
                    instant(one["resolved"]["at"]),
                    actor=who,
                )
            )
    return found


def kept(
    rules: Mapping[str, Any],
    vote: Mapping[str, Any],
    voters: Electorate,
    events: Iterable[Event],
    at: datetime,
) -> dict[str, Any]:
    """Everything a count needs, as plain data; the order in which events were read leaves no
    trace.
    """
    rows = [
        event.to_plain()
        for event in sorted(set(events), key=lambda event: event.order)
        if event.at <= at
    ]
    return _around(rules, vote, voters, at) | {"events": rows}


def kept_totals(
    rules: Mapping[str, Any],
    vote: Mapping[str, Any],
    voters: Electorate,
    totals: Totals,
    at: datetime,
) -> dict[str, Any]:
    """Everything a count of a secret vote needs: what was in the box, and no ballot."""
    return _around(rules, vote, voters, at) | {"totals": totals.to_plain()}


def _around(
    rules: Mapping[str, Any], vote: Mapping[str, Any], voters: Electorate, at: datetime
) -> dict[str, Any]:
    applied = rules_that_apply(rules, vote["category"])
    return {
        "format": FORMAT,
        "at": at.isoformat(),
        "vote": dict(vote),
        "rules": applied,
        "electorate": voters.to_plain(),
    }


def has_record_form(data: Any) -> bool:
    """Whether data has the form of a vote record of this format, as docs/VOTE-RECORD.md specifies
    it.
    """
    return fits_shipped_schema("_vote-record", data)


@contextmanager
def _readable() -> Iterator[None]:
    """ValueError alone, whatever is wrong with what was kept: a file may hold anything."""
    try:
        yield
    except (LookupError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        raise ValueError(str(error)) from error


@_readable()
def recount(data: Mapping[str, Any]) -> Outcome:
    """Count what was kept. ValueError where it cannot be read."""
    hashes(data)  # what cannot be fingerprinted cannot be compared with its result
    around = (
        Electorate.from_plain(data["electorate"]),
        terms(data["rules"], data["vote"]),
        instant(data["at"]),
    )
    if "totals" in data:
        return tally_totals(Totals.from_plain(data["totals"]), *around)
    return tally([Event.from_plain(row) for row in data["events"]], *around)


@_readable()
def figures(data: Mapping[str, Any], found: Outcome) -> dict[str, Any]:
    """The fields of a result that follow from what was kept. ValueError where it cannot be read."""
    fields: dict[str, Any] = {
        "category": data["vote"]["category"],
        "stage": found.stage,
        "result": found.result,
    }
    fields |= {"advisory": True} if found.advisory else {}
    fields |= {
        "counted_at": data["at"],
        "electorate": len(found.electorate.voters),
        "represented": found.represented,
    }
    fields |= {"cast": found.counts.cast, "counts": _counts(found.counts)}
    fields |= _secret(found.secret, fields["counts"]) if found.secret else {}
    fields |= {"quorum": measure(found.quorum, "of")} if found.quorum else {}
    fields |= {"threshold": measure(found.threshold, "base")} if found.threshold else {}
    fields |= {"tie": found.tie} if found.tie else {}
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
    return fields | {"hashes": hashes(data)}


def hashes(data: Mapping[str, Any]) -> dict[str, str]:
    """The fingerprints of the text, the rules, the voters, and of all that was kept."""
    voters = Electorate.from_plain(data["electorate"])
    found = {
        "text": data["vote"].get("text", ""),
        "rules": of_value(data["rules"]),
        "electorate": voters.fingerprint,
    }
    return found | {"events": of_value(data)}


def _counts(counts: Counts) -> dict[str, int]:
    return {
        "for": counts.for_,
        "against": counts.against,
        "abstain": counts.abstain,
        "blank": counts.blank,
    }


def _secret(totals: Totals, counts: dict[str, int]) -> dict[str, Any]:
    names = {"took_part": list(totals.took_part)} if totals.took_part and not totals.few else {}
    return {"counts": counts | {"null": totals.null}, "secret": True} | names


def measure(one: Measure, word: str) -> dict[str, Any]:
    """A measure as a result writes it."""
    found: dict[str, Any] = {word: one.name, "reached": one.share}
    found |= {"needed": written(one.needed), "op": one.op} if one.needed is not None else {}
    return found | ({"min": one.minimum} if one.minimum else {}) | {"met": one.met}


def _line(text: str) -> str:
    return " ".join(text.split())
