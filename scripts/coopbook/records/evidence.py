"""Files that a record names with the SHA-256 of what they held: what proves something years later.

Which fields do is told by the shape of a kind's schema: an object that knows `file` and `sha256`.
"""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Iterable, Iterator
from pathlib import Path as File
from typing import NamedTuple

from ..base.positions import Path, Value
from .dialect.shared import Schema
from .model import Record, parts_of

FOLDER = "decisions/evidence/"
"""Where proofs are kept, in a folder of the vote's or the assembly's name."""
ENDINGS = ("pdf", "csv", "ods", "odt", "eml", "md", "txt", "asc")
"""How the files of proofs are named: papers, sheets, mails, texts, signatures that stand apart."""


class Proof(NamedTuple):
    """What a record names. `record` is the record's own file, `path` where it says so, as in that
    file; `file` is empty where the proof is kept elsewhere, `sha256` where nothing says what it
    held.
    """

    kind: str
    id: str
    record: str
    path: Path
    file: str
    sha256: str


def proofs_of(record: Record) -> Iterator[Proof]:
    """What a record names, in the order of its file; where something of it was refused, nothing."""
    if record.kind.proves:
        for path, found in _walk_named(record.value, record.kind.schema, ()):
            place = record.in_file(path)
            file, sha256 = str(found.get("file") or ""), str(found.get("sha256") or "")
            if (file or sha256) and not any(
                refused[: len(place)] == place for refused in record.refused
            ):
                yield Proof(record.kind.name, record.id, record.file, place, file, sha256)


def take_once_a_vote(proofs: Iterable[Proof]) -> Iterator[Proof]:
    """The proofs that name a file, by the files of their records: of the ballots of one vote that
    name a file alike, the first alone.
    """
    seen: set[tuple[str, str, str]] = set()
    for proof in sorted(proofs, key=lambda proof: proof.record):
        key = proof.record.rpartition("/")[0], proof.file, proof.sha256
        if proof.file and key not in seen:
            seen.add(key)
            yield proof


def _walk_named(
    value: Value, schema: Schema, path: Path
) -> Iterator[tuple[Path, dict[str, Value]]]:
    if isinstance(value, dict) and {"file", "sha256"} <= schema.get("properties", {}).keys():
        yield path, value
    for step, item, part in parts_of(value, schema):
        yield from _walk_named(item, part, (*path, step))


def is_path_inside(file: str) -> bool:
    """Whether a name can be that of a file in the co-op's folder: a path from its top, in one way
    of writing it.
    """
    steps = file.split("/")
    return (
        "\0" not in file
        and "\\" not in file
        and posixpath.normpath(file) == file
        and not {"", "..", ".", ".git"} & set(steps)
    )


def sum_files(root: File, files: Iterable[str]) -> dict[str, str]:
    """The SHA-256 of what each file holds. What is no file of the folder itself, such as a link out
    of it, or cannot be read, is left out.
    """
    found = {
        file: _sum_file(root.resolve(), file) for file in sorted(set(files)) if is_path_inside(file)
    }
    return {file: sum for file, sum in found.items() if sum}


def _sum_file(root: File, file: str) -> str:
    path = root / file
    try:
        if path.resolve(strict=True) != path or not path.is_file():
            return ""
        with path.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except (OSError, RuntimeError, ValueError):
        return ""
