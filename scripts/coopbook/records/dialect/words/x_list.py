"""How a list of the records looks.

* `fields`: what their cards show below the title, in this order; a list of terms stands above the
  rest. Without it, cards show the day and the hours of `x-date`. A field `summary` is always the
  first paragraph of a card.
* `order`: by which fields the list is ordered, the first one first; `-date` is the newest first,
  `name.sort|title` takes the first field that is filled. Without it, by the day of `x-date`, else
  by title. What has no value in a field comes after all that has one.

The index keeps these fields.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from msgspec import Struct

from ..shared import FIELDS, Fault, FieldPath, Schema, field_path, missing_field

ON = ("kind",)
FRAGMENT = {
    "type": "object",
    "minProperties": 1,
    "additionalProperties": False,
    "properties": {
        "fields": FIELDS,
        "order": {
            "type": "array",
            "minItems": 1,
            "uniqueItems": True,
            "items": {
                "type": "string",
                "pattern": "^-?[a-z][a-z0-9_.]*([|][a-z][a-z0-9_.]*)*$",
            },
        },
    },
}


class Order(NamedTuple):
    """The fields of which the first that is filled orders a list; `falling`: the greatest value
    first.
    """

    fields: tuple[FieldPath, ...]
    falling: bool = False


class ListWord(Struct, frozen=True):
    """`x-list` as its schema says it; without the word both are empty."""

    fields: tuple[FieldPath, ...] = ()
    order: tuple[Order, ...] = ()


def of(schema: Schema) -> ListWord:
    said = schema.get("x-list", {})
    order = (
        Order(tuple(map(field_path, name.removeprefix("-").split("|"))), name.startswith("-"))
        for name in said.get("order", ())
    )
    return ListWord(tuple(map(field_path, said.get("fields", ()))), tuple(order))


def indexed(said: Mapping[str, Any]) -> Iterator[FieldPath]:
    for name in (*said.get("fields", ()), *said.get("order", ())):
        yield from map(field_path, name.removeprefix("-").split("|"))


def faults(said: Mapping[str, Any], schema: Schema, top: Schema) -> Iterator[Fault]:
    for word in ("fields", "order"):
        for number, name in enumerate(said.get(word, ())):
            for one in name.removeprefix("-").split("|"):
                yield from missing_field(one, schema, (word, number))
