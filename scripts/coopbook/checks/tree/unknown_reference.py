"""A field that names another record names one that exists.

The name may also be one the record had before, listed in its `formerly`.

## Why
A name that leads nowhere is a dead link on the site, and often a typing slip or a member who was
renamed.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic, suggestion
from ...base.messages import _
from ...records.dialect.words import x_ref
from ...records.index import Index
from ...records.model import Record

SEES_REFUSED = True


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    for path, value, schema in record.leaves:
        target = x_ref.of(schema)
        if target and not index.find(target, value):
            kind = index.kinds[target].title_plural if target in index.kinds else target
            yield record.fault(
                _("There is no “{id}” among: {kind}.", id=value, kind=kind),
                *path,
                help=suggestion(value, index.by_id(target)),
            )
