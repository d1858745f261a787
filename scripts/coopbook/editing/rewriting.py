"""Another id of a member, in the fields and the links of all records that may change.

What is settled stays as it is, and so do bylaws: their words change by a decision alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct

from ..base.positions import Value
from ..records.core_kinds import MEMBER
from ..records.dialect.shared import Schema
from ..records.dialect.words import x_markdown, x_ref
from ..records.load import Book
from ..records.model import map_leaves
from ..yaml_files.editor import patch
from ..yaml_files.reader import parse
from .mentions import Naming, content_of, find_words, may_be_written


def rewrite_files(
    book: Book,
    namings: Iterable[Naming],
    ids: Sequence[str],
    new: str,
    *,
    linked: bool = True,
    public_only: bool = False,
) -> dict[str, bytes]:
    """Say another id in the files that may change: in the fields that name a member, and in links.

    Args:
        book: The co-op.
        namings: The records whose fields name them.
        ids: The ids that are said now.
        new: The one that is said from now on.
        linked: Whether links lead to the new file; else they become their own words.
        public_only: Whether records that the public may not see stay as they are.

    Returns:
        The new contents by their paths.
    """
    named = {naming.entry.file for naming in namings}
    links = {one.file for one in find_words(book, [f"{id}.yml" for id in ids])}
    found = {}
    for file in sorted(named | links):
        entry = book.index.by_file.get(file)
        if entry is None or file not in book.index.assets or not may_be_written(entry, book.index):
            continue
        if public_only and not entry.public:
            continue
        kind, data = book.index.kinds[entry.kind], content_of(book, file)
        source = parse(data, front_matter=kind.front_matter)
        rewrite = _Rewrite(frozenset(ids), new, linked)
        value = rewrite.value(source.value, kind.schema)
        body = rewrite.text(source.body) if kind.front_matter else None
        found[file] = patch(data, value, front_matter=kind.front_matter, body=body)
    return found


class _Rewrite(Struct, frozen=True):
    """Says another id of a member, in fields and in the links of texts."""

    ids: frozenset[str]
    new: str
    linked: bool

    def value(self, value: Value, schema: Schema) -> Any:
        return map_leaves(value, schema, self._leaf)

    def _leaf(self, value: Value, schema: Schema) -> Value:
        if isinstance(value, str) and x_markdown.of(schema):
            return self.text(value)
        return self.new if x_ref.of(schema) == MEMBER and value in self.ids else value

    def text(self, text: str) -> str:
        some = "|".join(map(re.escape, sorted(self.ids)))
        if self.linked:
            return re.sub(rf"(?<=/)(?:{some})(?=\.yml[)#\s>])", self.new, text)
        return re.sub(rf"\[([^\[\]]*)\]\([^()\s]*/(?:{some})\.yml[^()]*\)", r"\1", text)


def name_pictures(text: str, ids: Iterable[str], new: str) -> str:
    """A text in which the addresses of a member's pictures have the member's new id."""
    some = "|".join(map(re.escape, sorted(ids)))
    numbered = r"(?=(?:-[0-9]{1,3})?\.(?:jpg|jpeg|png|webp))"
    return re.sub(rf"(?<=pictures/)(?:{some})(?=/)|(?<=photos/)(?:{some}){numbered}", new, text)
