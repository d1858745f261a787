"""What a machine can put right in a co-op's files without asking: `coopbook tidy`.

Each mending changes how something is written, never what it says: whatever `check` reads today it
reads the same afterwards, or it refused it before. What is settled, what is being decided, texts in
force and proofs stay byte for byte.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path as FolderPath
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote, unquote

from msgspec import Struct, field

from ..base.atomic_files import rename_files, replace_all
from ..base.formats import is_uri, slug
from ..base.markdown import links
from ..base.messages import Message, _
from ..base.positions import HIDDEN, Path, Value
from ..decisions.kinds import MINUTES, PROPOSAL
from ..records import pictures
from ..records.blanks import DECIDING
from ..records.dialect.shared import Schema
from ..records.dialect.words import x_localized, x_markdown, x_picture, x_vocabulary
from ..records.index import Entry, Index
from ..records.kinds import content_folders
from ..records.links import resolve
from ..records.load import Book
from ..records.model import Kind, map_leaves
from ..records.natural import Manners, understand
from ..records.validation import shape_of
from ..records.vocabularies import drop_retired
from ..yaml_files.conflicts import find_conflicts
from ..yaml_files.editor import Unwritable, order_lines, patch
from ..yaml_files.reader import parse
from .answers import as_written
from .mentions import content_of, may_be_written
from .terms import words_of

_LINE_BREAKS = "\x0b\x0c\x85\u2028\u2029"
_MARKS = "\u200e\u200f"
_PICTURE = re.compile(r"\.(jpe?g|jfif|mpo|png|webp)\Z", re.I)
_ADDRESSES = _("addresses of headings and pictures")
_AS_ACCOUNT = re.compile(r"(?:https?://[^/\s]+/|@)([A-Za-z0-9][A-Za-z0-9_.-]*)/?")


class Mending(Struct, frozen=True):
    """What becomes of one file.

    Attributes:
        file: The file as it is.
        why: What is put right, in a few words each.
        before: What it holds.
        after: What it is to hold.
        name: Its new name, where it gets one.
    """

    file: str
    why: tuple[Message, ...]
    before: bytes
    after: bytes
    name: str = ""


class Tidying(Struct, frozen=True):
    """What is to be done, in order, and what is left to a person.

    Attributes:
        mendings: The files that change.
        left: Files that would change and may not, with the reason.
    """

    mendings: tuple[Mending, ...] = ()
    left: tuple[tuple[str, Message], ...] = ()

    @property
    def files(self) -> dict[str, bytes]:
        """What is written, by path."""
        return {one.file: one.after for one in self.mendings if not one.name}

    @property
    def names(self) -> dict[str, str]:
        """The new names of files, by their old ones."""
        return {one.file: one.name for one in self.mendings if one.name}


def write(root: FolderPath, plan: Tidying) -> None:
    """Do what a plan says: texts first, so that a run that was cut off is completed by the next."""
    replace_all(root, plan.files)
    rename_files(root, plan.names)


class _Text(Struct):
    """One file on its way: what it holds now, and why."""

    data: bytes
    why: list[Message] = field(default_factory=list)

    def take(self, data: bytes, why: Message) -> None:
        if data != self.data:
            self.data = data
            self.why += [] if why in self.why else [why]


def plan_tidying(book: Book, *, in_order: bool = False) -> Tidying:
    """Say what can be put right in the files of a co-op.

    Args:
        book: The co-op.
        in_order: Whether fields are put into the order of their record type, too.
    """
    renamed, left = _plan_names(book)
    mendings = [
        Mending(old, (_("a picture's name says what it is"),), data, data, new)
        for old, new in renamed.items()
        for data in [content_of(book, old)]
    ]
    manners = Manners.of(book.index.coop)
    proofs = {proof.file for proof in book.index.proofs}
    for entry in sorted(book.index.by_file.values(), key=lambda one: one.file):
        if entry.file not in book.index.assets:
            continue
        before = content_of(book, entry.file)
        text = _Text(before)
        if entry.file not in proofs and _may_be_tidied(entry, book.index):
            _tidy(text, entry, book.index, manners, renamed, in_order=in_order)
        elif _without_hidden(before) != before:
            left.append((entry.file, _("settled, or being decided: it stays as it is")))
        if text.why:
            mendings.append(Mending(entry.file, tuple(text.why), before, text.data))
    return Tidying(tuple(mendings), tuple(left))


def _may_be_tidied(entry: Entry, index: Index) -> bool:
    """Whether a record is neither settled nor decided about: of what decides, drafts alone."""
    if entry.file.startswith(DECIDING):
        is_draft = entry.kind in (MINUTES, PROPOSAL) and entry.value.get("status") == "draft"
        return is_draft and may_be_written(entry, index)
    return may_be_written(entry, index)


def _tidy(
    text: _Text,
    entry: Entry,
    index: Index,
    manners: Manners,
    renamed: Mapping[str, str],
    *,
    in_order: bool,
) -> None:
    kind = index.kinds[entry.kind]
    text.take(_without_hidden(text.data), _("characters that cannot be seen"))
    source = parse(text.data, front_matter=kind.front_matter)
    if source.faults or not isinstance(source.value, dict) or _has_conflict(text.data):
        return
    links_moved = _Relinking(entry.file, index, renamed)
    value = source.value
    written: list[tuple[Message, Any]] = []
    value = _as_meant(value, kind, manners)
    value = _as_listed(value, kind.schema, index)
    written.append((_("values as files have them"), value))
    value = _encrypt(value, kind.schema)
    written.append((_("https:// for http://"), value))
    value = links_moved.value(value, kind.schema)
    written.append((_ADDRESSES, value))
    try:
        for why, wanted in written:
            text.take(patch(text.data, wanted, front_matter=kind.front_matter), why)
        body = links_moved.text(source.body) if kind.front_matter else source.body
        if body != source.body:
            whole = text.data.decode()
            text.take((whole.removesuffix(source.body) + body).encode(), _ADDRESSES)
        if in_order:
            ordered = order_lines(text.data, list(kind.properties), front_matter=kind.front_matter)
            text.take(ordered, _("fields in the order of their record type"))
    except Unwritable:
        return


def _without_hidden(data: bytes) -> bytes:
    """A file without what cannot be seen. Marks of direction stay where a text has letters that run
    from right to left: there they mean something.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return data
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    from_right = any(
        unicodedata.bidirectional(sign) in {"R", "AL"} for sign in set(text) - {*_MARKS}
    )

    def replace_sign(found: re.Match[str]) -> str:
        if found[0] == "\r":
            return "\n"
        if from_right and found[0] in _MARKS:
            return found[0]
        return " " if found[0] in _LINE_BREAKS else ""

    return (mark + HIDDEN.sub(replace_sign, text.removeprefix(mark))).encode()


