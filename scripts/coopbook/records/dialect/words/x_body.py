"""What stands below the fields of a `.md` file: `markdown`.

It is shown, and given in the open data, to whoever may see the record.
"""

from __future__ import annotations

from ..shared import Schema

ON = ("kind",)
FRAGMENT = {"enum": ["markdown"]}


def of(schema: Schema) -> bool:
    return "x-body" in schema
