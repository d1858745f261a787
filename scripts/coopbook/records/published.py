"""What a change publishes that was there before and was not public: both sides through the gate.

Two things open what was closed. A record's own fields may (`publish`, `listed`, `audience`): that
is its owner's choice. Or what is said of all records may: a schema, a folder that another record
type takes, a record that moves to another type. What is new altogether was nobody's secret.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from msgspec import Struct, field

from ..base.messages import Message, _
from ..base.once import once
from ..base.positions import Path, Value
from .audience import view
from .dialect import labels
from .index import Index
from .load import Book
from .model import Kind, Record, schema_at

TEXT = "text"
"""How the text below a record's fields is called here."""

_LONG = 5
"""Characters: a shorter text is found elsewhere in a record by accident."""

_Key = tuple[str, str]
_Leaves = dict[Path, Value]


class What(NamedTuple):
    """What is published: a field of records of a kind, or whole records where no field is named."""

    kind: str
    field: str = ""

    @property
    def name(self) -> str:
        """How `coop.yml` names it."""
        return f"{self.kind}.{self.field}" if self.field else self.kind


class Published(Struct):
    """What a change publishes, each with the files of the records: by what is said of all records,
    and by the choice of each.
    """

    by_kinds: dict[What, set[str]] = field(default_factory=lambda: defaultdict(set))
    by_choice: dict[What, set[str]] = field(default_factory=lambda: defaultdict(set))


def title_of(what: What, before: Book) -> Message:
    """What is published as members call it: a field with its record type, or records."""
    kind = before.kinds[what.kind]
    if not what.field:
        return kind.title_plural
    if what.field == TEXT and TEXT not in kind.properties:
        field = _("Text")
    else:
        field = labels.title_of(schema_at(kind.schema, (what.field,)), what.field)
    return _("{field} ({kind})", field=field, kind=kind.title_plural)


@once
def find_published(after: Book, before: Book) -> Published:
    """What the public may see after a change that was there before it and was hidden.

    Args:
        after: The book as it would be.
        before: The book before the change.
    """
    found = Published()
    changed = {
        name
        for name, kind in after.kinds.items()
        if name not in before.kinds or before.kinds[name].schema != kind.schema
    }
    differing = dict(_find_differing(before.index, after.index))
    if not changed and not differing:
        return found
    olds = _Olds(before.index, after.index)
    for record in before.records():
        now = _kind_now(record, after)
        if now and (now.name != record.kind.name or now.name in changed):
            seen = view(replace(record, kind=now), before.index, "public")
            opened = _find_opened(record, seen, before.index)
            _add(found.by_kinds, record.file, opened, record, before.index)
        if (record.kind.name, record.id) in differing:
            olds.add(record, differing[record.kind.name, record.id])
    for record in after.records() if differing else ():
        old = olds.find(record)
        if old is not None:
            _compare(found, old, record, before, after, changed)
    return found


def _compare(
    found: Published, old: Record, new: Record, before: Book, after: Book, changed: set[str]
) -> None:
    """What a record shows of its own former self, which did not show it."""
    seen = view(new, after.index, "public")
    opened = _find_opened(old, seen, before.index)
    if not opened:
        return
    chosen: _Leaves = {}
    if old.kind.name == new.kind.name:
        kept = view(replace(new, kind=before.kinds[new.kind.name]), after.index, "public")
        held = _leaves(kept) if new.kind.name in changed else _leaves(seen)
        chosen = {path: value for path, value in opened.items() if path in held}
    rest = {path: value for path, value in opened.items() if path not in chosen}
    _add(found.by_choice, new.file, chosen, old, before.index)
    _add(found.by_kinds, old.file, rest, old, before.index)


def _find_opened(old: Record, seen: Record | None, before: Index) -> _Leaves:
    """What is seen now and was hidden in a record: at the same place, or, for texts, anywhere."""
    if seen is None:
        return {}
    shown = _leaves(view(old, before, "public"))
    hidden = {path: value for path, value in _leaves(old).items() if path not in shown}
    known = set(map(repr, shown.values()))
    texts = {
        value
        for value in hidden.values()
        if isinstance(value, str) and len(value) >= _LONG and repr(value) not in known
    }
    return {
        path: value
        for path, value in _leaves(seen).items()
        if (path in hidden and hidden[path] == value) or (isinstance(value, str) and value in texts)
    }


def _add(
    to: dict[What, set[str]], file: str, opened: Mapping[Path, Value], old: Record, before: Index
) -> None:
    """Note what was opened of a record: all of it where the public did not know of it at all."""
    whole = view(old, before, "public") is None
    for path in opened:
        to[What(old.kind.name, "" if whole else str(path[0]))].add(file)


def _leaves(record: Record | None) -> _Leaves:
    if record is None:
        return {}
    found = {leaf.path: leaf.value for leaf in record.leaves}
    return {**found, (TEXT,): record.body} if record.body.strip() else found


def _kind_now(record: Record, after: Book) -> Kind | None:
    """The kind that reads a record after the change: by its name, else by where its file lay."""
    if after.index.find(record.kind.name, record.id):
        return after.kinds[record.kind.name]
    return next((kind for kind in after.kinds.values() if kind.owns(record.file)), None)


def _find_differing(before: Index, after: Index) -> Iterator[tuple[_Key, _Key | None]]:
    """Each record that is not what it was, with what it is now; with nothing where it is gone."""
    for of in before.entries.values():
        for old in of.values():
            new = after.find(old.kind, old.id)
            if new is None:
                yield (old.kind, old.id), None
            elif new.digest != old.digest or new.id != old.id:
                yield (old.kind, old.id), (new.kind, new.id)


class _Olds:
    """Former selves of records: by name, else by what a file that is gone held, or was called."""

    def __init__(self, before: Index, after: Index) -> None:
        self.before, self.after = before, after
        self.by_key: dict[_Key, Record] = {}
        self.gone: dict[str, Record] = {}

    def add(self, record: Record, now: _Key | None) -> None:
        if now:
            self.by_key[now] = record
        else:
            self.gone[record.digest] = record
            self.gone.setdefault(_stem(record.file), record)

    def find(self, record: Record) -> Record | None:
        key = record.kind.name, record.id
        if key in self.by_key:
            return self.by_key[key]
        if record.id in self.before.by_id(record.kind.name):
            return None
        return self.gone.get(record.digest) or self.gone.get(_stem(record.file))


def _stem(file: str) -> str:
    return file.rpartition("/")[2].partition(".")[0]
