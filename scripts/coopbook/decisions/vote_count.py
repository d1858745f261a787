"""Count the vote on a proposal from the co-op's files: which one may be counted, and by what."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from ..base.diagnostics import Diagnostic, suggestion
from ..base.messages import Misuse, _
from ..records.index import Entry, Index
from ..records.load import Book
from .ballots.secret import agree_on_totals
from .result_files import RESULTS_FOLDER
from .tally import Event, Outcome
from .tally.events import instant
from .tally.record import VoteRecord
from .types import Proposal
from .vote_record import has_record_form, recount
from .votes import gather_as_of_close, gather_votes, is_secret, rules_of, vote_id
from .wording.outcomes import STATUSES

_UNREADABLE = (KeyError, TypeError, ValueError, ArithmeticError, RecursionError)
"""What a record of a vote raises that is not one: a file may hold anything."""


def tally(book: Book, proposal: str, at: datetime, events: Iterable[Event] = ()) -> Outcome:
    """Count the vote on a proposal as of an instant.

    What came after `at` is left out, also where the vote closed before. Nothing is written.

    Args:
        book: The co-op, as `load` read it.
        proposal: The proposal's id, or the name of its file.
        at: The instant, with its zone.
        events: What was said on a forge, beside the ballots of the files.

    Returns:
        The counts, the quorum and the majority, what was not counted and why, and the result.

    Raises:
        Misuse: Where there is no such proposal, where its page or the rules are not complete, or
            where the vote is secret and too few tellers wrote down what they counted.
        Stopped: Where the vote is secret and the tellers do not agree.
    """
    entry = find_countable(book.index, proposal)
    if is_secret(book.index, entry):
        return count_record(agree_on_totals(book.index, entry, at)[0])
    return count_record(gather_record(book.index, entry, at, at, events))


def find_countable(index: Index, name: str) -> Entry:
    """The proposal of this id or file. Raises Misuse where it is not complete enough to count."""
    id = name.rpartition("/")[2].removesuffix(".md")
    entry = index.find("proposal", id)
    if entry is None:
        near = suggestion(id, index.by_id("proposal"))
        raise Misuse(_("There is no proposal “{id}”. {help}", id=id, help=near))
    if not rules_of(index):
        raise Misuse(
            _(
                "There are no rules to count by: decisions/rules.yml is missing or has faults. "
                "“coopbook check” tells them."
            )
        )
    if not entry.sound or Proposal.of(entry).category not in rules_of(index).categories:
        raise Misuse(_("{file} has faults: “coopbook check” tells them.", file=entry.file))
    if not Proposal.of(entry).days.are_complete:
        raise Misuse(_("{file} does not say when the vote opens and closes.", file=entry.file))
    return entry


def require_over(entry: Entry, at: datetime | None, now: datetime) -> None:
    """Raises Misuse where the vote cannot be over: it was never opened, or `at` is still to
    come.
    """
    if at and at > now:
        raise Misuse(
            _(
                "A vote is not counted as of an instant that is still to come; "
                "“--dry-run” shows what it would be."
            )
        )
    proposal = Proposal.of(entry)
    if not proposal.is_put_to_the_vote:
        words = STATUSES[proposal.status]
        raise Misuse(_("{file} is not open to vote: {status}.", file=entry.file, status=words))


def faults_of_vote(entry: Entry, found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The errors that lie in what is counted: the proposal, a ballot, a teller's sheet."""
    folders = tuple(f"decisions/{name}/{vote_id(entry)}/" for name in ("ballots", "counts"))
    return [
        item
        for item in found
        if item.severity == "error" and (item.file == entry.file or item.file.startswith(folders))
    ]


def gather_record(
    index: Index,
    entry: Entry,
    at: datetime | None,
    now: datetime,
    events: Iterable[Event] = (),
    text: str = "",
    text_since: str = "",
) -> VoteRecord:
    """The record to count a vote from, made from the files as they are.

    Args:
        index: The co-op's records.
        entry: The proposal.
        at: As of when; the close of the vote, or `now` before it, where it is None.
        now: The present instant.
        events: What was said on a forge, beside the ballots of the files.
        text: The fingerprint of a change that is voted on a forge; else the proposal's own is
            taken.
        text_since: Since when a change's text is that.

    Returns:
        What `count_record` counts, and what is kept of the vote.

    Raises:
        Misuse: Where the proposal or the rules are not complete.
    """
    every = list(events)

    def gather(moment: datetime) -> VoteRecord:
        return gather_votes(index, entry, moment, every, text, text_since)

    try:
        return gather(at) if at else gather_as_of_close(gather, now)
    except _UNREADABLE as error:
        raise _uncountable(error) from error


def end_of_vote(entry: Entry, now: datetime) -> datetime:
    """The close of a vote, or `now` before it."""
    return min(instant(Proposal.of(entry).days.closes), now)


def read_record(book: Book, entry: Entry) -> VoteRecord:
    """Read what the result of a vote was counted from.

    Returns:
        The record, as its file beside the result holds it.

    Raises:
        Misuse: Where it is missing or cannot be read.
    """
    file = f"{RESULTS_FOLDER}/{vote_id(entry)}.events.json"
    try:
        found = json.loads((book.root / file).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        found = None
    if not has_record_form(found):
        raise Misuse(
            _(
                "{file} is missing or cannot be read: the result cannot be counted again.",
                file=file,
            )
        )
    return VoteRecord.of(found)


def count_record(record: VoteRecord) -> Outcome:
    """Count a record. Raises Misuse where it cannot be counted."""
    try:
        return recount(record)
    except _UNREADABLE as error:
        raise _uncountable(error) from error


def _uncountable(error: Exception) -> Misuse:
    return Misuse(
        _("The vote cannot be counted ({reason}): “coopbook check” may tell why.", reason=error)
    )
