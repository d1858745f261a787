"""A repository that everybody can read holds a person's contact only if they publish it.

When `coop.yml` says `repository: public`, e-mail, phone and postal address of a person
(`x-personal` fields) are refused, unless the person is in the directory and `publish` names the
field: e-mail and phone with their own consent, an address with that for the directory. What an
organisation writes of itself is its business address.

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
    if not index.settings.is_in_public:
        return
    for path in _personal(record.value, record.kind.schema, ()):
        if not _is_published(record, path):
            yield record.fault(
                _("“{name}” is personal, and everybody can read this repository.", name=path[-1]),
                *path,
                help=_(
                    "Take it out: clients write through the co-op's form or coordinator. Or "
                    "publish it, if its owner agrees: listed, publish, and a consent."
                ),
            )


def _is_published(record: Record, path: Path) -> bool:
    """Whether everybody may read a contact anyway: that of an organisation, or of a person who said
    so.
    """
    if record.get("type") == "organisation":
        return True
    purpose = path[0] if path[0] in {"email", "phone"} else "directory"
    agreed = any(
        one.get("purpose") == purpose and "withdrawn" not in one
        for one in record.get("consents") or ()
    )
    shown = record.get("listed") is True and record.get("presence") != "left"
    return agreed and shown and path[0] in (record.get("publish") or ())


def _personal(value: Value, schema: Schema, path: Path) -> Iterator[Path]:
    if x_personal.of(schema):
        yield path
        return
    for step, item, part in parts_of(value, schema):
        yield from _personal(item, part, (*path, step))
