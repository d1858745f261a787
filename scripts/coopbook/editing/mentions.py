"""Where a co-op's files mention a member: in fields that name them, in texts, in names of files.

Fields are read as they are written, with the id of their day; `records` would give that of now.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..base.positions import Path, Source, Value
from ..checks.frozen import is_settled
from ..decisions.kinds import ARTICLE, TEXT
from ..records.core_kinds import MEMBER
from ..records.dialect.shared import Schema
from ..records.dialect.words import x_ref
from ..records.index import Entry, Index
from ..records.load import Book
from ..records.model import parts_of
from ..yaml_files.reader import parse

TEXTS = (".yml", ".md", ".json", ".csv", ".txt", ".html")
"""How the files end in which words are looked for."""


class Mention(NamedTuple):
    """A place that mentions somebody: in a field, or, where it says none, in a text."""

    file: str
    line: int
    field: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" + (f": {self.field}" if self.field else "")


class Naming(NamedTuple):
    """A record whose fields name a member: where, and whether it is settled and stays as it is."""

    entry: Entry
    places: tuple[Mention, ...]
    settled: bool


def content_of(book: Book, file: str) -> bytes:
    """What a file of the book holds."""
    return (book.root / file).read_bytes()


def read_text(book: Book, file: str) -> str:
    """What a file of the book says; nothing where it is no text or cannot be read."""
    try:
        return (book.root / file).read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        return ""


def find_namings(book: Book, ids: Sequence[str]) -> Iterator[Naming]:
    """The records that name a member by one of some ids, but for the member's own."""
    anywhere = whole_words(ids)
    for entry in sorted(book.index.by_file.values(), key=lambda entry: entry.file):
        if entry.file not in book.index.assets or (entry.kind == MEMBER and entry.id in ids):
            continue
        text = read_text(book, entry.file)
        if not anywhere.search(text):
            continue
        kind = book.index.kinds[entry.kind]
        source = parse(text.encode(), front_matter=kind.front_matter, places=True)
        places = tuple(
            Mention(entry.file, line_of(source, path), ".".join(_names(path)))
            for path in find_references(source.value, kind.schema, ids)
        )
        if places:
            yield Naming(entry, places, not may_be_written(entry, book.index))


def may_be_written(entry: Entry, index: Index) -> bool:
    """Whether a record may change without a decision: it is neither settled nor a text in force."""
    return entry.kind not in (TEXT, ARTICLE) and not is_settled(entry, index)


def find_references(value: Value, schema: Schema, ids: Sequence[str]) -> Iterator[Path]:
    """The places of a value that name a member by one of some ids."""
    if isinstance(value, dict | list):
        for step, item, part in parts_of(value, schema):
            for path in find_references(item, part, ids):
                yield (step, *path)
    elif x_ref.of(schema) == MEMBER and value in ids:
        yield ()


def find_words(book: Book, words: Sequence[str], but: Sequence[str] = ()) -> list[Mention]:
    """The lines of all files that hold one of some words, however they are broken; `but` some
    files.
    """
    return [
        Mention(file, line)
        for file in sorted(book.index.assets)
        if file.endswith(TEXTS) and file not in but
        for line in lines_with(read_text(book, file), words)
    ]


def lines_with(text: str, words: Sequence[str]) -> list[int]:
    """The numbers of the lines on which one of some words begins."""
    found = whole_words(words).finditer(text)
    return sorted({text.count("\n", 0, match.start()) + 1 for match in found})


def find_files_named(book: Book, ids: Sequence[str]) -> list[str]:
    """The files that bear one of some ids as their name, such as ballots and photos."""
    return sorted(
        file for file in book.index.assets if file.rpartition("/")[2].partition(".")[0] in ids
    )


def whole_words(words: Sequence[str]) -> re.Pattern[str]:
    """Finds any of some words, in small letters or capitals, with any space between their parts;
    never as a part of a longer one.
    """
    each = (r"\s+".join(map(re.escape, word.split())) for word in words if word.strip())
    some = "|".join(sorted(each, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{some})(?![\w-])" if some else r"(?!)", re.IGNORECASE)


def words_for(value: Value) -> list[str]:
    """What somebody is called and reached by, as their file says it."""
    name = value.get("name") or {}
    given, family = name.get("given") or "", name.get("family") or ""
    names = [name.get("display"), name.get("sort")]
    names += [f"{given} {family}", f"{family} {given}"] if given and family else []
    reached = [value.get(field) for field in ("email", "phone", "address")]
    every = [*names, value.get("legal_name"), value.get("trade_name"), *reached]
    return list(dict.fromkeys(word for word in every if isinstance(word, str) and word.strip()))


def line_of(source: Source, path: Path) -> int:
    """The line on which a value stands, or the nearest thing around it."""
    while path and path not in source.spans:
        path = path[:-1]
    return source.spans[path].line if path in source.spans else 1


def _names(path: Path) -> Iterator[str]:
    return (step for step in path if isinstance(step, str))
