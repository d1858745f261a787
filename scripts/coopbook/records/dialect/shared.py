"""What several words share: names of fields, texts in several languages, conditions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from msgspec import Struct

from ...base.diagnostics import suggestion
from ...base.messages import Message, _
from ...base.positions import Path, Value

Schema = Mapping[str, Any]

FieldPath = tuple[str, ...]
"""The way to a field through the fields that hold it; lists on the way are not named."""

TEXT = {"$ref": "#/$defs/words"}
FIELD = {"$ref": "#/$defs/field"}
FIELDS = {"type": "array", "minItems": 1, "uniqueItems": True, "items": FIELD}
CONDITION = {"$ref": "#/$defs/condition"}


class Fault(NamedTuple):
    """What is wrong with a word: its place below the schema that holds the word, the message, the
    mending.
    """

    path: Path
    message: Message
    help: Message


Around = tuple[tuple[Value, Schema], ...]
"""The objects around a value with what their schema says of them, the record first and the nearest
last.
"""


class Condition(Struct, frozen=True):
    """A field and the value it must have, such as `kind` and `assembly`, or the values of which it
    must have one; and others that must hold as well.
    """

    field: str
    values: tuple[str | bool | int, ...]
    also: tuple[Condition, ...] = ()

    @property
    def every(self) -> tuple[Condition, ...]:
        """This condition and those that must hold as well, each on one field."""
        return (self, *self.also)

    def holds(self, around: Around, *, any_value: bool = False) -> bool:
        """Whether the nearest object that knows the field has this value there, and so for the
        other conditions.

        Args:
            around: Where to look.
            any_value: A condition of `true` holds for any value, too.
        """
        found = next(
            (
                value.get(self.field) if isinstance(value, dict) else None
                for value, schema in reversed(around)
                if self.field in schema.get("properties", {})
            ),
            None,
        )
        fits = any(type(found) is type(one) and found == one for one in self.values)
        fits = fits or (any_value and self.values == (True,) and found is not None)
        return fits and all(one.holds(around, any_value=any_value) for one in self.also)


def field_path(name: str) -> FieldPath:
    """The path of a field's name: `price.amount` is the field `amount` of the field `price`."""
    return tuple(name.split("."))


def optional_path(name: str | None) -> FieldPath | None:
    return None if name is None else field_path(name)


def condition(said: Mapping[str, Any] | None) -> Condition | None:
    """Read `{field: value}` or `{field: [value, value]}`, or several fields that must all have
    theirs; None where nothing is said.
    """
    if not said:
        return None
    first, *others = (
        Condition(field, tuple(value) if isinstance(value, list) else (value,))
        for field, value in said.items()
    )
    return Condition(first.field, first.values, tuple(others))


def field_at(schema: Schema, path: FieldPath) -> Schema | None:
    """The schema of a field below another one; what a list holds counts as the list's own. None
    where there is no such field.
    """
    for step in path:
        while "items" in schema:
            schema = schema["items"]
        found = schema.get("properties", {}).get(step)
        if not isinstance(found, Mapping):
            return None
        schema = found
    return schema


def missing_field(name: str, schema: Schema, place: Path) -> Iterator[Fault]:
    """The fault of naming a field that a schema does not have."""
    if field_at(schema, field_path(name)) is None:
        known = list(schema.get("properties", {}))
        names = _("Known here: {names}.", names=", ".join(known))
        yield Fault(
            place, _("There is no field “{key}” here.", key=name), suggestion(name, known) or names
        )


def parts(schema: Schema, path: Path = ()) -> Iterator[tuple[Path, Schema]]:
    """Every part of a plain schema that describes a value, with its place in the schema."""
    yield path, schema
    for name, inner in schema.get("properties", {}).items():
        yield from parts(inner, (*path, "properties", name))
    for word in ("items", "additionalProperties"):
        if isinstance(schema.get(word), dict):
            yield from parts(schema[word], (*path, word))
