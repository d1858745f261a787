"""A schema of somebody's own against the dialect: what it says wrong, else the same schema,
plain.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from ..base.messages import Message, _
from ..base.positions import Path, Value
from ..base.shipped import shipped
from .dialect import labels
from .dialect.references import Unresolved, resolve, written_at
from .dialect.shared import Schema, parts
from .dialect.upgrade import is_former
from .dialect.words import all_words
from .validation import Shape

Wrong = tuple[Message, Message, Path, bool]
"""A fault of a schema: the message, the mending, the place in its file, whether the key there is at
fault.
"""


EXTENDS = "x-extends"
OURS = "coopbook"
_ADDED = ("properties", "$defs")


def adds_to_ours(value: Value) -> bool:
    """Whether a schema adds to ours of the same name, and does not take its place."""
    return isinstance(value, dict) and value.get(EXTENDS) == OURS


def with_ours(own: Schema, ours: Schema) -> dict[str, Any]:
    """A co-op's schema with all that ours says and it does not.

    Args:
        own: A schema that adds to ours: new fields, other words of fields that are there, more
            that is required.
        ours: Ours of the same name, as its file has it.

    Returns:
        The whole schema, to be read as any other: it may show less than ours, and never more.
    """
    whole = {**ours, **{key: part for key, part in own.items() if key != EXTENDS}}
    for key in _ADDED:
        if isinstance(added := own.get(key), dict):
            had = ours.get(key, {})
            whole[key] = had | {name: _with(had.get(name), part) for name, part in added.items()}
    if isinstance(more := own.get("required"), list):
        whole["required"] = [*ours.get("required", []), *more]
    return whole


def _with(had: Value, part: Value) -> Value:
    return {**had, **part} if isinstance(had, dict) and isinstance(part, dict) else part


def read_schema(value: Value) -> tuple[dict[str, Any] | None, list[Wrong]]:
    """Read a schema that somebody wrote.

    Args:
        value: What its file holds.

    Returns:
        The schema with its shapes where they are used, and no fault; or None and its faults.
    """
    if is_former(value):
        message = _("This record type is written in the words of an earlier version of the tool.")
        return None, [(message, _("Run: {command}", command="coopbook upgrade"), (), False)]
    wrong = [(flaw.message, flaw.help, flaw.path, flaw.on_key) for flaw in _dialect().flaws(value)]
    if wrong:
        return None, wrong
    try:
        schema = resolve(value)
    except Unresolved as error:
        return None, [(error.fault.message, error.fault.help, error.fault.path, False)]
    wrong = list(_faults(value, schema))
    return (None if wrong else schema), wrong


@lru_cache(maxsize=1)
def _dialect() -> Shape:
    meta = json.loads((shipped("schemas") / "_meta.schema.json").read_bytes())
    return Shape(labels.mark(meta, labels.DIALECT))


def _faults(written: Value, schema: Schema) -> Iterator[Wrong]:
    """What is wrong once the shapes stand where they are used: a word on a field of another type, a
    word that names no field.
    """
    for flaw in _dialect().flaws(schema):
        yield flaw.message, flaw.help, written_at(written, flaw.path), flaw.on_key
    for place, part in parts(schema):
        for word, module in all_words().items():
            if word in part and hasattr(module, "faults"):
                for fault in module.faults(part[word], part, schema):
                    path = written_at(written, (*place, word, *fault.path))
                    yield fault.message, fault.help, path, False
