"""The command `coopbook erase`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..base.messages import _, translator
from ._errands import carry_out, dry_run_option, open_book
from ._language import Spoken
from ._options import lang_option, root_argument, today_option

if TYPE_CHECKING:
    from ..base.messages import Translator
    from ..editing.member_errands import Plan
    from ..records.load import Book


@click.command("erase", cls=Spoken)
@click.argument("member")
@root_argument
@dry_run_option
@lang_option
@today_option
def command(member: str, root: Path, dry_run: bool, lang: str | None, today: date) -> None:
    """Erase MEMBER from the files of ROOT.

    Their file and picture go. Where minutes, votes or others rest on them, a file without a name
    takes their place, so that counts stay right. Texts that name them are listed with file and
    line. The history keeps what was: build/ gets the list of replacements for git filter-repo, and
    the command is told. Nothing is written while a vote is open.
    """
    from ..editing.member_errands import plan_erasing

    book, say = open_book(root, today, lang)
    own = translator(book.index.languages[0])  # the same whoever calls: the next run finds it
    plan = plan_erasing(book, member, (own(_("former-member")), own(_("Former member"))))
    history = _history(book, member, plan) if any(".yml" in file for file in plan.gone) else None
    left = _("These texts name them; change them by hand:")
    carry_out(book, plan, say, dry_run=dry_run, by_hand=left)
    if history and not dry_run:
        _tell_history(book, plan, history, say)


def _history(book: Book, member: str, plan: Plan) -> tuple[str, list[str]]:
    """The lines of the list of replacements, and the words that cannot be replaced."""
    from ..editing.member_errands import words_in_history

    replaced, stay = words_in_history(book, member)
    return "".join(f"literal:{word}==>***\n" for word in replaced), stay


def _tell_history(book: Book, plan: Plan, history: tuple[str, list[str]], say: Translator) -> None:
    """Write the list of replacements beside the book, and say what to do with it."""
    from ..base.atomic_files import replace_all

    lines, stay = history
    file = "build/erase.txt"
    replace_all(book.root, {file: lines.encode()})
    paths = " ".join(f"--path {one}" for one in plan.gone)
    print(
        say(
            _(
                "The history still has all of it. In a fresh clone, once this change is merged:\n"
                "  git filter-repo --invert-paths {paths} --replace-text {file}\n"
                "{file} names them: delete it afterwards.",
                paths=paths,
                file=book.root / file,
            )
        )
    )
    for word in stay:
        print(
            say(
                _(
                    "“{word}” is not in that list: it stands in what was voted, whose fingerprint "
                    "would no longer be right.",
                    word=word,
                )
            )
        )
