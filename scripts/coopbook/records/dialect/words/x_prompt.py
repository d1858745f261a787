"""Whoever makes a new record is asked for this field, as for the required ones."""

from __future__ import annotations

from ..shared import Schema

ON = ("field",)
FRAGMENT = {"const": True}


def of(schema: Schema) -> bool:
    return "x-prompt" in schema
