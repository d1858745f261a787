"""What a co-op's version of one of our record types may not do: show more than ours, or call things
by each other's names.

It may hide more. What ours withholds, shows to members alone, or shows where a record's own fields
say so, stays at least as closed; what ours calls personal, or a reference, stays that.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ..base.formats import slug
from ..base.messages import Message, _, translator
from ..base.positions import Path
from .dialect import labels
from .dialect.shared import Condition, Schema
from .dialect.words import x_audience, x_body, x_markdown, x_personal, x_ref
from .dialect.words.x_audience import Audience, Conditional, Lesser

_OPEN = {"nobody": 0, "members": 1, "choice": 2, "public": 3}
_KEPT = {"x-personal": x_personal.of, "x-ref": x_ref.of, "x-markdown": x_markdown.of}
"""What makes the gate look closer at a value that may be shown: consent, whom a reference names,
what a text links to and what stands in its comments.
"""

_INNER = ("items", "additionalProperties")


class Opened(NamedTuple):
    """Where a schema shows more than ours, and what it must say there."""

    path: Path
    message: Message
    help: Message


def find_opened(own: Schema, ours: Schema) -> Iterator[Opened]:
    """The places at which a co-op's version of our schema would show more than ours does."""
    if x_body.of(own) and not x_body.of(ours) and x_audience.may_show(own):
        yield Opened(("x-body",), _SHOWS_MORE, _("Take it out."))
    yield from _find_opened(own, ours, ())


def find_misnamed(own: Schema, ours: Schema, path: Path = ()) -> Iterator[Opened]:
    """The places at which a co-op's version of our schema calls a field, or a choice, as ours calls
    another one beside it: what was filled in under one name would be read under the other.
    """
    fields = own.get("properties", {}), ours.get("properties", {})
    titles = ({name: part.get("title") for name, part in fields[0].items()}, path, "title")
    known = {name: labels.title_of(part, name) for name, part in fields[1].items()}
    yield from _find_taken(*titles, known)
    choices = {one: labels.choice_of(ours, one) for one in ours.get("enum", ())}
    yield from _find_taken(own.get("x-labels", {}), path, "x-labels", choices)
    for place, part, theirs in pairs(own, ours):
        yield from find_misnamed(part, theirs, (*path, *place))


def _find_taken(
    said: Mapping[str, Any], path: Path, word: str, ours: Mapping[str, Message]
) -> Iterator[Opened]:
    for name, label in said.items():
        by_language = label if isinstance(label, Mapping) else {"": label}
        for language, text in by_language.items():
            say = translator(language) if language else None
            others = {
                other
                for other, message in ours.items()
                if slug(say(message) if say else message.text) == slug(str(text or ""))
            }
            if text and name in ours and others and name not in others:
                place = (
                    *path,
                    *((word, name) if word == "x-labels" else ("properties", name, word)),
                )
                yield Opened(
                    place,
                    _("“{name}” is called here as “{other}” is.", name=name, other=min(others)),
                    _("Call it otherwise."),
                )


_WITHHELD = _("No record type can open what the tool withholds.")
_SHOWS_MORE = _("A record type of your own can show less than Coopbook's, and never more.")


def _find_opened(own: Schema, ours: Schema, path: Path) -> Iterator[Opened]:
    said, asked = x_audience.of(own), x_audience.of(ours)
    if not _is_as_closed(said, asked):
        message = _WITHHELD if asked == "nobody" else _SHOWS_MORE
        yield Opened((*path, "x-audience"), message, _write("x-audience", ours, "members"))
    for name, word in _KEPT.items():
        asked_always = word is x_personal.of  # a public repository refuses it, shown or not
        if word(ours) != word(own) and word(ours) and (asked_always or x_audience.may_show(own)):
            yield Opened((*path, name), _SHOWS_MORE, _write(name, ours, None))
    for place, part, theirs in pairs(own, ours):
        yield from _find_opened(part, theirs, (*path, *place))


def _write(word: str, ours: Schema, silence: str | None) -> Message:
    example = f"{json.dumps(word)}: {json.dumps(ours.get(word, silence))}"
    return _("Write: {example}", example=example)


def _is_as_closed(own: Audience, ours: Audience) -> bool:
    if isinstance(own, Conditional) and isinstance(ours, Conditional):
        # Without our `until`, a version written before it shows what ours showed then.
        return _is_as_narrow(own.when, ours.when) and _is_lesser(own.lesser, ours)
    return own == ours or _openness(own) < _openness(ours)


def _is_lesser(own: Lesser | None, ours: Conditional) -> bool:
    """Whether the other case of a co-op's version shows no field that ours does not show then."""
    if own is None or _is_as_narrow(own.when, ours.when):
        return True
    theirs = ours.lesser
    return theirs is not None and _is_as_narrow(own.when, theirs.when) and own.only <= theirs.only


def _is_as_narrow(own: Condition, ours: Condition) -> bool:
    """Whether one condition holds only where the other does."""
    asked = {one.field: _with_types(one) for one in own.every}
    return all(one.field in asked and asked[one.field] <= _with_types(one) for one in ours.every)


def _with_types(condition: Condition) -> set[tuple[type, object]]:
    """The values of a condition; `true` is none of 1."""
    return {(type(value), value) for value in condition.values}


def _openness(said: Audience) -> int:
    return 2 if isinstance(said, Conditional) else _OPEN[said]


def pairs(own: Schema, ours: Schema) -> Iterator[tuple[tuple[str, ...], Schema, Schema]]:
    """The parts that two schemas both have, with their place in the first: fields of one name, and
    what lists and maps hold. What one names and the other allows under any name is a pair, too.
    """
    theirs, any_of_theirs = ours.get("properties", {}), _map_of(ours)
    for name, part in own.get("properties", {}).items():
        if (other := theirs.get(name, any_of_theirs)) is not None:
            yield ("properties", name), part, other
    for word in _INNER:
        if isinstance(own.get(word), Mapping):
            inner = own[word]
            if isinstance(ours.get(word), Mapping):
                yield (word,), inner, ours[word]
            elif word == "additionalProperties":
                yield from (((word,), inner, other) for other in theirs.values())


def _map_of(schema: Schema) -> Schema | None:
    found = schema.get("additionalProperties")
    return found if isinstance(found, Mapping) else None
