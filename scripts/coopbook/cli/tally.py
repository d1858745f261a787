"""The command `coopbook tally`."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from ..base.messages import Misuse, Stopped, Translator, _
from ._exits import FAILED, require_coop, speak, warn
from ._language import Spoken, say_in_terminal
from ._lookup import find_member
from ._options import Instant, lang_option, root_argument

if TYPE_CHECKING:
    from ..base.diagnostics import Diagnostic
    from ..decisions.tally.record import VoteRecord
    from ..records.index import Entry, Index
    from ..records.load import Book


_HOLDS_NOTHING_BACK = _(
    "Every account that a member's file names is counted here. “coopbook vote close” holds back "
    "those that somebody else wrote there since the vote opened, or less than seven days before: "
    "it reads the history of the main branch."
)


@click.command("tally", cls=Spoken)
@click.argument("proposal")
@root_argument
@click.option(
    "--at",
    type=Instant(),
    help=say_in_terminal(
        _("Count as of this instant; the close of the vote, or now, when left out.")
    ),
)
@click.option(
    "--events",
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
    help=say_in_terminal(_("What was said on a forge, too: a JSON file of reviews and comments.")),
)
@click.option(
    "--by",
    metavar="MEMBER",
    multiple=True,
    help=say_in_terminal(_("Who counts: a member's id. May be given several times.")),
)
@click.option(
    "--dry-run", is_flag=True, help=say_in_terminal(_("Only show the count, write nothing."))
)
@lang_option
def command(
    proposal: str,
    root: Path,
    at: datetime | None,
    events: Path | None,
    by: tuple[str, ...],
    dry_run: bool,
    lang: str | None,
) -> None:
    """Count the vote on PROPOSAL, and write its result once it is closed.

    The result and all that it was counted from are written to decisions/results. A result that is
    there is counted again and never changed. A secret vote is counted from what two tellers wrote
    down, each alone, when they agree (decisions/counts). PROPOSAL may be a poll: what came of it is
    written into its own file (decisions/polls).
    """
    from ..base.messages import translator
    from ..decisions.result_files import count_lock
    from ..decisions.vote_count import find_countable
    from ..records.load import load
    from ..records.opening import day_of, today_of

    require_coop(root)
    now = datetime.now(UTC)
    with nullcontext() if dry_run else count_lock(root):
        book = load(root, today_of(root, now))
        language = book.index.usage(lang or book.index.languages[0])
        say = speak(translator(language, shown=str))
        if (poll := _poll(book.index, proposal)) is not None:
            _count_poll(book, poll, day_of(root, at or now.astimezone()), language, dry_run, say)
            return
        entry = find_countable(book.index, proposal)
        for id in by:
            find_member(book.index, id)
        _count_vote(book, entry, _Asked(at, events, by, now, dry_run=dry_run), language, say)


class _Asked(NamedTuple):
    """What a count is asked for: of which instant, with what was said on a forge, by whom, and when
    it is asked.
    """

    at: datetime | None
    events: Path | None
    by: tuple[str, ...]
    now: datetime
    dry_run: bool


def _count_vote(book: Book, entry: Entry, asked: _Asked, language: str, say: Translator) -> None:
    """Print what a vote gives, and write its result once it is closed; one that is there is
    compared with what is counted now.
    """
    from ..decisions.pseudonyms import show
    from ..decisions.result_files import (
        compare_result,
        describe_count,
        read_key,
        result_path,
        write_mandates,
        write_result,
    )
    from ..decisions.vote_count import count_record, require_over
    from ..decisions.votes import vote_id
    from ..records.core_kinds import MEMBER
    from ..records.load import load

    at, now = asked.at, asked.now
    is_new = not (book.root / result_path(entry)).is_file()
    if is_new and not asked.dry_run:
        require_over(entry, at, now)
    kept = not is_new and at is None and asked.events is None
    record, by = _record(book, entry, kept, at, asked.events, asked.by, now)
    if asked.events:
        warn([_HOLDS_NOTHING_BACK], say)
    shown = record
    if kept:
        names = read_key(book.root, vote_id(entry))
        shown = show(record, names, partial(book.index.current_id, MEMBER))
    outcome = count_record(shown)
    writes = outcome.result != "open" and not asked.dry_run
    if writes and is_new:
        _require_sound(book, entry, say)
    for line in describe_count(book.index, entry, shown, outcome, now, language, by):
        print(line)
    if not writes:
        return
    written = (
        write_result(book, entry, record, outcome, by)
        if is_new
        else compare_result(book, entry, record, by, kept=kept)
    )
    for message in written.messages:
        print(say(message))
    if written.differs:
        raise SystemExit(FAILED)
    for message in write_mandates(load(book.root, book.index.today), entry):
        print(say(message))


def _poll(index: Index, id: str) -> Entry | None:
    """The poll of an id, present or former, that is no proposal's."""
    from ..decisions.kinds import POLL
    from ..decisions.votes import proposal_of

    return None if proposal_of(index, id) else index.find(POLL, id)


def _count_poll(
    book: Book, entry: Entry, today: date, language: str, dry_run: bool, say: Translator
) -> None:
    """Print what a poll gives as of a day, and write it once the last day is over."""
    from .. import checks
    from ..decisions.poll_files import (
        describe_poll_count,
        faults_of_poll,
        require_countable,
        write_outcome,
    )

    require_countable(entry)
    for line in describe_poll_count(book.index, entry, today.isoformat(), language, say):
        print(line)
    if dry_run:
        return
    _require_none(book, faults_of_poll(entry, checks.check(book)), say)
    written = write_outcome(book.root, book.index, entry, min(today, book.index.today).isoformat())
    for message in written.messages:
        print(say(message))
    if written.differs:
        raise SystemExit(FAILED)


def _record(
    book: Book,
    entry: Entry,
    kept: bool,
    at: datetime | None,
    events: Path | None,
    by: tuple[str, ...],
    now: datetime,
) -> tuple[VoteRecord, tuple[str, ...]]:
    """What the vote is counted from, and who counts: the record of the result that is there, two
    tellers' sheets, or the files as they are.
    """
    from ..decisions.ballots.secret import agree_on_totals
    from ..decisions.vote_count import end_of_vote, gather_record, read_record
    from ..decisions.votes import is_secret
    from ..pull_requests.forge_events import read_events

    if kept:
        return read_record(book, entry), by
    if not is_secret(book.index, entry):
        found, text = read_events(events) if events else ([], {})
        return gather_record(book.index, entry, at, now, found, **text), by
    if events or by:
        raise Misuse(
            _("This vote is secret: it is counted from two tellers' sheets, and from nothing else.")
        )
    return agree_on_totals(book.index, entry, at or end_of_vote(entry, now))


def _require_sound(book: Book, entry: Entry, say: Translator) -> None:
    """Print what the check finds wrong in what is counted. Raises Stopped where it finds errors."""
    from .. import checks
    from ..decisions.vote_count import faults_of_vote

    _require_none(book, faults_of_vote(entry, checks.check(book)), say)


def _require_none(book: Book, faults: list[Diagnostic], say: Translator) -> None:
    from ._report import print_faults

    if faults:
        print_faults(book, faults, say, sys.stderr)
        raise Stopped(_("Nothing was written: the vote is counted once these faults are mended."))
