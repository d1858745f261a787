"""The command `coopbook import minutes`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ..base.messages import Misuse, _
from ..decisions.kinds import MINUTES
from ._exits import warn
from ._import_common import file_argument, open_book, require_sound
from ._language import Spoken, say_in_terminal
from ._options import Today, lang_option, root_argument, today_option


@click.command(MINUTES, cls=Spoken)
@file_argument
@root_argument
@click.option("--body", metavar="ID", help=say_in_terminal(_("The body that met, by its id.")))
@click.option("--date", "met", type=Today(), help=say_in_terminal(_("The day it met.")))
@click.option(
    "--number",
    type=int,
    metavar="N",
    help=say_in_terminal(_("Their number; without one, they are a working note.")),
)
@click.option(
    "--title",
    metavar="TEXT",
    default="",
    help=say_in_terminal(_("What they are called; body and day when left out.")),
)
@today_option
@lang_option
def command(
    file: Path,
    root: Path,
    body: str | None,
    met: date | None,
    number: int | None,
    title: str,
    today: date,
    lang: str | None,
) -> None:
    """Bring in the minutes of a meeting: a FILE in Markdown, OpenDocument (.odt) or Word (.docx).

    It becomes a draft of minutes, or a working note, with the fingerprint of FILE. Say which body
    met, and when.
    """
    from ..assembly.importing import MinutesOptions, import_minutes
    from ..base.atomic_files import create_file

    book, say = open_book(root, today, lang)
    if not body or met is None:
        raise Misuse(_("Say which body met, and when: --body ID --date DATE."))
    try:
        name = file.resolve().relative_to(book.root.resolve()).as_posix()
    except ValueError:
        name = file.name
    found = import_minutes(
        book.index, name, file.read_bytes(), MinutesOptions(body, met, number, title)
    )
    _index, doubts = require_sound(book.index, {found.path: found.data})
    create_file(book.root, found.path, found.data)
    warn([*found.left_out, *doubts], say)
    print(say(_("Written: {file}", file=found.path)))
