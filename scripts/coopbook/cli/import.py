"""The command `coopbook import`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..base.messages import Message, Misuse, Stopped, Translator, _, ngettext, show_value
from ..decisions.kinds import MINUTES
from ._exits import require_coop, speak, warn
from ._language import Spoken, say_in_terminal
from ._options import Instant, Today, lang_option, root_argument, today_of_coop

if TYPE_CHECKING:
    from ..base.diagnostics import Diagnostic
    from ..decisions.ballots.sheet import Fault
    from ..decisions.tally.arithmetic import Choice
    from ..records.index import Entry, Index
    from ..records.load import Book
    from ..records.model import Record


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


_KINDS = ["articles", "bylaws", "house_rules", "charter"]


@click.command("import", cls=Spoken)
@click.argument("what", type=click.Choice(["ballots", "bylaws", MINUTES]))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@root_argument
@click.option(
    "--document",
    metavar="ID",
    help=say_in_terminal(_("The id of the new text; made from its title when left out.")),
)
@click.option(
    "--kind",
    type=click.Choice(_KINDS),
    default="bylaws",
    help=say_in_terminal(_("What sort of text it is; bylaws when left out.")),
)
@click.option(
    "--in-force",
    "day",
    type=Today(),
    callback=today_of_coop,
    show_default=False,
    help=say_in_terminal(_("Since when it holds; today when left out.")),
)
@click.option(
    "--adopted-by",
    metavar="TEXT",
    help=say_in_terminal(_("Who adopted it and when, in a few words.")),
)
@click.option(
    "--proposal", metavar="ID", help=say_in_terminal(_("Ballots: the proposal that was voted on."))
)
@click.option(
    "--by", metavar="MEMBER", help=say_in_terminal(_("Ballots: the teller who answers for them."))
)
@click.option(
    "--evidence",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=say_in_terminal(_("Ballots: what proves them; FILE itself when left out.")),
)
@click.option(
    "--no-copy",
    is_flag=True,
    help=say_in_terminal(
        _(
            "Ballots: keep the fingerprint of the proof alone, not the file: all members can "
            "read what is kept."
        )
    ),
)
@click.option(
    "--member",
    metavar="COLUMN",
    default="",
    help=say_in_terminal(_("Ballots: the column that names the member, where it is not found.")),
)
@click.option(
    "--choice",
    metavar="COLUMN",
    default="",
    help=say_in_terminal(_("Ballots: the column of the choice, where it is not found.")),
)
@click.option(
    "--word",
    "words",
    type=Meaning(),
    multiple=True,
    help=say_in_terminal(
        _(
            "Ballots: what a word or a code of FILE means, such as A1=for. May be given "
            "several times."
        )
    ),
)
@click.option(
    "--at",
    type=Instant(),
    help=say_in_terminal(
        _(
            "Ballots: when they were cast, where FILE does not say; the close of the vote, or "
            "now, when left out."
        )
    ),
)
@click.option(
    "--took-part",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=say_in_terminal(_("Ballots of an election: a list of who voted, one member a line.")),
)
@click.option(
    "--lot",
    metavar="VALUE",
    help=say_in_terminal(
        _("Ballots of an election: the public value that was published, where a lot decides.")
    ),
)
@click.option(
    "--declined",
    metavar="MEMBER",
    multiple=True,
    help=say_in_terminal(
        _(
            "Ballots of an election: a candidate who withdrew, or who did not accept. May be given "
            "several times."
        )
    ),
)
@click.option(
    "--body", metavar="ID", help=say_in_terminal(_("Minutes: the body that met, by its id."))
)
@click.option("--date", "met", type=Today(), help=say_in_terminal(_("Minutes: the day it met.")))
@click.option(
    "--number",
    type=int,
    metavar="N",
    help=say_in_terminal(_("Minutes: their number; without one, they are a working note.")),
)
@click.option(
    "--title",
    metavar="TEXT",
    default="",
    help=say_in_terminal(_("Minutes: what they are called; body and day when left out.")),
)
@lang_option
def command(what: str, file: Path, root: Path, day: date, lang: str | None, **given: Any) -> None:
    """Bring bylaws, minutes or ballots written elsewhere into ROOT.

    bylaws: a Markdown FILE whose headings become articles. The text is for members until its files
    say otherwise. Where a word of it would be lost, or the check would refuse what is written,
    nothing is written and the reason is told.

    minutes: a FILE in Markdown, OpenDocument (.odt) or Word (.docx) becomes a draft of minutes, or
    a working note, with the fingerprint of FILE. Say which body met, and when.

    ballots: a CSV FILE of who voted what, from a teller's own sheet, LimeSurvey or Loomio. Each
    line becomes a ballot that the teller answers for, and FILE is kept as their proof. Where one
    line is doubtful, nothing is written and every doubt is told.

    Of an election, FILE has no name: a column a candidate and a line a ballot, or a pile of them
    with a column `count`; or the export of LimeSurvey, or the result of Belenios. It becomes the
    teller's sheet in decisions/counts, without the order or the time of ballots, and is not kept.
    """
    from ..base.messages import translator
    from ..records.load import load

    require_coop(root)
    book = load(root, day)
    say = speak(translator(lang or book.index.usage(book.index.languages[0])))
    if what == "ballots":
        _import_ballots(book, file, say, **given)
    elif what == MINUTES:
        _import_minutes(book, file, say, **given)
    else:
        _import_bylaws(book, file, day, say, **given)


def _import_ballots(
    book: Book,
    file: Path,
    say: Translator,
    *,
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
    **_of_others: Any,
) -> None:
    """Write the ballots of a sheet. Leaves with 1, nothing written, where a line is doubtful."""
    from ..decisions.ballots.importing import File, SheetOptions, import_ballots, write_ballots
    from ..decisions.types import Proposal
    from ..decisions.vote_count import find_countable

    if not proposal or not by:
        raise Misuse(_("Say on which proposal and by which teller: --proposal ID --by MEMBER."))
    entry = find_countable(book.index, proposal)
    if Proposal.of(entry).election is not None:
        _import_election(book, entry, file, by, took_part, lot or "", declined, say)
        return
    sheet = File(str(file), file.read_bytes())
    options = SheetOptions(by, member, choice, _meanings(words), at, keep_evidence=not no_copy)
    proof = File(str(evidence), evidence.read_bytes()) if evidence else sheet
    found = import_ballots(book, entry, sheet, proof, options, datetime.now(UTC))
    _tell_remarks(file, found.remarks, say)
    if not found.ballots:
        raise _nothing_written(found.doubts)
    write_ballots(book.root, found)
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
    if not found.content:
        raise _nothing_written(len(found.faults))
    write_count(book.root, found.file, found.content)
    print(say(_("{file}: {count} ballots.", file=found.file, count=found.total)))
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


def _import_bylaws(
    book: Book,
    file: Path,
    day: date,
    say: Translator,
    *,
    document: str | None,
    kind: str,
    adopted_by: str | None,
    **_of_others: Any,
) -> None:
    """Write a text's articles. Leaves with 1, nothing written, where a word of it would be lost or
    the check would refuse what is written.
    """
    from ..decisions.bylaws.importing import (
        BylawsOptions,
        import_bylaws,
        lost_words,
        write_bylaws,
    )

    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Misuse(_("“{file}” is no text in UTF-8.", file=file)) from None
    options = BylawsOptions(document or "", kind, day, adopted_by or "")
    found = import_bylaws(book.root, book.index, str(file), text, options)
    index, doubts = _require_sound(book.index, found.files)
    _refuse(lost_words(index, found, day))
    write_bylaws(book.root, found)
    warn([*found.left_out, *doubts], say)
    print(say(_("Written: {file}", file=f"decisions/bylaws/{found.id}.yml")))
    print(
        say(
            _(
                "Articles: {count}, in {folder}",
                count=found.count,
                folder=f"decisions/bylaws/{found.id}/",
            )
        )
    )


def _import_minutes(
    book: Book,
    file: Path,
    say: Translator,
    *,
    body: str | None,
    met: date | None,
    number: int | None,
    title: str,
    **_of_others: Any,
) -> None:
    """Write the draft of minutes or a note. Leaves with 1, nothing written, where the check would
    refuse it.
    """
    from ..assembly.importing import MinutesOptions, import_minutes
    from ..base.atomic_files import create_file

    if not body or met is None:
        raise Misuse(_("Say which body met, and when: --body ID --date DATE."))
    try:
        name = file.resolve().relative_to(book.root.resolve()).as_posix()
    except ValueError:
        name = file.name
    found = import_minutes(
        book.index, name, file.read_bytes(), MinutesOptions(body, met, number, title)
    )
    _index, doubts = _require_sound(book.index, {found.path: found.data})
    create_file(book.root, found.path, found.data)
    warn([*found.left_out, *doubts], say)
    print(say(_("Written: {file}", file=found.path)))


def _require_sound(index: Index, files: Mapping[str, bytes]) -> tuple[Index, list[Message]]:
    """The index as it would be with more files, and what the check would warn of. Raises Stopped
    where it would refuse them.
    """
    from .. import checks
    from ..records.opening import read_new, with_records

    records, faults = read_new(index, files)
    more = with_records(index, records)
    judged = checks.check_new(records, more)
    faults += [item for item in judged if item.severity == "error"]
    _refuse([_tell_fault(item, records) for item in faults])
    return more, [_tell_fault(item, records) for item in judged if item.severity == "warning"]


def _refuse(wrong: list[Message]) -> None:
    """Raises Stopped, with the first faults, where there are any."""
    if wrong:
        more = len(wrong) - _MOST_TOLD
        others = ngettext("And {count} other fault.", "And {count} other faults.", more)
        raise Stopped(
            *wrong[:_MOST_TOLD], *([others] if more > 0 else []), _("Nothing was written.")
        )


_MOST_TOLD = 10


def _tell_fault(item: Diagnostic, records: Iterable[Record]) -> Message:
    """What is wrong with an article that is not written yet, with its heading."""
    record = next((one for one in records if one.file == item.file), None)
    title = record.get("title") if record else None
    return _(
        "“{article}”: {fault} {help}",
        article=title if isinstance(title, str) else item.file,
        fault=item.message,
        help=item.help,
    )
