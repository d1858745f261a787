"""A change that opens several records by what they say themselves is told, with their number.

This check compares with the files before the change (`coopbook check --base`). A member who puts
their own phone into `publish`, or a page that becomes public, is ordinary: one record is not told.
Several at once are, so that whoever looks at the change counts with us and asks each owner.

## Why
Nobody reads forty files to find in each the one line that publishes something of somebody else.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...records.load import Book
from ...records.published import find_published, title_of

SEVERITY = "warning"


SEVERAL = 2


def check_books(before: Book, after: Book) -> Iterator[Diagnostic]:
    opened = find_published(after, before).by_choice
    if len({file for files in opened.values() for file in files}) < SEVERAL:
        return
    for what, files in sorted(opened.items()):
        message = _(
            "By what the records say themselves, this change publishes {count}: {what}.",
            count=str(len(files)),
            what=title_of(what, before),
        )
        yield Diagnostic(min(files), message, _("Ask each of them before it is taken over."))
