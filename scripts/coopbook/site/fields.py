"""What a fault says, with fields called as people call them and not as files write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from ..base.diagnostics import Diagnostic
from ..base.messages import Message, _
from ..records.model import Schema

if TYPE_CHECKING:
    from .context import Site

_WRITTEN = re.compile(r"([“«]?[ \u00a0]?)\b([a-z]+(?:_[a-z]+)+)\b")
"""A name such as `ended_on`: in a sentence, nothing else is written so."""
_NAMING = ("field", "key")
"""Values of a message that may be a field of the record."""


class Told(NamedTuple):
    """A fault and its mending; `names` are the fields as the file writes them, for who mends it there."""

    words: str
    help: str
    names: tuple[str, ...]


def told(site: Site, item: Diagnostic) -> Told:
    """A fault with its fields by their titles."""
    titles = _titles(site, item.file)
    names = [
        name
        for message in (item.message, item.help)
        for _open, name in _WRITTEN.findall(site.say(message))
        if name in titles
    ]
    return Told(
        _said(site, item.message, titles),
        _said(site, item.help, titles),
        tuple(dict.fromkeys(names)),
    )


def _said(site: Site, message: Message, titles: dict[str, str]) -> str:
    values = {
        name: _called(site, value, titles) if name in _NAMING else value
        for name, value in message.values.items()
    }
    text = site.say(Message(message.text, values, message.plural))

    def title(name: re.Match[str]) -> str:
        if name[2] not in titles:
            return name[0]
        quoted = name[1].strip(" \u00a0")
        return name[1] + (
            titles[name[2]] if quoted else site.say(_("“{word}”", word=titles[name[2]]))
        )

    return _WRITTEN.sub(title, text)


def _called(site: Site, value: object, titles: dict[str, str]) -> object:
    """A field, or a path of fields such as officers.chair, by its titles; anything else as it is."""
    steps = [step for step in str(value).split(".") if not step.isdecimal()]
    return (
        ", ".join(titles[step] for step in steps)
        if steps and all(step in titles for step in steps)
        else value
    )


def _titles(site: Site, file: str) -> dict[str, str]:
    """The title of each field of a file's kind, by its name."""
    kind = next((kind for kind in site.index.kinds.values() if kind.owns(file)), None)
    key = ("titles", site.language, kind.name if kind else "")
    if key not in site.cache:
        found: dict[str, str] = {}
        for name, title in _fields(kind.schema) if kind else ():
            found.setdefault(name, site.say_text(title))
        site.cache[key] = found
    titles: dict[str, str] = site.cache[key]
    return titles


def _fields(schema: Schema) -> Iterator[tuple[str, str]]:
    """Name and title of each field, the outer ones first."""
    parts: dict[str, Schema] = schema.get("properties") or {}
    yield from ((name, str(part["title"])) for name, part in parts.items() if "title" in part)
    for part in (*parts.values(), schema.get("items"), schema.get("additionalProperties")):
        if isinstance(part, dict):
            yield from _fields(part)
