"""What the co-op's records say of a vote: its rules, who may vote, and the ballots."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from ..base.hashing import of_value
from ..base.once import once
from ..records.index import Entry, Index
from ..records.model import Record
from .pseudonyms import without_tellers
from .tally import Electorate, Totals
from .tally.electorate import Person
from .tally.events import Event
from .tally.gates import Gate, Say, is_stopped_by
from .tally.proxies import STANDING
from .tally.record import VoteRecord
from .tally.shapes import JournalHead, TellerCount, read_as
from .tally.terms import terms
from .types import (
    NO_DAYS,
    NO_RULES,
    Ballot,
    Body,
    Days,
    Member,
    Proposal,
    Result,
    Rules,
    vote_and_member,
)
from .vote_record import (
    ballot_event,
    in_order,
    objection_events,
    record_events,
    record_totals,
    recount,
    text_hash,
    vote_of,
    voters_of,
)

NOT_ASKED = ("draft", "withdrawn")
"""States of a proposal whose days are those of no vote."""
SECOND = "-2"
"""What the name of a proposal's second vote ends with."""


def rules_of(index: Index) -> Rules:
    """The co-op's rules of decision; `NO_RULES` where there are none, or where something of them
    was refused.
    """
    entry = index.find("rules", "rules")
    return Rules.of(entry) if entry and entry.sound else NO_RULES


def was_counted_by_todays_rules(index: Index, result: Entry) -> bool:
    """Whether the rules that a vote was counted by are today's, word for word."""
    kept = Result.of(result)
    try:
        rules = rules_of(index).that_apply(kept.category)
        return of_value(rules if kept.format < 2 else without_tellers(rules)) == kept.hashes.rules
    except KeyError:  # no such category, or rules that an audience sees in part
        return False


def is_judged_by_todays_rules(index: Index, vote: str) -> bool:
    """Whether today's rules judge a vote: one that is over was judged by those of its day, which
    are kept with its result.
    """
    result, proposal = index.by_id("result").get(vote), proposal_of(index, vote)
    if result is not None:
        return was_counted_by_todays_rules(index, result)
    return proposal is None or not Proposal.of(proposal).is_closed


def is_secret(index: Index, proposal: Entry) -> bool:
    """Whether this is voted in secret: an election is, and whatever the rules want so. Then no file
    may say who voted what.
    """
    asked = Proposal.of(proposal)
    return asked.election is not None or rules_of(index).wants_secrecy(asked.subject)


def is_stopped(rules: Rules, proposal: Entry | Record) -> bool:
    """Whether a role that the rules name for it has stopped a proposal."""
    asked = Proposal.of(proposal)
    gates, said = map(Gate.of, rules.gates), map(Say.of, asked.gates)
    names = frozenset({asked.category, asked.subject} - {""})
    return is_stopped_by(gates, said, names, asked.category, rules.order)


def vote_ids(proposal: str) -> tuple[str, str]:
    """The names of a proposal's two votes, of their results and of the folders of their ballots:
    the second consultation is one of its own.
    """
    return proposal, proposal + SECOND


def vote_id(proposal: Entry | Record) -> str:
    """The name of a proposal's present vote."""
    first, second = vote_ids(proposal.id)
    return second if Proposal.of(proposal).stage == "second" else first


def proposal_of(index: Index, vote: str) -> Entry | None:
    """The proposal of a vote."""
    return index.by_id("proposal").get(vote) or index.by_id("proposal").get(
        vote.removesuffix(SECOND)
    )


def is_closed(index: Index, vote: str) -> bool:
    """Whether a vote is over: it has its result, or its proposal is decided and no second
    consultation runs.
    """
    proposal = proposal_of(index, vote)
    return vote in index.by_id("result") or bool(proposal and Proposal.of(proposal).is_closed)


def consultations(proposal: Entry) -> list[tuple[str, Days]]:
    """The consultations of a proposal that say when they open and close: the name of each, and its
    days.
    """
    asked = Proposal.of(proposal)
    if asked.status in NOT_ASKED:
        return []
    found = zip(vote_ids(proposal.id), (asked.first, asked.second or NO_DAYS), strict=True)
    return [(name, days) for name, days in found if days.are_complete]


def last_close(proposal: Entry) -> str:
    """The instant at which the last consultation of a proposal closes; nothing where it does not
    say.
    """
    found = consultations(proposal)
    return found[-1][1].closes if found else ""


@once
def open_votes(index: Index) -> list[Entry]:
    """Proposals that can be voted on now, the first to close on top."""
    today = index.today.isoformat()
    found = [
        (days[-1][1].closes[:10], entry.id, entry)
        for entry in index.of("proposal")
        if Proposal.of(entry).is_put_to_the_vote
        and (days := consultations(entry))
        and days[-1][1].opens[:10] <= today <= days[-1][1].closes[:10]
    ]
    return [entry for *_place, entry in sorted(found, key=lambda one: one[:2])]


