"""The command `coopbook export`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ..base.messages import Misuse, _, ngettext
from ._import_common import open_book
from ._language import Spoken, SpokenGroup, say_in_terminal
from ._options import lang_option, root_argument, today_option


@click.group("export", cls=SpokenGroup)
def command() -> None:
    """Write what ROOT holds into a file for other programs: members."""


@command.command("members", cls=Spoken)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@root_argument
@click.option(
    "--separator",
    type=click.Choice([",", ";"]),
    help=say_in_terminal(
        _("What stands between two columns; as spreadsheets of the co-op's language have it.")
    ),
)
@today_option
@lang_option
def members(file: Path, root: Path, separator: str | None, today: date, lang: str | None) -> None:
    """Write all members of ROOT into the table FILE (.csv), a line a member.

    Every field has its column, so that “coopbook import members FILE” gives the same members again;
    photos stay where they are. A file that is there already is never written over.
    """
    from ..base.atomic_files import create_file
    from ..base.dates import has_decimal_comma
    from ..records.core_kinds import MEMBER
    from ..transfer.exporting import write_table

    book, say = open_book(root, today, lang)
    if file.suffix.lower() != ".csv":
        raise Misuse(_("Give the file the ending .csv."))
    if not file.parent.is_dir():
        raise Misuse(_("There is no folder {folder}.", folder=file.parent))
    records = sorted(
        (record for record in book.records() if record.kind.name == MEMBER),
        key=lambda record: record.id,
    )
    refused = [record.file for record in records if record.refused]
    if refused:
        raise Misuse(
            _("{file} has faults of its own: mend them first.", file=", ".join(refused[:5]))
        )
    usage = book.index.usage(book.index.languages[0])
    separator = separator or (";" if has_decimal_comma(usage) else ",")
    text = write_table(records, book.index.kinds[MEMBER].schema, separator)
    create_file(file.parent, file.name, text.encode("utf-8-sig"))
    written = ngettext(
        "{count} member written into {file}.",
        "{count} members written into {file}.",
        len(records),
        file=file,
    )
    print(say(written))
    print(say(_("It holds addresses and consents: keep it as carefully as the files themselves.")))
