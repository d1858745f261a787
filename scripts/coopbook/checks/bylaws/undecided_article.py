"""The decision that an article names exists, was adopted, names the article, came before the
wording held, and is as strict as the rules ask.

`adopted_by` names minutes and one of their resolutions (its `amends` lists the article), or a
proposal; a few words (`text`) are for decisions that are not kept here. What is in force needs
minutes that are approved; until its day, minutes that were circulated will do. Where `paths` asks
for a vote on the article's file, in the rules that held on the day of the decision, it was one in
that category or a stricter one.

## Why
Years later somebody asks who decided this, and when. The answer must be one step away, and be the
right one.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.authority import doubts, how_to_mend
from ...records.index import Index
from ...records.model import Record

KIND = "article"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    entry = index.by_file.get(record.file)
    if entry is None:
        return
    usual = _("Name the approved minutes and the resolution that adopted this wording.")
    for message, path in doubts(index, entry):
        yield record.fault(message, *path, help=how_to_mend(index, entry, path, usual))
