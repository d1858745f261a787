"""The light part of a record: what the index keeps of it."""

from __future__ import annotations

import re

from ..base import markdown
from ..base.hashing import of_text
from ..base.positions import Value
from .audience import is_public
from .dialect.shared import Schema
from .dialect.words import x_audience, x_localized, x_markdown
from .dialect.words.x_index import IndexPlan
from .index import Entry, pack
from .model import Record, parts_of


def entry_of(record: Record) -> Entry:
    """The entry of a record. A record without a title is named by its text's first heading, else by
    its id.
    """
    kind = record.kind
    rendered = markdown.render(record.body).headings if record.body and kind.has_body else ()
    heading = next((heading.text for heading in rendered if heading.level == 1), "")
    return Entry(
        kind.name,
        record.id,
        record.file,
        kind.title_of(record.value) or heading or record.id,
        pack(_naming(record) | index_value(record.value, kind.index_plan)),
        record.digest,
        is_public(kind, record.value),
        sound=not record.refused,
        headings=tuple(heading.id for heading in rendered),
        languages=tuple(
            sorted(
                _languages(record.value, kind.schema, every=not x_audience.may_show(kind.schema))
            )
        ),
        text=of_text(record.body) if kind.has_body else "",
        body=record.body if kind.body_indexed else "",
        excerpt=_excerpt(record),
    )


_TOLD = ("summary", "headline")
"""The fields that say in a line what a record is about."""
_MOST = 160
_SENTENCE = re.compile(r".+?[.!?…](?=\s|$)")


def _excerpt(record: Record) -> dict[str, str]:
    """How the text of a record begins, by language, where no field says in a line what it is about:
    of the text below its fields, else of the first field in Markdown that everybody may read who
    may read the record.
    """
    if any(record.value.get(name) for name in _TOLD):
        return {}
    if record.kind.has_body:
        language = str(record.value.get("language") or "")
        return {language: _first_sentence(record.body)} if record.body else {}
    for name, schema in record.kind.properties.items():
        inner, texts = schema.get("additionalProperties"), record.value.get(name)
        is_text = isinstance(inner, dict) and x_markdown.of(inner)
        if is_text and isinstance(texts, dict) and x_audience.of(schema) == "public":
            return {language: _first_sentence(text) for language, text in texts.items()}
    return {}


def _first_sentence(text: str) -> str:
    """The first sentence of the first paragraph that is one, cut where it is long."""
    paragraphs = (part for part in text.split("\n\n") if not _NO_PARAGRAPH.match(part))
    words = markdown.plain(next(paragraphs, ""), _MOST)
    found = _SENTENCE.match(words)
    return found[0] if found else words


_NO_PARAGRAPH = re.compile(r"\s*(#|[-*+|>]\s|\d+[.)]\s|```|!\[|<|$)")
"""Headings, lists, tables, quotations, code, pictures, HTML, nothing."""


def _naming(record: Record) -> dict[str, Value]:
    """The fields that may name the record: the index has them whole where it has no part of
    them.
    """
    names = {path[0] for path in record.kind.naming}
    return {name: record.value[name] for name in sorted(names) if name in record.value}


def _languages(value: Value, schema: Schema, *, every: bool) -> set[str]:
    """Languages in which some public text of the record is written, or some text of one that only
    members may see (`every`); a text without languages says its own in `language`.
    """
    if not isinstance(value, dict | list):
        return set()
    if isinstance(value, dict) and x_localized.of(schema):
        return set(value)
    own = value.get("language") if isinstance(value, dict) else None
    found = {own} if isinstance(own, str) else set()
    for _step, item, part in parts_of(value, schema):
        if isinstance(item, dict | list) and (every or x_audience.may_show(part)):
            found |= _languages(item, part, every=every)
    return found


def index_value(value: Value, plan: IndexPlan) -> Value:
    """What the index keeps of a value: all of it where it is marked, else those of its parts that
    are.
    """
    if plan.whole:
        return value
    if isinstance(value, dict):
        return {
            key: index_value(item, plan.fields[key])
            for key, item in value.items()
            if key in plan.fields
        }
    if isinstance(value, list) and plan.items is not None:
        return [index_value(item, plan.items) for item in value]
    return None
