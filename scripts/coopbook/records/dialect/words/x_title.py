"""The field that names a record. `name.display` looks inside a field; `title|legal_name` takes the
first that is filled.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..shared import Fault, FieldPath, Schema, field_path, missing_field

ON = ("kind",)
REQUIRED = True
FRAGMENT = {
    "type": "string",
    "pattern": "^[a-z][a-z0-9_]*([.][a-z][a-z0-9_]*)*([|][a-z][a-z0-9_]*([.][a-z][a-z0-9_]*)*)*$",
}


def of(schema: Schema) -> tuple[FieldPath, ...]:
    """The fields that may name a record, the first choice first."""
    return tuple(field_path(name) for name in str(schema["x-title"]).split("|"))


def faults(said: str, schema: Schema, top: Schema) -> Iterator[Fault]:
    for name in said.split("|"):
        yield from missing_field(name, schema, ())
