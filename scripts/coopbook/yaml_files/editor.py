"""A record and other values -> its file: the only way in which records are written (`render` a new
one, `patch` one that is there).

Whoever reads a change reads its lines, so a patch touches no others: comments, order, quoting,
spacing, line ends and the text below the fields stay as a person wrote them. The edit is made in
the source, at the places that `nodes` gives; then the file is read again. Should it say anything
else than was asked for, the fields in question are written anew, and at last all of them.

This is our own code and not ruamel.yaml, which keeps comments but writes the whole file anew from
its tree: of twenty ways of writing by hand it changed eleven in lines that nobody had edited
(indents, aligned values, spaces in brackets, CRLF, a text over two lines, `~`). And it reads
another YAML than `reader` does, so nothing could be promised about what the file says afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ..base.messages import Misuse, _
from ..base.positions import Path, Value
from .line_order import reorder
from .nodes import Node, Part, Unusual, compose
from .reader import CLOSING, OPENING, parse
from .source_edit import Fields, SourceEdit
from .values import same, without_empty
from .writer import OneLine, as_yaml

__all__ = [
    "OneLine",
    "Unwritable",
    "order_lines",
    "patch",
    "render",
    "same",
    "set_fields",
    "without_empty",
]

_NOTE_COLUMN = 62
_EMPTY_LINES = re.compile(r"\A(?:[ \t]*\r?\n)+")


class Unwritable(Misuse):
    """A file that cannot be patched, or values that no file can hold; `message` says why."""


def render(
    value: Fields,
    body: str | None = None,
    comment: str = "",
    above: Iterable[str] = (),
    notes: Mapping[Path, str] | None = None,
) -> bytes:
    """A new record's file.

    Args:
        value: The fields, in their order.
        body: The text below the fields; None where the kind has none, "" where it is still to be
            written.
        comment: Remarks for whoever opens the file, one a line; they stand below the fields.
        above: Remarks above the fields, one a line.
        notes: Remarks behind single fields, by the path of the field.

    Raises:
        Unwritable: no file can hold these values.
    """
    text = _with_notes(as_yaml(value), notes) if notes else as_yaml(value)
    _require(text, value)
    text = "".join(f"# {line}\n" for line in above) + text
    for line in comment.splitlines():
        text += f"# {line}\n"
    if body is None:
        return text.encode()
    return f"---\n{text}---\n{_below(body)}".encode()


def set_fields(
    data: bytes,
    changes: Fields,
    *,
    front_matter: bool,
    body: str | None = None,
    order: Sequence[str] = (),
) -> bytes:
    """A file with some fields set to other values, as an editor gives them: "", null, [] and {}
    erase.

    Args:
        data: The file.
        changes: The new value of each field that is set; other fields stay.
        front_matter: Whether the fields stand above a text.
        body: Another text, if it is to be another.
        order: The names of all fields, in the order in which new ones are put in.

    Raises:
        Unwritable: the file cannot be read, or no file can hold these values.
    """
    had = _fields_of(_parts(data, front_matter).fields)
    wanted = {name: without_empty(value) for name, value in changes.items()}
    after = {
        name: value
        for name, value in (had | wanted).items()
        if value is not None or name not in wanted
    }
    return patch(data, after, front_matter=front_matter, body=body, order=order)


def patch(
    data: bytes,
    value: Fields,
    *,
    front_matter: bool,
    body: str | None = None,
    order: Sequence[str] = (),
    renamed: Mapping[str, str] | None = None,
) -> bytes:
    """A file with other fields: only the lines whose values differ are touched.

    Args:
        data: The file.
        value: All its fields, as they shall be.
        front_matter: Whether the fields stand above a text.
        body: Another text, if it is to be another; else the text stays byte for byte.
        order: The names of all fields, in the order in which new ones are put in; else the order
            of `value`.
        renamed: New names of keys by their old ones: where the old one goes and the new one comes
            in the same map, the line stays.

    Raises:
        Unwritable: the file cannot be read, or no file can hold these values.
    """
    above, fields, between, below = _parts(data, front_matter)
    had, wanted = _fields_of(fields), dict(value)
    newline = "\r\n" if "\r\n" in (fields or below) else "\n"
    if not same(had, wanted):
        names = [name for name in dict.fromkeys([*order, *wanted]) if name in wanted]
        ordered = {name: wanted[name] for name in names}
        fields = _patch_text(fields, had, ordered, newline, renamed or {})
        if front_matter and not between:  # a text that had no fields
            above, between = f"{above}---{newline}", f"---{newline}"
    if body is not None and body.strip() != below.replace("\r\n", "\n").strip():
        below = _below(body).replace("\n", newline)
    return f"{above}{fields}{between}{below}".encode()


def order_lines(data: bytes, names: Sequence[str], *, front_matter: bool) -> bytes:
    """A file with its fields in an order: their lines move, with the comments above them, and none
    changes.

    Args:
        data: The file.
        names: The names of fields in their order; those it lacks come last.
        front_matter: Whether the fields stand above a text.

    Raises:
        Unwritable: the file cannot be read.
    """
    above, fields, between, below = _parts(data, front_matter)
    had = _fields_of(fields)
    newline = "\r\n" if "\r\n" in fields else "\n"
    moved = reorder(fields, names, newline)
    if not same(_fields_of(moved), had):
        return data
    return f"{above}{moved}{between}{below}".encode()


class _Parts(NamedTuple):
    """A file cut apart: a byte order mark and the first line of hyphens, the fields, the second
    one, the text.
    """

    above: str
    fields: str
    between: str
    below: str


def _parts(data: bytes, front_matter: bool) -> _Parts:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise Unwritable(_("This file is not written in UTF-8.")) from None
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix(mark)
    if not front_matter:
        return _Parts(mark, text, "", "")
    opening = OPENING.match(text)
    if not opening:
        return _Parts(mark, "", "", text)
    closing = CLOSING.search(text, opening.end())
    if not closing:
        raise Unwritable(_("The block of fields at the top does not end."))
    return _Parts(
        mark + opening[0], text[opening.end() : closing.start()], closing[0], text[closing.end() :]
    )


def _fields_of(text: str) -> dict[str, Value]:
    """The fields as the reader reads them."""
    found = parse(text.encode(), front_matter=False)
    if found.faults:
        raise Unwritable(found.faults[0].message)
    if found.value is not None and not isinstance(found.value, dict):
        raise Unwritable(_("These are no fields: write a word, a colon and a value on each line."))
    return found.value or {}


def _below(body: str) -> str:
    """A text as it stands below the fields, without the empty lines around it."""
    text = _EMPTY_LINES.sub("", body).rstrip()
    return f"\n{text}\n" if text else ""


def _require(text: str, value: Fields) -> None:
    """Raise Unwritable where a text does not say what it was made from."""
    found = parse(text.encode(), front_matter=False)
    if found.faults:
        raise Unwritable(found.faults[0].message)
    if not same(found.value or {}, dict(value)):
        raise Unwritable(_("These values cannot be written to a file."))


def _patch_text(
    text: str, had: Fields, value: Fields, newline: str, renamed: Mapping[str, str]
) -> str:
    """The fields' text with other values, each of them read back."""
    anew: set[str] = set()
    while True:
        try:
            edited = SourceEdit(text, newline, renamed, anew).edit_fields(had, value)
        except Unusual:
            break
        found = parse(edited.encode(), front_matter=False)
        if not found.faults and same(found.value or {}, value):
            return edited
        is_read = not found.faults and isinstance(found.value, dict)
        wrong = {
            name
            for name, part in value.items()
            if (not same(found.value.get(name), part) if is_read else not same(had.get(name), part))
        }
        if wrong <= anew:
            break
        anew |= wrong
    whole = as_yaml(value)
    _require(whole, value)
    return whole.replace("\n", newline)


def _with_notes(text: str, notes: Mapping[Path, str]) -> str:
    """Fields with remarks behind some of them."""
    node = compose(text)
    edit = SourceEdit(text)
    for path, part in _paths(node, ()) if node else ():
        if path in notes:
            end = text.find("\n", part.start)
            width = end - text.rfind("\n", 0, part.start) - 1
            edit.note_change(end, end, " " * max(1, _NOTE_COLUMN - width) + f"# {notes[path]}")
    return edit.apply_changes()


def _paths(node: Node, path: Path) -> Iterator[tuple[Path, Part]]:
    """The entries of all maps within, by their paths."""
    for part in node.parts:
        if part.key is not None:
            yield (*path, part.key), part
            yield from _paths(part.value, (*path, part.key))
