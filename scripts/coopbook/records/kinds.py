"""Where kinds come from: our own schemas, then the co-op's, held to the dialect."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..base.diagnostics import Diagnostic
from ..base.messages import Message, _
from ..base.positions import Path as Path_
from ..base.shipped import PACKAGE, Stamp, shipped, stamps
from ..yaml_files.reader import parse
from .dialect import labels
from .dialect.references import marked_for_index, resolve, written_at
from .dialect.shared import Schema
from .dialect.words import x_audience, x_index, x_index_body
from .model import Kind
from .own_schemas import read_schema
from .own_templates import read_template

SHIPPED = shipped("schemas")
NAVIGATION = PACKAGE / "site" / "navigation.yml"
HOME = "home"
"""The section that is the root of a site."""
_ENDING = ".schema.json"

LANGUAGE = 2
"""Folders of two letters are languages."""


@lru_cache(maxsize=1)
def taken_folders() -> frozenset[str]:
    """The first folders that have a use of their own: sections of the sites that are no kind's
    folder, and those that a build makes besides (`site/navigation.yml`).
    """
    value = parse(NAVIGATION.read_bytes(), front_matter=False).value
    folders = {kind.folder.partition("/")[0] for kind in shipped_kinds().values()}
    sections = {
        name.partition("/")[0]
        for name, section in value["sections"].items()
        if name != HOME and "page" not in section
    }
    return frozenset(sections - folders) | frozenset(value["folders"])


def shipped_kinds() -> Mapping[str, Kind]:
    """The kinds that ship with the tool; their words have a context in our catalogues."""
    return _shipped_kinds(stamps(SHIPPED.glob(f"[a-z]*{_ENDING}")))


@lru_cache(maxsize=2)
def _shipped_kinds(files: tuple[Stamp, ...]) -> Mapping[str, Kind]:
    """Our own kinds: read once a process, unless a file changes. Nobody changes the mapping or a
    schema.
    """
    kinds = {}
    for stamp in files:
        name = stamp.path.name.removesuffix(_ENDING)
        schema = resolve(labels.mark(json.loads(stamp.path.read_bytes()), name))
        kinds[name] = Kind.of(name, marked_for_index(schema))
    return kinds


def load_kinds(root: Path) -> tuple[dict[str, Kind], list[Diagnostic]]:
    """Read our kinds, then the co-op's own, which add to them or replace them.

    Args:
        root: The co-op's folder.

    Returns:
        The kinds by name, the most precise `x-files` first; and what is wrong with the co-op's own
        schemas, of which those are left out.
    """
    kinds = dict(shipped_kinds())
    found: list[Diagnostic] = []
    own = root / "schemas"
    if own.is_dir() and not own.samefile(SHIPPED):
        for file in sorted(
            path
            for path in own.glob(f"[a-z]*{_ENDING}")
            if path.is_file() and not path.is_symlink()
        ):
            kind, wrong = _own_kind(file, kinds)
            found += wrong
            if kind is not None:
                template, wrong = read_template(own, kind.name)
                found += wrong
                kinds[kind.name] = replace(kind, template=template)
    ordered = sorted(
        kinds.values(), key=lambda kind: (not kind.single, -len(kind.folder), kind.name)
    )
    return {kind.name: kind for kind in ordered}, found


def _own_kind(file: Path, kinds: Mapping[str, Kind]) -> tuple[Kind | None, list[Diagnostic]]:
    """A kind of the co-op's own; None where its schema cannot be used."""
    name, place = file.name.removesuffix(_ENDING), f"schemas/{file.name}"
    source = parse(file.read_bytes(), front_matter=False)
    if source.faults:
        return None, [
            Diagnostic(place, fault.message, fault.help, span=fault.span, check="syntax")
            for fault in source.faults
        ]

    def fault(
        message: Message, help: Message, path: Path_ = (), on_key: bool = False
    ) -> Diagnostic:
        return Diagnostic(place, message, help, path, on_key, check="invalid-record-type")

    schema, wrong = read_schema(source.value)
    if schema is None:
        return None, [fault(*one) for one in wrong]
    ours = kinds.get(name)
    if ours is not None:
        opened = next(_opened_parts(schema, ours.schema), None)
        if opened is not None:
            message = _("No record type can open what the tool withholds.")
            help = _("Write: {example}", example='"x-audience": "nobody"')
            return None, [fault(message, help, written_at(source.value, opened))]
        labels.mark_same(schema, ours.schema)
        schema = _indexed_as(schema, ours.schema)
    kind = Kind.of(name, marked_for_index(schema))
    mixed = [
        fault(message, _("Choose another folder."), ("x-files",))
        for message in _mixed_up(kind, kinds)
    ]
    return (None if mixed else kind), mixed


def _opened_parts(own: Schema, ours: Schema, path: Path_ = ()) -> Iterator[Path_]:
    """The parts of a co-op's version of our schema that it would show, and that ours shows
    nobody.
    """
    if x_audience.of(ours) == "nobody" and x_audience.of(own) != "nobody":
        yield (*path, "x-audience")
    for place, part, theirs in _pairs(own, ours):
        yield from _opened_parts(part, theirs, (*path, *place))


def _indexed_as(own: Schema, ours: Schema) -> dict[str, Any]:
    """A co-op's version of our schema whose fields are in the index where they are in ours: checks
    see nothing else of a record.
    """
    found = dict(own)
    if x_index.of(ours):
        found["x-index"] = True
    if x_index_body.of(ours):
        found["x-index-body"] = True
    for place, part, theirs in _pairs(own, ours):
        if place[0] == "properties":
            found["properties"] = {
                **found["properties"],
                place[1]: _indexed_as(part, theirs),
            }
        else:
            found[place[0]] = _indexed_as(part, theirs)
    return found


def _pairs(own: Schema, ours: Schema) -> Iterator[tuple[tuple[str, ...], Schema, Schema]]:
    """The parts that two schemas both have, with their place."""
    theirs = ours.get("properties", {})
    for name, part in own.get("properties", {}).items():
        if name in theirs:
            yield ("properties", name), part, theirs[name]
    for word in ("items", "additionalProperties"):
        if isinstance(own.get(word), Mapping) and isinstance(ours.get(word), Mapping):
            yield (word,), own[word], ours[word]


def _mixed_up(kind: Kind, others: Mapping[str, Kind]) -> Iterator[Message]:
    """Why a kind's files, pages or data would mix with what else there is: each kind has a folder,
    and a name for it, of its own.
    """
    first = kind.folder.partition("/")[0]
    if first in taken_folders() or len(first) == LANGUAGE:
        yield _("The folder “{folder}” has another use.", folder=first)
    for other in others.values():
        if other.name == kind.name or other.single:
            continue
        nested = f"{other.folder}/".startswith(f"{kind.folder}/") or f"{kind.folder}/".startswith(
            f"{other.folder}/"
        )
        beside = (
            kind.folder == other.folder
            and kind.front_matter != other.front_matter
            and kind.slug != other.slug
        )
        if (nested and not beside) or other.slug == kind.slug:
            yield _("These files would mix with others: {files}.", files=other.files)


def content_folders(kinds: dict[str, Kind]) -> set[str]:
    """The top folders that hold records."""
    return {kind.folder.partition("/")[0] for kind in kinds.values() if not kind.single}
