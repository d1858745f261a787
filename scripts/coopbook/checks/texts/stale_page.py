"""A page of the wiki is read again by the day it names itself (`review_on`).

## Why
A guide that nobody has looked at for years sends people the wrong way. The page names its owner, who reads it, mends it, and sets the next
date.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...records.index import Index
from ...records.model import Record

KIND = "page"
SEES_REFUSED = True
SEVERITY = "warning"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    day = record.get("review_on")
    if isinstance(day, str) and day < index.today.isoformat():
        yield record.error(
            _("This page was to be read again by {date}.", date=day),
            "review_on",
            help=_("Read it, mend it, and set the next date."),
        )
