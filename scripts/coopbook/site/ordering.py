"""The records of a kind in the order in which people look for them."""

from __future__ import annotations

from typing import Any

from ..base.collation import sort_key
from ..base.once import once
from ..records.index import Entry
from .context import Site

LAST = 10_000
"""The place of a record without an `order`: after all that have one."""


@once
def order(site: Site, kind: str) -> list[Entry]:
    """The records of a kind by their `order`, then by name."""
    entries = site.index.entries.get(kind, {}).values()
    return sorted(entries, key=lambda entry: _place(site, entry))


def _place(site: Site, entry: Entry) -> tuple[Any, ...]:
    name = entry.get("name", "sort") or site.texts.text(entry.title)
    place = entry.value.get("order")
    return place if isinstance(place, int) else LAST, sort_key(str(name)), entry.id
