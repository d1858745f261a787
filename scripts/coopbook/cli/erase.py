"""The command `coopbook erase`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..base.messages import _, translator
from ..records.core_kinds import MEMBER
from ._errands import carry_out, dry_run_option, open_book
from ._language import Spoken
from ._options import lang_option, root_argument, today_option

if TYPE_CHECKING:
    from ..base.messages import Message, Translator
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
    former = book.index.find(MEMBER, member)
    paths = [*plan.gone, *(f"members/{id}.yml" for id in (former.formerly if former else ()))]
    is_first = any(file.endswith(".yml") for file in plan.gone)
    stay = _list_words(book, member, dry_run=dry_run) if is_first else []
    left = _("These texts name them; change them by hand:")
    carry_out(book, plan, say, dry_run=dry_run, by_hand=left)
    if is_first and not dry_run:
        _tell_history(book, paths, stay, say)
        ids = [former.id, *former.formerly] if former and (plan.settled or plan.kept) else []
        for message in (*_tell_ids(ids), *_tell_journals(book)):
            print(say(message))


def _tell_ids(ids: list[str]) -> Iterator[Message]:
    """What goes on being named by its id, in words for whoever asked to be erased."""
    for id in ids:
        yield _(
            "The id “{id}” stays in what is settled (ballots, signed minutes), and in the history: "
            "counts rest on it. No site shows it. Say so to the person whose it was.",
            id=id,
        )


def _tell_journals(book: Book) -> Iterator[Message]:
    """What the journals of votes on a forge say, which a clone does not have, and how they go."""
    from ..pull_requests.anchoring import closed_changes

    numbers = sorted({*closed_changes(book.index)})
    if not numbers:
        return
    yield _(
        "The journals of votes on the forge name accounts and what was voted by them, and "
        "“git filter-repo” does not touch them: a clone has none. Delete on the forge those of "
        "votes that nobody can contest any more; results are counted from what stands beside "
        "them:\n"
        "  git push --delete origin {refs}\n"
        "The comments and reviews on the forge stay, too: who wrote them, or the forge, deletes "
        "them.",
        refs=" ".join(f"refs/coopbook/votes/{number}" for number in numbers),
    )


def _list_words(book: Book, member: str, *, dry_run: bool) -> list[str]:
    """Write the list of replacements, before what it is read from is gone; a list that is there
    already goes on.

    Returns:
        The words that cannot be replaced.
    """
    from ..base.atomic_files import replace_all
    from ..editing.erasures import LIST
    from ..editing.member_errands import words_in_history

    replaced, stay = words_in_history(book, member)
    file = book.root / LIST
    had = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    lines = dict.fromkeys([*had, *replaced])
    if not dry_run:
        replace_all(book.root, {LIST: "".join(f"{line}\n" for line in lines).encode()})
    return stay


def _tell_history(book: Book, paths: list[str], stay: list[str], say: Translator) -> None:
    """Say what the history still has, and how to take it out."""
    from ..editing.erasures import LIST

    print(
        say(
            _(
                "The history still has all of it. In a fresh clone, once this change is merged:\n"
                "  git filter-repo --invert-paths {paths} --replace-text {file}\n"
                "{file} names them: delete it afterwards.",
                paths=" ".join(f"--path {one}" for one in paths),
                file=(book.root / LIST).absolute(),
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
