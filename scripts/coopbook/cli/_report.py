"""What `check` and `build` share: read, check, tell."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TextIO

from .. import checks
from ..base.diagnostics import FORMATS, Diagnostic, as_text, find_causes
from ..base.messages import Translator, _, ngettext, translator
from ..base.parallel import default_jobs
from ..records.excerpts import Places
from ..records.history import NO_HISTORY, History
from ..records.load import Book, Progress, load


@contextmanager
def bar(label: str) -> Iterator[Progress]:
    """A progress bar for a person who waits; nothing for a file or a pipe."""
    if not sys.stderr.isatty():
        yield lambda _count: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    with Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as shown:
        task = shown.add_task(label, total=None)
        yield lambda count: shown.advance(task, count)


def read(
    root: Path, today: date, language: str, history: History = NO_HISTORY
) -> tuple[Book, list[Diagnostic]]:
    """A book and all that is wrong with it."""
    say = translator(language)
    with bar(say(_("Reading"))) as progress:
        book = load(root, today, history, jobs=default_jobs(), progress=progress)
    with bar(say(_("Checking"))) as progress:
        return book, checks.check(book, progress=progress)


def print_faults(
    book: Book, found: Iterable[Diagnostic], say: Translator, out: TextIO | None = None
) -> None:
    """Print faults as text, each with its line, to where we print or to `out`: first those of which
    there are many, once each, with examples.
    """
    places = Places(book.root)
    causes, others = find_causes(found)
    for cause in causes:
        number = say(ngettext("{count} time", "{count} times", cause.count))
        files = say(ngettext("in {count} file", "in {count} files", cause.files))
        print(say(_("{number}, {files}, for example:", number=number, files=files)), file=out)
        for item in cause.examples:
            print(as_text(item, say, places.lines), file=out)
        print(file=out)
    for item in others:
        print(as_text(item, say, places.lines), file=out)
    if causes:
        print(say(_("“coopbook check --all” shows each fault.")), file=out)


def tell(
    book: Book, found: list[Diagnostic], language: str, format: str, *, each: bool = False
) -> None:
    """Print what was found, and the count on the error channel. As text, many faults of one cause
    are one, unless `each` is to be told.
    """
    say, places = translator(language), Places(book.root)
    if format == "text" and not each:
        print_faults(book, found, say)
    for item in found if format != "text" or each else ():
        print(FORMATS[format](item, say, places.lines))
    errors = sum(item.severity == "error" for item in found)
    records = sum(len(entries) for entries in book.index.entries.values())
    counts = [
        say(ngettext("{count} record", "{count} records", records)),
        say(ngettext("{count} error", "{count} errors", errors)),
        say(ngettext("{count} warning", "{count} warnings", len(found) - errors)),
    ]
    print(", ".join(counts), file=sys.stderr)
