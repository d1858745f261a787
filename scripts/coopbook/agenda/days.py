"""The days that the word `x-date` gives to a record and to its parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from ..base.positions import Path, Value
from ..records.coop import NO_OFFICE, Office
from ..records.dialect.shared import Around, FieldPath, Schema, field_at
from ..records.dialect.words import x_date, x_vocabulary
from ..records.dialect.words.x_date import DateWord
from ..records.index import Index
from ..records.model import Kind, dig


class Day(NamedTuple):
    """A day of a record, or of a part of it.

    Attributes:
        word: what the schema says of it.
        schema: that of the object that has it.
        around: the objects around it, that object last.
        path: the place of that object in the record.
    """

    word: DateWord
    schema: Schema
    around: Around
    path: Path

    def get(self, field: FieldPath | None) -> Value:
        """The value of a field that the word names; None without one."""
        return None if field is None else dig(self.around[-1][0], *field)

    @property
    def at(self) -> str:
        """An ISO date, or an instant with its zone."""
        return str(self.get(self.word.field))

    @property
    def last(self) -> str:
        """The last day."""
        return max(self.at[:10], str(self.get(self.word.until) or "")[:10])

    @property
    def hours(self) -> tuple[str, str]:
        """From when and to when, such as `18:30`; empty where nothing is said."""
        word = self.word
        return str(self.get(word.time) or ""), str(self.get(word.time_until) or "")

    @property
    def is_cancelled(self) -> bool:
        return self.get(self.word.cancelled) is True

    @property
    def place(self) -> tuple[FieldPath, Value] | None:
        """The field that says where it is, and what it says."""
        found = ((path, self.get(path)) for path in self.word.place)
        return next(((path, value) for path, value in found if value), None)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the items of lists in which it stands; of one without, its number."""
        found, value = [], self.around[0][0]
        for step in self.path:
            value = dig(value, step)
            if isinstance(step, int):
                found.append(str(dig(value, "id") or step + 1))
        return tuple(found)


@dataclass(frozen=True)
class _Plan:
    """Where the days of a value are: in itself, in its fields, in its items."""

    schema: Schema
    word: DateWord | None = None
    fields: Mapping[str, _Plan] = field(default_factory=dict)
    items: _Plan | None = None
    others: _Plan | None = None

    def __bool__(self) -> bool:
        return bool(self.word or self.fields or self.items or self.others)


@lru_cache
def _plan_of(kind: Kind) -> _Plan:
    return _plan(kind.schema)


def _plan(schema: Schema) -> _Plan:
    plans = {name: _plan(part) for name, part in schema.get("properties", {}).items()}
    inside = (schema.get("items"), schema.get("additionalProperties"))
    items, others = (_plan(part) if isinstance(part, Mapping) else None for part in inside)
    return _Plan(
        schema,
        x_date.of(schema),
        {name: plan for name, plan in plans.items() if plan},
        items or None,
        others or None,
    )


def has_days(kind: Kind) -> bool:
    """Whether records of a kind, or their parts, have days."""
    return bool(_plan_of(kind))


def days_of(kind: Kind, value: Value) -> Iterator[Day]:
    """The days of a record that apply now (`when`, `unless`).

    Args:
        kind: its kind.
        value: the record, or what the index keeps of it.
    """
    return _days(value, _plan_of(kind), (), ())


def own_day(kind: Kind, value: Value) -> Day | None:
    """When a record is: its own day, which no part has and by which nothing is due."""
    if kind.date is None or kind.date.due:
        return None
    around = ((value, kind.schema),)
    found = Day(kind.date, kind.schema, around, ())
    return found if found.get(kind.date.field) and kind.date.applies(around) else None


OFFICES = "coop.offices"
"""The vocabulary of the co-op's local offices."""


def office_id(day: Day) -> str:
    """The local office where something is; empty where it is elsewhere."""
    path, value = day.place or ((), "")
    at_office = path and x_vocabulary.of(field_at(day.schema, path) or {}) == OFFICES
    return str(value) if at_office else ""


def office_of(index: Index, day: Day) -> Office:
    """What coop.yml says of the local office where something is; empty where it is elsewhere."""
    return index.settings.offices.get(office_id(day)) or NO_OFFICE


def _days(value: Value, plan: _Plan, path: Path, around: Around) -> Iterator[Day]:
    if isinstance(value, dict):
        around = (*around, (value, plan.schema))
        word = plan.word
        if word and dig(value, *word.field) and word.applies(around):
            yield Day(word, plan.schema, around, path)
        for name, item in value.items():
            inner = plan.fields.get(name) or plan.others
            if inner:
                yield from _days(item, inner, (*path, name), around)
    elif isinstance(value, list) and plan.items:
        for number, item in enumerate(value):
            yield from _days(item, plan.items, (*path, number), around)
