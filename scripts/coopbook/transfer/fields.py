"""The field of a record that a column goes to: what its schema says, what stands there, what is put
there, and what a record becomes with it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..base.positions import Path, Value
from ..records.dialect.shared import Schema
from ..records.model import Kind, schema_at
from ..yaml_files.editor import same
from .columns import ID, KEYED, Target
from .plan import Change


def schema_of(kind: Kind, target: Target) -> Schema:
    """What the schema says of the field that a column goes to."""
    if not target or target == ID:
        return {}
    if target[0] in KEYED and len(target) > 1:
        _key, held = KEYED[target[0]]
        found: Schema = schema_at(kind.schema, (target[0], 0, held))
        return found
    schema: Schema = kind.schema
    for step in target:
        if schema.get("type") == "array":
            schema = schema["items"]
        schema = (
            (schema.get("properties") or {}).get(step) or schema.get("additionalProperties") or {}
        )
    return schema


def value_of(value: Value, target: Target) -> Value:
    """What a record has at the field of a column."""
    if target[0] in KEYED and len(target) > 1:
        key, held = KEYED[target[0]]
        items = value.get(target[0]) or []
        return next((item.get(held) for item in items if item.get(key) == target[1]), None)
    for step in target:
        value = value[0] if isinstance(value, list) and value else value
        value = value.get(step) if isinstance(value, dict) else None
    return value


def put(value: dict[str, Value], target: Target, new: Value) -> Path:
    """Put a value where its column goes; its path."""
    if target[0] in KEYED and len(target) > 1:
        key, held = KEYED[target[0]]
        items = value.setdefault(target[0], [])
        items.append({key: target[1], held: new})
        return (target[0], len(items) - 1)
    path: Path = ()
    inner = value
    for at, step in enumerate(target[:-1]):
        schema_is_list = isinstance(inner.get(step), list) or (
            at == 0 and step in _LISTS and len(target) > 1
        )
        if schema_is_list:
            items = inner.setdefault(step, [{}])
            inner, path = items[0], (*path, step, 0)
        else:
            inner, path = inner.setdefault(step, {}), (*path, step)
    inner[target[-1]] = new
    return (*path, target[-1])


_LISTS = frozenset(["membership", "offers", "references", "credentials", "seasons", "engagements"])
"""Lists of which a column may fill the one item that a line gives."""


def overlay(had: Value, given: Value) -> Value:
    """A value with what was given in the place of what it had; what was not given stays. Items that
    are known by one of their fields take the place of their own.
    """
    if isinstance(had, dict) and isinstance(given, dict):
        found = dict(had)
        for name, part in given.items():
            if name in KEYED and isinstance(part, list) and isinstance(had.get(name), list):
                found[name] = _overlay_items(had[name], part, KEYED[name][0])
            else:
                found[name] = overlay(had.get(name), part)
        return found
    if isinstance(had, str) and isinstance(given, str) and had.rstrip() == given.rstrip():
        return had
    if isinstance(had, list) and isinstance(given, list) and len(had) == len(given):
        return [overlay(one, other) for one, other in zip(had, given, strict=True)]
    return given


def _overlay_items(had: list[Value], given: list[Value], key: str) -> list[Value]:
    found = list(had)
    for item in given:
        at = next((n for n, one in enumerate(found) if one.get(key) == item.get(key)), None)
        if at is None:
            found.append(item)
        else:
            found[at] = {**found[at], **item}
    return found


def find_differences(before: Value, after: Value, path: tuple[str, ...] = ()) -> Iterator[Change]:
    if isinstance(before, dict) and isinstance(after, dict):
        for name in dict.fromkeys([*before, *after]):
            yield from find_differences(before.get(name), after.get(name), (*path, name))
    elif not same(before, after):
        yield Change(".".join(path), before, after)


def whole_at(path: Path, kind: Kind) -> Path:
    """The value that goes as a whole with a part at fault: the item of a list of fields, or an
    object that cannot be without it.
    """
    for length in range(1, len(path)):
        if isinstance(path[length], int):
            return path[: length + 1]
        around = schema_at(kind.schema, path[:length])
        if path[length] in around.get("required", ()):
            return path[:length]
    return path
