"""A picture that a field names is there.

The field holds the path of the picture from the record's own file, as a link of its text would:
`library-1.jpg` for one that stands beside it.

## Why
A path that leads nowhere leaves a hole in the page and on the card.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from ...base.diagnostics import Diagnostic, nearest
from ...base.messages import Message, _
from ...records.index import Index
from ...records.links import resolve
from ...records.model import Record
from ...records.pictures import SUFFIXES


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    for path, url in record.pictures():
        if resolve(url, record.file, index).place != "asset":
            yield record.fault(
                _("There is no picture “{file}” here.", file=url),
                *path,
                help=_suggest(url, record.file, index),
            )


def _suggest(url: str, file: str, index: Index) -> Message:
    folder = posixpath.dirname(file)
    near = nearest(
        url, [posixpath.relpath(path, folder) for path in index.assets if path.endswith(SUFFIXES)]
    )
    return (
        _("Did you mean “{near}”?", near=near)
        if near
        else _("Put a JPEG, PNG or WebP picture beside this file, and write its name.")
    )
