"""The data model: a Kind is one schema file, a Record one data file."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ..base.diagnostics import Diagnostic
from ..base.messages import NOTHING, Message
from ..base.positions import Path, Span, Value
from .dialect import labels
from .dialect.shared import FieldPath, Schema, parts
from .dialect.words import (
    x_audience,
    x_body,
    x_date,
    x_files,
    x_form,
    x_id,
    x_index,
    x_index_body,
    x_list,
    x_markdown,
    x_menu,
    x_picture,
    x_pseudonyms,
    x_sidecar,
    x_slug,
    x_title,
)
from .dialect.words.x_audience import Audience
from .dialect.words.x_date import DateWord
from .dialect.words.x_index import IndexPlan
from .dialect.words.x_list import ListWord
from .dialect.words.x_menu import MenuWord


class Leaf(NamedTuple):
    """A value without parts, where it stands, and what its schema says of it."""

    path: Path
    value: Value
    schema: Schema


@dataclass(frozen=True)
class Kind:
    """A record type, read from `schemas/<name>.schema.json`: its schema, and what its words say of
    the whole.

    Make one with `Kind.of`. `schema` is plain: the shapes of `$defs` stand where they are used.
    """

    name: str
    schema: Schema
    files: str
    """The glob of its files; `**` stands for any folders."""
    id_form: str
    """How a file names its record: `stem` or `path`."""
    naming: tuple[FieldPath, ...]
    """The fields that may name a record, the first choice first."""
    title: Message
    """What one record is called."""
    title_plural: Message
    """What its list is called."""
    description: Message
    audience: Audience
    slug: str
    """Its name in addresses of the open data, such as `bodies`."""
    listing: ListWord
    """How a list of its records looks."""
    menu: MenuWord
    """Where its list stands in the navigation."""
    sidecar: str = ""
    """How the data file beside each record ends; empty where there is none."""
    pseudonyms: str = ""
    """How the file ends that says who is meant in it; empty where there is none."""
    has_body: bool = False
    body_indexed: bool = False
    """The index keeps the text below the fields."""
    date: DateWord | None = None
    """When its records are; None for a kind without a day."""
    form: bool = False
    """People may make and change its records in a form of the desk."""
    template: str = ""
    """The template that a co-op has for its pages; empty where there is none."""

    def __hash__(self) -> int:
        """By what the schema says: equal kinds share what is made of them once a process, such as
        validators.
        """
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.name, json.dumps(self.schema, sort_keys=True)))

    @classmethod
    def of(cls, name: str, schema: Schema) -> Kind:
        """Read a kind.

        Args:
            name: The first part of its file's name.
            schema: A plain schema that the meta-schema accepts.

        Returns:
            The kind; its words are read once.
        """
        files = x_files.of(schema)
        return cls(
            name=name,
            schema=schema,
            files=files,
            id_form=x_id.of(schema),
            naming=x_title.of(schema),
            title=labels.title_of(schema, name),
            title_plural=labels.plural_of(schema),
            description=labels.description_of(schema),
            audience=x_audience.of(schema),
            slug=x_slug.of(schema) or _folder(files).rpartition("/")[2] or name,
            sidecar=x_sidecar.of(schema),
            pseudonyms=x_pseudonyms.of(schema),
            has_body=x_body.of(schema),
            body_indexed=x_index_body.of(schema),
            date=x_date.of(schema),
            listing=x_list.of(schema),
            menu=x_menu.of(schema),
            form=x_form.of(schema),
        )

    @cached_property
    def folder(self) -> str:
        """The part of `files` that never varies, such as `decisions/bodies`; nothing for a kind of
        one file.
        """
        return _folder(self.files)

    @property
    def single(self) -> bool:
        """Whether the kind is one file, such as `coop.yml`."""
        return "*" not in self.files

    @property
    def template_file(self) -> str:
        """Where a co-op has a template for its pages."""
        return f"schemas/{self.name}.html"

    @property
    def properties(self) -> Mapping[str, Schema]:
        """Its fields."""
        fields: Mapping[str, Schema] = self.schema["properties"]
        return fields

    @property
    def front_matter(self) -> bool:
        """Whether its fields stand above a text."""
        return self.files.endswith(".md")

    @property
    def withheld(self) -> bool:
        """Whether no site shows its records."""
        return self.audience == "nobody"

    @cached_property
    def index_plan(self) -> IndexPlan:
        """What the index keeps of a record's fields."""
        return x_index.plan_of(self.schema)

    @cached_property
    def withholds(self) -> bool:
        """Whether some of its fields are on no site."""
        return any(x_audience.of(part) == "nobody" for place, part in parts(self.schema) if place)

    @cached_property
    def proves(self) -> bool:
        """Whether some of its fields name a file with the fingerprint of what it held."""
        return any(
            {"file", "sha256"} <= part.get("properties", {}).keys()
            for _, part in parts(self.schema)
        )

    def sidecar_of(self, file: str) -> str:
        """The data file beside a record's own; empty where the kind has none."""
        return f"{file.rpartition('.')[0]}.{self.sidecar}" if self.sidecar else ""

    def pseudonyms_of(self, file: str) -> str:
        """The file beside a record's own that says who is meant in its data file; empty where the
        kind has none.
        """
        return f"{file.rpartition('.')[0]}.{self.pseudonyms}" if self.pseudonyms else ""

    @cached_property
    def samples(self) -> tuple[str, str]:
        """Paths such as its files have, at the top of its folder and in a folder within."""
        return self.files.replace("**/", "").replace("*", "x"), self.files.replace(
            "**", "x"
        ).replace("*", "x")

    def owns(self, file: str) -> bool:
        """Say whether a file is one of its records.

        Each file of a book is asked about for each kind, so this reads the two forms that the
        meta-schema leaves to `x-files` (one file; `<folder>/**/*.md`, with `**` or without) by
        comparing texts. `base.globs` says the same of them, in more time.
        """
        if self.single:
            return file == self.files
        folder, ending = f"{self.folder}/", self.files.rpartition("*")[2]
        inside = file[len(folder) : len(file) - len(ending)]
        return (
            file.startswith(folder)
            and file.endswith(ending)
            and len(file) >= len(folder) + len(ending)
            and ("**" in self.files or "/" not in inside)
        )

    def id_of(self, file: str) -> str:
        """The id a file gives its record. By path, README and index stand for their folder."""
        stem = file.rpartition(".")[0]
        if self.id_form == "stem":
            return stem.rpartition("/")[2]
        steps = stem[len(self.folder) :].strip("/").split("/")
        if len(steps) > 1 and steps[-1] in {"README", "index"}:
            steps.pop()
        return "index" if steps in (["README"], ["index"]) else "/".join(steps)

    def title_of(self, value: Value) -> Value:
        """The value that names a record: text, or text by language; None when it has none."""
        for path in self.naming:
            found = dig(value, *path)
            if found:
                return found
        return None


