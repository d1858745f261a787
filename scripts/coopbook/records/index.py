"""The index: the light part of all records, the co-op, the tree and the day."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple

from ..base.diagnostics import Diagnostic
from ..base.messages import NOTHING, Message, languages
from ..base.positions import Value
from .coop import Coop
from .core_kinds import MEMBER, VOCABULARY
from .evidence import Proof
from .history import NO_HISTORY, History
from .member_pictures import PHOTO_SUFFIXES, PHOTOS, PICTURES, owner_of_picture
from .model import Kind, dig
from .pictures import LOGO
from .starter_files import Mark


def pack(value: dict[str, Value]) -> bytes:
    """A value as an entry keeps it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


NO_FIELDS = pack({})
NO_EXCERPT: dict[str, str] = {}
_ID = re.compile(r"(?!index$)[A-Za-z0-9][A-Za-z0-9_-]*(/[A-Za-z0-9][A-Za-z0-9_-]*)*")


@lru_cache(maxsize=2048)
def _unpack(packed: bytes) -> dict[str, Value]:
    value: dict[str, Value] = json.loads(packed)
    return value


class Entry(NamedTuple):
    """What stays in memory of a record. `packed` holds its `x-index` fields as JSON: a tenth of
    what the objects would take, in each process that looks at them. `value` gives them back; it is
    shared and never changed. A file that cannot be read has none.

    `sound`: nothing of the file was refused; of one that is not, nothing can be said to be missing
    or hidden. `headings` are the ids of its body's headings, `languages` those in which a public
    text of the record is written; `text` is the fingerprint of its body, `body` the text itself, of
    a kind whose schema wants it in the index; `excerpt`, by language, is how its text begins, where
    nothing shorter says what it is about.
    """

    kind: str
    id: str
    file: str
    title: Value
    packed: bytes
    digest: str
    public: bool
    sound: bool = True
    headings: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    text: str = ""
    body: str = ""
    excerpt: dict[str, str] = NO_EXCERPT

    @property
    def value(self) -> dict[str, Value]:
        """The record's `x-index` fields."""
        return _unpack(self.packed)

    @property
    def formerly(self) -> list[str]:
        """The ids the record had before; what has not the form of an id is none."""
        found = self.value.get("formerly")
        return (
            [old for old in found if isinstance(old, str) and _ID.fullmatch(old)]
            if isinstance(found, list)
            else []
        )

    @property
    def anchors(self) -> tuple[str, ...]:
        """The places on its page that a link may name: its headings, its offers and their like."""
        items = (
            item
            for value in self.value.values()
            if isinstance(value, list)
            for item in value
            if isinstance(item, dict)
        )
        return self.headings + tuple(
            item["id"] for item in items if isinstance(item.get("id"), str)
        )

    def get(self, *path: str | int) -> Value:
        """The value of an indexed field, or None."""
        return dig(self.value, *path)

    def fault(self, message: Message, *path: str | int, help: Message = NOTHING) -> Diagnostic:
        """A diagnostic at an indexed value; where something was refused, entries of lists may have
        moved, and the field alone is named.
        """
        return Diagnostic(self.file, message, help, path if self.sound else path[:1])


