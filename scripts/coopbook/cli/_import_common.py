"""What the imports share: the co-op that is brought into, and how what is not sound is refused."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..base.messages import Message, Stopped, Translator, _, ngettext, translator
from ._exits import require_coop, speak

if TYPE_CHECKING:
    from ..base.diagnostics import Diagnostic
    from ..records.index import Index
    from ..records.load import Book
    from ..records.model import Record


def file_argument(command: Any) -> Any:
    return click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))(
        command
    )


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
