"""A change of code, templates or settings is told: what it publishes cannot be compared.

This check compares with the files before the change (`coopbook check --base`). Templates of the
co-op's own (`schemas/<kind>.html`), what the forge runs, `requirements.txt`, `.gitattributes`,
`mkdocs.yml`, and what `coop.yml` declares under `beside` decide what is read and shown. No count
says what they will do: the people who look after the program read them.

## Why
A check that counts what schemas publish, and is silent where a program changes, would be taken for
a check of the whole.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...records.beside import find_changed_programs
from ...records.load import Book

SEVERITY = "warning"


def check_books(before: Book, after: Book) -> Iterator[Diagnostic]:
    changed = find_changed_programs(before.index, before.root, after.index, after.root)
    if changed:
        yield Diagnostic(
            changed[0],
            _(
                "What this change publishes cannot be compared, since code, templates or settings "
                "change: {files}.",
                files=", ".join(changed),
            ),
            _("The people who look after the program read it before it is taken over."),
        )
