"""The open data: JSON under api/v1/, and the JSON Schema of each kind beside it.

`<kinds>.json` lists the records of a kind with their light fields, `<kinds>/<id>.json` holds one
whole. For the public, a kind with a field `open_data` gives only the records that say true. Amounts
are text, dates are ISO 8601, texts by language are objects.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ..base.markdown_source import without_comments, without_html, without_links
from ..base.positions import Value
from ..base.version import __version__
from ..decisions.types import Member
from ..records.addresses import Addresses, has_pages
from ..records.audience import view_schema
from ..records.core_kinds import COOP, MEMBER
from ..records.dialect.shared import Schema
from ..records.dialect.words import x_markdown
from ..records.index import Entry, Index
from ..records.links import resolve
from ..records.model import Kind, Record, map_leaves
from ..records.pictures import SUFFIXES as PICTURES

ROOT = "api/v1"


def record_files(record: Record, index: Index) -> Iterator[tuple[str, str]]:
    entry = index.entries.get(record.kind.name, {}).get(record.id)
    if entry and _is_given(entry, record.kind, index) and not record.kind.single:
        body = {"body": _text(record.body, record.file, index)} if record.kind.has_body else {}
        value = _with_texts(record.value, record.kind.schema, record.file, index)
        yield (
            f"{ROOT}/{record.kind.slug}/{record.id}.json",
            _json({**_head(entry, index), **value, **body}),
        )


def _text(text: str, file: str, index: Index) -> str:
    """A text of a file as it is given: what pages leave out of it is left out, and a link to a
    record that the reader may not see, or by a name that is told nobody, is its own words.
    """

    def leads(url: str) -> bool:
        is_file = url.partition("#")[0].endswith((".yml", ".md", *PICTURES))
        return not is_file or resolve(url, file, index).place != "nowhere"

    return without_links(without_html(text), leads)


def _with_texts(value: Value, schema: Schema, file: str, index: Index) -> Any:
    def give(leaf: Value, part: Schema) -> Value:
        is_text = isinstance(leaf, str) and x_markdown.of(part)
        return _text(leaf, file, index) if is_text else leaf

    return map_leaves(value, schema, give)


def _light(entry: Entry, index: Index) -> dict[str, Value]:
    """What the index keeps of a record, its texts as they are given."""
    found: dict[str, Value] = _with_texts(
        entry.value, index.kinds[entry.kind].schema, entry.file, index
    )
    return found


def index_files(index: Index) -> Iterator[tuple[str, str]]:
    kinds = [kind for kind in index.kinds.values() if not kind.single]
    for kind in kinds:
        light = [
            {
                **_head(entry, index),
                "title": entry.title,
                **(_light(entry, index) if has_pages(kind) else {}),
            }
            for entry in given_entries(index, kind.name)
        ]
        yield f"{ROOT}/{kind.slug}.json", _json(light)
        yield f"{ROOT}/schemas/{kind.name}.schema.json", _json(_schema(kind, index))
    yield (
        f"{ROOT}/offers.json",
        _json(
            [
                _offer(entry, offer, index)
                for entry in given_entries(index, MEMBER)
                if not Member.of(entry).has_left
                for offer in offers_in(_light(entry, index))
            ]
        ),
    )
    lists = {kind.slug: f"{ROOT}/{kind.slug}.json" for kind in kinds} | {
        "offers": f"{ROOT}/offers.json"
    }
    yield (
        f"{ROOT}/index.json",
        _json(
            {
                "format": 1,
                "generator": f"coopbook {__version__}",
                "coop": _with_texts(index.coop, index.kinds[COOP].schema, "coop.yml", index),
                "lists": lists,
            }
        ),
    )


def given_entries(index: Index, kind: str) -> list[Entry]:
    """The records of a kind that are in the open data."""
    return [entry for entry in index.of(kind) if _is_given(entry, index.kinds[kind], index)]


def offers_of(entry: Entry) -> list[dict[str, Value]]:
    """A member's offers that the audience may see; who has left offers nothing."""
    return [] if Member.of(entry).has_left else offers_in(entry.value)


def offers_in(value: dict[str, Value]) -> list[dict[str, Value]]:
    """The offers of a member's fields."""
    return [offer for offer in value.get("offers") or [] if "id" in offer]


def url_of(entry: Entry, index: Index) -> str:
    """A record's whole address, or its path where the co-op has no site."""
    site = index.settings.site_of(index.audience)
    kind = index.kinds[entry.kind]
    return site + (
        Addresses(index, index.languages[0]).url_of_version(entry)
        if has_pages(kind)
        else f"{ROOT}/{kind.slug}/{entry.id}.json"
    )


def _is_given(entry: Entry, kind: Kind, index: Index) -> bool:
    """Whether a record is in the open data: the public gets only what was given for reuse."""
    return (
        index.audience != "public"
        or "open_data" not in kind.properties
        or entry.get("open_data") is True
    )


def _offer(entry: Entry, offer: dict[str, Value], index: Index) -> dict[str, Value]:
    return {"member": entry.id, "url": f"{url_of(entry, index)}#{offer['id']}", **offer}


def _head(entry: Entry, index: Index) -> dict[str, Value]:
    return {"id": entry.id, "url": url_of(entry, index)}


def _schema(kind: Kind, index: Index) -> dict[str, Value]:
    """The schema of `<kinds>/<id>.json`."""
    schema = view_schema(kind.schema, index.text)
    added = {"id": {"type": "string"}, "url": {"type": "string"}} | (
        {"body": {"type": "string"}} if kind.has_body else {}
    )
    return schema | {"properties": added | schema["properties"], "required": list(added)}


def _json(value: Value) -> str:
    return json.dumps(_without_comments(value), ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def _without_comments(value: Value) -> Value:
    if isinstance(value, dict):
        return {name: _without_comments(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_without_comments(item) for item in value]
    return without_comments(value) if isinstance(value, str) and "<!--" in value else value