def _has_conflict(data: bytes) -> bool:
    return next(find_conflicts(data.decode()), None) is not None


def _as_meant(value: Any, kind: Kind, manners: Manners) -> Any:
    """Fields in which what was written naturally stands as files have it."""

    def others(written: Value, part: Schema, path: Path) -> Iterator[Value]:
        if not isinstance(written, str):
            return
        if x_localized.of(part):
            yield {manners.main_language: written.strip()}
        if part.get("format") == "uri" and "://" not in written and is_uri(f"https://{written}"):
            yield f"https://{written}"
        if path[-1] == "login" and (account := _AS_ACCOUNT.fullmatch(written.strip())):
            yield account[1]
        yield as_written(written, part, month_first=manners.country == "US")

    flaws = shape_of(kind).flaws(value)
    return understand(value, kind, flaws, manners, others) if flaws else value


def _as_listed(value: Any, schema: Schema, index: Index) -> Any:
    """Fields whose words of a list stand by their ids, where one term alone is called so."""

    def find_term(word: Value, part: Schema) -> Value:
        terms = (name := x_vocabulary.of(part)) and name != "self" and index.terms(name)
        if not terms or not isinstance(word, str) or word in terms:
            return word
        called = [
            id
            for id, term in drop_retired(terms).items()
            if slug(word) in {id, *map(slug, words_of(term if isinstance(term, dict) else {}))}
        ]
        return called[0] if len(called) == 1 else word

    return map_leaves(value, schema, find_term)


def _encrypt(value: Any, schema: Schema) -> Any:
    """Fields whose addresses begin with https://."""

    def encrypt(address: Value, part: Schema) -> Value:
        is_open = isinstance(address, str) and address.startswith("http://")
        if is_open and part.get("format") == "uri":
            return f"https://{address.removeprefix('http://')}"
        return address

    return map_leaves(value, schema, encrypt)


class _Relinking(Struct, frozen=True):
    """Writes the addresses of one file anew: headings as their pages have them, pictures by their
    new names.
    """

    file: str
    index: Index
    renamed: Mapping[str, str]

    def value(self, value: Value, schema: Schema) -> Any:
        return map_leaves(value, schema, self._leaf)

    def _leaf(self, value: Value, schema: Schema) -> Value:
        if isinstance(value, str) and x_markdown.of(schema):
            return self.text(value)
        if isinstance(value, str) and x_picture.of(schema):
            return self._address(value)
        return self.renamed.get(value, value) if isinstance(value, str) else value

    def text(self, text: str) -> str:
        """A Markdown text with other addresses."""
        for url in dict.fromkeys(link.url for link in links(text)):
            new = self._address(url)
            if new != url:
                place = rf"(?<=\]\(){re.escape(url)}(?=[\s)])|(?<=\]: ){re.escape(url)}(?!\S)"
                text = re.sub(place, new.replace("\\", r"\\"), text)
        return text

    def _address(self, url: str) -> str:
        if ":" in url.partition("#")[0]:
            return url
        path, sign, anchor = url.partition("#")
        folder = posixpath.dirname(self.file)
        full = posixpath.normpath(posixpath.join("/", folder, unquote(path)))[1:]
        if path and full in self.renamed:
            new = posixpath.relpath(f"/{self.renamed[full]}", f"/{folder}")
            return f"/{self.renamed[full]}" if path.startswith("/") else new
        meant = resolve(url, self.file, self.index).anchor if sign else ""
        wanted = unquote(anchor)
        by_capitals = meant != wanted and meant.casefold() == wanted.casefold()
        written = quote(meant) if "%" in anchor else meant
        return f"{path}#{written}" if by_capitals else url


def _plan_names(book: Book) -> tuple[dict[str, str], list[tuple[str, Message]]]:
    """The pictures that get another name, and those that cannot."""
    renamed: dict[str, str] = {}
    taken: set[str] = set()
    left: list[tuple[str, Message]] = []
    folders = content_folders(book.kinds)
    proofs = {proof.file for proof in book.index.proofs}
    for file in book.index.files:
        path = PurePosixPath(file.path)
        if file.link or path.parts[0] not in folders or file.path.startswith(DECIDING):
            continue
        if file.path in proofs or not _PICTURE.search(path.name):
            continue
        suffix = pictures.suffix_of(book.root / file.path)
        new = str(path.with_suffix(suffix)) if suffix else file.path
        if new == file.path:
            continue
        if new in taken or (
            new in book.index.assets and content_of(book, new) != content_of(book, file.path)
        ):
            left.append((file.path, _("there is a file {file} already", file=new)))
        else:
            renamed[file.path] = new
            taken.add(new)
    return renamed, left
