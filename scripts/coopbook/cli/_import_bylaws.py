"""The command `coopbook import bylaws`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ..base.messages import Misuse, _
from ._exits import warn
from ._import_common import file_argument, open_book, refuse, require_sound
from ._language import Spoken, say_in_terminal
from ._options import Today, lang_option, root_argument, today_of_coop

_KINDS = ["articles", "bylaws", "house_rules", "charter"]


@click.command("bylaws", cls=Spoken)
@file_argument
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
@lang_option
def command(
    file: Path,
    root: Path,
    document: str | None,
    kind: str,
    day: date,
    adopted_by: str | None,
    lang: str | None,
) -> None:
    """Bring in a text of law: a Markdown FILE whose headings become articles.

    The text is for members until its files say otherwise. Where a word of it would be lost, or the
    check would refuse what is written, nothing is written and the reason is told.
    """
    from ..decisions.bylaws.importing import (
        BylawsOptions,
        import_bylaws,
        lost_words,
        write_bylaws,
    )

    book, say = open_book(root, day, lang)
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Misuse(_("“{file}” is no text in UTF-8.", file=file)) from None
    options = BylawsOptions(document or "", kind, day, adopted_by or "")
    found = import_bylaws(book.root, book.index, str(file), text, options)
    index, doubts = require_sound(book.index, found.files)
    refuse(lost_words(index, found, day))
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
