"""view(): the only gate. It decides what the public may see; outputs and pages are made from what
it returns and from nothing else.

Silence is private: a record, a field or a body is for members until its schema says `x-audience:
public`, on every container above it too. `choice` shows it when the record's `publish` list names
it, `{when: {field: value}}` when the nearest object around it that knows the field says so, and
until the day that it names; `nobody` keeps it off the members' site, too. A reference to a hidden
record vanishes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, Literal

from ..base.positions import Path, Value
from .core_kinds import COOP, MEMBER
from .dialect.shared import Around, Schema
from .dialect.words import x_audience, x_ref
from .dialect.words.x_audience import Conditional
from .index import Entry, Index, pack
from .model import Kind, Record, parts_of
from .renamed import Renamed, is_read_as_meant

Audience = Literal["public", "members"]
AUDIENCES: tuple[Audience, ...] = ("public", "members")

_HIDDEN: Any = object()


def is_public(kind: Kind, value: Value) -> bool:
    """Whether the public may know that this record exists."""
    return _is_open(kind, value) or bool(_fields_left(kind, value))


def _is_open(kind: Kind, value: Value) -> bool:
    """Whether all is shown of a record that may be shown."""
    return _is_allowed(kind.schema, ((value, kind.schema),), _choices(value), ())


def _fields_left(kind: Kind, value: Value) -> frozenset[str]:
    """The fields that the public may see of a record that is not public as a whole."""
    said = kind.audience
    around = ((value, kind.schema),)
    return said.fields_left(around) if isinstance(said, Conditional) else frozenset()


def view(record: Record, index: Index, audience: Audience) -> Record | None:
    """The record as this audience may see it; None where it may not know of it. `index` is the
    whole one.
    """
    if record.kind.withheld:
        return None
    if not is_read_as_meant(record.kind):
        record = Renamed(index.former).record(record)
    if audience == "members":
        return _for_members(record)
    if not is_public(record.kind, record.value):
        return None
    shown = replace(
        record,
        value=_visible(record.kind, record.value, index),
        digest="",
        refused=(),
        beside=None,
        pseudonyms=None,
        derived=None,
    )
    return shown if record.kind.has_body else replace(shown, body="")


def _for_members(record: Record) -> Record:
    """All of a record but what its schema withholds and the data files beside it."""
    if record.kind.withholds:
        record = replace(record, value=_without_nobodys(record.value, record.kind.schema))
    if record.beside is None and record.pseudonyms is None:
        return record
    return replace(record, beside=None, pseudonyms=None)


def view_index(index: Index, audience: Audience) -> Index:
    """The index as this audience may see it: entries, co-op, photos by reference, former ids, days
    of last changes.
    """
    index = Renamed(index.former).index(index, lambda kind: not is_read_as_meant(kind))
    index = _without_withheld(replace(index, former=_tell_former_ids(index)))
    if audience == "members":
        return index
    entries = {
        kind: {id: _entry(entry, index) for id, entry in of.items() if entry.public}
        for kind, of in index.entries.items()
    }
    former = {
        (kind, old): new
        for (kind, old), new in index.former.items()
        if new in entries.get(kind, {})
    }
    kinds = {name: kind for name, kind in index.kinds.items() if x_audience.may_show(kind.schema)}
    coop = _visible(index.kinds[COOP], index.coop, index)
    shown = replace(
        index, kinds=kinds, coop=coop, entries=entries, former=former, clashes=(), audience=audience
    )
    files = tuple(file for file in index.files if _is_public_file(file.path, index, shown))
    return replace(shown, files=files, history=index.history.of(shown.by_file.keys()))


def _tell_former_ids(index: Index) -> dict[tuple[str, str], str]:
    """The former ids that sites may know. Of a kind whose `formerly` nobody is shown, a record says
    so itself, in `publish`: a name that somebody laid down is theirs to tell.
    """
    return {
        (kind, old): new
        for (kind, old), new in index.former.items()
        if x_audience.of(index.kinds[kind].properties.get("formerly", {})) != "nobody"
        or "formerly" in _choices(index.entries[kind][new].value)
    }


def _without_withheld(index: Index) -> Index:
    """The index without the kinds, and the fields of kinds, that no site shows."""
    kinds = {name: kind for name, kind in index.kinds.items() if not kind.withheld}
    entries = {name: of for name, of in index.entries.items() if name in kinds}
    for name in (name for name in entries if kinds[name].withholds):
        schema = kinds[name].schema
        entries[name] = {
            id: entry._replace(packed=pack(_without_nobodys(entry.value, schema)))
            for id, entry in entries[name].items()
        }
    unshown = tuple(kind for name, kind in index.kinds.items() if name not in kinds)
    return replace(index, kinds=kinds, entries=entries, unshown=unshown, proofs=(), sums={})


def _without_nobodys(value: Value, schema: Schema) -> Value:
    """A value without what no site shows."""
    kept = [
        (step, _without_nobodys(item, part))
        for step, item, part in parts_of(value, schema)
        if isinstance(step, int) or x_audience.of(part) != "nobody"
    ]
    if isinstance(value, dict):
        return dict(kept)
    return [item for _step, item in kept] if isinstance(value, list) else value


def view_schema(schema: Schema, text: Callable[[Value], str]) -> dict[str, Any]:
    """The part of a kind's schema that speaks of what the public may see, without our `x-` words.

    Args:
        schema: A kind's, or a part of it.
        text: Gives a text, or a text by language, in the language of the data.
    """
    out: dict[str, Any] = {}
    for word, part in schema.items():
        if word == "properties":
            out[word] = {
                name: view_schema(field, text)
                for name, field in part.items()
                if x_audience.may_show(field)
            }
        elif word in {"items", "additionalProperties", "propertyNames"} and isinstance(part, dict):
            out[word] = view_schema(part, text)
        elif word in {"title", "description"}:
            out[word] = text(part)
        elif not word.startswith("x-") and word != "required":
            out[word] = part
    return out


def _entry(entry: Entry, index: Index) -> Entry:
    kind = index.kinds[entry.kind]
    visible = _visible(kind, entry.value, index)
    named = kind.title_of(entry.value)  # else the title is a heading of the text, or the id
    title = (kind.title_of(visible) if named else entry.title) or entry.id
    body = entry.body if kind.has_body else ""
    return entry._replace(
        packed=pack(visible),
        title=title if isinstance(title, str | dict) else entry.id,
        digest="",
        text="",
        body=body,
        excerpt=entry.excerpt if _is_open(kind, entry.value) else {},
    )


def _is_public_file(path: str, index: Index, shown: Index) -> bool:
    """Pictures of members who are shown; other assets are copied only where a shown text uses
    them.
    """
    owner = index.owner_of_picture(path)
    if not owner:
        return not path.startswith("members/")
    return owner in shown.entries.get(MEMBER, {})


def _choices(value: Value) -> frozenset[str]:
    chosen = value.get("publish") if isinstance(value, dict) else None
    return (
        frozenset(item for item in chosen if isinstance(item, str))
        if isinstance(chosen, list)
        else frozenset()
    )


def _visible(kind: Kind, value: Value, index: Index) -> dict[str, Value]:
    choices = _choices(value)
    left = _fields_left(kind, value)
    if left and not _is_open(kind, value):
        value = {name: item for name, item in value.items() if name in left}
    found = _strip(value, kind.schema, (), choices, (), index)
    return {} if found is _HIDDEN else found


def _is_allowed(schema: Schema, around: Around, choices: frozenset[str], path: Path) -> bool:
    said = x_audience.of(schema)
    if said == "choice":
        return ".".join(str(step) for step in path) in choices
    return said.when.holds(around) if isinstance(said, Conditional) else said == "public"


def _strip(
    value: Value,
    schema: Schema,
    around: Around,
    choices: frozenset[str],
    path: Path,
    index: Index,
) -> Value:
    """What is left of a value that may itself be seen; _HIDDEN where nothing is."""
    if not isinstance(value, dict | list):
        named = x_ref.of(schema)
        return _HIDDEN if named and not _is_known(named, str(value), index) else value
    inside = (*around, (value, schema))
    kept = {}
    for step, item, part in parts_of(value, schema):
        here = path if isinstance(step, int) else (*path, step)
        nearer = (*inside, (item, part)) if isinstance(item, dict) else inside
        if _is_allowed(part, nearer, choices, here) and not _is_over(part, item, index.today):
            left = _strip(item, part, inside, choices, here, index)
            if left is not _HIDDEN:
                kept[step] = left
    if not kept and value:
        return _HIDDEN
    return kept if isinstance(value, dict) else list(kept.values())


def _is_over(schema: Schema, value: Value, day: date) -> bool:
    said = x_audience.of(schema)
    return isinstance(said, Conditional) and said.is_over(value, day)


def _is_known(kind: str, id: str, index: Index) -> bool:
    """Whether the public knows of a record."""
    entry = index.find(kind, id)
    return entry is not None and entry.public
