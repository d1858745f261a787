"""Shapes that a schema uses again: `$ref` to the file's own `$defs` is replaced by the shape, once,
when a kind is made.

All who walk through a schema see plain schemas, and neither validator ever follows a reference.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...base.diagnostics import suggestion
from ...base.messages import _
from ...base.positions import Path
from .labels import CONTEXT
from .shared import Fault, Schema, field_at
from .words import all_words

MOST_PARTS = 4_000
"""So many parts a schema may have once its shapes stand where they are used: ours have at most some
400.
"""
DEEPEST = 24
_PREFIX = "#/$defs/"


class Unresolved(Exception):
    """A schema whose references lead nowhere, in a circle, or to too much."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message.text)
        self.fault = fault


def resolve(schema: Schema) -> dict[str, Any]:
    """A schema without `$defs` and `$ref`. What stands beside a `$ref` counts more than what the
    shape says.

    Args:
        schema: One that the meta-schema accepts.

    Returns:
        A new schema that shares no part with the given one.

    Raises:
        Unresolved: With the place of the reference, for a shape that does not exist or holds
            itself, or for too many parts.
    """
    resolver = _Resolver(schema.get("$defs", {}))
    plain = {word: part for word, part in schema.items() if word != "$defs"}
    return resolver.part(plain, (), ())


class _Resolver:
    def __init__(self, shapes: Mapping[str, Schema]) -> None:
        self.shapes, self.parts = shapes, 0

    def part(
        self, schema: Schema, place: Path, through: tuple[str, ...], depth: int = 0
    ) -> dict[str, Any]:
        """A part of the schema, plain. `place` is where it was written, `through` the shapes that
        led here.
        """
        self.parts += 1
        if self.parts > MOST_PARTS or depth > DEEPEST:
            raise Unresolved(
                Fault(
                    place[:2],
                    _("The shapes of this file use each other too often."),
                    _("Write some of them out."),
                )
            )
        while "$ref" in schema:
            name = self._name(schema, place, through)
            schema = _beside(schema, self.shapes[name])
            place, through = ("$defs", name), (*through, name)
        found = dict(schema)
        if "properties" in schema:
            found["properties"] = {
                name: self.part(inner, (*place, "properties", name), through, depth + 1)
                for name, inner in schema["properties"].items()
            }
        for word in ("items", "additionalProperties"):
            if isinstance(schema.get(word), Mapping):
                found[word] = self.part(schema[word], (*place, word), through, depth + 1)
        return found

    def _name(self, schema: Schema, place: Path, through: tuple[str, ...]) -> str:
        """The shape that a reference names."""
        name = str(schema["$ref"]).removeprefix(_PREFIX)
        if name in through:
            raise Unresolved(
                Fault(
                    (*place, "$ref"),
                    _("The shape “{name}” holds itself.", name=name),
                    _("Write out one of its parts."),
                )
            )
        if name not in self.shapes:
            raise Unresolved(
                Fault(
                    (*place, "$ref"),
                    _("There is no shape “{name}” among the $defs of this file.", name=name),
                    suggestion(name, self.shapes)
                    or _("One of: {choices}.", choices=", ".join(self.shapes) or "–"),
                )
            )
        return name


def _beside(schema: Schema, shape: Schema) -> Schema:
    """A shape, and what stands beside the reference to it, which counts more."""
    found = {**shape, **{word: said for word, said in schema.items() if word != "$ref"}}
    if CONTEXT in schema:
        found[CONTEXT] = {**shape[CONTEXT], **schema[CONTEXT]}
    return found


def written_at(written: Schema, path: Path) -> Path:
    """Where a file says what stands at a place of its plain schema: perhaps in one of its shapes.

    Args:
        written: The schema as its file holds it.
        path: A place in the resolved schema.

    Returns:
        The same place in the file.
    """
    node: Any = written
    place: Path = ()
    for step in path:
        while isinstance(node, Mapping) and "$ref" in node and step not in node:
            name = str(node["$ref"]).removeprefix(_PREFIX)
            node, place = written["$defs"][name], ("$defs", name)
        place = (*place, step)
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError):
            node = None
    return place


def marked_for_index(schema: dict[str, Any]) -> dict[str, Any]:
    """Mark what words name and the index must therefore keep, such as the day of `x-date`.

    Args:
        schema: A plain schema; it is changed.

    Returns:
        The same schema.
    """
    _mark_part(schema, ())
    return schema


def _mark_part(part: dict[str, Any], around: tuple[dict[str, Any], ...]) -> None:
    nearest_first = (part, *around)
    words = all_words()
    for word in part.keys() & words.keys():
        module = words[word]
        if hasattr(module, "indexed"):
            for path in module.indexed(part[word]):
                field = field_at(part, path)
                if field is not None:
                    field["x-index"] = True  # type: ignore[index]
        if hasattr(module, "indexed_around"):
            for name in module.indexed_around(part[word]):
                owner = next(
                    (one for one in nearest_first if name in one.get("properties", {})), {}
                )
                if owner:
                    owner["properties"][name]["x-index"] = True
    inside = [*part.get("properties", {}).values(), part.get("items")]
    for inner in (*inside, part.get("additionalProperties")):
        if isinstance(inner, dict):
            _mark_part(inner, nearest_first)
