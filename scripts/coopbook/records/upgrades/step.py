"""What changes from one format of a co-op's files to the next, as data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from ...base.positions import Value

Place = tuple[str, ...]
"""Where a field stands in its record; `*` is any item of a list."""


class Step(Struct, frozen=True):
    """The way to one format from the one before.

    Attributes:
        number: The format that it leads to.
        keys: New names of fields by their places, by kind.
        values: New words by the old ones, by the places of the fields that hold them, by kind.
        beside: The files at the top, besides the book, that the format before let lie there
            undeclared; None where this format declares nothing that was not.
    """

    number: int
    keys: Mapping[str, Mapping[Place, str]] = field(default_factory=dict)
    values: Mapping[str, Mapping[Place, Mapping[str, str]]] = field(default_factory=dict)
    beside: re.Pattern[str] | None = None

    def names(self, kind: str) -> dict[str, str]:
        """New names of a kind's fields by the old ones."""
        return {place[-1]: name for place, name in self.keys.get(kind, {}).items()}

    def apply(self, kind: str, value: Value) -> tuple[Value, list[tuple[str, str]]]:
        """A record's fields in this format, and each word that changed with the new one.

        Fields that are in this format already stay: half an upgrade can be done again.
        """
        changes: dict[tuple[str, str], None] = {}
        keys, values = self.keys.get(kind, {}), self.values.get(kind, {})

        def walk(part: Any, place: Place) -> Any:
            if isinstance(part, dict):
                found = {}
                for name, inner in part.items():
                    new = keys.get((*place, name), name)
                    if new != name and new not in part:
                        changes[name, new] = None
                    else:
                        new = name
                    found[new] = walk(inner, (*place, name))
                return found
            if isinstance(part, list):
                return [walk(inner, (*place, "*")) for inner in part]
            if isinstance(part, str) and (word := values.get(place, {}).get(part)):
                changes[part, word] = None
                return word
            return part

        after = walk(value, ())
        if kind == "coop" and isinstance(after, dict) and after.get("format") != self.number:
            changes[f"format {after.get('format')}", f"format {self.number}"] = None
            after["format"] = self.number
        return after, list(changes)
