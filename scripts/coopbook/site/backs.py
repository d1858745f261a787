"""What names a record: on its page stand the records of other kinds that do, below the words that
their schema has for it (`x-back`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ..base.messages import Message
from ..base.once import once
from ..base.positions import Value
from ..records.dialect import labels
from ..records.dialect.shared import Schema, parts
from ..records.dialect.words import x_ref
from ..records.index import Entry, local
from ..records.model import Kind, parts_of
from .context import Site
from .happenings import in_order
from .navigation import page_kinds
from .ordering import order

MOST = 20
"""Records that a page lists below one heading; the rest stands in the list of their kind."""


class Back(NamedTuple):
    """Records that name another one.

    Attributes:
        words: the heading.
        language: that of the heading, where it is not the page's.
        entries: the records, those to come first where they are on a day.
        more: the section that has them all, where there are too many.
    """

    words: str
    language: str
    entries: list[Entry]
    more: str


def named_by(site: Site, entry: Entry) -> list[Back]:
    """What names a record, by kind and by heading."""
    found = _backs(site).get((entry.kind, entry.id), {})
    return [_back(site, site.index.kinds[kind], title, ids) for (kind, title), ids in found.items()]


def _back(site: Site, kind: Kind, title: str, ids: set[str]) -> Back:
    message = _titles(kind)[title]
    own = local(dict(message.own), site.language, site.index.languages)
    words, language = own if message.own else (site.words.say(message), "")
    places = _places(site, kind)
    entries = [site.index.entries[kind.name][id] for id in sorted(ids, key=places.__getitem__)]
    return Back(
        words,
        language if site.texts.is_foreign(language) else "",
        entries[:MOST],
        kind.folder if len(entries) > MOST else "",
    )


@once
def _places(site: Site, kind: Kind) -> dict[str, int]:
    """The place of each record in the list of its kind."""
    entries = in_order(site, kind, order(site, kind.name))
    return {entry.id: number for number, entry in enumerate(entries)}


@lru_cache
def _titles(kind: Kind) -> dict[str, Message]:
    """The headings that a kind has for what it names, by a text that tells them apart."""
    words = (labels.back_title(part) for _place, part in parts(kind.schema))
    return {_key(message): message for message in words if message}


def _key(message: Message) -> str:
    return repr((message.text, sorted(message.own.items())))


@once
def _backs(site: Site) -> dict[tuple[str, str], dict[tuple[str, str], set[str]]]:
    """By the kind and id of what is named: the ids of those that name it, by kind and heading."""
    found: dict[tuple[str, str], dict[tuple[str, str], set[str]]] = {}
    for kind in page_kinds(site):
        for entry in site.index.of(kind.name) if _titles(kind) else ():
            for part, id in _references(entry.value, kind.schema):
                named = site.index.find(x_ref.of(part), id)
                if named:
                    groups = found.setdefault((named.kind, named.id), {})
                    title = _key(labels.back_title(part))
                    groups.setdefault((kind.name, title), set()).add(entry.id)
    return found


def _references(value: Value, schema: Schema) -> Iterator[tuple[Schema, str]]:
    """The ids in a value whose fields have the word, each with its schema."""
    if isinstance(value, str) and "x-back" in schema:
        yield schema, value
    for _step, item, part in parts_of(value, schema):
        yield from _references(item, part)
