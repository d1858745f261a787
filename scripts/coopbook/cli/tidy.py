"""The command `coopbook tidy`."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..base.diagnostics import shown_path
from ..base.messages import Message, Translator, _, ngettext
from ..base.positions import HIDDEN
from ._errands import open_book
from ._language import Spoken, say_in_terminal
from ._options import lang_option, root_argument, today_option

if TYPE_CHECKING:
    from ..editing.tidying import Mending, Tidying

_WORD = re.compile(r"\w+|\s+|[^\w\s]")
_MOST_LINES = 12


@click.command("tidy", cls=Spoken)
@root_argument
@click.option("--write", is_flag=True, help=say_in_terminal(_("Do what is shown.")))
@click.option(
    "--order",
    "in_order",
    is_flag=True,
    help=say_in_terminal(
        _("Put the fields of each file into the order of their record type, too.")
    ),
)
@lang_option
@today_option
def command(root: Path, write: bool, in_order: bool, lang: str | None, today: date) -> None:
    """Show what can be put right in the files of ROOT without asking, and do it.

    Characters that cannot be seen, http:// for https://, logins given as addresses, phone numbers
    without their country, texts without their language, days and sums as people write them,
    headings by other capitals, names of pictures (.JPG, .jpeg, a JPEG called .png). Comments,
    quotes and the order of lines stay. Signed minutes, votes, results, bylaws and proofs are never
    touched. Without --write it shows each change, and writes nothing.
    """
    from ..editing import tidying

    book, say = open_book(root, today, lang)
    plan = tidying.plan_tidying(book, in_order=in_order)
    for line in _describe(plan, say):
        print(line)
    if write:
        tidying.write(book.root, plan)
    print(say(_sum_up(plan, write=write)))


def _describe(plan: Tidying, say: Translator) -> Iterator[str]:
    for one in plan.mendings:
        yield f"{shown_path(one.file)}: {', '.join(map(say, one.why))}"
        if one.name:
            yield f"  → {shown_path(one.name)}"
        yield from _describe_lines(one, say)
    for file, why in plan.left:
        yield f"{shown_path(file)}: {say(why)}"


def _describe_lines(mending: Mending, say: Translator) -> Iterator[str]:
    """The lines that change, each with what goes in [-…-] and what comes in {+…+}."""
    if mending.before == mending.after:
        return
    old, new = (
        data.decode("utf-8", "replace").splitlines() for data in (mending.before, mending.after)
    )
    shown = 0
    for tag, start, end, first, last in difflib.SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            continue
        shown += 1
        if shown > _MOST_LINES:
            continue
        words = _compare_words("\n".join(old[start:end]), "\n".join(new[first:last]))
        yield f"  {start + 1}: {words}"
    if shown > _MOST_LINES:
        more = ngettext(
            "… and {count} more place", "… and {count} more places", count=shown - _MOST_LINES
        )
        yield f"  {say(more)}"


def _compare_words(old: str, new: str) -> str:
    olds, news = _WORD.findall(old), _WORD.findall(new)
    out = []
    for tag, start, end, first, last in difflib.SequenceMatcher(
        None, olds, news, autojunk=False
    ).get_opcodes():
        gone, comes = _visible("".join(olds[start:end])), _visible("".join(news[first:last]))
        if tag == "equal":
            out.append(comes)
        else:
            out.append((f"[-{gone}-]" if gone else "") + (f"{{+{comes}+}}" if comes else ""))
    return "".join(out).replace("\n", "\n     ")


def _visible(text: str) -> str:
    return HIDDEN.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)


def _sum_up(plan: Tidying, *, write: bool) -> Message:
    count = len(plan.mendings)
    if not count:
        return _("There is nothing to tidy.")
    if not write:
        return ngettext(
            "{count} file would change. Nothing was written: --write does it.",
            "{count} files would change. Nothing was written: --write does it.",
            count=count,
        )
    return ngettext("{count} file was put right.", "{count} files were put right.", count=count)
