"""The command `coopbook rename`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ..base.messages import _
from ._errands import carry_out, dry_run_option, open_book
from ._language import Spoken, say_in_terminal
from ._options import lang_option, root_argument, today_option


@click.command("rename", cls=Spoken)
@click.argument("member")
@click.argument("new_id")
@root_argument
@click.option(
    "--name", default="", help=say_in_terminal(_("What they are called from now on, on pages."))
)
@click.option(
    "--redirect",
    is_flag=True,
    help=say_in_terminal(
        _(
            "Let the old address lead to the new one: it tells the former name, and is theirs to "
            "wish."
        )
    ),
)
@dry_run_option
@lang_option
@today_option
def command(
    member: str,
    new_id: str,
    root: Path,
    name: str,
    redirect: bool,
    dry_run: bool,
    lang: str | None,
    today: date,
) -> None:
    """Give MEMBER of ROOT the id NEW_ID.

    Their file and picture are renamed, and with them what names them. Approved minutes and closed
    votes stay as they are and go on meaning the same person. No site tells the former name. Texts
    that say it are listed with file and line. Nothing is written while a vote is open.
    """
    from ..editing.member_errands import plan_renaming

    book, say = open_book(root, today, lang)
    plan = plan_renaming(book, member, new_id, name, redirect=redirect)
    left = _("These texts say the former name; change them by hand:")
    carry_out(book, plan, say, dry_run=dry_run, by_hand=left)
