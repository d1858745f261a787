"""Members whose files bear one name: one person twice, unless the files say otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..base.formats import slug
from ..base.lookalikes import appearance, spelling
from ..records.core_kinds import MEMBER
from ..records.index import Entry, Index
from ..records.model import dig
from .types import Member


def find_namesakes(index: Index) -> Iterator[tuple[Entry, Entry]]:
    """Find each member whose name another one's file bears, but for capitals, accents, spaces,
    hyphens and whether the family name comes first, where neither file names the other under
    `namesakes`. A name is what a file shows, the given and the family name that it says, or the
    registered one.

    Yields:
        A member, and the first other one with that name.
    """
    by_name: dict[str, list[Entry]] = {}
    for entry in index.of(MEMBER):
        for name in _names(index, entry):
            by_name.setdefault(name, []).append(entry)
    told: set[str] = set()
    for entries in by_name.values():
        for entry in entries if len(entries) > 1 else ():
            others = (
                one
                for one in entries
                if one is not entry
                and not _are_two(entry, one)
                and not _look_alike(index, entry, one)
            )
            if entry.id not in told and (other := next(others, None)):
                told.add(entry.id)
                yield entry, other


def find_look_alikes(index: Index) -> Iterator[tuple[Entry, Entry]]:
    """Find each member whose name looks like another one's and is written with other letters.

    Yields:
        A member, and the first such other one.
    """
    by_looks: dict[str, list[Entry]] = {}
    for entry in index.of(MEMBER):
        by_looks.setdefault(appearance(index.text(entry.title)), []).append(entry)
    for entries in by_looks.values():
        for entry in entries if len(entries) > 1 else ():
            others = (one for one in entries if _look_alike(index, entry, one))
            if other := next(others, None):
                yield entry, other


def _look_alike(index: Index, one: Entry, other: Entry) -> bool:
    """Whether two names look the same and are not."""
    names = index.text(one.title), index.text(other.title)
    looks, letters = ({*map(how, names)} for how in (appearance, spelling))
    return len(looks) == 1 and len(letters) == 2


def _names(index: Index, entry: Entry) -> set[str]:
    """What somebody is called, without spaces, beginning with each of its words in turn: two files
    name one person where they have one of these in common.
    """
    said = dig(entry.value, "name")
    parts = (said.get("given"), said.get("family")) if isinstance(said, dict) else ()
    registered = entry.value.get("legal_name") or ""
    written = (index.text(entry.title), " ".join(str(part) for part in parts if part), registered)
    found: set[str] = set()
    for words in (slug(name).split("-") for name in written):
        found |= {"".join([*words[start:], *words[:start]]) for start in range(len(words))}
    return found - {""}


def _are_two(one: Entry, other: Entry) -> bool:
    """Whether a file says that two people have one name."""
    return other.id in Member.of(one).namesakes or one.id in Member.of(other).namesakes


def is_member_in_law(entry: Entry, day: date) -> bool:
    """Whether a time as a member in law runs on a day."""
    return any(period.runs_on(day.isoformat()) for period in Member.of(entry).membership)
