"""A result is that of the vote which its proposal asks for, by the rules and the voters of its day.

What was counted opened and closed when the proposal says, under its category, with its tellers, its
chair, its proxies and those who do not vote. With the files before the change (`coopbook check
--base`): a result that is new was counted by the rules of then, among the voters of then, and,
where nothing was said on a forge, from the ballots that are here, all of them, and as votes are
counted today.

People bear pseudonyms in what was counted: `<id>.voters.json`, beside the result, says whose they
are. Whoever was erased is in that list no more, and is told apart by the college alone.

## Why
A result can be counted anew from what is kept beside it. Whoever counts other ballots, by other
rules, gets one that agrees with itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from ...base.diagnostics import Diagnostic
from ...base.hashing import of_value
from ...base.messages import _
from ...decisions.pseudonyms import Key, without_tellers
from ...decisions.record_comparison import has_voters, is_same, names_in_both, normal_vote
from ...decisions.tally.events import instant
from ...decisions.tally.record import VoteRecord
from ...decisions.tally.shapes import Stage, Vote, read_as
from ...decisions.tally.terms import EDITION
from ...decisions.types import Proposal, Result
from ...decisions.vote_record import CONDUCT, vote_of
from ...decisions.votes import gather_votes, is_secret, rules_of, vote_id, voters
from ...records.core_kinds import MEMBER
from ...records.index import Entry, Index
from ...records.load import Book
from ...records.model import Record

KIND = "result"

ASKED = ("category", "stage", "closes", "subject", *CONDUCT)


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    result = Result.of(record)
    proposal = index.by_id("proposal").get(result.proposal)
    kept = _record_of(record)
    if proposal is None or not proposal.sound or kept is None:
        return
    vote = kept.plain["vote"]
    wrong = _find_otherwise(kept, Key.or_empty(record.pseudonyms), proposal, result.stage, index)
    if _earlier(vote, proposal, result.stage):
        wrong.append("opens")
    for name in wrong:
        message = _(
            "This was counted with another “{name}” than {file} says.",
            name=name,
            file=proposal.file,
        )
        yield record.fault(
            message, "proposal", help=_("Put both back as they were, or count it anew.")
        )


def _record_of(record: Record) -> VoteRecord | None:
    """What a result was counted from; None where it is none."""
    try:
        return VoteRecord.of(record.beside)
    except ValueError:  # told by `miscounted-result`
        return None


def _find_otherwise(
    kept: VoteRecord, key: Key, proposal: Entry, stage: Stage, index: Index
) -> list[str]:
    """What was counted otherwise than a proposal asks, as far as it is known who is who. Tellers of
    the rules are tellers of the vote in what was counted.
    """
    now = partial(index.current_id, MEMBER)
    by_pseudonym, by_id = names_in_both(kept, key, now)
    had = normal_vote(kept.plain["vote"], by_pseudonym)
    asked = normal_vote(_question_of(proposal, stage), by_id)
    if kept.format > 1 and not Counter(asked.get("tellers")) - Counter(had.get("tellers")):
        had = {**had, "tellers": asked.get("tellers")}
    return [name for name in ASKED if had.get(name) != asked.get(name)]


def _question_of(proposal: Entry, stage: Stage) -> dict[str, Any]:
    """What a proposal asks for at one of its consultations; nothing where it does not say when."""
    try:
        return vote_of(proposal, "", "first" if stage == "first" else None)
    except ValueError:
        return {}


def _earlier(kept: Mapping[str, Any], proposal: Entry, stage: Stage) -> bool:
    """Whether a vote opened before its page says. It may open later: when its change became
    known.
    """
    asked = Proposal.of(proposal)
    days = asked.first if stage == "first" else asked.days
    try:
        return instant(read_as(Vote, kept).opens) < instant(days.opens)
    except ValueError:
        return True


def check_books(before: Book, after: Book) -> Iterator[Diagnostic]:
    added = after.index.by_id(KIND).keys() - before.index.by_id(KIND).keys()
    new = {(KIND, id) for id in added}
    for record in after.records() if new else ():
        if (record.kind.name, record.id) in new:
            yield from _check_new(record, before.index, after.index)


def _check_new(record: Record, before: Index, after: Index) -> Iterator[Diagnostic]:
    entry = after.by_id("result")[record.id]
    result, kept = Result.of(entry), _record_of(record)
    proposal = after.by_id("proposal").get(result.proposal)
    if proposal is None or kept is None or not (entry.sound and proposal.sound):
        return
    help = _("Count it anew: coopbook tally {id}", id=proposal.id)
    if result.format != EDITION:
        yield entry.fault(_("This was counted as votes were counted formerly."), help=help)
        return
    key = Key.or_empty(record.pseudonyms)
    for name in _find_other_than_then(before, after, proposal, result, kept, key):
        yield entry.fault(WORDS[name], "hashes", name, help=help)


WORDS = {
    "rules": _("This was not counted by the rules of decision that held before this change."),
    "electorate": _("This was not counted among those who have a vote."),
    "events": _("This was not counted from the ballots that are here."),
}


def _find_other_than_then(
    before: Index, after: Index, proposal: Entry, result: Result, kept: VoteRecord, key: Key
) -> list[str]:
    """The fingerprints that are not those which the files give, as far as the files say it. The
    first rules of a co-op may come with its first result.
    """
    now = partial(after.current_id, MEMBER)
    rules = rules_of(before) or rules_of(after)
    try:
        applied = of_value(without_tellers(rules.that_apply(result.category)))
        wrong = ["rules"] if applied != result.hashes.rules else []
        if vote_id(proposal) != result.id:
            return wrong
        if not has_voters(kept, key, voters(after, proposal), now):
            wrong.append("electorate")
        if not Proposal.of(proposal).pull_request and not is_secret(after, proposal):
            gathered = gather_votes(after, proposal, instant(result.counted_at))
            wrong += [] if is_same(kept, key, gathered, now) else ["events"]
    except (KeyError, ValueError):
        return ["rules"]
    return wrong
