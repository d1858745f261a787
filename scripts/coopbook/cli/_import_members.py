"""The command `coopbook import members`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..base.messages import Message, Misuse, Stopped, Translator, _, ngettext, show_value
from ._exits import warn
from ._import_common import (
    list_some,
    open_book,
    plan_options,
    tell_counts,
    title_differing,
    write_plan,
)
from ._language import Spoken, say_in_terminal
from ._options import lang_option, root_argument, today_option

if TYPE_CHECKING:
    from ..records.load import Book
    from ..transfer.columns import Target
    from ..transfer.plan import Change, Finding, Line, Lines, Plan

_MOST_SHOWN = 30
_MOST_BYTES = 100_000_000


class Pair(click.ParamType[tuple[str, str]]):
    """Two words with a sign = between them."""

    def __init__(self, name: str) -> None:
        self.name = name

    def convert(self, value: object, param: object, context: object) -> tuple[str, str]:
        if isinstance(value, tuple):
            return value
        left, sign, right = (
            str(value).rpartition("=")
            if self.name.startswith("COLUMN")
            else str(value).partition("=")
        )
        if not sign or not left.strip() or not right.strip():
            self.fail(
                say_in_terminal(
                    _("“{value}” is not of the form {form}.", value=str(value), form=self.name)
                )
            )
        return left.strip(), right.strip()


@click.command("members", cls=Spoken)
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@root_argument
@click.option(
    "--map",
    "mapped",
    type=Pair("COLUMN=FIELD"),
    multiple=True,
    help=say_in_terminal(
        _(
            "Where a column goes, such as Nom=name.display; Notes=- leaves it out. May be given "
            "several times."
        )
    ),
)
@click.option(
    "--set",
    "for_all",
    type=Pair("FIELD=VALUE"),
    multiple=True,
    help=say_in_terminal(
        _(
            "What every line gets that does not say it itself, such as type=organisation or "
            "consents.directory=2026-03-01. May be given several times."
        )
    ),
)
@click.option(
    "--sheet",
    metavar="NAME",
    default="",
    help=say_in_terminal(_("The sheet of FILE; the first that holds anything when left out.")),
)
@click.option(
    "--update",
    is_flag=True,
    help=say_in_terminal(_("Change members who are there already as FILE says.")),
)
@plan_options
@today_option
@lang_option
def command(
    *,
    file: Path,
    root: Path,
    mapped: Sequence[tuple[str, str]],
    for_all: Sequence[tuple[str, str]],
    sheet: str,
    update: bool,
    dry_run: bool,
    yes: bool,
    every: bool,
    today: date,
    lang: str | None,
) -> None:
    """Bring in members: a table (CSV, .xlsx, .ods) with a line a member, or a folder of Markdown
    files with fields.

    Columns are found by their names, and --map says the others. What is taken, changed, without a
    place or refused is shown before anything is written, with ids, consents and addresses. Nobody
    is listed without a consent, and nobody who is there is changed without --update. The same FILE
    a second time gives the same ids.
    """
    from ..records.core_kinds import MEMBER
    from ..transfer.columns import read_map
    from ..transfer.members import plan_members

    book, say = open_book(root, today, lang)
    kind, tongues = book.index.kinds[MEMBER], book.index.languages
    given = read_map(mapped, kind, tongues)
    constants = {read_map([(name, name)], kind, tongues)[name]: text for name, text in for_all}
    read = (
        _read_folder(book, file, given, say)
        if file.is_dir()
        else _read_table(book, file, sheet, given, say)
    )
    plan = plan_members(book, read.sources, read.columns, constants, read.pictures)
    _show(plan, read.wrong, say, None if every else _MOST_SHOWN, update=update)
    new, changed = plan.files(update=update)
    write_plan(root, kind.folder, new, changed, say, dry_run=dry_run, yes=yes)
    if plan.of("refused") and not (new or changed or plan.of("same")):
        raise SystemExit(1)


def _read_table(
    book: Book, file: Path, sheet: str, given: dict[str, Target], say: Translator
) -> Lines:
    """The lines of a table; those that cannot be one are refused."""
    from ..documents.table_reader import read_table
    from ..records.core_kinds import MEMBER
    from ..transfer.columns import find_heading, label_links
    from ..transfer.plan import Lines, Source

    table = read_table(file.read_bytes(), sheet)
    if not table.rows:
        raise Stopped(_("This file holds no line."))
    heading = find_heading(table.rows, book.index.kinds[MEMBER], book.index.languages, given)
    rows = [row for row in table.rows if row.line > heading.line]
    print(say(_("{file}: {how}.", file=file.name, how=table.described)))
    above = sum(row.line < heading.line for row in table.rows)
    remarks = list(table.remarks)
    if above:
        remarks.append(
            ngettext(
                "{count} line above the names of the columns was left out.",
                "{count} lines above the names of the columns were left out.",
                above,
            )
        )
    names = [name.strip() for name in heading.names]
    repeated = {row.line for row in rows if [cell.strip() for cell in row.cells] == names}
    if repeated:
        lines = ", ".join(map(str, sorted(repeated)))
        remarks.append(
            _("The names of the columns stand again and were left out: {lines}.", lines=lines)
        )
    warn(remarks, say)
    rows = [row for row in rows if row.line not in repeated]
    if not rows:
        raise Stopped(_("This table has names of columns and no line below them."))
    refused: dict[str, Message] = {}
    sources = []
    for row in rows:
        if any(cell.strip() for cell in row.cells[len(heading.names) :]):
            refused[str(row.line)] = _("It has more values than there are columns.")
        elif row is rows[-1] and not table.whole and len(row.cells) < len(heading.names):
            refused[str(row.line)] = _("The file ends in the middle of this line.")
        else:
            sources.append(Source(str(row.line), dict(enumerate(row.cells))))
    columns = label_links(heading.columns, [one.cells for one in sources])
    return Lines(sources, columns, refused)


def _read_folder(book: Book, folder: Path, given: dict[str, Target], say: Translator) -> Lines:
    """The Markdown files of a folder and of the folders in it, and the pictures beside them."""
    from ..records.core_kinds import MEMBER
    from ..transfer.folder import is_picture, read_folder

    files: dict[str, bytes] = {}
    size = 0
    for path in sorted(folder.rglob("*")):
        hidden = any(step.startswith(".") for step in path.relative_to(folder).parts)
        if not path.is_file() or path.is_symlink() or hidden:
            continue
        if path.suffix != ".md" and not is_picture(path.name):
            continue
        size += path.stat().st_size
        if size > _MOST_BYTES:
            raise Stopped(_("This folder is too big: nothing of it was read."))
        files[path.relative_to(folder).as_posix()] = path.read_bytes()
    if all(map(is_picture, files)):
        raise Misuse(
            _("“{folder}” holds no Markdown file. Of a table, name the file.", folder=folder)
        )
    read = read_folder(files, book.index.kinds[MEMBER], book.index.languages, given)
    if read.cleaned:
        warn(
            [
                ngettext(
                    "Characters that cannot be seen were taken out of {count} file: {files}.",
                    "Characters that cannot be seen were taken out of {count} files: {files}.",
                    len(read.cleaned),
                    files=", ".join(read.cleaned),
                )
            ],
            say,
        )
    if read.alone:
        names = ", ".join(read.alone)
        warn([_("Pictures without a file of their name were left out: {files}.", files=names)], say)
    return read.lines


def _show(
    plan: Plan, unread: dict[str, Message], say: Translator, most: int | None, *, update: bool
) -> None:
    """Print what would be written and what would not."""
    print()
    for line in _table(plan, say):
        print(line.rstrip())
    _show_findings(plan.findings, say)
    if plan.remarks:
        print()
    for remark in plan.remarks:
        print(say(remark))
    _show_members(plan.of("new"), say, most)
    _show_differing(plan.of("differs"), say, most, update=update)
    refused = [(line.place, line.reason) for line in plan.of("refused")]
    refused += list(unread.items())
    _show_refused(refused, say)
    new, differs, same = (len(plan.of(state)) for state in ("new", "differs", "same"))
    tell_counts(new, differs, same, len(refused), say)


def _show_refused(refused: Iterable[tuple[str, Message]], say: Translator) -> None:
    """The lines that are refused, by their reason."""
    by_reason: dict[str, list[str]] = defaultdict(list)
    for place, why in refused:
        by_reason[say(why)].append(place)
    if by_reason:
        title = _("Refused:")
        print(f"\n{say(title)}")
    for reason, places in by_reason.items():
        told = (
            ngettext("line {places}: {reason}", "lines {places}: {reason}", len(places))
            if all(map(str.isdecimal, places))
            else _("{places}: {reason}")
        )
        told.values.update(places=Message(", ".join(places)), reason=Message(reason))
        print(f"  {say(told)}")


def _table(plan: Plan, say: Translator) -> Iterator[str]:
    """Of each column where it goes, and how many of its values are taken, changed, without a place
    or refused.
    """
    head = [_("Column"), _("Field"), _("Taken"), _("Changed"), _("No place"), _("Refused")]
    counts = Counter((one.column, one.what) for one in plan.findings)
    rows = [[say(one) for one in head]]
    rows += [
        [
            show_value(column.name, 40),
            column.field or say(_("left out") if column.aside else _("no place")),
            str(plan.taken[column.name]),
            *(str(counts[column.name, what]) for what in ("changed", "homeless", "refused")),
        ]
        for column in plan.columns
    ]
    widths = [max(len(row[at]) for row in rows) for at in range(len(head))]
    for row in rows:
        yield "  ".join(
            cell.ljust(width) if at < 2 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )


def _show_findings(findings: Iterable[Finding], say: Translator) -> None:
    """What was not taken as it stood, by cause: the column, the reason, an example, the lines."""
    grouped: dict[tuple[str, str, str], list[Finding]] = defaultdict(list)
    for one in findings:
        why = say(one.why)
        named = one.value if one.what == "homeless" and why else ""
        grouped[one.what, one.column, f"{named}\0{why}"].append(one)
    titles = {
        "changed": _("Written otherwise:"),
        "homeless": _("Without a place, and left out:"),
        "refused": _("Values that are refused, and left out:"),
    }
    for what, title in titles.items():
        some = {key: found for key, found in grouped.items() if key[0] == what}
        if some:
            print(f"\n{say(title)}")
        for (_what, column, _key), found in some.items():
            print(f"  {say(_describe(column, found))}")


def _describe(column: str, found: list[Finding]) -> Message:
    first = found[0]
    places = list(dict.fromkeys(one.place for one in found))
    whole = first.what == "refused" or len(places) <= 5
    lines = ", ".join(places if whole else [*places[:3], "…"])
    lines = f"l. {lines}" if all(map(str.isdecimal, places)) else lines
    values = {
        "column": column or "--set",
        "example": _shorten(first.value),
        "where": Message(lines if whole else f"{len(found)} × : {lines}"),
    }
    if first.why:
        return _("{column}: {why} “{example}” ({where})", why=first.why, **values)
    return _("{column}: “{example}” ({where})", **values)


def _shorten(text: str) -> str:
    return show_value(" ".join(text.split()), 50)


def _show_members(lines: list[Line], say: Translator, most: int | None) -> None:
    """Ids, names, consents and addresses of those who would come in."""
    told = [f"  {line.file}: {show_value(line.name)}{_personal(line, say)}" for line in lines]
    list_some(_("New members:"), told, say, most)


def _personal(line: Line, say: Translator) -> str:
    """The addresses and consents of a line, as they are shown."""
    names = ("email", "phone", "address")
    found = [show_value(line.value[name]) for name in names if line.value.get(name)]
    found += [
        say(_("consent: {purpose} {given}", purpose=one["purpose"], given=one["given"]))
        for one in line.value.get("consents") or []
    ]
    found += [line.picture[0]] if line.picture else []
    found.append(say(_("listed") if line.value.get("listed") else _("not listed")))
    return f" · {' · '.join(found)}"


def _show_differing(lines: list[Line], say: Translator, most: int | None, *, update: bool) -> None:
    """Those who are there already, each with what the table says otherwise."""
    told = ["\n".join([f"  {line.file}", *map(_tell_change, line.changes)]) for line in lines]
    list_some(title_differing(update=update), told, say, most)


def _tell_change(change: Change) -> str:
    before = show_value("—" if change.before is None else change.before, 50)
    return f"    {change.field}: {before} → {show_value(change.after, 50)}"
