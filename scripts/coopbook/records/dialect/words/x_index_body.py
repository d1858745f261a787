"""The index keeps the text below the fields, too: checks and lists can read it without opening the
file again.
"""

from __future__ import annotations

from ..shared import Schema

ON = ("kind",)
FRAGMENT = {"const": True}


def of(schema: Schema) -> bool:
    return "x-index-body" in schema
