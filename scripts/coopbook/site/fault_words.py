"""A fault in the words of a page: fields by the titles that people read, not as files write
them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..base.diagnostics import Diagnostic
from ..base.messages import Message, _
from ..base.once import once
from ..records.dialect import labels
from ..records.dialect.shared import Schema
from .context import Site

_FIELD_NAME = re.compile(r"([“«]?[ \u00a0]?)\b([a-z]+(?:_[a-z]+)+)\b")
"""A name such as `ended_on`: in a sentence, nothing else is written so."""
_FIELD_VALUES = ("field", "key")
"""Values of a message that may be a field of the record."""


class FaultWords(NamedTuple):
    """A fault and its mending, in words.

    Attributes:
        message: what is wrong.
        help: how to mend it.
        names: the fields as the file writes them, for those who mend it there.
    """

    message: str
    help: str
    names: tuple[str, ...]


def explain_fault(site: Site, item: Diagnostic) -> FaultWords:
    """Put a fault into words, with its fields by their titles."""
    titles = _titles_of(site, item.file)
    names = [
        name
        for message in (item.message, item.help)
        for _quote, name in _FIELD_NAME.findall(site.words.say(message))
        if name in titles
    ]
    message, help = (_with_titles(site, part, titles) for part in (item.message, item.help))
    return FaultWords(message, help, tuple(dict.fromkeys(names)))


def _with_titles(site: Site, message: Message, titles: dict[str, str]) -> str:
    values = {
        name: _field_title(value, titles) if name in _FIELD_VALUES else value
        for name, value in message.values.items()
    }
    text = site.words.say(Message(message.text, values, message.plural))

    def replace_name(match: re.Match[str]) -> str:
        quote, name = match[1], match[2]
        if name not in titles:
            return match[0]
        if quote.strip(" \u00a0"):
            return quote + titles[name]
        return quote + site.words.say(_("“{word}”", word=titles[name]))

    return _FIELD_NAME.sub(replace_name, text)


def _field_title(value: object, titles: dict[str, str]) -> object:
    """A field, or a path such as `officers.chair`, by its titles; anything else as it is."""
    steps = [step for step in str(value).split(".") if not step.isdecimal()]
    known = bool(steps) and all(step in titles for step in steps)
    return ", ".join(titles[step] for step in steps) if known else value


def _titles_of(site: Site, file: str) -> dict[str, str]:
    """The title of each field of the kind that a file is of, by its name."""
    kind = next((kind for kind in site.index.kinds.values() if kind.owns(file)), None)
    return _titles(site, kind.name) if kind else {}


@once
def _titles(site: Site, kind: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, title in _titles_in(site.index.kinds[kind].schema):
        found.setdefault(name, site.words.say(title))
    return found


def _titles_in(schema: Schema) -> Iterator[tuple[str, Message]]:
    """Name and title of each field, the outer ones first."""
    parts: dict[str, Schema] = schema.get("properties") or {}
    yield from (
        (name, labels.title_of(part, name)) for name, part in parts.items() if "title" in part
    )
    for part in (*parts.values(), schema.get("items"), schema.get("additionalProperties")):
        if isinstance(part, dict):
            yield from _titles_in(part)