class File(NamedTuple):
    """A file of the tree as the disk has it. `link`: no regular file; `flaw`: what is wrong with a
    picture or an attachment, and the mending; `unread`: a folder that nobody looked into, because
    it lies too deep or cannot be opened.
    """

    path: str
    size: int
    link: bool = False
    executable: bool = False
    flaw: tuple[Message, Message] | None = None
    unread: bool = False


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
    history: History = NO_HISTORY
    folders: frozenset[str] = frozenset()
    """The folders at the top that hold any file, those without records too."""
    unshown: tuple[Kind, ...] = ()
    """Kinds whose records no site shows: how they are called, and nothing of them."""
    proofs: tuple[Proof, ...] = ()
    """The files that records name with their fingerprints; on no site."""
    sums: dict[str, str] = field(default_factory=dict)
    """The SHA-256 of what these files hold, of all below decisions/evidence, and of code owners."""
    mark: Mark | None = None
    """What the folder has of the files that Coopbook lays."""

    @cached_property
    def settings(self) -> Coop:
        """What coop.yml says, as a typed value."""
        return Coop.of(self.coop)

    def find(self, kind: str, id: str) -> Entry | None:
        """The record of this id, or of the id it has now."""
        entries = self.by_id(kind)
        return entries.get(id) or entries.get(self.former.get((kind, id), ""))

    def current_id(self, kind: str, id: str) -> str:
        """The id that a record has now, by that or by one that it had before; an id that nobody has
        or had stays.
        """
        return id if id in self.by_id(kind) else self.former.get((kind, id), id)

    def by_id(self, kind: str) -> Mapping[str, Entry]:
        """The records of a kind by the ids that they have now."""
        return self.entries.get(kind, {})

    def of(self, kind: str) -> list[Entry]:
        """All records of a kind, by id."""
        return [entry for _, entry in sorted(self.by_id(kind).items())]

    def terms(self, vocabulary: str) -> dict[str, Value] | None:
        """The terms of a vocabulary; `coop.offices` and its like are the keys of a map in coop.yml.
        None: there is no such list.
        """
        if vocabulary.startswith("coop."):
            return self.coop.get(vocabulary.removeprefix("coop.")) or {}
        entry = self.find(VOCABULARY, vocabulary)
        return entry.value.get("terms", {}) if entry else None

    @cached_property
    def by_file(self) -> dict[str, Entry]:
        """Records by their file."""
        return {entry.file: entry for of in self.entries.values() for entry in of.values()}

    @cached_property
    def named(self) -> dict[str, list[str]]:
        """Files that a link may lead to, by the last part of their path."""
        found: dict[str, list[str]] = {}
        for path in sorted({*self.by_file, *self.assets}):
            found.setdefault(path.rpartition("/")[2], []).append(path)
        return found

    @cached_property
    def assets(self) -> dict[str, File]:
        """Files by path."""
        return {file.path: file for file in self.files}

    def photo(self, member: str) -> str | None:
        """The photo's file of a member."""
        return self._picture(member)

    def logo(self, member: str) -> str | None:
        """The logo's file of a member."""
        return self._picture(f"{member}{LOGO}")

    def _picture(self, stem: str) -> str | None:
        paths = (f"{PHOTOS}{stem}{suffix}" for suffix in PHOTO_SUFFIXES)
        return next((path for path in paths if path in self.assets), None)

    def pictures_of(self, member: str) -> list[str]:
        """The files of a member's pictures: the portrait, the logo, and those of their work."""
        found = (path for path in self.assets if path.startswith((PHOTOS, PICTURES)))
        return sorted(path for path in found if self.owner_of_picture(path) == member)

    def owner_of_picture(self, path: str) -> str:
        """The member whose picture a file is; empty where it is no member's."""
        return owner_of_picture(path, self.entries.get(MEMBER, {}).__contains__)

    @property
    def languages(self) -> list[str]:
        """The sites' languages, the main one first."""
        return list(self.settings.languages) or ["fr"]

    def spoken_language(self, language: str) -> str:
        """The language in which a site says its own words: its own where we have sentences in it,
        else the co-op's main one where we have, else English.
        """
        known = (one for one in (language, self.languages[0]) if one[:2] in languages())
        return next(known, "en")

    def usage(self, language: str) -> str:
        """A language as the co-op's country uses it, such as fr_CA: what catalogues and dates go
        by.
        """
        code, _dash, region = language.partition("-")
        country = region or self.settings.country
        return f"{code}_{country}" if country else code

    def text(self, value: Value, language: str = "") -> str:
        """A text in a language, the main one where none is named; else in another."""
        return local(value, language or self.languages[0], self.languages)[0]


def local(value: Value, language: str, languages: list[str]) -> tuple[str, str]:
    """A text and its language: the wanted one, else the co-op's first, else any. A plain text has
    no language of its own.
    """
    if not isinstance(value, dict):
        return ("" if value is None else str(value)), ""
    for choice in (language, language.partition("-")[0], *languages, *value):
        if choice in value:
            return str(value[choice]), choice
    return "", ""
