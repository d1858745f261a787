"""A picture opens, and has a sensible size.

JPEG, PNG or WebP, whichever of them its name says: what the sites show is made anew. At most 8
megabytes and 40 megapixels; a member's photo has at least 200 pixels each way.

## Why
A picture that does not open leaves a hole in the page, and some pictures are traps: a small file
that fills the memory, a page that calls itself a picture.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...records.attachments import is_attachment
from ...records.index import Index


def check_index(index: Index) -> Iterator[Diagnostic]:
    for file in index.files:
        if file.flaw and not is_attachment(file.path):
            yield Diagnostic(file.path, *file.flaw)
