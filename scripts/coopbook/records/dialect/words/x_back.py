"""How a record is named on the page of the record that this field names, such as `{"fr": "Anime",
"en": "Gives"}`.

With it, the page of a person lists the trainings that name that person, below these words. It goes
with `x-ref`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ....base.messages import _
from ..shared import TEXT, Fault, FieldPath, Schema

ON = ("string",)
FRAGMENT = TEXT


def indexed(said: Any) -> Iterator[FieldPath]:
    yield ()


def faults(said: Any, schema: Schema, top: Schema) -> Iterator[Fault]:
    if "x-ref" not in schema:
        yield Fault(
            (),
            _("This field names no record."),
            _("Say which kind it names: {example}", example='"x-ref": "member"'),
        )
