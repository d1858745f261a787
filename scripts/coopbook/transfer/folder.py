"""A folder of Markdown files, each with fields above its text, as the lines of one table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ..base.decoding import decode
from ..base.formats import slug
from ..base.messages import Message, Stopped, _
from ..base.positions import HIDDEN, Value
from ..records.model import Kind
from ..records.pictures import SUFFIXES
from ..yaml_files.reader import parse
from .columns import Column, Target, label_links, name_columns, refuse_twice, require_columns
from .plan import Lines, Picture, Source

TEXT = "(text)"
"""The column of what stands below the fields."""


class Folder(NamedTuple):
    """What a folder holds.

    Attributes:
        lines: Its files as lines.
        cleaned: Those that held characters that cannot be seen.
        alone: The pictures that lie beside no file.
    """

    lines: Lines
    cleaned: list[str]
    alone: list[str]


def read_folder(
    files: Mapping[str, bytes], kind: Kind, tongues: list[str], given: Mapping[str, Target]
) -> Folder:
    """The files of a folder as lines.

    Args:
        files: What each file holds, by its path in the folder.
        kind: The kind whose fields are named.
        tongues: The co-op's languages, the main one first.
        given: What somebody said of fields, by their names.

    Raises:
        Stopped: No file can be read.
    """
    rows: dict[str, dict[str, Value]] = {}
    wrong: dict[str, Message] = {}
    cleaned: list[str] = []
    for path, data in sorted(files.items()):
        if is_picture(path):
            continue
        decoded = decode(data)
        if decoded is None:
            wrong[path] = _("This file is no text.")
            continue
        text = HIDDEN.sub("", decoded[0].replace("\r\n", "\n"))
        cleaned += [path] if text != decoded[0].replace("\r\n", "\n") else []
        source = parse(text.encode(), front_matter=True)
        body = source.body.strip()
        if source.faults:
            wrong[path] = source.faults[0].message
        elif not source.value:
            wrong[path] = _("This file has no fields above its text.")
        else:
            rows[path] = _flatten(source.value) | ({TEXT: body} if body else {})
    if not rows:
        reasons = [_("{file}: {fault}", file=path, fault=why) for path, why in wrong.items()]
        raise Stopped(_("No file of this folder can be read as a member."), *reasons[:10])
    names = list(dict.fromkeys(name for row in rows.values() for name in row if name != TEXT))
    require_columns(names, given, names)
    columns = list(name_columns(names, kind, tongues, given))
    bio: Target = ("bio", tongues[0])
    if all(column.target != bio for column in columns):
        columns.append(Column(len(names), TEXT, bio))
    refuse_twice(columns, kind)
    at = {column.name: column.at for column in columns}
    sources = [
        Source(
            path,
            {at[name]: cell for name, cell in row.items() if name in at},
            slug(path.rpartition("/")[2].rpartition(".")[0]),
        )
        for path, row in rows.items()
    ]
    columns = label_links(columns, [source.cells for source in sources])
    pictures = _find_beside(files)
    used = {picture.name for picture in pictures.values()}
    alone = [path for path in sorted(files) if is_picture(path) and path not in used]
    return Folder(Lines(sources, columns, wrong, pictures), cleaned, alone)


def is_picture(path: str) -> bool:
    """Whether a file's name is that of a picture."""
    return path.lower().endswith((*SUFFIXES, ".gif", ".bmp", ".tif", ".tiff"))


def _find_beside(files: Mapping[str, bytes]) -> dict[str, Picture]:
    """The picture of each file that has its name but for the ending, or the first of them."""
    by_stem: dict[str, str] = {}
    for path in sorted(files, reverse=True):
        if is_picture(path):
            by_stem[path.rpartition(".")[0]] = path
    return {
        path: Picture(name, files[name])
        for path in files
        if not is_picture(path) and (name := by_stem.get(path.rpartition(".")[0]))
    }


def _flatten(value: Mapping[str, Value], above: str = "") -> dict[str, Value]:
    """Fields within fields by the names that lead to them."""
    found: dict[str, Value] = {}
    for name, part in value.items():
        if isinstance(part, dict):
            found |= _flatten(part, f"{above}{name}.")
        else:
            found[f"{above}{name}"] = part
    return found
