"""A proposal stands here before anybody votes on it: ballots and a result do not come with it, and
its vote does not open before the day on which it is put to the vote here.

A ballot in a file counts for being here, and a result for having been counted from what was here.
Nobody could vote before they could read on what, whatever `opens` says.
Where a proposed change was voted on a forge, the close of the vote brings its page, its result and
the change in one commit: such a page names the change (`pull_request`). This check compares with
the files before the change (`coopbook check --base`).

## Why
All that says when a proposal was opened, who voted and what came of it could be written in one
evening. Only what others could read in the meantime proves that there was a vote.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import Message, _
from ...decisions.tally.events import instant
from ...decisions.types import Proposal, vote_and_member
from ...decisions.votes import proposal_of
from ...records.index import Entry, Index

KIND = ("proposal", "ballot", "result")

HELP = _("Bring the proposal's page here first, and hold the vote after that.")


def check_change(before: Index, after: Index) -> Iterator[Diagnostic]:
    yield from _find_opened_before(before, after)
    for ballot in after.of("ballot"):
        vote = vote_and_member(ballot.id)[0]
        if ballot.id not in before.by_id("ballot") and _is_new(proposal_of(after, vote), before):
            yield ballot.fault(
                _("This ballot comes in the same change as its proposal."), help=HELP
            )
    for result in after.of("result"):
        proposal = proposal_of(after, result.id)
        if result.id in before.by_id("result") or not _is_new(proposal, before):
            continue
        if proposal is not None and proposal.sound and not Proposal.of(proposal).pull_request:
            yield result.fault(
                _("This result comes in the same change as its proposal."), help=HELP
            )


def _find_opened_before(before: Index, after: Index) -> Iterator[Diagnostic]:
    """Votes that are said to have opened on a day on which nobody could read the proposal as one
    that is put to the vote. Where there was no proposal yet, a book is brought in as it is.
    """
    for entry in after.of("proposal") if before.by_id("proposal") else ():
        old, now = before.find("proposal", entry.id), Proposal.of(entry)
        if not entry.sound or not now.is_put_to_the_vote or now.pull_request:
            continue
        if old is not None and (not old.sound or Proposal.of(old).is_put_to_the_vote):
            continue
        opens = now.days.opens
        if opens and instant(opens).date() < after.today:
            message = _("This vote opens on {instant}, before it is put to the vote here.")
            yield entry.fault(
                Message(message.text, {"instant": opens}),
                "opens",
                help=_(
                    "Write today or a later day, and as much time to vote as the rules ask for."
                ),
            )


def _is_new(proposal: Entry | None, before: Index) -> bool:
    return proposal is not None and before.find("proposal", proposal.id) is None
