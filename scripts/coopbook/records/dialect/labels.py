"""What a schema calls things: titles, descriptions, choices, sentences; each becomes a `Message`.

The words of a schema that ships with the tool are translated by our catalogues, each in the context of its kind and field; those of a
co-op's own schema never are: they are text, or text by language, as the co-op wrote them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...base.messages import Message, own_words
from .shared import Schema

CONTEXT = "x-context"
"""What `mark` leaves on each part of a shipped schema: the context of its words in the catalogues. No file may say it."""


def mark(schema: dict[str, Any], kind: str) -> dict[str, Any]:
    """Give every part of a plain, shipped schema the context of its words: the kind, and the path of the field in it."""
    _mark(schema, kind)
    return schema


def _mark(schema: dict[str, Any], context: str) -> None:
    schema[CONTEXT] = context
    for name, part in schema.get("properties", {}).items():
        _mark(part, f"{context}.{name}")
    for word in ("items", "additionalProperties"):
        if isinstance(schema.get(word), dict):
            _mark(schema[word], context)


def label(said: Any, context: str = "", **values: Any) -> Message:
    """Words of a schema as a message; `context` is that of a shipped schema's, empty for a co-op's own."""
    if context and isinstance(said, str):
        return Message(said, values, context=context)
    return own_words(said, **values)


def title_of(schema: Schema, name: str) -> Message:
    """What a field is called: by its schema, else by its own name."""
    if "title" in schema:
        return label(schema["title"], schema.get(CONTEXT, ""))
    return own_words(name)


def description_of(schema: Schema) -> Message | None:
    """What is said of a field; None where nothing is."""
    said = schema.get("description")
    return label(said, schema.get(CONTEXT, "")) if said else None


def choice_of(schema: Schema, choice: Any) -> Message:
    """What one of a field's choices is called: by `x-labels`, else by its own word, such as *Half day*."""
    labels: Mapping[str, Any] = schema.get("x-labels", {})
    word = str(choice)
    said = labels.get(word, word.replace("-", " ").replace("_", " ").capitalize())
    return label(said, schema.get(CONTEXT, ""))


def plural_of(schema: Schema) -> Message:
    """What the list of a kind is called."""
    return label(schema.get("x-title-plural") or schema["title"], schema.get(CONTEXT, ""))


def menu_title(schema: Schema) -> Message:
    """What the entry of a kind in the navigation is called."""
    said = schema.get("x-menu", {}).get("title")
    return label(said, schema.get(CONTEXT, "")) if said else plural_of(schema)


def back_title(schema: Schema) -> Message | None:
    """How records are named on the page of the one that this field names; None where they are not (`x-back`)."""
    said = schema.get("x-back")
    return label(said, schema.get(CONTEXT, "")) if said else None


def date_words(schema: Schema, which: str, **values: Any) -> Message | None:
    """A sentence of `x-date`: `calendar`, `soon`, `late` or `open`, with its values `title` and `date`; None where it says none."""
    said = schema.get("x-date", {}).get("words", {}).get(which)
    return label(said, schema.get(CONTEXT, ""), **values) if said else None
