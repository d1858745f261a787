"""Values as a file holds them: when two are the same, and what is left of one without its empty
parts.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..base.positions import Value

_EMPTY: tuple[Value, ...] = (None, "", [], {})


def without_empty(value: Value) -> Value:
    """A value without what an editor left empty in it; None where nothing is left."""
    if isinstance(value, Mapping):
        kept = {name: without_empty(part) for name, part in value.items()}
        value = {name: part for name, part in kept.items() if part is not None}
    elif isinstance(value, list):
        value = [part for part in map(without_empty, value) if part is not None]
    return None if any(same(value, empty) for empty in _EMPTY) else value


def same(one: Value, other: Value) -> bool:
    """Whether two values are one in a file: 1, 1.0 and true are three."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and bool(one == other)
