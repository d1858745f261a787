"""The command `coopbook check`."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..base.diagnostics import Diagnostic
from ..base.messages import Misuse, _
from ._exits import require_coop, speak
from ._language import Spoken, say_in_terminal, system_language
from ._options import AccountType, lang_option, root_argument, today_option

if TYPE_CHECKING:
    from ..decisions.accounts import Account
    from ..records.load import Book


@click.command("check", cls=Spoken)
@root_argument
@click.option(
    "--base",
    metavar="REV",
    help=say_in_terminal(_("Compare with this revision, too: what the change itself does wrong.")),
)
@click.option(
    "--actor",
    metavar="FORGE:LOGIN:UID",
    type=AccountType(),
    multiple=True,
    help=say_in_terminal(
        _(
            "With --base: whether this account may make the change; once for each that made it. "
            "Advice to the one who asks: “coopbook vote judge” decides on the forge."
        )
    ),
)
@click.option(
    "--format",
    type=click.Choice(["text", "github", "json"]),
    help=say_in_terminal(_("How to print; github by itself in GitHub Actions.")),
)
@click.option(
    "--all",
    "each",
    is_flag=True,
    help=say_in_terminal(_("As text, show each fault, also where many have one cause.")),
)
@lang_option
@today_option
def command(
    root: Path,
    base: str | None,
    actor: tuple[Account, ...],
    format: str | None,
    each: bool,
    lang: str | None,
    today: date,
) -> None:
    """Say what is wrong in the files of ROOT.

    Leaves with 0 when there is no error (warnings are no errors), 1 when there is one, 2 when the
    command itself was called wrongly.
    """
    from .. import checks
    from ..base.diagnostics import has_errors
    from ..base.messages import translator
    from ._report import read, tell

    require_coop(root)
    book, found = read(root, today, lang or system_language())
    language = book.index.usage(lang or book.index.languages[0])
    speak(translator(language))
    if base is not None:
        from ._revisions import load_base

        before = load_base(root, base, today)
        found = found if before is None else checks.check_with_base(before, book, found)
    else:
        before = None
    if actor:
        if base is None or before is None:
            raise Misuse(_("--actor needs --base: a change is judged by what was there before."))
        found = [*found, *_judge(before, book, base, actor)]
    tell(
        book,
        found,
        language,
        format or ("github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"),
        each=each,
    )
    raise SystemExit(1 if has_errors(found) else 0)


def _judge(
    before: Book, after: Book, revision: str, actors: tuple[Account, ...]
) -> list[Diagnostic]:
    """What of the change in this folder is not for these accounts to make."""
    from ..base.git import Repository
    from ..decisions.judgement import NOT_ALLOWED, Change, judge
    from ..decisions.proposed_change import Altered
    from ..decisions.wording.rules_text import describe_wait

    files = tuple(
        Altered(path, how, mode)
        for path, how, mode in Repository(after.root).changed_since(revision)
    )
    return [
        Diagnostic(ruling.file, ruling.message, describe_wait(ruling.waits_for), check=NOT_ALLOWED)
        for ruling in judge(Change(before, after, files), actors, (), after.index.today)
    ]
