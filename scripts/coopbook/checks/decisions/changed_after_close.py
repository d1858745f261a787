"""From the close of a vote on, its proposal and its ballots stay as they are until it is counted;
so do the answers to a poll once its last day is over.

Only its result follows, with the status that it gives. A ballot that came in time by mail or on
paper is entered by a teller, under the own name and with what proves it (`cast_by`, `evidence`);
nothing else is added, changed or deleted: no ballot, no proxy, no objection, no word of a role. A
vote has closed when the day of `closes` is over. This check compares with the files before the
change (`coopbook check --base`).

## Why
Between the close and the count everybody can see how it stands. Whoever may still turn a ballot
then decides alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.kinds import POLL
from ...decisions.polls import answers_to
from ...decisions.tally.events import instant
from ...decisions.types import Ballot, Poll, Proposal
from ...decisions.votes import ballots, rules_of, vote_id
from ...records.index import Entry, Index

KIND = "proposal"

KEPT = ("objections", "proxies", "gates")
PUT_BACK = _("Put it back as it was when the vote closed.")
PUT_ANSWER_BACK = _("Put it back as it was when the poll closed.")


def check_change(before: Index, after: Index) -> Iterator[Diagnostic]:
    for old in before.of("proposal"):
        if not old.sound or not _has_closed(old, after):
            continue
        new = after.find("proposal", old.id)
        if new is not None and new.sound:
            yield from _find_changed_terms(old, new, after)
        yield from _find_changed_ballots(old, before, after)
    for old in before.of(POLL):
        poll = Poll.of(old) if old.sound else Poll()
        if poll.has_closed_by(after.today.isoformat()) and not poll.is_settled:
            yield from _find_changed_answers(old, before, after)


def _has_closed(entry: Entry, now: Index) -> bool:
    """Whether a vote is over and not counted yet, by its day: the hour is another elsewhere."""
    proposal = Proposal.of(entry)
    closes = proposal.days.closes
    return proposal.is_put_to_the_vote and bool(closes) and instant(closes).date() < now.today


def _find_changed_terms(old: Entry, new: Entry, after: Index) -> Iterator[Diagnostic]:
    was, now = Proposal.of(old), Proposal.of(new)
    counted = vote_id(old) in after.by_id("result")
    if now.status != was.status and not counted:
        message = _(
            "The vote closed on {instant}: only its result follows.", instant=was.days.closes
        )
        help = _(
            "Put back “status: {status}”, and count it: coopbook tally {id}",
            status=was.status,
            id=old.id,
        )
        yield new.fault(message, "status", help=help)
    for name in KEPT:
        if old.get(name) != new.get(name):
            message = _("“{name}” was changed after the vote had closed.", name=name)
            yield new.fault(message, name if name in new.value else "status", help=PUT_BACK)


def _find_changed_ballots(proposal: Entry, before: Index, after: Index) -> Iterator[Diagnostic]:
    vote = vote_id(proposal)
    tellers = {*rules_of(before).tellers, *Proposal.of(proposal).tellers}
    had, have = ({one.id: one for one in ballots(index, vote)} for index in (before, after))
    for id, old in had.items():
        if id not in have:
            yield Diagnostic(old.file, _("A ballot is gone, and the vote had closed."), PUT_BACK)
    for id, new in have.items():
        if id not in had and not _is_entered(new, tellers):
            message = _("A ballot came after the vote had closed.")
            help = _("A teller may enter one that came in time: cast_by, and evidence with a file.")
            yield new.fault(message, help=help)
        elif id in had and new.digest != had[id].digest:
            yield new.fault(_("A ballot was changed after the vote had closed."), help=PUT_BACK)


def _find_changed_answers(poll: Entry, before: Index, after: Index) -> Iterator[Diagnostic]:
    had, have = (answers_to(index, poll.id) for index in (before, after))
    for member, old in had.items():
        if member not in have:
            message = _("An answer is gone, and the poll had closed.")
            yield Diagnostic(old.file, message, PUT_ANSWER_BACK)
    for member, new in have.items():
        if member not in had:
            message = _("An answer came after the poll had closed.")
            yield new.fault(message, help=_("It does not count: delete it."))
        elif new.digest != had[member].digest:
            message = _("An answer was changed after the poll had closed.")
            yield new.fault(message, help=PUT_ANSWER_BACK)


def _is_entered(entry: Entry, tellers: set[str]) -> bool:
    """Whether a teller entered a ballot, with a file that proves it."""
    ballot = Ballot.of(entry)
    return ballot.cast_by in tellers and ballot.evidence is not None and bool(ballot.evidence.file)
