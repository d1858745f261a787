"""A value against the schema of its kind: what is refused, and the sound rest.

jsonschema-rs answers fast whether all is well; only where it is not, jsonschema tells what is
wrong.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Any

import jsonschema_rs

from ..base.formats import FORMATS
from ..base.messages import NOTHING, _
from ..base.positions import Path, Value
from ..base.shipped import shipped
from .dialect.shared import Schema
from .flaws import Flaw, Frame, find_flaws
from .model import Kind, dig
from .slow_validator import validator_class

_FIRST = [
    "type",
    "enum",
    "pattern",
    "format",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
    "uniqueItems",
]


def fits_shipped_schema(name: str, value: Value) -> bool:
    """Whether a value is as one of our schemas says that describes no kind, such as
    `_vote-record`.
    """
    try:
        return _shipped_validator(name).is_valid(value)
    except ValueError:  # half a character (a lone surrogate) cannot even be handed over
        return False


@lru_cache
def _shipped_validator(name: str) -> jsonschema_rs.Draft202012Validator:
    schema = json.loads((shipped("schemas") / f"{name}.schema.json").read_bytes())
    return jsonschema_rs.Draft202012Validator(schema)


class Shape:
    """The two validators of one schema."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.fast = jsonschema_rs.Draft202012Validator(
            _strip_words(schema), formats=FORMATS, validate_formats=True
        )

    @cached_property
    def slow(self) -> Any:
        """jsonschema's, made when something is refused for the first time."""
        return validator_class()(self.schema)

    def flaws(self, value: Value, language: str = "fr") -> list[Flaw]:
        """All that the schema refuses, one flaw a fault; empty when the value is sound. Examples of
        texts are in `language`.
        """
        if self.fast.is_valid(value):
            return []
        found: dict[tuple[Path, bool], Flaw] = {}
        for flaw in self._explain(value, Frame(self.schema, language)):
            found.setdefault((flaw.path, flaw.on_key), flaw)
        return list(found.values()) or [self._explain_fast(value)]

    def _explain(self, value: Value, frame: Frame) -> Iterator[Flaw]:
        errors = list(self.slow.iter_errors(value))
        errors.sort(
            key=lambda error: _FIRST.index(error.validator) if error.validator in _FIRST else -1
        )
        for error in errors:
            yield from find_flaws(error, tuple(error.absolute_path), frame)

    def _explain_fast(self, value: Value) -> Flaw:
        """Should the two validators ever differ, the first one's own words: never silence."""
        error = next(self.fast.iter_errors(value))
        path = tuple(error.instance_path)
        return Flaw(
            path,
            False,
            _("This value is not accepted ({reason}).", reason=error.message),
            NOTHING,
            path,
        )


def _strip_words(schema: Schema) -> dict[str, Any]:
    """A schema without its titles and descriptions: JSON Schema knows them as text alone, ours may
    be by language.
    """
    bare = {word: part for word, part in schema.items() if word not in ("title", "description")}
    if "properties" in bare:
        bare["properties"] = {
            name: _strip_words(part) if isinstance(part, Mapping) else part
            for name, part in bare["properties"].items()
        }
    for word in ("items", "additionalProperties", "propertyNames"):
        if isinstance(bare.get(word), Mapping):
            bare[word] = _strip_words(bare[word])
    return bare


@lru_cache(maxsize=64)
def shape_of(kind: Kind) -> Shape:
    """The validators of a kind, made once a process: compiling them takes longer than checking a
    small co-op.
    """
    return Shape(kind.schema)


def without(value: Value, paths: Iterable[Path]) -> Value:
    """A copy of the value from which what stands at some places is gone: the last entries of a list
    first, each thing once.
    """
    sound = copy.deepcopy(value)
    drops = {path for path in paths if path}
    outer = [
        path for path in drops if not any(path[:length] in drops for length in range(1, len(path)))
    ]
    for path in sorted(
        outer, key=lambda path: [(0, -step) if isinstance(step, int) else (1, 0) for step in path]
    ):
        around = dig(sound, *path[:-1])
        if isinstance(around, dict):
            around.pop(path[-1], None)
        elif isinstance(around, list) and isinstance(path[-1], int) and path[-1] < len(around):
            del around[path[-1]]
    return sound
