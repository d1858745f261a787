"""What the choices of a field are called, such as `{"half-day": {"fr": "Demi-journée", "en": "Half
day"}}`.

It goes with `enum`. A choice without a label is called by its own word with a capital letter.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ....base.diagnostics import suggestion
from ....base.messages import _
from ..shared import TEXT, Fault, Schema

ON = ("string",)
FRAGMENT = {
    "type": "object",
    "minProperties": 1,
    "propertyNames": {"type": "string"},
    "additionalProperties": TEXT,
}


def faults(said: Any, schema: Schema, top: Schema) -> Iterator[Fault]:
    choices = [str(choice) for choice in schema.get("enum", ())]
    for choice in said:
        if choice not in choices:
            names = _("One of: {choices}.", choices=", ".join(choices))
            yield Fault(
                (choice,),
                _("“{value}” is not a choice of this field.", value=choice),
                suggestion(choice, choices) or names,
            )