def text_of(proposal: Entry) -> str:
    """The fingerprint of the text that is voted."""
    return text_hash(proposal.value, proposal.text)


def people(index: Index) -> Iterator[Person]:
    """Everybody of the co-op, as far as voting is concerned. Two forges give one number to two
    people: only the accounts on the co-op's own are theirs, where it says which that is.
    """
    forge = index.settings.forge.kind
    for entry in index.of("member"):
        member = Member.of(entry)
        yield Person.of(entry.id, member.membership, member.accounts_on(forge))


def voters(index: Index, proposal: Entry) -> Electorate:
    """Who may vote on a proposal."""
    return voters_of(rules_of(index), Proposal.of(proposal), people(index))


def standing_proxies(index: Index) -> list[dict[str, str]]:
    """The proxies for all votes until a day, as a vote record keeps them; none where the rules do
    not allow them.
    """
    if rules_of(index).proxies.scope != STANDING:
        return []
    bodies = [Body.of(entry) for entry in index.of("body") if entry.sound]
    found = [
        {
            "principal": index.current_id("member", one.principal),
            "holder": index.current_id("member", one.holder or ""),
            "received_on": one.received_on,
            "until": one.until,
        }
        for body in bodies
        if body.is_assembly
        for one in body.proxies
    ]
    return in_order(found)


def voter_of(index: Index, cast: Entry | Record) -> tuple[str, str]:
    """The vote of a ballot or of a teller's count, and whose it is, by the id of now: the file goes
    on bearing that of its day.
    """
    vote, member = vote_and_member(cast.id)
    return vote, index.current_id("member", member)


def ballots(index: Index, vote: str) -> list[Entry]:
    """The ballot files of a vote, by member; those of which something was refused are left out.
    Whose they are is said by the id that the member has now.
    """
    return [
        entry._replace(id="/".join(voter_of(index, entry)))
        for entry in index.of("ballot")
        if vote_and_member(entry.id)[0] == vote and entry.sound
    ]


def tellers(index: Index, proposal: Entry) -> list[str]:
    """Who may enter the ballots of others, or count a secret vote."""
    return [*rules_of(index).tellers, *Proposal.of(proposal).tellers]


def secret_counts(index: Index, vote: str) -> dict[str, Totals]:
    """What each teller counted of a secret vote; sheets of which something was refused are left
    out.
    """
    sheets = [
        entry for entry in index.of("count") if vote_and_member(entry.id)[0] == vote and entry.sound
    ]
    return {voter_of(index, entry)[1]: totals for entry in sheets if (totals := totals_of(entry))}


def totals_of(sheet: Entry | Record) -> Totals | None:
    """The figures of a teller's sheet; None where it says neither who nor how many took part."""
    try:
        return Totals.of(read_as(TellerCount, sheet.value))
    except ValueError:
        return None


def gather_totals(index: Index, proposal: Entry, totals: Totals, at: datetime) -> VoteRecord:
    """All that a count of a secret vote needs, as it is kept."""
    vote = vote_of(proposal, text_of(proposal))
    return record_totals(rules_of(index), vote, voters(index, proposal), totals, at)


def gather_votes(
    index: Index,
    proposal: Entry,
    at: datetime,
    events: Iterable[Event] = (),
    text: str = "",
    text_since: str = "",
    journal: JournalHead | None = None,
) -> VoteRecord:
    """All that a count needs, as it is kept: what the files hold, and what was done on a forge,
    with the head of the journal that says so.
    `text` stands for the fingerprint of a change proposed there, else the proposal's own is taken.
    KeyError or ValueError where the proposal or the rules are not complete, or the vote is secret.
    """
    if is_secret(index, proposal):
        raise ValueError("a secret vote is counted from totals")
    vote = vote_of(proposal, text or text_of(proposal)) | (
        {"text_since": text_since} if text_since else {}
    )
    vote |= {"of": "change"} if text else {}
    vote |= {"standing": found} if (found := standing_proxies(index)) else {}
    cast = [ballot_event(Ballot.of(entry)) for entry in ballots(index, vote_id(proposal))]
    return record_events(
        rules_of(index),
        vote,
        voters(index, proposal),
        [*cast, *objection_events(Proposal.of(proposal)), *events],
        at,
        journal,
    )


def gather_as_of_close(gather: Callable[[datetime], VoteRecord], now: datetime) -> VoteRecord:
    """All that a count needs as of now, or as of the close once it is past: what came later counts
    only where the vote waits for it, for a role to let it pass or for an objection to end. Raises
    what `gather` raises.
    """
    record = gather(now)
    earliest = terms(record).earliest
    if now <= earliest:
        return record
    closed = gather(earliest)
    return record if recount(closed).waiting else closed
