"""The command `coopbook import ballots`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..base.messages import Misuse, Stopped, Translator, _, ngettext, show_value
from ._import_common import file_argument, open_book
from ._language import Spoken, say_in_terminal
from ._options import Instant, lang_option, root_argument, today_option

if TYPE_CHECKING:
    from ..decisions.ballots.importing import ImportedBallots
    from ..decisions.ballots.sheet import Fault
    from ..decisions.tally.arithmetic import Choice
    from ..records.index import Entry
    from ..records.load import Book


class Meaning(click.ParamType[tuple[str, Any]]):
    """A word of a sheet and the choice that it means, such as A1=for."""

    name = "WORD=CHOICE"

    def convert(self, value: Any, param: Any, context: Any) -> tuple[str, Any]:
        from ..decisions.ballots.columns import WORDS, word

        if isinstance(value, tuple):
            return value
        code, _sign, choice = value.rpartition("=")
        if not word(code) or word(choice) not in WORDS:
            self.fail(
                say_in_terminal(
                    _("“{value}” is not a word and its choice, such as A1=for.", value=value)
                ),
                param,
                context,
            )
        return code, WORDS[word(choice)]


@click.command("ballots", cls=Spoken)
@file_argument
@root_argument
@click.option(
    "--proposal", metavar="ID", help=say_in_terminal(_("The proposal that was voted on."))
)
@click.option("--by", metavar="MEMBER", help=say_in_terminal(_("The teller who answers for them.")))
@click.option(
    "--evidence",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=say_in_terminal(_("What proves them; FILE itself when left out.")),
)
@click.option(
    "--no-copy",
    is_flag=True,
    help=say_in_terminal(
        _(
            "Keep the fingerprint of the proof alone, not the file: all members can "
            "read what is kept."
        )
    ),
)
@click.option(
    "--member",
    metavar="COLUMN",
    default="",
    help=say_in_terminal(_("The column that names the member, where it is not found.")),
)
@click.option(
    "--choice",
    metavar="COLUMN",
    default="",
    help=say_in_terminal(_("The column of the choice, where it is not found.")),
)
@click.option(
    "--word",
    "words",
    type=Meaning(),
    multiple=True,
    help=say_in_terminal(
        _("What a word or a code of FILE means, such as A1=for. May be given several times.")
    ),
)
@click.option(
    "--at",
    type=Instant(),
    help=say_in_terminal(
        _(
            "When they were cast, where FILE does not say; the close of the vote, or "
            "now, when left out."
        )
    ),
)
@click.option(
    "--took-part",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=say_in_terminal(_("Of an election: a list of who voted, one member a line.")),
)
@click.option(
    "--lot",
    metavar="VALUE",
    help=say_in_terminal(
        _("Of an election: the public value that was published, where a lot decides.")
    ),
)
@click.option(
    "--declined",
    metavar="MEMBER",
    multiple=True,
    help=say_in_terminal(
        _(
            "Of an election: a candidate who withdrew, or who did not accept. May be given "
            "several times."
        )
    ),
)
@today_option
@lang_option
def command(
    *,
    file: Path,
    root: Path,
    proposal: str | None,
    by: str | None,
    evidence: Path | None,
    no_copy: bool,
    member: str,
    choice: str,
    words: Iterable[tuple[str, Choice]],
    at: datetime | None,
    took_part: Path | None,
    lot: str | None,
    declined: tuple[str, ...],
    today: date,
    lang: str | None,
) -> None:
    """Bring in the ballots of a vote: a CSV FILE of who voted what, from a teller's own sheet,
    LimeSurvey or Loomio.

    Each line becomes a ballot that the teller answers for, and FILE is kept as their proof. Where
    one line is doubtful, nothing is written and every doubt is told.

    Of an election, FILE has no name: a column a candidate and a line a ballot, or a pile of them
    with a column `count`; or the export of LimeSurvey, or the result of Belenios. It becomes the
    teller's sheet in decisions/counts, without the order or the time of ballots, and is not kept.
    """
    from ..decisions.ballots.importing import (
        File,
        SheetOptions,
        import_ballots,
        since_when,
        write_ballots,
    )
    from ..decisions.types import Proposal
    from ..decisions.vote_count import find_countable
    from ._revisions import load_as_of

    book, say = open_book(root, today, lang)
    if not proposal or not by:
        raise Misuse(_("Say on which proposal and by which teller: --proposal ID --by MEMBER."))
    entry = find_countable(book.index, proposal)
    if Proposal.of(entry).election is not None:
        _import_election(book, entry, file, by, took_part, lot or "", declined, say)
        return
    sheet = File(str(file), file.read_bytes())
    options = SheetOptions(by, member, choice, _meanings(words), at, keep_evidence=not no_copy)
    proof = File(str(evidence), evidence.read_bytes()) if evidence else sheet
    earlier = load_as_of(root, since_when(entry), today)
    found = import_ballots(book, entry, sheet, proof, options, datetime.now(UTC), earlier)
    _tell_remarks(file, found.remarks, say)
    if not found.ballots:
        raise _nothing_written(found.doubts)
    write_ballots(book.root, found)
    _tell_written(book, found, say)


def _tell_written(book: Book, found: ImportedBallots, say: Translator) -> None:
    """Print how many ballots were written, and what became of their proof."""
    written = ngettext(
        "{count} ballot written in {folder}",
        "{count} ballots written in {folder}",
        len(found.ballots),
        folder=found.folder,
    )
    print(say(written))
    if book.index.settings.is_in_public:
        print(
            say(
                _("Anybody may read the co-op's files: of the proof, only the fingerprint is kept.")
            )
        )
    elif found.evidence:
        print(say(_("Their proof, which all members can read: {file}", file=found.evidence)))


def _tell_remarks(file: Path, remarks: Iterable[Fault], say: Translator) -> None:
    """Print what is doubtful in a sheet, each with its line and column."""
    for one in remarks:
        column = f"{show_value(one.column)}: " if one.column else ""
        print(f"{show_value(file.name)}:{one.line}: {column}{say(one.message)}", file=sys.stderr)
        if one.help:
            print(f"  = {say(one.help)}", file=sys.stderr)


def _nothing_written(doubts: int) -> Stopped:
    """How a sheet with doubts is refused as a whole."""
    return Stopped(
        ngettext(
            "{count} doubt: nothing was written.",
            "{count} doubts: nothing was written.",
            doubts,
        )
    )


def _import_election(
    book: Book,
    entry: Entry,
    file: Path,
    by: str,
    took_part: Path | None,
    lot: str,
    declined: tuple[str, ...],
    say: Translator,
) -> None:
    """Write what a teller counted of an election. Leaves with 1, nothing written, where a line is
    doubtful.
    """
    from ..assembly.handed_in import read_sheet
    from ..decisions.ballots.entering import TellerNotes, enter_count
    from ..decisions.ballots.importing import File, write_count

    people = File(str(took_part), took_part.read_bytes()) if took_part else None
    read = read_sheet(file)
    found = enter_count(
        book, entry, read, TellerNotes(by, people, lot, declined), datetime.now(UTC)
    )
    _tell_remarks(file, found.faults, say)
    if took_part:
        _tell_remarks(took_part, found.strangers, say)
    if not found.content:
        raise _nothing_written(len(found.faults) + len(found.strangers))
    write_count(book.root, found.file, found.content)
    print(say(_("{file}: {count} ballots.", file=found.file, count=found.total)))
    if found.total < found.people:
        print(
            say(
                _(
                    "{participants} took part, and there are {papers} ballots: if all put one in, "
                    "a part of the sheet is missing.",
                    participants=found.people,
                    papers=found.total,
                )
            )
        )
    print(
        say(
            _(
                "Now destroy or lock away {file}: it may show in which order people voted.",
                file=file,
            )
        )
    )


def _meanings(given: Iterable[tuple[str, Choice]]) -> dict[str, Choice]:
    """What words mean. Raises Misuse where one means two things."""
    from ..decisions.ballots.columns import word

    found: dict[str, Choice] = {}
    for name, choice in given:
        if found.setdefault(word(name), choice) != choice:
            raise Misuse(_("“{word}” is given two meanings.", word=name))
    return found
