"""No proposal has the name of another's second vote.

The second consultation on `ouvrir-le-samedi` keeps its ballots and its result under
`ouvrir-le-samedi-2`.

## Why
Two votes in one folder would count each other's ballots.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.votes import SECOND
from ...records.index import Index
from ...records.model import Record

KIND = "proposal"
SEES_REFUSED = True


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    other = index.find("proposal", record.id.removesuffix(SECOND))
    if other is not None and other.id != record.id:
        message = _("A second vote on {file} would bear this name.", file=other.file)
        yield record.fault(message, "title", help=_("Give this file another name."))
