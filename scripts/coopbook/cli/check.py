"""The command `coopbook check`."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import click

from ..base.messages import _
from ._exits import require_coop, speak
from ._language import Spoken, say_in_terminal, system_language
from ._options import lang_option, root_argument, today_option


@click.command("check", cls=Spoken)
@root_argument
@click.option(
    "--base",
    metavar="REV",
    help=say_in_terminal(_("Compare with this revision, too: what the change itself does wrong.")),
)
@click.option(
    "--format",
    type=click.Choice(["text", "github", "json"]),
    help=say_in_terminal(_("How to print; github by itself in GitHub Actions.")),
)
@lang_option
@today_option
def command(
    root: Path, base: str | None, format: str | None, lang: str | None, today: date
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
    tell(
        book,
        found,
        language,
        format or ("github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"),
    )
    raise SystemExit(1 if has_errors(found) else 0)
