"""Where kinds come from: our own schemas, then the co-op's, held to the dialect."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..base.diagnostics import Diagnostic, suggestion
from ..base.messages import Message, _
from ..base.positions import Path as Path_
from ..base.shipped import PACKAGE, Stamp, shipped, stamps
from ..yaml_files.reader import parse
from .dialect import labels
from .dialect.references import marked_for_index, resolve, written_at
from .dialect.shared import Schema
from .dialect.words import x_index, x_index_body
from .model import Kind
from .own_limits import find_misnamed, find_opened, pairs
from .own_schemas import EXTENDS, adds_to_ours, read_schema, with_ours
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


def is_our_own(root: Path) -> bool:
    """Whether a folder is the repository that this Coopbook runs from, which is a co-op's book
    too: its record types and lists are ours, and it runs itself.
    """
    folder = root / "schemas"
    return folder.is_dir() and folder.samefile(SHIPPED)


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
    if own.is_dir() and not is_our_own(root):
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

    value = source.value
    if adds_to_ours(value):
        if name not in shipped_kinds():
            return None, [
                fault(
                    _("Coopbook has no record type “{name}” to add to.", name=name),
                    suggestion(name, shipped_kinds()),
                    (EXTENDS,),
                )
            ]
        value = with_ours(value, json.loads((SHIPPED / file.name).read_bytes()))
    schema, wrong = read_schema(value)
    if schema is None:
        return None, [fault(*one) for one in wrong]
    ours = shipped_kinds().get(name)
    if ours is not None:
        opened = {  # a shape that is used twice is at fault once
            place: fault(one.message, one.help, place)
            for find in (find_opened, find_misnamed)
            for one in find(schema, ours.schema)
            for place in [written_at(value, one.path)]
        }
        if opened:
            return None, list(opened.values())
        labels.mark_same(schema, ours.schema)
        schema = _indexed_as(schema, ours.schema)
    kind = Kind.of(name, marked_for_index(schema))
    mixed = [
        fault(message, _("Choose another folder."), ("x-files",))
        for message in _mixed_up(kind, [*kinds.values(), *shipped_kinds().values()])
    ]
    return (None if mixed else kind), mixed


def _indexed_as(own: Schema, ours: Schema) -> dict[str, Any]:
    """A co-op's version of our schema whose fields are in the index where they are in ours: checks
    see nothing else of a record.
    """
    found = dict(own)
    if x_index.of(ours):
        found["x-index"] = True
    if x_index_body.of(ours):
        found["x-index-body"] = True
    for (word, *name), part, theirs in pairs(own, ours):
        if name:
            found[word] = {**found[word], name[0]: _indexed_as(part, theirs)}
        else:  # a map of ours may be met by several of our fields
            found[word] = _indexed_as(found[word], theirs)
    return found


def _mixed_up(kind: Kind, others: Iterable[Kind]) -> Iterator[Message]:
    """Why a kind's files, pages or data would mix with what else there is: each kind has a folder,
    and a name for it, of its own. Ours keep their place where a co-op has its own version of them
    elsewhere, too: what lies there was written to be shown as ours says.
    """
    first = kind.folder.partition("/")[0]
    if first in taken_folders() or len(first) == LANGUAGE:
        yield _("The folder “{folder}” has another use.", folder=first)
    mixed = {
        other.files: other for other in others if other.name != kind.name and _overlap(kind, other)
    }
    for files in mixed:
        yield _("These files would mix with others: {files}.", files=files)


def _overlap(kind: Kind, other: Kind) -> bool:
    if other.single:
        return kind.owns(other.files)
    if other.slug == kind.slug or (kind.single and other.owns(kind.files)):
        return True
    if kind.single:
        return False
    nested = f"{other.folder}/".startswith(f"{kind.folder}/") or f"{kind.folder}/".startswith(
        f"{other.folder}/"
    )
    beside = kind.folder == other.folder and kind.front_matter != other.front_matter
    return nested and (not beside or other.withheld)


def content_folders(kinds: dict[str, Kind]) -> set[str]:
    """The top folders that hold records."""
    return {kind.folder.partition("/")[0] for kind in kinds.values() if not kind.single}
