"""Whoever makes a new record is asked for this field, as for the required ones. With `{"default":
"present"}` Enter alone gives that answer.
"""

from __future__ import annotations

from ..shared import Schema

ON = ("field",)
FRAGMENT = {
    "if": {"type": "object"},
    "then": {
        "required": ["default"],
        "additionalProperties": False,
        "properties": {"default": {"type": "string", "minLength": 1}},
    },
    "else": {"const": True},
}


def of(schema: Schema) -> bool:
    return "x-prompt" in schema


def default_of(schema: Schema) -> str:
    """What Enter alone answers; empty where nothing is said."""
    said = schema.get("x-prompt")
    return str(said["default"]) if isinstance(said, dict) else ""
