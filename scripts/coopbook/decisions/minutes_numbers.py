"""The numbers of minutes: each body counts its own."""

from __future__ import annotations

from ..base.once import once
from ..records.index import Entry, Index
from .types import Minutes


@once
def numbered_minutes(index: Index) -> dict[str, list[Entry]]:
    """The numbered minutes of each body, in the order of their numbers; of two with one number,
    those of the earlier meeting first.
    """
    found: dict[str, list[Entry]] = {}
    for entry in index.of("minutes"):
        minutes = Minutes.of(entry)
        if minutes.are_minutes and minutes.number and minutes.body:
            found.setdefault(minutes.body, []).append(entry)
    return {body: sorted(of, key=_place) for body, of in found.items()}


@once
def ids_after_same_number(index: Index) -> frozenset[str]:
    """The minutes that come after others of their body with the same number, and all of that body
    that follow: two changes, each sound, took it.
    """
    ids = set[str]()
    for of in numbered_minutes(index).values():
        numbers = [Minutes.of(entry).number for entry in of]
        first = next((n for n in range(1, len(of)) if numbers[n] == numbers[n - 1]), len(of))
        ids |= {entry.id for entry in of[first:]}
    return frozenset(ids)


def _place(entry: Entry) -> tuple[int, str, str]:
    minutes = Minutes.of(entry)
    return minutes.number or 0, minutes.date, entry.id