def _folder(files: str) -> str:
    return re.split(r"/?[^/]*\*", files, maxsplit=1)[0] if "*" in files else ""


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


def parts_of(value: Value, schema: Schema) -> Iterator[tuple[str | int, Value, Schema]]:
    """The parts of a value, each with its step and what the schema says of it; a text or a number
    has none.
    """
    if isinstance(value, dict):
        properties, others = schema.get("properties", {}), schema.get("additionalProperties") or {}
        for name, item in value.items():
            yield name, item, properties.get(name, others)
    elif isinstance(value, list):
        items = schema.get("items", {})
        for number, item in enumerate(value):
            yield number, item, items


def map_leaves(value: Value, schema: Schema, change: Callable[[Value, Schema], Value]) -> Value:
    """A value whose texts and numbers are what `change` makes of each, with what the schema says
    of it; maps and lists keep their shape.
    """
    if isinstance(value, dict):
        return {
            step: map_leaves(item, part, change) for step, item, part in parts_of(value, schema)
        }
    if isinstance(value, list):
        return [map_leaves(item, part, change) for _step, item, part in parts_of(value, schema)]
    return change(value, schema)


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
    """One data file, sound: values its schema refuses are gone, and `refused` says which (paths as
    in the file).

    `beside` is what the data file holds that its kind has beside each record (`x-sidecar`), and
    `pseudonyms` what the file holds that says who is meant in it (`x-pseudonyms`); no site shows
    either. `derived` is what was worked out from it for members' eyes, such as the names of
    voters; the public never gets it.
    """

    kind: Kind
    id: str
    file: str
    value: dict[str, Value]
    body: str = ""
    body_line: int = 1
    digest: str = ""
    refused: tuple[Path, ...] = ()
    beside: Value = None
    pseudonyms: Value = None
    derived: Value = None

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

    def fault(
        self, message: Message, *path: str | int, help: Message = NOTHING, on_key: bool = False
    ) -> Diagnostic:
        """A diagnostic at a value of this record."""
        return Diagnostic(self.file, message, help, self.in_file(path), on_key)

    def fault_in_text(
        self,
        message: Message,
        path: Path | None,
        place: tuple[int, int],
        width: int = 1,
        help: Message = NOTHING,
    ) -> Diagnostic:
        """A diagnostic in a Markdown text: at its field, or, in the body, at `place`: line and
        column, from 1 within it.
        """
        if path is not None:
            return self.fault(message, *path, help=help)
        line, column = place[0] + self.body_line - 1, place[1]
        return Diagnostic(self.file, message, help, span=Span(line, column, line, column + width))

    def markdown(self) -> Iterator[tuple[Path | None, str]]:
        """Each Markdown text with its path; the body has none."""
        yield from ((leaf.path, leaf.value) for leaf in self.leaves if x_markdown.of(leaf.schema))
        if self.body:
            yield None, self.body

    def pictures(self) -> Iterator[tuple[Path, str]]:
        """Each path of a picture that a field gives, with the field's own path."""
        yield from ((leaf.path, leaf.value) for leaf in self.leaves if x_picture.of(leaf.schema))

    def in_file(self, path: Path) -> Path:
        """A path in this record as a path in its file: refused items of lists have moved those
        after them.
        """
        out: Path = ()
        for step in path:
            if isinstance(step, int):
                place = step
                for gone in sorted(
                    one[-1]
                    for one in self.refused
                    if len(one) == len(out) + 1 and one[:-1] == out and isinstance(one[-1], int)
                ):
                    place += gone <= place
                out = (*out, place)
            else:
                out = (*out, step)
        return out


def order_fields(value: Mapping[str, Value], schema: Schema) -> dict[str, Value]:
    """Fields in the order of their schema."""
    return {name: value[name] for name in schema["properties"] if name in value}
