"""People may make and change these records in a form of the desk."""

from __future__ import annotations

from ..shared import Schema

ON = ("kind",)
FRAGMENT = {"const": True}


def of(schema: Schema) -> bool:
    return "x-form" in schema
