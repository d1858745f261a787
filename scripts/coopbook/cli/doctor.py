"""The command `coopbook doctor`."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..base.messages import Message, Stopped, _
from ._exits import FAILED, require_coop, speak
from ._language import Spoken, say_in_terminal, system_language
from ._options import lang_option, root_argument, today_option

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..editing.doctor import Line, State
    from ..records.index import Index

STATES = {"good": _("good"), "soon": _("soon"), "mend": _("to mend"), "unknown": _("unknown")}
TOKEN = "COOPBOOK_TOKEN"  # noqa: S105 -- the name of the variable


@click.command("doctor", cls=Spoken)
@root_argument
@click.option(
    "--days",
    type=click.IntRange(0, 366),
    default=30,
    show_default=True,
    help=say_in_terminal(_("How many days to look ahead.")),
)
@lang_option
@today_option
def command(root: Path, days: int, lang: str | None, today: date) -> None:
    """Say what keeps the co-op of ROOT going, and what will stop it one day.

    Each line is good, soon due, to mend, or unknown from here, with what mends it: the check,
    people who look after the program, days that are past or come, pages that nobody reviewed, the
    pinned versions, the files for the forge, lists and record types that follow Coopbook's no more,
    the protection of the main branch, and how large the sites are. Changes nothing. Leaves with 1
    where something is to mend. With a token in COOPBOOK_TOKEN the forge is asked, too.
    """
    from ..base.dates import written_dates
    from ..base.messages import show_value, translator
    from ..editing.doctor import examine_folder
    from ..editing.erasures import examine_erasures
    from ._report import read

    require_coop(root)
    book, found = read(root, today, lang or system_language())
    main = book.index.languages[0]
    usage = book.index.usage(lang or main)
    say = speak(translator(usage, shown=lambda value: show_value(written_dates(str(value), usage))))
    folder = examine_folder(root, book.index, found, lang or main, days)
    lines = [*folder, *examine_erasures(book), *_ask_forge(book.index)]
    width = max(len(say(word)) for word in STATES.values())
    for line in lines:
        print(f"{say(STATES[line.state]):{width}}  {say(line.message)}")
        if line.help and line.state != "good":
            print(f"{'':{width}}  = {say(line.help)}")
    raise SystemExit(FAILED if any(line.state == "mend" for line in lines) else 0)


def _ask_forge(index: Index) -> Iterator[Line]:
    """What the forge says of the protection of the main branch, where it can be asked."""
    from ..editing.doctor import Line
    from ..pull_requests.doctor import examine_forge
    from ..pull_requests.forges.opening import forge_for, place

    own = index.settings.forge
    if not own.kind or not own.url:
        help = _("Write “forge” into coop.yml, with its kind and the address of the repository.")
        yield Line("unknown", _("coop.yml does not say where the files are kept."), help)
        return
    if not os.environ.get(TOKEN):
        words = _("Whether “{branch}” is protected, the forge tells nobody without a token.")
        help = _(
            "Put one into {name}, or run: {command}", name=TOKEN, command="coopbook vote doctor"
        )
        yield Line("unknown", Message(words.text, {"branch": own.main_branch}), help)
        return
    states: dict[str, State] = {"stops": "mend", "weak": "mend", "well": "good"}
    try:
        api, repository = place(own.kind, own.url)
        forge = forge_for(own.kind, api, repository, os.environ[TOKEN])
    except Stopped as stopped:
        yield from (Line("unknown", message) for message in stopped.messages)
        return
    for one in examine_forge(forge, index, own.main_branch):
        yield Line(states[one.level], one.message, one.help)
