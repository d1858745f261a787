"""Folder -> Book: the only reader of records. Reading never fails; what cannot be read becomes a
diagnostic.

Records stream: each file is parsed once, its sound value goes to a temporary spool, and only its
Entry stays in memory.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import NamedTuple

from ..base.atomic_files import names_file
from ..base.diagnostics import Diagnostic
from ..base.messages import Message, _
from ..base.own_folders import OwnFolder
from ..base.parallel import spread
from ..base.positions import START, Source, Value
from ..base.positions import Path as Place
from ..base.shipped import Stamp, stamps
from ..yaml_files.reader import MAX_BODY_BYTES, MAX_YAML_BYTES, body_faults, parse
from . import attachments, pictures
from .beside import CODE_OWNERS
from .blanks import find_blanks, tell_blanks
from .core_kinds import COOP, PAGE, VOCABULARY
from .entries import entry_of
from .evidence import FOLDER, Proof, proofs_of, sum_files
from .generator_settings import find_unsafe_settings
from .git_settings import find_hidden
from .history import NO_HISTORY, History
from .index import NO_FIELDS, Entry, File, Index
from .invisible import tell_invisible
from .kinds import SHIPPED, content_folders, load_kinds
from .model import Kind, Record
from .natural import Manners, understand
from .renamed import NOBODY_RENAMED, Renamed, is_read_as_meant
from .starter_files import read_mark
from .validation import shape_of, without
from .vocabularies import parse_shipped, with_shipped

CHUNK = 250
MAX_BESIDE_BYTES = 64_000_000
MAX_MEANT_BYTES = 4_000_000
"""Of a list that says who is meant: 35,000 people with long names take less."""
_HALF = re.compile(rb"\\u[dD]")
MOST_NESTED = 20
"""Folders inside one another, the one at the top included, that are looked into."""

Progress = Callable[[int], None]
"""Told the number of files done since the last call."""


@dataclass
class Spool:
    """Sound records on disk, a chunk a file, one JSON object a line."""

    folder: OwnFolder
    kinds: dict[str, Kind]
    chunks: int = 0
    renamed: Renamed = NOBODY_RENAMED

    def file(self, chunk: int) -> Path:
        return Path(self.folder.name) / f"{chunk}.jsonl"

    def records(self, chunk: int) -> Iterator[Record]:
        with self.file(chunk).open(encoding="utf-8") as lines:
            for line in lines:
                fields = json.loads(line)
                record = Record(
                    self.kinds[fields.pop("kind")],
                    refused=tuple(map(tuple, fields.pop("refused"))),
                    **fields,
                )
                yield (
                    self.renamed.record(record)
                    if self.renamed.may_stand_in(line) and is_read_as_meant(record.kind)
                    else record
                )


def to_line(record: Record) -> str:
    """A record as the spool holds it."""
    fields = {
        name: getattr(record, name)
        for name in (
            "id",
            "file",
            "value",
            "body",
            "body_line",
            "digest",
            "refused",
            "beside",
            "pseudonyms",
        )
    }
    return json.dumps({"kind": record.kind.name, **fields}, ensure_ascii=False) + "\n"


@dataclass(eq=False)
class Book:
    """A co-op read: its records on the spool, its index in memory, and what was wrong with the form
    of its files. `keeps` is a folder that was made for it alone, and goes with it.
    """

    root: Path
    kinds: dict[str, Kind]
    index: Index
    spool: Spool
    found: list[Diagnostic] = field(default_factory=list)
    jobs: int = 1
    keeps: OwnFolder | None = None

    def records(self) -> Iterator[Record]:
        """Every record, as a stream."""
        for chunk in range(self.spool.chunks):
            yield from self.spool.records(chunk)


def load(
    root: Path,
    today: date,
    history: History = NO_HISTORY,
    *,
    jobs: int = 1,
    progress: Progress = lambda _count: None,
) -> Book:
    """Read a co-op's folder. Messages come with the book, placed by their path; nothing is raised
    for what files hold.
    """
    kinds, found = load_kinds(root)
    files = tuple(walk_files(root, kinds))
    found += find_unsafe_settings(root, files)
    wanted = [(kind, file.path, root) for file in files if (kind := _find_kind(file, kinds))]
    found += find_hidden(root, files, [path for _kind, path, _root in wanted], kinds.values())
    wanted += _shipped_vocabularies(kinds, {path for _, path, _ in wanted})
    wanted.sort(key=lambda item: not item[0].single)
    chunks = [
        (number, wanted[start : start + CHUNK])
        for number, start in enumerate(range(0, len(wanted), CHUNK))
    ]
    spool = Spool(OwnFolder(), kinds, len(chunks))
    reader = _Reader(spool, root / kinds[COOP].files)
    new: list[Entry] = []
    proofs: list[Proof] = []
    for chunk, (some, wrong, named) in zip(
        chunks, spread(reader.read, chunks, jobs if len(wanted) > CHUNK * 4 else 1), strict=True
    ):
        new += some
        found += wrong
        proofs += named
        progress(len(chunk[1]))
    coop = (
        next((record.value for record in spool.records(0) if record.kind.name == COOP), {})
        if chunks
        else {}
    )
    kept = [file.path for file in files if file.path.startswith(FOLDER)]
    proved = [proof.file for proof in proofs if proof.file]
    held = sum_files(root, [*kept, *proved, *CODE_OWNERS.values()])
    index = replace(
        _make_index(kinds, coop, today, new, files),
        history=history,
        folders=top_folders(root),
        proofs=tuple(proofs),
        sums=held,
        mark=read_mark(root),
    )
    spool.renamed = Renamed(index.former)
    index = spool.renamed.index(index, is_read_as_meant)
    return Book(root, kinds, index, spool, found, jobs)


def _manners_of(coop: Path) -> Manners:
    """How a co-op writes, by its coop.yml."""
    if coop.is_symlink() or not coop.is_file():
        return Manners()
    return Manners.of(parse(coop.read_bytes(), front_matter=False).value)


def top_folders(root: Path) -> frozenset[str]:
    """Name the folders at the top below which any file is: git keeps no other."""
    return frozenset(
        entry.name
        for entry in os.scandir(root)
        if entry.is_dir(follow_symlinks=False)
        and next(_walk_folder(entry.path, entry.name, look=False), None)
    )


def _make_index(
    kinds: dict[str, Kind],
    coop: dict[str, Value],
    today: date,
    new: list[Entry],
    files: tuple[File, ...],
) -> Index:
    """Entries by kind and id; of two with one id the first stays and both are a clash."""
    entries: dict[str, dict[str, Entry]] = {name: {} for name in kinds}
    clashes = [
        (had, entry)
        for entry in new
        if (had := entries[entry.kind].setdefault(entry.id, entry)) is not entry
    ]
    return Index(kinds, coop, today, entries, files, tuple(clashes), _map_former_ids(entries))


def _map_former_ids(entries: dict[str, dict[str, Entry]]) -> dict[tuple[str, str], str]:
    return {
        (kind, old): entry.id
        for kind, of in entries.items()
        for entry in of.values()
        for old in entry.formerly
        if old not in of
        and not any(id.startswith(f"{old}/") for id in (of if kind == PAGE else ()))
    }


def _shipped_vocabularies(kinds: dict[str, Kind], own: set[str]) -> list[tuple[Kind, str, Path]]:
    """Vocabularies that the co-op has not made its own."""
    kind = kinds[VOCABULARY]
    files = [
        f"{kind.folder}/{file.name}" for file in sorted((SHIPPED / "vocabularies").glob("*.yml"))
    ]
    return [(kind, file, SHIPPED.parent) for file in files if file not in own]


def walk_files(root: Path, kinds: dict[str, Kind]) -> Iterator[File]:
    """The files of the top and of the folders that hold records, in order."""
    for entry in sorted(os.scandir(root), key=lambda entry: entry.name):
        if entry.is_symlink() or not entry.is_dir():
            yield _look_at(entry, entry.name)
        elif entry.name in content_folders(kinds):
            yield from _walk_folder(entry.path, entry.name)


def _walk_folder(folder: str, name: str, *, look: bool = True, depth: int = 1) -> Iterator[File]:
    """The files of a folder, in order.

    Thousands of folders inside one another are quickly made, and no limit of the system keeps them
    out: what lies deeper than `MOST_NESTED` is not looked at, but told.

    Args:
        folder: Where it is.
        name: Its path in the co-op's folder.
        look: Whether each file is looked at; without, only its path is true.
        depth: How many folders lead to it, itself included.
    """
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:
        yield File(_plain_path(name), 0, link=True, unread=True)
        return
    for entry in entries:
        path = f"{name}/{entry.name}"
        if not entry.is_dir(follow_symlinks=False):
            yield _look_at(entry, path) if look else File(path, 0)
        elif depth < MOST_NESTED:
            yield from _walk_folder(entry.path, path, look=look, depth=depth + 1)
        else:
            yield File(_plain_path(path), 0, link=True, unread=True)


def _look_at(entry: os.DirEntry[str], path: str) -> File:
    status = entry.stat(follow_symlinks=False)
    regular = stat.S_ISREG(status.st_mode)
    flaw = _find_flaw(path, Path(entry.path), status.st_size) if regular else None
    return File(
        _plain_path(path),
        status.st_size,
        not regular,
        regular and bool(status.st_mode & 0o111),
        flaw,
    )


def _find_flaw(path: str, file: Path, size: int) -> tuple[Message, Message] | None:
    """What is wrong with a picture or an attachment, and the mending."""
    if path.endswith(pictures.SUFFIXES) and "/" in path:
        return pictures.find_flaw(file, size)
    return attachments.find_flaw(file, size) if attachments.is_attachment(path) else None


def _plain_path(path: str) -> str:
    """A path that can be written down, whatever bytes the disk has for it."""
    return path.encode("utf-8", "replace").decode()


def _find_kind(file: File, kinds: dict[str, Kind]) -> Kind | None:
    return (
        None if file.link else next((kind for kind in kinds.values() if kind.owns(file.path)), None)
    )


class _Read(NamedTuple):
    """What a file gives: its entry, the proofs that it names, its line on the spool (none where
    nothing is sound), and what is wrong.
    """

    entry: Entry
    proofs: tuple[Proof, ...]
    line: str
    found: tuple[Diagnostic, ...]


class _Reader:
    """Reads a chunk of files into a spool."""

    def __init__(self, spool: Spool, coop: Path) -> None:
        self.spool = spool
        self.manners = cache(partial(_manners_of, coop))

    def read(
        self, chunk: tuple[int, list[tuple[Kind, str, Path]]]
    ) -> tuple[list[Entry], list[Diagnostic], list[Proof]]:
        number, files = chunk
        entries: list[Entry] = []
        found: list[Diagnostic] = []
        proofs: list[Proof] = []
        spool = self.spool.file(number)
        with names_file(spool), spool.open("w", encoding="utf-8") as out:
            for kind, file, root in files:
                path = root / file
                read = (
                    _read_shipped(kind, file, *stamps([path]))
                    if path.parent == SHIPPED / "vocabularies"
                    else _read(kind, file, path, manners=self.manners)
                )
                entries.append(read.entry)
                found += read.found
                proofs += read.proofs
                out.write(read.line)
        return entries, found, proofs


@lru_cache(maxsize=16)
def _read_shipped(kind: Kind, file: str, stamp: Stamp) -> _Read:
    """A vocabulary of ours, which all co-ops read: once a process, unless it changes."""
    return _read(kind, file, stamp.path, parser=partial(parse_shipped, stamp.path.stem))


def _read(
    kind: Kind,
    file: str,
    path: Path,
    parser: Callable[[bytes], Source] | None = None,
    manners: Callable[[], Manners] = Manners,
) -> _Read:
    parser = parser or partial(parse, front_matter=kind.front_matter)
    record, found = _record_and_faults(kind, file, path, parser, manners)
    if record is None:
        id = kind.id_of(file)
        entry = Entry(kind.name, id, file, id, NO_FIELDS, _digest(path), False, False)
        return _Read(entry, (), "", tuple(found))
    return _Read(entry_of(record), tuple(proofs_of(record)), to_line(record), tuple(found))


def _digest(path: Path) -> str:
    """The digest of a file that cannot be read as a record: whether it changed can still be
    said.
    """
    try:
        with path.open("rb") as opened:
            return hashlib.file_digest(opened, lambda: hashlib.blake2b(digest_size=16)).hexdigest()
    except OSError:
        return ""


def _record_and_faults(
    kind: Kind,
    file: str,
    path: Path,
    parser: Callable[[bytes], Source],
    manners: Callable[[], Manners],
) -> tuple[Record | None, list[Diagnostic]]:
    try:
        with path.open("rb") as opened:
            data = opened.read(MAX_YAML_BYTES + MAX_BODY_BYTES + 1)
    except OSError:
        return None, [
            Diagnostic(
                file,
                _("This file cannot be opened."),
                _("Look at its rights."),
                check="syntax",
                span=START,
            )
        ]
    beside, meant = (
        _bytes_beside(path.parent, Path(name).name, most)
        for name, most in (
            (kind.sidecar_of(file), MAX_BESIDE_BYTES),
            (kind.pseudonyms_of(file), MAX_MEANT_BYTES),
        )
    )
    return parse_record(kind, file, data, parser, beside, meant, manners)


def parse_record(
    kind: Kind,
    file: str,
    data: bytes,
    parser: Callable[[bytes], Source] | None = None,
    beside: bytes = b"",
    meant: bytes = b"",
    manners: Callable[[], Manners] = Manners,
) -> tuple[Record | None, list[Diagnostic]]:
    """The record that a file with these bytes would be, and what is wrong with its form.

    Args:
        kind: Its kind.
        file: Its path, from the co-op's folder.
        data: What it holds.
        parser: What reads it; a record's usual one when left out.
        beside: What the data file beside it holds.
        meant: What the file holds that says who is meant in that.
        manners: Tells how the co-op writes, so that what is written naturally is understood; asked
            only where something is refused.
    """
    source = parser(data) if parser else parse(data, front_matter=kind.front_matter)
    unfit = list(body_faults(source.body, source.body_line))
    body = "" if unfit else source.body
    found = [
        Diagnostic(file, fault.message, fault.help, span=fault.span, check="syntax")
        for fault in source.faults + unfit
    ]
    found += tell_invisible(file, kind, data, source.slight)
    if not isinstance(source.value, dict):
        message, help = (
            _("This file must hold fields, such as name: Ana."),
            _("Write: word, colon, space, value."),
        )
        return None, found or [Diagnostic(file, message, help, check="syntax", span=START)]
    value, refused, faults = _keep_sound(kind, file, source.value, manners)
    if kind.name == VOCABULARY:
        value = with_shipped(kind.id_of(file), value)
    digest = hashlib.blake2b(data + beside + meant, digest_size=16).hexdigest()
    return Record(
        kind,
        kind.id_of(file),
        file,
        value,
        body,
        source.body_line,
        digest,
        refused,
        _parse_object(beside),
        _parse_object(meant),
    ), found + faults


def _keep_sound(
    kind: Kind, file: str, value: dict[str, Value], manners: Callable[[], Manners]
) -> tuple[dict[str, Value], tuple[Place, ...], list[Diagnostic]]:
    """What of a value its schema takes, understood as it is meant; where it refuses something; and
    what is to be told of that.
    """
    flaws = shape_of(kind).flaws(value)
    if not flaws:
        return value, (), []
    blanks = list(find_blanks(value, kind, flaws))
    value = understand(without(value, blanks), kind, flaws, manners())
    flaws = shape_of(kind).flaws(value, manners().main_language)
    refused = tuple(flaw.drop for flaw in flaws)
    told = [
        Diagnostic(file, flaw.message, flaw.help, flaw.path, flaw.on_key, check="schema")
        for flaw in flaws
    ]
    return without(value, refused), refused, ([tell_blanks(file, blanks)] if blanks else []) + told


def _bytes_beside(folder: Path, name: str, most: int) -> bytes:
    """What a data file beside a record holds; nothing where there is none, and no more than can be
    one of its kind.
    """
    file = folder / name
    if not name or file.is_symlink() or not file.is_file():
        return b""
    try:
        with file.open("rb") as opened:
            return opened.read(most)
    except OSError:
        return b""


def _parse_object(data: bytes) -> Value:
    """A JSON object; None where it is none, has a key twice (readers take one or the other), or has
    half a character (a lone surrogate), which can be neither fingerprinted nor written.
    """
    try:
        found = json.loads(data, object_pairs_hook=_object_of)
        if _HALF.search(data):
            json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _object_of(pairs: list[tuple[str, Value]]) -> dict[str, Value]:
    """An object from its keys and values. Raises ValueError where a key stands twice."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is written twice")
    return found


def missing_coop(root: Path) -> Message | None:
    """Why a folder is no co-op, or None."""
    if (root / "coop.yml").is_file():
        return None
    return _("“{folder}” is not a co-op's folder: it has no file coop.yml.", folder=root)
