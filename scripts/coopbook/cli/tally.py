"""`coopbook tally`"""

from __future__ import annotations

import json
from contextlib import nullcontext
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..base.messages import Translator, _
from ._exits import refuse, require_coop
from ._language import Spoken, said, system_language
from ._options import Instant, lang_option, root_argument

if TYPE_CHECKING:
    from ..records.index import Entry, Index
    from ..records.load import Book

UNREADABLE = (KeyError, TypeError, ValueError, ArithmeticError, RecursionError)


@click.command("tally", cls=Spoken)
@click.argument("proposal")
@root_argument
@click.option(
    "--at",
    type=Instant(),
    help=said(_("Count as of this instant; the close of the vote, or now, when left out.")),
)
@click.option(
    "--events",
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
    help=said(_("What was said on a forge, too: a JSON file of reviews and comments.")),
)
@click.option(
    "--by",
    metavar="MEMBER",
    multiple=True,
    help=said(_("Who counts: a member's id. May be given several times.")),
)
@click.option("--dry-run", is_flag=True, help=said(_("Only show the count, write nothing.")))
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

    The result and all that it was counted from are written to decisions/results. A result that is there is counted again and never changed.
    A secret vote is counted from what two tellers wrote down, each alone, when they agree (decisions/counts).
    """
    from ._countable import alone

    require_coop(root, lang or system_language())
    with nullcontext() if dry_run else alone(root):
        raise SystemExit(_counted(root, proposal, at, events, by, dry_run, lang))


def _counted(
    root: Path,
    proposal: str,
    at: datetime | None,
    events: Path | None,
    by: tuple[str, ...],
    dry_run: bool,
    lang: str | None,
) -> int:
    """Read, count, tell, write; how to leave."""
    from ..base.messages import translator
    from ..decisions.votes import is_secret, vote_id
    from ..records.load import load
    from ._countable import countable, due

    book = load(root, date.today())
    index = book.index
    language = index.usage(lang or index.languages[0])
    say = translator(language, shown=str)
    entry = countable(index, proposal, say)
    _members(index, by, say)
    there = _files(root, vote_id(entry))[0].is_file()
    if not there and not dry_run:
        due(entry, at, say)
    had = _had(root, entry, say) if there and at is None and events is None else None
    if is_secret(index, entry) and had is None:
        data, by = _secret(index, entry, at, events, by, say)
    else:
        data = _data(index, entry, at, events, say) if had is None else had
    return _told(
        book,
        entry,
        data,
        {"by": by, "dry_run": dry_run, "new": not there, "language": language},
        say,
    )


def _members(index: Index, ids: tuple[str, ...], say: Translator) -> None:
    from ..base.diagnostics import suggestion

    for id in ids:
        if not index.find("member", id):
            refuse(
                _(
                    "There is no member “{id}”. {help}",
                    id=id,
                    help=suggestion(id, index.entries["member"]),
                ),
                say,
            )


def _had(root: Path, entry: Entry, say: Translator) -> dict[str, Any]:
    """What the result that is there was counted from."""
    from ..decisions.vote_record import has_record_form
    from ..decisions.votes import vote_id

    events = _files(root, vote_id(entry))[1]
    try:
        found = json.loads(events.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        found = None
    if not has_record_form(found):
        refuse(
            _(
                "{file} is missing or cannot be read: the result cannot be counted again.",
                file=events.relative_to(root),
            ),
            say,
        )
    kept: dict[str, Any] = found
    return kept


def _data(
    index: Index, entry: Entry, at: datetime | None, events: Path | None, say: Translator
) -> dict[str, Any]:
    """All that the count needs, from the files as they are."""
    from ..decisions.votes import as_of_the_close, gathered
    from ..pull_requests.forge_events import Unreadable, read_events

    try:
        more, text = read_events(events) if events else ([], {})
    except Unreadable as error:
        refuse(
            _(
                "{file} holds no events that can be read: {reason}",
                file=events,
                reason=error.message,
            ),
            say,
        )
    try:

        def gather(moment: datetime) -> dict[str, Any]:
            return gathered(index, entry, moment, more, **text)

        return gather(at) if at else as_of_the_close(gather, datetime.now(UTC))
    except UNREADABLE as error:
        refuse(
            _(
                "The vote cannot be counted ({reason}): “coopbook check” may tell why.",
                reason=error,
            ),
            say,
        )
        raise


def _secret(
    index: Index,
    entry: Entry,
    at: datetime | None,
    events: Path | None,
    by: tuple[str, ...],
    say: Translator,
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """All that the count of a secret vote needs, and its tellers."""
    from ..decisions.tally.events import instant
    from ..decisions.vote_record import times_of
    from ._secrecy import agreed

    if events or by:
        refuse(
            _(
                "This vote is secret: it is counted from two tellers' sheets, and from nothing else."
            ),
            say,
        )
    return agreed(
        index, entry, at or min(instant(times_of(entry.value)["closes"]), datetime.now(UTC)), say
    )


def _told(
    book: Book, entry: Entry, data: dict[str, Any], how: dict[str, Any], say: Translator
) -> int:
    """Show the count, write the result; how to leave."""
    from ..decisions.result_files import lines, written
    from ..decisions.vote_record import recount
    from ._countable import sound

    try:
        found = recount(data)
    except UNREADABLE as error:
        refuse(
            _(
                "The vote cannot be counted ({reason}): “coopbook check” may tell why.",
                reason=error,
            ),
            say,
        )
        raise
    writes = found.result != "open" and not how["dry_run"]
    if writes and how["new"]:
        sound(book, entry, say)
    for line in lines(book.index, entry, data, found, datetime.now(UTC), how["language"]):
        print(line)
    return written(book.root, book.index, entry, data, found, how["by"], say) if writes else 0


def _files(root: Path, vote: str) -> tuple[Path, Path]:
    folder = root / "decisions" / "results"
    return folder / f"{vote}.yml", folder / f"{vote}.events.json"
