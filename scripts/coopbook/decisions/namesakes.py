"""Members whose files bear one name: one person twice, unless the files say otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..base.formats import slug
from ..records.core_kinds import MEMBER
from ..records.index import Entry, Index
from .types import Member


def find_namesakes(index: Index) -> Iterator[tuple[Entry, Entry]]:
    """Find each member whose name another one's file bears, but for capitals, accents, spaces and
    hyphens, where neither file names the other under `namesakes`.

    Yields:
        A member, and the first other one with that name.
    """
    by_name: dict[str, list[Entry]] = {}
    for entry in index.of(MEMBER):
        if name := slug(index.text(entry.title)).replace("-", ""):
            by_name.setdefault(name, []).append(entry)
    for entries in by_name.values():
        for entry in entries if len(entries) > 1 else ():
            others = (one for one in entries if one is not entry and not _are_two(entry, one))
            if other := next(others, None):
                yield entry, other


def _are_two(one: Entry, other: Entry) -> bool:
    """Whether a file says that two people have one name."""
    return other.id in Member.of(one).namesakes or one.id in Member.of(other).namesakes


def is_member_in_law(entry: Entry, day: date) -> bool:
    """Whether a time as a member in law runs on a day."""
    return any(period.runs_on(day.isoformat()) for period in Member.of(entry).membership)
