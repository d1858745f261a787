"""The command `coopbook bylaws`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from ..base.messages import Misuse, _
from ..decisions.kinds import ARTICLE, TEXT
from ._exits import require_coop, speak
from ._language import Spoken, say_in_terminal
from ._options import Today, lang_option, root_argument, today_of_coop


@click.command("bylaws", cls=Spoken)
@click.argument("document")
@root_argument
@click.option(
    "--on",
    "day",
    type=Today(),
    callback=today_of_coop,
    show_default=False,
    help=say_in_terminal(_("The day to read the text of; today when left out.")),
)
@lang_option
def command(document: str, root: Path, day: date, lang: str | None) -> None:
    """Print a text of ROOT as it stood on a day, in Markdown.

    DOCUMENT is its id, such as statuts. What was replaced is kept beside what holds: no history of
    the files is needed.
    """
    from ..base.diagnostics import suggestion
    from ..base.messages import translator
    from ..decisions.bylaws import consolidate, days, language_of, wordings_on
    from ..records.load import load

    require_coop(root)
    index = load(root, day).index
    say = speak(translator(lang or index.usage(index.languages[0]), shown=str))
    found = index.find(TEXT, document)
    if found is None:
        near = suggestion(document, index.entries.get(TEXT, {}))
        raise Misuse(
            _("There is no text “{id}” among decisions/bylaws/. {help}", id=document, help=near)
        )
    faulty = [
        entry.file
        for entry in index.of(ARTICLE)
        if entry.id.startswith(f"{found.id}/") and not entry.sound
    ]
    if faulty:
        raise Misuse(
            _(
                "An article cannot be read, and the text would lack it: {file}. See: coopbook "
                "check",
                file=faulty[0],
            )
        )
    known = days(index, found.id)
    if not wordings_on(index, found.id, day.isoformat()):
        raise Misuse(
            _(
                "Nothing of this text was in force on {date}; it begins on {first}.",
                date=day,
                first=(known or ["…"])[0],
            )
        )
    print(
        consolidate(
            index,
            found,
            day.isoformat(),
            translator(index.usage(language_of(index, found)), shown=str),
        ),
        end="",
    )
    since = max(one for one in known if one <= day.isoformat())
    print(
        say(_("As it stood on {date}; last changed on {since}.", date=day, since=since)),
        file=sys.stderr,
    )
