"""The value is the id of a record of this kind, such as `member`. It must exist; pages make a link
of it.

Where the reader may not see that record, the value is left out.
"""

from __future__ import annotations

from ..shared import Schema

ON = ("string",)
FRAGMENT = {"type": "string", "pattern": "^[a-z][a-z-]*$"}


def of(schema: Schema) -> str:
    """The kind; empty where the field refers to nothing."""
    return str(schema.get("x-ref", ""))
