"""A repository that everybody can read holds no personal contact.

When `coop.yml` says `repository: public`, e-mail, phone and postal addresses of members
(`x-personal` fields) are refused, published or not.

## Why
Whoever can read a repository can read its whole history: what was there for a day stays there. The
sites may hide a field, the repository cannot.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...base.positions import Path, Value
from ...records.dialect.shared import Schema
from ...records.dialect.words import x_personal
from ...records.index import Index
from ...records.model import Record, parts_of

SEES_REFUSED = True


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    if index.settings.is_in_public:
        for path in _personal(record.value, record.kind.schema, ()):
            yield record.fault(
                _("“{name}” is personal, and everybody can read this repository.", name=path[-1]),
                *path,
                help=_("Take it out; clients write through the co-op's form or coordinator."),
            )


def _personal(value: Value, schema: Schema, path: Path) -> Iterator[Path]:
    if x_personal.of(schema):
        yield path
        return
    for step, item, part in parts_of(value, schema):
        yield from _personal(item, part, (*path, step))
