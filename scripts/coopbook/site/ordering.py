"""The records of a kind in the order in which people look for them."""

from __future__ import annotations

from typing import Any

from ..base.collation import sort_key
from ..base.once import once
from ..base.positions import Value
from ..records.core_kinds import MEMBER
from ..records.dialect.words.x_list import Order
from ..records.index import Entry
from .context import Site


@once
def order(site: Site, kind: str) -> list[Entry]:
    """The records of a kind by what its schema says (`x-list`: `order`), then by name."""
    entries = sorted(
        site.index.entries.get(kind, {}).values(),
        key=lambda entry: (sort_key(site.texts.text(entry.title)), entry.id),
    )
    orders = site.index.kinds[kind].listing.order if kind in site.index.kinds else ()
    for one in reversed(orders):
        filled = [entry for entry in entries if _value(entry, one) is not None]
        empty = [entry for entry in entries if _value(entry, one) is None]
        filled.sort(key=lambda entry: _place(site, _value(entry, one)), reverse=one.falling)
        entries = filled + empty
    return entries


@once
def order_members(site: Site) -> list[Entry]:
    """The members who are here, in the order of the directory: those who have left are offered to
    nobody.
    """
    return [entry for entry in order(site, MEMBER) if not _has_left(entry)]


@once
def order_former_members(site: Site) -> list[Entry]:
    """Those who have left: for the public, the ones who agreed to be named as former members."""
    return [entry for entry in order(site, MEMBER) if _has_left(entry)]


def _has_left(entry: Entry) -> bool:
    return bool(entry.get("presence") == "left")


def _value(entry: Entry, one: Order) -> Value:
    found = (entry.get(*path) for path in one.fields)
    return next((value for value in found if value not in (None, "")), None)


def _place(site: Site, value: Value) -> tuple[Any, ...]:
    """Numbers before words, words as people sort them."""
    if isinstance(value, int | float):
        return (0, value, "")
    return (1, 0, sort_key(site.texts.text(value)))
