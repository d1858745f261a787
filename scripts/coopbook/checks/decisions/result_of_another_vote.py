"""A result is that of the vote which its proposal asks for, by the rules and the voters of its day.

What was counted opened and closed when the proposal says, under its category, with its tellers, its
chair, its proxies and those who do not vote. With the files before the change (`coopbook check
--base`): a result that is new was counted by the rules of then, among the voters of then, and,
where nothing was said on a forge, from the ballots that are here, all of them, and as votes are
counted today.

## Why
A result can be counted anew from what is kept beside it. Whoever counts other ballots, by other
rules, gets one that agrees with itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...base.diagnostics import Diagnostic
from ...base.hashing import of_value
from ...base.messages import _
from ...decisions.tally.events import instant
from ...decisions.tally.shapes import Stage, Vote, read_as
from ...decisions.tally.terms import EDITION
from ...decisions.types import Proposal, Result
from ...decisions.vote_record import CONDUCT, vote_of
from ...decisions.votes import gather_votes, is_secret, rules_of, vote_id, voters
from ...records.index import Entry, Index
from ...records.model import Record, dig
from ...records.renamed import Renamed

KIND = "result"

ASKED = ("category", "stage", "closes", "subject", *CONDUCT)


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    result = Result.of(record)
    proposal = index.by_id("proposal").get(result.proposal)
    kept = dig(record.beside, "vote")
    if proposal is None or not proposal.sound or not isinstance(kept, dict):
        return
    kept = Renamed(index.former).value(kept, index.kinds["proposal"].schema)
    asked = _question_of(proposal, result.stage)
    wrong = [name for name in ASKED if kept.get(name) != asked.get(name)]
    if _earlier(kept, proposal, result.stage):
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


def check_change(before: Index, after: Index) -> Iterator[Diagnostic]:
    for entry in after.of("result"):
        result = Result.of(entry)
        proposal = after.by_id("proposal").get(result.proposal)
        if (
            result.id in before.by_id("result")
            or proposal is None
            or not (entry.sound and proposal.sound)
        ):
            continue
        if result.format != EDITION:
            yield entry.fault(
                _("This was counted as votes were counted formerly."),
                help=_("Count it anew: coopbook tally {id}", id=proposal.id),
            )
            continue
        for name, right in _of_then(before, after, proposal, result).items():
            if getattr(result.hashes, name) != right:
                yield entry.fault(
                    WORDS[name],
                    "hashes",
                    name,
                    help=_("Count it anew: coopbook tally {id}", id=proposal.id),
                )


WORDS = {
    "rules": _("This was not counted by the rules of decision that held before this change."),
    "electorate": _("This was not counted among those who have a vote."),
    "events": _("This was not counted from the ballots that are here."),
}


def _of_then(before: Index, after: Index, proposal: Entry, result: Result) -> dict[str, str]:
    """The fingerprints that a result must have, as far as the files say them. The first rules of a
    co-op may come with its first result.
    """
    rules = rules_of(before) or rules_of(after)
    asked = Proposal.of(proposal)
    try:
        found = {"rules": of_value(rules.that_apply(result.category))}
        if vote_id(proposal) != result.id:
            return found
        found |= {"electorate": voters(after, proposal).fingerprint}
        if not asked.pull_request and not is_secret(after, proposal):
            kept = gather_votes(after, proposal, instant(result.counted_at))
            found |= {"events": kept.digest}
    except (KeyError, ValueError):
        return {"rules": ""}
    return found
