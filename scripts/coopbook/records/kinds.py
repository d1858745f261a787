"""Where kinds come from: our own schemas, then the co-op's, held to the dialect of `_meta.schema.json`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from ..base.diagnostics import Diagnostic
from ..base.messages import _
from ..base.shipped import Stamp, shipped, stamps
from ..yaml_files.reader import parse
from .model import Kind, Schema
from .validation import Shape

SHIPPED = shipped("schemas")


TAKEN = frozenset(
    [
        "about",
        "actions",
        "api",
        "assets",
        "build",
        "calendar",
        "contact",
        "credentials",
        "data",
        "decide",
        "feed",
        "files",
        "guides",
        "helpers",
        "legal",
        "life",
        "mine",
        "offers",
        "offices",
        "search",
        "secretariat",
        "site",
        "skills",
        "trades",
        "votes",
        "warnings",
    ]
)
"""First folders of our own: of the sites, and those that a build makes."""

LANGUAGE = 2
"""Folders of two letters are languages."""


def load_kinds(root: Path) -> tuple[dict[str, Kind], list[Diagnostic]]:
    """Our kinds, then the co-op's own, which add to them or replace them. The most precise `x-files` comes first."""
    kinds = dict(_shipped_kinds(stamps(SHIPPED.glob("[a-z]*.schema.json"))))
    found: list[Diagnostic] = []
    own = root / "schemas"
    if own.is_dir() and not own.samefile(SHIPPED):
        for file in sorted(
            path
            for path in own.glob("[a-z]*.schema.json")
            if path.is_file() and not path.is_symlink()
        ):
            name = file.name.removesuffix(".schema.json")
            schema, wrong = _own_schema(file)
            wrong = wrong or list(_mixed(Kind(name, schema or {}), kinds.values()))
            found += wrong
            if schema is not None and not wrong:
                ours = kinds.get(name)
                kinds[name] = Kind(name, _as_indexed(schema, ours.schema) if ours else schema)
    in_order = sorted(
        kinds.values(), key=lambda kind: (not kind.single, -len(kind.folder), kind.name)
    )
    return {kind.name: kind for kind in in_order}, found


@lru_cache(maxsize=2)
def _shipped_kinds(files: tuple[Stamp, ...]) -> dict[str, Kind]:
    """Our own kinds: read once a process, unless a file changes. Who gets them copies the dict; nobody changes a schema."""
    return {(kind := _read_kind(stamp.path)).name: kind for stamp in files}


def _read_kind(file: Path) -> Kind:
    return Kind(file.name.removesuffix(".schema.json"), json.loads(file.read_bytes()))


def _own_schema(file: Path) -> tuple[Schema | None, list[Diagnostic]]:
    name = f"schemas/{file.name}"
    source = parse(file.read_bytes(), front_matter=False)
    found = [
        Diagnostic(name, fault.message, fault.help, span=fault.span, check="syntax")
        for fault in source.faults
    ]
    if found:
        return None, found
    meta = _read_kind(SHIPPED / "_meta.schema.json")
    found = [
        Diagnostic(name, flaw.message, flaw.help, flaw.path, flaw.on_key, check="record-type")
        for flaw in Shape(meta).flaws(source.value)
    ]
    return (None if found else source.value), found


def _as_indexed(own: Schema, ours: Schema, *, whole: bool = False) -> Schema:
    """A co-op's own schema, or a part of it, whose fields are in the index where they are in ours: checks see nothing else of a record. `whole`:
    the part that it is in is kept as it is, and marks within would take something out."""
    found = {name: value for name, value in own.items() if name != "x-index" or not whole}
    if "x-index" in ours and not whole:
        found["x-index"] = True
    inside = whole or (
        "x-index" in ours
        and "x-files" not in ours
        and not any("x-index" in part for part in _parts(ours))
    )
    if "properties" in own:
        theirs = ours.get("properties") or {}
        found["properties"] = {
            name: _as_indexed(part, theirs.get(name, {}), whole=inside)
            for name, part in own["properties"].items()
        }
    if "items" in own:
        found["items"] = _as_indexed(own["items"], ours.get("items") or {}, whole=inside)
    return found


def _parts(schema: Schema) -> Iterator[Schema]:
    """The fields of a schema, or of what its list holds."""
    yield from ((schema.get("items") or schema).get("properties") or {}).values()


def _mixed(kind: Kind, others: Iterable[Kind]) -> Iterator[Diagnostic]:
    """Why a kind's files, pages or data would mix with what else there is: each kind has a folder, and a name for it, of its own."""
    file = f"schemas/{kind.name}.schema.json"
    first = kind.folder.partition("/")[0]
    if first in TAKEN or len(first) == LANGUAGE:
        message = _("The folder “{folder}” has another use.", folder=first)
        yield Diagnostic(
            file,
            message,
            _("Choose another folder."),
            ("x-files",),
            check="record-type",
        )
    for other in others:
        nested = f"{other.folder}/".startswith(f"{kind.folder}/") or f"{kind.folder}/".startswith(
            f"{other.folder}/"
        )
        beside = (
            kind.folder == other.folder
            and kind.front_matter != other.front_matter
            and kind.plural != other.plural
        )
        nested = nested and not beside
        if other.name != kind.name and not other.single and (nested or other.plural == kind.plural):
            message = _("These files would mix with others: {files}.", files=other.files)
            yield Diagnostic(
                file,
                message,
                _("Choose another folder."),
                ("x-files",),
                check="record-type",
            )


def content_folders(kinds: dict[str, Kind]) -> set[str]:
    """The top folders that hold records."""
    return {kind.folder.partition("/")[0] for kind in kinds.values() if not kind.single}
