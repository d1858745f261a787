"""References as they are meant now: who or what was renamed is found by the id of before.

Files go on saying the id of their day: approved minutes, ballots and the evidence of a vote may not
change. So a reference is read as the id that its record has now, once, where records are read;
checks, counts and pages compare ids and need not know that one was renamed. What is kept as proof
(a kind with a data file beside each record, such as a result) is read as it is written, since its
fingerprint is that of its words; `audience.view` shows it with the ids of now.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property

from ..base.positions import Value
from .core_kinds import COOP
from .dialect.shared import Schema
from .dialect.words import x_ref
from .index import Entry, Index, pack
from .model import Kind, Record, map_leaves

Former = Mapping[tuple[str, str], str]
"""The ids that records have now, by kind and an id that they had before."""


class Renamed:
    """Reads references as the ids that their records have now.

    Args:
        former: The ids of now; one that is not here is of now itself.
    """

    def __init__(self, former: Former) -> None:
        self.former = former

    @cached_property
    def _any(self) -> re.Pattern[str] | None:
        ids = sorted({id for _kind, id in self.former})
        return re.compile("|".join(map(re.escape, ids))) if ids else None

    def may_stand_in(self, text: str) -> bool:
        """Whether a former id may stand in a text: in nearly all texts none does."""
        return bool(self._any and self._any.search(text))

    def value(self, value: Value, schema: Schema) -> Value:
        """A value with each reference as the id of now."""
        return map_leaves(value, schema, self._reference)

    def _reference(self, value: Value, schema: Schema) -> Value:
        kind = x_ref.of(schema)
        return self.former.get((kind, value), value) if kind and isinstance(value, str) else value

    def record(self, record: Record) -> Record:
        """A record with each reference as the id of now."""
        if not self.former:
            return record
        found = self.value(record.value, record.kind.schema)
        return record if found == record.value else replace(record, value=found)

    def entry(self, entry: Entry, kind: Kind) -> Entry:
        """An entry with each reference as the id of now."""
        if not self.may_stand_in(entry.packed.decode()):
            return entry
        found = self.value(entry.value, kind.schema)
        return entry if found == entry.value else entry._replace(packed=pack(found))

    def index(self, index: Index, wanted: Callable[[Kind], bool] = bool) -> Index:
        """An index whose entries, and coop.yml, have each reference as the id of now: those of all
        kinds, or of those that are wanted.
        """
        if not self.former:
            return index
        entries = {
            name: {id: self.entry(entry, index.kinds[name]) for id, entry in of.items()}
            if wanted(index.kinds[name])
            else of
            for name, of in index.entries.items()
        }
        coop = self.value(index.coop, index.kinds[COOP].schema)
        return replace(index, entries=entries, coop=coop)


NOBODY_RENAMED = Renamed({})


def is_read_as_meant(kind: Kind) -> bool:
    """Whether references of a kind's records are read as the ids of now: not where a fingerprint is
    that of their words.
    """
    return not kind.sidecar


def as_named_in(before: Index, after: Index) -> tuple[Index, Renamed]:
    """What was there before a change, in the ids of after it, for whoever compares the two.

    Args:
        before: The index of before.
        after: That of after; it knows which ids are former ones.

    Returns:
        The index of before: its records keep their ids and are found by those of after as well;
        and what reads its records in the same way.
    """
    moved = {key: new for key, new in after.former.items() if key[1] in before.by_id(key[0])}
    back = {(kind, new): old for (kind, old), new in moved.items()}
    renamed = Renamed(moved)
    named = renamed.index(before, is_read_as_meant)
    return replace(named, former={**back, **before.former}), renamed
