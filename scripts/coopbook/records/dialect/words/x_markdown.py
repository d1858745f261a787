"""The text is Markdown."""

from __future__ import annotations

from ..shared import Schema

ON = ("string",)
FRAGMENT = {"const": True}


def of(schema: Schema) -> bool:
    return "x-markdown" in schema
