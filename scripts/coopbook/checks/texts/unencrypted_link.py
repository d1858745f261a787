"""An address of another site begins with https://.

Addresses that begin with `http://` are shown all the same, and told.

## Why
What is read over `http://` anybody on the way can read and change, and browsers warn of it. Nearly
every site answers over `https://` by now.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...records.index import Index
from ...records.model import Record

SEES_REFUSED = True
SEVERITY = "warning"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    for path, value, schema in record.leaves:
        if schema.get("format") == "uri" and str(value).startswith("http://"):
            better = f"https://{str(value).removeprefix('http://')}"
            yield record.fault(
                _("This address begins with http://, which everybody on the way can read."),
                *path,
                help=_(
                    "Try {address}, and write that if it answers; “coopbook tidy” does it.",
                    address=better,
                ),
            )
