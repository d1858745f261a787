"""What the imports share: the co-op that is brought into, and how what is not sound is refused."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..base.messages import Message, Stopped, Translator, _, ngettext, translator
from ._exits import require_coop, speak
from ._language import say_in_terminal

if TYPE_CHECKING:
    from ..base.diagnostics import Diagnostic
    from ..records.index import Index
    from ..records.load import Book
    from ..records.model import Record


def file_argument(command: Any) -> Any:
    return click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))(
        command
    )


def plan_options(command: Any) -> Any:
    """The options of an import that shows its whole plan first: --dry-run, --yes and --all."""
    options = (
        click.option(
            "--dry-run",
            is_flag=True,
            help=say_in_terminal(_("Tell what would be done, and write nothing.")),
        ),
        click.option(
            "--yes",
            is_flag=True,
            help=say_in_terminal(_("Write without asking, at a terminal too.")),
        ),
        click.option(
            "--all",
            "every",
            is_flag=True,
            help=say_in_terminal(_("Show every line, however many there are.")),
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def list_some(title: Message, lines: Sequence[str], say: Translator, most: int | None) -> None:
    """Print lines below a title, the first of them where there are too many; nothing where there
    are none.
    """
    if lines:
        print(f"\n{say(title)}")
    for line in lines[:most]:
        print(line)
    if most is not None and len(lines) > most:
        more = ngettext(
            "and {count} more: --all shows every one.",
            "and {count} more: --all shows every one.",
            len(lines) - most,
        )
        print(f"  {say(more)}")


def title_differing(*, update: bool) -> Message:
    """What stands above those who are there already and say something else."""
    return (
        _("These are there already, and are changed:")
        if update
        else _("These are there already and say something else; --update changes them:")
    )


def tell_counts(new: int, differs: int, same: int, refused: int, say: Translator) -> None:
    """Print what becomes of all that was brought, in numbers."""
    counts = _(
        "New: {new}. Different from what is there: {differs}. As they are: {same}. "
        "Refused: {refused}.",
        new=new,
        differs=differs,
        same=same,
        refused=refused,
    )
    print(f"\n{say(counts)}")


def write_plan(
    root: Path,
    folder: str,
    new: Mapping[str, bytes],
    changed: Mapping[str, bytes],
    say: Translator,
    *,
    dry_run: bool,
    yes: bool,
) -> None:
    """Write new and changed files of a folder, once somebody agrees. Raises Stopped where the
    answer is no.
    """
    from ..base.atomic_files import create_files, replace_all

    count = len(new) + len(changed)
    if not count:
        print(say(_("There is nothing to write.")))
        return
    if dry_run:
        print(say(_("Nothing was written.")))
        return
    really_write(count, say, yes=yes)
    create_files(root, new)
    replace_all(root, changed)
    written = ngettext(
        "{count} file written in {folder}.",
        "{count} files written in {folder}.",
        count,
        folder=f"{folder}/",
    )
    print(say(written))
    print(say(_("Look at it with “coopbook check”, then propose it.")))


def open_book(root: Path, today: date, lang: str | None) -> tuple[Book, Translator]:
    """A co-op, and who says what is brought into it."""
    from ..records.load import load

    require_coop(root)
    book = load(root, today)
    return book, speak(translator(lang or book.index.usage(book.index.languages[0])))


def really_write(count: int, say: Translator, *, yes: bool) -> None:
    """Ask at a terminal whether to write so many files; raises Stopped where the answer is no."""
    if yes or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return
    from ._conversation import conversation

    question = ngettext("Write {count} file?", "Write {count} files?", count)
    with conversation(say) as asker:
        if not asker.yes(question):
            raise Stopped(_("Nothing was written."))


def require_sound(index: Index, files: Mapping[str, bytes]) -> tuple[Index, list[Message]]:
    """The index as it would be with more files, and what the check would warn of. Raises Stopped
    where it would refuse them.
    """
    from .. import checks
    from ..records.opening import read_new, with_records

    records, faults = read_new(index, files)
    more = with_records(index, records)
    judged = checks.check_new(records, more)
    faults += [item for item in judged if item.severity == "error"]
    refuse([_tell_fault(item, records) for item in faults])
    return more, [_tell_fault(item, records) for item in judged if item.severity == "warning"]


def refuse(wrong: list[Message]) -> None:
    """Raises Stopped, with the first faults, where there are any."""
    if wrong:
        more = len(wrong) - _MOST_TOLD
        others = ngettext("And {count} other fault.", "And {count} other faults.", more)
        raise Stopped(
            *wrong[:_MOST_TOLD], *([others] if more > 0 else []), _("Nothing was written.")
        )


_MOST_TOLD = 10


def _tell_fault(item: Diagnostic, records: Iterable[Record]) -> Message:
    """What is wrong with an article that is not written yet, with its heading."""
    record = next((one for one in records if one.file == item.file), None)
    title = record.get("title") if record else None
    return _(
        "“{article}”: {fault} {help}",
        article=title if isinstance(title, str) else item.file,
        fault=item.message,
        help=item.help,
    )
