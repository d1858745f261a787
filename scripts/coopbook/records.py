"""The data model: a Kind is one schema file, a Record one data file, the Index the light part of all records."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from .diagnostics import Diagnostic
from .messages import NOTHING, Message
from .spans import Path, Span, Value

Schema = Mapping[str, Any]


class Leaf(NamedTuple):
    """A value without parts, where it stands, and what its schema says of it."""

    path: Path
    value: Value
    schema: Schema


@dataclass(frozen=True)
class Kind:
    """A record type, read from `schemas/<name>.schema.json`."""

    name: str
    schema: Schema

    @cached_property
    def files(self) -> str:
        """The glob of its files; `**` stands for any folders."""
        return str(self.schema["x-files"])

    @cached_property
    def folder(self) -> str:
        """The part of `files` that never varies, such as `decisions/bodies`; nothing for a kind of one file."""
        return re.split(r"/?[^/]*\*", self.files, maxsplit=1)[0] if "*" in self.files else ""

    @cached_property
    def plural(self) -> str:
        """Its name in addresses: the last folder, such as `bodies`."""
        return self.folder.rpartition("/")[2] or self.name

    @property
    def single(self) -> bool:
        return "*" not in self.files

    @property
    def title(self) -> str:
        return str(self.schema["title"])

    @property
    def front_matter(self) -> bool:
        return self.files.endswith(".md")

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        pieces = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*"}
        return re.compile("".join(pieces.get(piece, re.escape(piece)) for piece in re.split(r"(\*\*/|\*\*|\*)", self.files)))

    def owns(self, file: str) -> bool:
        return bool(self._pattern.fullmatch(file))

    def id_of(self, file: str) -> str:
        """The id a file gives its record. By path, README and index stand for their folder."""
        stem = file.rpartition(".")[0]
        if self.schema["x-id"] == "stem":
            return stem.rpartition("/")[2]
        steps = stem[len(self.folder) :].strip("/").split("/")
        if len(steps) > 1 and steps[-1] in {"README", "index"}:
            steps.pop()
        return "index" if steps in (["README"], ["index"]) else "/".join(steps)

    def title_of(self, value: Value) -> Value:
        """The value that names a record: text, or text by language; None when it has none."""
        for choice in str(self.schema["x-title"]).split("|"):
            found = dig(value, *choice.split("."))
            if found:
                return found
        return None


def dig(value: Value, *path: str | int) -> Value:
    """The value at a path, or None."""
    for step in path:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def schema_at(schema: Schema, path: Path) -> Schema:
    """What a schema says of the value at a path; an empty mapping where it says nothing."""
    for step in path:
        schema = (
            schema.get("items", {})
            if isinstance(step, int)
            else schema.get("properties", {}).get(step) or schema.get("additionalProperties") or {}
        )
    return schema


def _gather(value: Value, schema: Schema, path: Path, found: list[Leaf]) -> None:
    """Each value without parts, into `found`."""
    if isinstance(value, dict):
        properties, others = schema.get("properties", {}), schema.get("additionalProperties") or {}
        for key, item in value.items():
            _gather(item, properties.get(key, others), (*path, key), found)
    elif isinstance(value, list):
        items = schema.get("items", {})
        for number, item in enumerate(value):
            _gather(item, items, (*path, number), found)
    else:
        found.append(Leaf(path, value, schema))


@dataclass(frozen=True)
class Record:
    """One data file, sound: values its schema refuses are gone, and `refused` says which (paths as in the file)."""

    kind: Kind
    id: str
    file: str
    value: dict[str, Value]
    body: str = ""
    body_line: int = 1
    digest: str = ""
    refused: tuple[Path, ...] = ()

    def get(self, *path: str | int) -> Value:
        """The value at a path, or None."""
        return dig(self.value, *path)

    @cached_property
    def title(self) -> Value:
        return self.kind.title_of(self.value) or self.id

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """Each value without parts, in the file's order."""
        found: list[Leaf] = []
        _gather(self.value, self.kind.schema, (), found)
        return tuple(found)

    def error(self, message: Message, *path: str | int, help: Message = NOTHING, on_key: bool = False) -> Diagnostic:
        """A diagnostic at a value of this record."""
        return Diagnostic(self.file, message, help, self.in_file(path), on_key)

    def error_in_body(self, message: Message, line: int, column: int, width: int = 1, help: Message = NOTHING) -> Diagnostic:
        """A diagnostic at a place in the body; line and column count from 1 within it."""
        line += self.body_line - 1
        return Diagnostic(self.file, message, help, span=Span(line, column, line, column + width))

    def markdown(self) -> Iterator[tuple[Path | None, str]]:
        """Each Markdown text with its path; the body has none."""
        yield from ((leaf.path, leaf.value) for leaf in self.leaves if "x-markdown" in leaf.schema)
        if self.body:
            yield None, self.body

    def in_file(self, path: Path) -> Path:
        """A path in this record as a path in its file: refused items of lists have moved those after them."""
        out: Path = ()
        for step in path:
            if isinstance(step, int):
                for gone in sorted(
                    one[-1] for one in self.refused if len(one) == len(out) + 1 and one[:-1] == out and isinstance(one[-1], int)
                ):
                    step += gone <= step
            out = (*out, step)
        return out


