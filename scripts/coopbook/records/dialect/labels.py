"""What a schema calls things: titles, descriptions, choices, sentences; each becomes a `Message`.

The words of a schema that ships with the tool are translated by our catalogues, each in the context
of its kind and field; those of a co-op's own schema never are: they are text, or text by language,
as the co-op wrote them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...base.messages import NOTHING, Message, capitalize, own_words
from .shared import Schema

CONTEXT = "x-context"
"""What `mark` leaves on each part of a shipped schema: the context, in the catalogues, of each word
that is text. No file may say it.
"""

DIALECT = "schema"
"""The context of what the meta-schema says of the words."""
_CHOICES = "x-labels"


def mark(schema: Schema, kind: str) -> dict[str, Any]:
    """Give every word that is text in a shipped schema its context.

    Args:
        schema: The schema as its file holds it, with its shapes apart.
        kind: The kind's name. The context of a field is the kind and the field's path, such as
            `member.offers.price`; that of a shape, such as `member.$date`, is the same wherever it
            is used.

    Returns:
        A schema with the contexts below `CONTEXT`, to be resolved.
    """
    found = _mark_part(schema, kind)
    if "$defs" in schema:
        found["$defs"] = {
            name: _mark_part(shape, f"{kind}.${name}") for name, shape in schema["$defs"].items()
        }
    return found


def _mark_part(schema: Schema, context: str) -> dict[str, Any]:
    found = dict(schema)
    found[CONTEXT] = {
        word: f"{context} plural" if word == "x-title-plural" else context
        for word, _ in texts_of(schema)
    }
    if "properties" in schema:
        found["properties"] = {
            name: _mark_part(part, f"{context}.{name}")
            for name, part in schema["properties"].items()
        }
    for word in ("items", "additionalProperties"):
        if isinstance(schema.get(word), dict):
            found[word] = _mark_part(schema[word], context)
    return found


def mark_same(schema: dict[str, Any], ours: Schema) -> None:
    """Give the words of a co-op's version of a shipped schema our context where they are our words.

    Args:
        schema: The co-op's plain schema; it is changed.
        ours: The shipped one, plain and marked.
    """
    contexts, texts = ours.get(CONTEXT, {}), dict(texts_of(ours))
    schema[CONTEXT] = {
        word: contexts[word]
        for word, said in texts_of(schema)
        if word in contexts and texts[word] == said
    }
    theirs = ours.get("properties", {})
    for name, part in schema.get("properties", {}).items():
        mark_same(part, theirs.get(name, {}))
    for word in ("items", "additionalProperties"):
        if isinstance(schema.get(word), dict):
            inside = ours.get(word)
            mark_same(schema[word], inside if isinstance(inside, Mapping) else {})


def texts_of(schema: Schema) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The words of one part of a schema that are texts to translate, each with its texts; what is
    written by language is not told.
    """
    for word in ("title", "x-title-plural", "description", "x-back"):
        if isinstance(schema.get(word), str):
            yield word, (schema[word],)
    if "enum" in schema and all(isinstance(choice, str) for choice in schema["enum"]):
        texts = [_choice(schema, choice) for choice in schema["enum"]]
        yield _CHOICES, tuple(text for text in texts if isinstance(text, str))
    if "x-date" in schema:
        words = schema["x-date"].get("words", {}).values()
        if sentences := tuple(text for text in words if isinstance(text, str)):
            yield "x-date", sentences
    if isinstance(title := schema.get("x-menu", {}).get("title"), str):
        yield "x-menu", (title,)


def _choice(schema: Schema, choice: str) -> Any:
    labels: Mapping[str, Any] = schema.get(_CHOICES, {})
    return labels.get(choice, capitalize(choice))


def _message(schema: Schema, word: str, said: Any, **values: Any) -> Message:
    """A text of a schema: a shipped one has a context, a co-op's own has none."""
    context = schema.get(CONTEXT, {}).get(word)
    if context and isinstance(said, str):
        return Message(said, values, context=context)
    return own_words(said, **values)


def title_of(schema: Schema, name: str) -> Message:
    """What a field or a kind is called: by its schema, else by its own name."""
    return _message(schema, "title", schema.get("title") or capitalize(name))


def description_of(schema: Schema) -> Message:
    """What is said of a field or a kind; an empty message where nothing is."""
    said = schema.get("description")
    return _message(schema, "description", said) if said else NOTHING


def choice_of(schema: Schema, choice: Any) -> Message:
    """What one of a field's choices is called: by `x-labels`, else by its own word, such as *Half
    day*.
    """
    return _message(schema, _CHOICES, _choice(schema, str(choice)))


def plural_of(schema: Schema) -> Message:
    """What the list of a kind is called."""
    word = "x-title-plural" if "x-title-plural" in schema else "title"
    return _message(schema, word, schema[word])


def menu_title(schema: Schema) -> Message:
    """What the entry of a kind in the navigation is called."""
    said = schema.get("x-menu", {}).get("title")
    return _message(schema, "x-menu", said) if said else plural_of(schema)


def back_title(schema: Schema) -> Message:
    """How records are named on the page of the one that this field names; empty where they are not
    (`x-back`).
    """
    said = schema.get("x-back")
    return _message(schema, "x-back", said) if said else NOTHING


def date_words(schema: Schema, which: str, **values: Any) -> Message:
    """A sentence of `x-date`: `calendar`, `soon`, `late` or `open`; empty where it says none.

    Args:
        schema: The kind's schema, or that of the part of a record that has the day.
        which: The sentence.
        **values: Its gaps: `title` and `date`.
    """
    said = schema.get("x-date", {}).get("words", {}).get(which)
    return _message(schema, "x-date", said, **values) if said else NOTHING
