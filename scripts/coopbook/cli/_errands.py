"""What `leave`, `rename` and `erase` tell: what was written, what stays, what is left to do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..base.messages import Message, Translator, _, translator
from ._exits import require_coop, speak
from ._language import say_in_terminal, system_language

if TYPE_CHECKING:
    from ..editing.member_errands import Plan
    from ..records.load import Book


def dry_run_option(command: Any) -> Any:
    return click.option(
        "--dry-run",
        is_flag=True,
        help=say_in_terminal(_("Tell what would be done, and write nothing.")),
    )(command)


def open_book(root: Path, today: date, lang: str | None) -> tuple[Book, Translator]:
    """A co-op, and who says what is done to it."""
    from ..records.load import load

    require_coop(root)
    book = load(root, today)
    return book, speak(translator(lang or book.index.languages[0] or system_language()))


def carry_out(book: Book, plan: Plan, say: Translator, *, dry_run: bool, by_hand: Message) -> None:
    """Write what a plan says, and tell it.

    Args:
        book: The co-op.
        plan: What is to be done.
        say: In which language it is told.
        dry_run: Whether it is told alone.
        by_hand: What is said above the places that are left to a person.
    """
    from ..editing.member_errands import is_open, write

    if not dry_run:
        write(book.root, plan)
    rewritten = {place.file for place in plan.changed}
    deleted = [_("{file}: deleted", file=file) for file in plan.gone]
    written = [
        _("{file}: written", file=file)
        for file in dict.fromkeys([*plan.files, *plan.last])
        if file not in rewritten
    ]
    for line in (*written, *deleted):
        print(say(line))
    open_texts = [one for one in plan.texts if one.field or is_open(book, one.file)]
    closed_texts = [one for one in plan.texts if one not in open_texts]
    _list(_("They say the new id now:"), plan.changed, say)
    stays = _("These are settled and stay as they are; they go on meaning the same person:")
    _list(stays, [*plan.settled, *closed_texts, *plan.kept], say)
    _list(by_hand, open_texts, say)
    for remark in plan.remarks:
        print(say(remark))
    if not plan.has_work:
        print(say(_("There is nothing to do: it was done before.")))
    elif dry_run:
        print(say(_("Nothing was written.")))
    else:
        print(say(_("Look at it with “coopbook check --base main”, then propose it.")))


def _list(title: Message, lines: Iterable[object], say: Translator) -> None:
    every = [str(line) for line in lines]
    if every:
        print(say(title))
    for line in every:
        print(f"  {line}")
