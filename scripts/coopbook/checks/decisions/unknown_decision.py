"""A decision that is named by its id exists: minutes, a proposal or a result.

`elected_by` and `decided_by`, of mandates and memberships, hold an id (small letters, digits and
hyphens, such as `general-meeting-2026-06-18`), or a few words with a space or a capital for a
decision older than these files, such as “General meeting of 16 June 2016”. The id may also be one
that the record had before, listed in its `formerly`.

## Why
Whoever asks who gave this mandate must find the decision. A name that leads to none looks like a
proof and is not one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...base.diagnostics import Diagnostic, suggestion
from ...base.messages import _
from ...records.index import Index
from ...records.model import Record

SEES_REFUSED = True

FIELDS = ("elected_by", "decided_by")
DECISIONS = ("minutes", "proposal", "result")
_ID = re.compile("[a-z0-9]+(-[a-z0-9]+)*")


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    for path, value, schema in record.leaves:
        if (
            path[-1] not in FIELDS
            or "x-ref" in schema
            or not isinstance(value, str)
            or not _ID.fullmatch(value)
        ):
            continue
        if not any(index.find(kind, value) for kind in DECISIONS):
            known = [id for kind in DECISIONS for id in index.by_id(kind)]
            help = suggestion(value, known) or _(
                "A decision older than these files is said in a few words, such as “Meeting "
                "of 16 June 2016”."
            )
            yield record.fault(
                _("There are no minutes, no proposal and no result “{id}”.", id=value),
                *path,
                help=help,
            )
