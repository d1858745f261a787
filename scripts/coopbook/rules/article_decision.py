"""The decision that an article names exists, was adopted, names the article, and came before the wording held.

`adopted_by` names minutes and one of their resolutions (its `amends` lists the article), or a proposal; a few words (`text`) are for
decisions that are not kept here.

## Why
Years later somebody asks who decided this, and when. The answer must be one step away, and be the right one.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..deciding.decided import doubts, mending
from ..diagnostics import Diagnostic
from ..index import Index
from ..messages import _
from ..records import Record


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    entry = index.by_file.get(record.file) if record.kind.name == "article" else None
    if entry is None or not entry.sound:
        return
    usual = _("Name the minutes and the resolution that adopted this wording.")
    for message, path in doubts(index, entry):
        yield record.error(message, *path, help=mending(index, entry, path, usual))
