"""The index keeps this field: lists, cards, dates and checks see of a record what the index keeps.

A container that is marked is kept whole; of one that is not, those parts are kept that are marked.
"""

from __future__ import annotations

from ..shared import Schema

ON = ("field",)
FRAGMENT = {"const": True}


def of(schema: Schema) -> bool:
    return "x-index" in schema
