"""Schemas that were written in the first words of the dialect, and how they are said now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .shared import Schema

FORMER = {
    "x-public": "x-audience",
    "x-withheld": "x-audience",
    "x-plural": "x-slug",
    "x-beside": "x-sidecar",
    "x-ask": "x-prompt",
    "x-editors": "",
}
"""Words that are gone, and those that say it now; who may change a record stands in
`decisions/rules.yml` alone.
"""


def is_former(schema: Any) -> bool:
    """Whether a schema has a word of the first dialect, or marks for the index what it holds only
    in part.
    """
    if not isinstance(schema, Mapping):
        return False
    return bool(FORMER.keys() & schema.keys()) or any(map(is_former, _inside(schema)))


def former_words(schema: Any) -> list[str]:
    """The words of the first dialect that a schema has, in the order of the list of them."""

    def has(part: Any, word: str) -> bool:
        return isinstance(part, Mapping) and (
            word in part or any(has(one, word) for one in _inside(part))
        )

    return [word for word in FORMER if has(schema, word)]


def _inside(schema: Mapping[str, Any]) -> list[Any]:
    named = schema.get("properties")
    parts = [*named.values()] if isinstance(named, Mapping) else []
    return [*parts, schema.get("items"), schema.get("additionalProperties")]


def upgrade_schema(schema: Schema) -> dict[str, Any]:
    """Say a schema of the first dialect in the words of this one.

    Args:
        schema: A record type's schema as its file holds it, sound or not; it is left as it is.

    Returns:
        The same schema with the same meaning: audiences, what the index keeps, the names of lists
        and addresses. One that is upgraded already comes back equal.
    """
    if not is_former(schema):
        return dict(schema)
    found = _upgrade_part(schema, marked=True)
    if "x-index" in found:
        del found["x-index"]
        found["x-index-body"] = True
    if not _is_cut(schema):
        for part in _fields(found).values():
            part["x-index"] = True
    if "title" in found and "x-title-plural" not in found:
        rows = list(found.items())
        place = list(found).index("title") + 1
        found = dict([*rows[:place], ("x-title-plural", found["title"]), *rows[place:]])
    return found


def _upgrade_part(schema: Schema, *, marked: bool) -> dict[str, Any]:
    """A part of a schema.

    Args:
        schema: The part.
        marked: The index keeps the value or a part of it. Of a container that was marked and had a
            mark inside, it kept the marked parts alone: the container's own mark goes, since it
            stands for the whole now. Marks in all others meant nothing.
    """
    found: dict[str, Any] = {}
    cut = _is_cut(schema)
    for word, said in schema.items():
        now = FORMER.get(word, word)
        if word == "x-public":
            found.setdefault(now, "public" if said is True else said)
        elif word == "x-withheld":
            found[now] = "nobody"
        elif word == "x-index" and "x-files" not in schema:
            if marked and not cut:
                found[word] = said
        elif word == "properties" and isinstance(said, Mapping):
            found[word] = {
                name: _upgrade_part(part, marked=marked and cut and "x-index" in part)
                if isinstance(part, Mapping)
                else part
                for name, part in said.items()
            }
        elif word == "items" and isinstance(said, Mapping):
            found[word] = _upgrade_part(said, marked=marked and cut)
            found[word].pop("x-index", None)
        elif word == "additionalProperties" and isinstance(said, Mapping):
            found[word] = _upgrade_part(said, marked=False)
        elif now:
            found[now] = said
    return found


def _is_cut(schema: Schema) -> bool:
    """Whether the index kept of a container only those of its fields that are marked."""
    items = schema.get("items")
    inside = items if isinstance(items, Mapping) else schema
    return any("x-index" in part for part in _fields(inside).values())


def _fields(schema: Schema) -> dict[str, Any]:
    """The fields of a schema that are schemas: somebody's file may hold anything."""
    named = schema.get("properties")
    parts = named.items() if isinstance(named, Mapping) else ()
    return {name: part for name, part in parts if isinstance(part, Mapping)}
