"""The command `coopbook leave`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ..base.messages import _
from ._errands import carry_out, dry_run_option, open_book
from ._language import Spoken, say_in_terminal
from ._options import Today, lang_option, root_argument, today_option


@click.command("leave", cls=Spoken)
@click.argument("member")
@root_argument
@click.option("--on", type=Today(), help=say_in_terminal(_("The last day; today if left out.")))
@dry_run_option
@lang_option
@today_option
def command(
    member: str, root: Path, on: date | None, dry_run: bool, lang: str | None, today: date
) -> None:
    """Write down that MEMBER has left ROOT.

    Their page leaves the directory, their membership ends and their consent to be listed is
    withdrawn; the rest of their file stays, in case they come back. What they still answer for is
    listed with file and line.
    """
    from ..editing.member_errands import plan_leaving

    book, say = open_book(root, today, lang)
    plan = plan_leaving(book, member, on or today)
    left = _("They are still named here; end each, or name somebody else:")
    carry_out(book, plan, say, dry_run=dry_run, by_hand=left)
