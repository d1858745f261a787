"""A value in a few words, by what its schema says of it: on cards, and in a line of a list."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from ..base.messages import _
from ..base.positions import Value
from ..records.dialect.shared import FieldPath, Schema, field_at
from ..records.dialect.words import (
    x_localized,
    x_markdown,
    x_money,
    x_picture,
    x_ref,
    x_vocabulary,
)
from ..records.dialect.words.x_audience import may_show
from ..records.index import Entry
from ..records.links import resolve
from ..records.model import parts_of
from .context import Site
from .happenings import day_of

SUMMARY = "summary"
"""The field that cards show as a paragraph of their own."""


def in_words(site: Site, value: Value, schema: Schema) -> Markup:
    """A value in a few words, ready for a page; empty where nothing short can be said of it."""
    texts, words = site.texts, site.words
    if value in (None, "", [], {}) or x_markdown.of(schema) or x_picture.of(schema):
        return Markup("")
    if x_money.of(schema):
        return Markup.escape(words.price(value, schema))
    if x_localized.of(schema):
        return texts.localized(value)
    if isinstance(value, list):
        shown = [in_words(site, one, schema["items"]) for one in value]
        return Markup(", ").join(one for one in shown if one)
    if isinstance(value, dict):
        parts = schema.get("properties", {})
        shown = [in_words(site, one, parts.get(name, {})) for name, one in value.items()]
        return Markup(", ").join(one for one in shown if one)
    if isinstance(value, bool):
        return texts.field_name(schema, "") if value else Markup("")
    return _scalar_in_words(site, value, schema)


def _scalar_in_words(site: Site, value: Value, schema: Schema) -> Markup:
    texts, kind = site.texts, x_ref.of(schema)
    if kind:
        entry = site.index.find(kind, str(value))
        return texts.title(site.addresses.version(entry)) if entry else Markup("")
    if x_vocabulary.of(schema):
        return texts.label(x_vocabulary.of(schema), value)
    if "enum" in schema:
        return texts.choice_of(schema, value)
    if schema.get("format") == "date":
        return Markup.escape(site.words.date(value))
    if schema.get("format") == "partial-date":
        return Markup.escape(site.words.partial_date(value))
    if schema.get("format") == "date-time":
        return Markup.escape(site.words.moment(value))
    bare = isinstance(value, str) and not schema.get("format") and not schema.get("pattern")
    return texts.plain(value) if bare else Markup.escape(value)


def picture_address(site: Site, file: str, url: str) -> str:
    """Where the site has the picture that a field of a record's file names, from its root; empty
    where it shows none.
    """
    target = resolve(url, file, site.index)
    return f"files/{target.asset}" if target.place == "asset" else ""


def cover(site: Site, entry: Entry) -> str:
    """The address of the first picture that a record's fields name, from the site's root; empty
    where there is none.
    """
    found = _named_pictures(entry.value, site.index.kinds[entry.kind].schema)
    return next(filter(None, (picture_address(site, entry.file, url) for url in found)), "")


def _named_pictures(value: Value, schema: Schema) -> Iterator[str]:
    if isinstance(value, str) and x_picture.of(schema):
        yield value
    for _step, item, part in parts_of(value, schema):
        yield from _named_pictures(item, part)


def card_terms(site: Site, entry: Entry) -> list[tuple[str, list[str]]]:
    """The lists of terms that a card shows, each with its vocabulary."""
    found = []
    for path in site.index.kinds[entry.kind].listing.fields:
        schema, value = _field(site, entry, path), entry.get(*path)
        vocabulary = x_vocabulary.of(schema.get("items", {}))
        if vocabulary and value:
            found.append((vocabulary, value))
    return found


def card_facts(site: Site, entry: Entry) -> list[Markup]:
    """What a card says in one line: the fields that the kind's schema names (`x-list`), with its
    day and its hours in words.
    """
    facts = [fact for fact in _facts(site, entry) if fact]
    day = day_of(site, entry)
    if day is None:
        return facts
    kind = site.index.kinds[entry.kind]
    first = [site.words.say(_("Cancelled"))] if day.is_cancelled else []
    hidden = site.audience == "members" and not entry.public and may_show(kind.schema)
    last = [site.words.say(_("for members only"))] if hidden else []
    return [*map(Markup.escape, first), *facts, *map(Markup.escape, last)]


def _facts(site: Site, entry: Entry) -> Iterator[Markup]:
    kind, day = site.index.kinds[entry.kind], day_of(site, entry)
    word = kind.date if day else None
    fields = kind.listing.fields
    if word:
        named = (word.until, word.time, *([] if {*word.place} & {*fields} else word.place))
        fields = (*(path for path in named if path and path not in fields), *fields)
    naming = {path[:1] for path in kind.naming}
    for path in fields:
        if path[:1] in naming or path == (SUMMARY,):
            continue
        if word and day and path in (word.field, word.time_until, word.cancelled):
            continue
        if word and day and path == word.until:
            until = day.get(path)
            yield (
                Markup.escape(site.words.say(_("until {date}", date=until))) if until else _NOTHING
            )
        elif word and day and path == word.time:
            start, end = day.hours
            yield Markup.escape(site.words.hours(start, end)) if start else _NOTHING
        elif word and day and path in word.place:
            if day.place and day.place[0] == path:
                yield in_words(site, day.place[1], _field(site, entry, path))
        elif not x_vocabulary.of(_field(site, entry, path).get("items", {})):
            yield in_words(site, entry.get(*path), _field(site, entry, path))


_NOTHING = Markup("")


def _field(site: Site, entry: Entry, path: FieldPath) -> Schema:
    return field_at(site.index.kinds[entry.kind].schema, path) or {}
