"""A file that a page gives is a PDF or an OpenDocument text or sheet, and nothing in it runs.

Attachments stand beside the pages that link to them, in `wiki/` and `projects/`: `.pdf`, `.odt`,
`.ods`, at most 10 megabytes. What a file is, its first bytes say, not its name. One with macros,
programs, other files inside or a password is refused.

## Why
A site gives these files away as they are, in the co-op's name. A macro runs on the computer of
whoever opens the file, and what is locked nobody has looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...records.attachments import is_attachment
from ...records.index import Index


def check_index(index: Index) -> Iterator[Diagnostic]:
    for file in index.files:
        if file.flaw and is_attachment(file.path):
            yield Diagnostic(file.path, *file.flaw)
