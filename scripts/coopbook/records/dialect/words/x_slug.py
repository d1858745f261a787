"""The kind's name in addresses of the open data.

Without it, the last folder of `x-files`; a kind that shares its folder needs one.
"""

from __future__ import annotations

from ..shared import Schema

ON = ("kind",)
FRAGMENT = {"type": "string", "pattern": "^[a-z][a-z-]*$"}


def of(schema: Schema) -> str:
    """The name; empty where the schema says none."""
    return str(schema.get("x-slug", ""))