class Entry(NamedTuple):
    """What stays in memory of a record. `value` holds its `x-index` fields; a file that cannot be read has none.

    `sound`: nothing of the file was refused; of one that is not, nothing can be said to be missing or hidden. `headings` are the ids of its body's headings, `languages` those in which a public text of the record is written.
    """

    kind: str
    id: str
    file: str
    title: Value
    value: dict[str, Value]
    digest: str
    public: bool
    sound: bool = True
    headings: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    @property
    def anchors(self) -> tuple[str, ...]:
        """The places on its page that a link may name: its headings, its offers and their like."""
        items = (item for value in self.value.values() if isinstance(value, list) for item in value if isinstance(item, dict))
        return self.headings + tuple(item["id"] for item in items if isinstance(item.get("id"), str))

    def get(self, *path: str | int) -> Value:
        """The value of an indexed field, or None."""
        return dig(self.value, *path)

    def error(self, message: Message, *path: str | int, help: Message = NOTHING) -> Diagnostic:
        """A diagnostic at an indexed value of this record."""
        return Diagnostic(self.file, message, help, path)


class File(NamedTuple):
    """A file of the tree as the disk has it. `link`: no regular file; `flaw`: what is wrong with a picture, and the mending."""

    path: str
    size: int
    link: bool = False
    executable: bool = False
    flaw: tuple[Message, Message] | None = None


@dataclass
class Index:
    """The light part of all records, the co-op, the tree and the day."""

    kinds: dict[str, Kind]
    coop: dict[str, Value]
    today: date
    entries: dict[str, dict[str, Entry]]
    files: tuple[File, ...] = ()
    clashes: tuple[tuple[Entry, Entry], ...] = ()
    former: dict[tuple[str, str], str] = field(default_factory=dict)
    audience: str = "members"

    def find(self, kind: str, id: str) -> Entry | None:
        """The record of this id, or of the id it has now."""
        entries = self.entries.get(kind, {})
        return entries.get(id) or entries.get(self.former.get((kind, id), ""))

    def of(self, kind: str) -> list[Entry]:
        """All records of a kind, by id."""
        return [entry for _, entry in sorted(self.entries.get(kind, {}).items())]

    def terms(self, vocabulary: str) -> dict[str, Value] | None:
        """The terms of a vocabulary; `coop.offices` and its like are the keys of a map in coop.yml. None: there is no such list."""
        if vocabulary.startswith("coop."):
            return self.coop.get(vocabulary.removeprefix("coop.")) or {}
        entry = self.find("vocabulary", vocabulary)
        return entry.value.get("terms", {}) if entry else None

    @cached_property
    def by_file(self) -> dict[str, Entry]:
        """Records by their file."""
        return {entry.file: entry for of in self.entries.values() for entry in of.values()}

    @cached_property
    def assets(self) -> dict[str, File]:
        """Files by path."""
        return {file.path: file for file in self.files}

    def photo(self, member: str) -> str | None:
        """The photo's file of a member."""
        return next((path for suffix in PHOTO_SUFFIXES if (path := f"members/photos/{member}{suffix}") in self.assets), None)

    @property
    def languages(self) -> list[str]:
        """The sites' languages, the main one first."""
        return self.coop.get("languages") or ["fr"]

    def prefix(self, language: str) -> str:
        """The folder of a language's pages: the main language has the root."""
        return "" if language == self.languages[0] else f"{language}/"

    def speaks(self, entry: Entry, language: str) -> bool:
        """Whether a record has a page in this language: the main language has all, another only what is written in it."""
        return language == self.languages[0] or language in entry.languages

    def url(self, entry: Entry, language: str) -> str:
        """A record's address from the site's root, in this language when it has a page in it."""
        rest = "" if entry.id == "index" else f"{entry.id}/"
        return f"{self.prefix(language) if self.speaks(entry, language) else ''}{self.kinds[entry.kind].folder}/{rest}"

    @property
    def page_kinds(self) -> list[Kind]:
        """Kinds whose records have pages, in the order of the navigation: ours first."""
        order = ["member", "project", "body", "page"]
        kinds = [kind for kind in self.kinds.values() if not kind.single and kind.name != "vocabulary"]
        return sorted(kinds, key=lambda kind: (order.index(kind.name) if kind.name in order else len(order), kind.name))


PHOTO_SUFFIXES = (".jpg", ".png", ".webp")


def local(value: Value, language: str, languages: list[str]) -> tuple[str, str]:
    """A text and its language: the wanted one, else the co-op's first, else any. A plain text has no language of its own."""
    if not isinstance(value, dict):
        return ("" if value is None else str(value)), ""
    for choice in (language, language.partition("-")[0], *languages, *value):
        if choice in value:
            return str(value[choice]), choice
    return "", ""
