"""An id names one record of its kind, one offer of a member and one mandate of a body.

Two files of one name in different folders have the same id. An id listed in `formerly` is taken
too.

## Why
Ids are addresses: of pages, of open data, of what other files refer to. Of two with one name, one
would vanish.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...records.index import Entry, Index
from ...records.model import Record

SEES_REFUSED = True


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    for name, value in record.value.items():
        if isinstance(value, list):
            seen: set[str] = set()
            for number, item in enumerate(value):
                id = item.get("id") if isinstance(item, dict) else None
                if not isinstance(id, str):
                    continue
                if id in seen:
                    yield record.fault(
                        _("The id “{id}” is used twice here.", id=id),
                        name,
                        number,
                        "id",
                        help=_("Give the second one another id."),
                    )
                seen.add(id)
    own = index.by_file.get(record.file)
    for number, old in enumerate(own.formerly if own else ()):
        taken = index.entries.get(record.kind.name, {}).get(old) or _below(
            old, index, record.kind.name
        )
        if taken:
            yield record.fault(
                _("“{id}” is the id of {file} today.", id=old, file=taken.file),
                "formerly",
                number,
                help=_("Take it out of this list."),
            )


def _below(old: str, index: Index, kind: str) -> Entry | None:
    """A record in the folder that has this path: the folder's own page stands there."""
    ids = index.by_id(kind)
    return next((ids[id] for id in sorted(ids) if id.startswith(f"{old}/")), None)


def check_index(index: Index) -> Iterator[Diagnostic]:
    for kind in index.entries:
        owners: dict[str, str] = {}
        for entry in index.of(kind):
            for number, old in enumerate(entry.formerly):
                if owners.setdefault(old, entry.file) != entry.file:
                    yield entry.fault(
                        _("“{id}” is claimed by {file} too.", id=old, file=owners[old]),
                        "formerly",
                        number,
                        help=_("Keep it in one of the two."),
                    )
    for first, second in index.clashes:
        yield second.fault(
            _("The id “{id}” is already that of {file}.", id=second.id, file=first.file),
            help=_("Give this file another name."),
        )
