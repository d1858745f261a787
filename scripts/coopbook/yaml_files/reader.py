"""Bytes of one file -> plain value, never an exception.

YAML 1.2 core scalars, and no more: PyYAML's C parser gives events, which are looked at before any
value is built (its loader crashes on deep nesting). Anchors, aliases, merge keys, tags, directives,
several documents, keys written twice, hidden characters and text that is not UTF-8 are refused with
their place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..base.messages import Message, _
from ..base.paragraphs import (
    MOST_CELLS,
    MOST_IN_PARAGRAPH,
    find_huge_table,
    find_long_paragraph,
)
from ..base.positions import HIDDEN, SLIGHT, START, Fault, Source, Span, point_at, tell_hidden
from .conflicts import find_conflicts
from .events import Builder

MAX_YAML_BYTES = 64 * 1024
MAX_BODY_BYTES = 200_000
MOST_SIGNS = 5000
"""Signs < in a paragraph: the renderer's time grows with their square (0.2 s at this number)."""

OPENING = re.compile(r"---[ \t]*\r?\n")
CLOSING = re.compile(r"^---[ \t]*\r?$\n?", re.M)
"""The lines above and below the fields of a text."""

_QUOTES = re.compile(r"^(?:[ \t]*>){100}", re.M)
_PARAGRAPH = re.compile(r"(?:[^\n]*\S[^\n]*\n?)+")


def parse(data: bytes, *, front_matter: bool, places: bool = False) -> Source:
    """Read a YAML file, or a Markdown file with optional YAML front matter.

    `places` also fills `spans` (of each value) and `keys` (of each key), which costs time: ask only
    for a diagnostic.
    """
    source = Source()
    text = _decode(data, source, front_matter)
    if text is None:
        return source
    for found in HIDDEN.finditer(text):
        told = source.slight if SLIGHT.fullmatch(found[0]) else source.faults
        told.append(tell_hidden(point_at(text, found.start()), found[0]))
    is_broken, text = bool(source.faults), SLIGHT.sub("", text)
    conflicts = list(find_conflicts(text))
    source.faults += [conflict.fault for conflict in conflicts]
    head, offset = _split(text, source) if front_matter else (text, 0)
    if head is None:
        return source
    if conflicts and conflicts[0].first <= offset + head.count("\n"):
        return source  # what the fields say is still to be chosen
    if is_broken:
        head = HIDDEN.sub(_show_hidden, head)
    if len(head.encode()) > MAX_YAML_BYTES:
        source.faults.append(
            Fault(
                START,
                _(
                    "This file is too long: at most {most} kilobytes of fields.",
                    most=MAX_YAML_BYTES // 1024,
                ),
                _("Move long text elsewhere or split the file."),
            )
        )
        return source
    Builder(source, offset, places, is_broken).run(head)
    if front_matter and source.value is None and not source.faults:
        source.value = {}
    return source


def _show_hidden(found: re.Match[str]) -> str:
    """What a reader sees of a hidden character: a gap where it breaks the line, else nothing."""
    return " " if found[0] in "\r\x0b\x0c\x85\u2028\u2029" else ""


def _decode(data: bytes, source: Source, front_matter: bool) -> str | None:
    limit = MAX_YAML_BYTES + (MAX_BODY_BYTES if front_matter else 0)
    if len(data) > limit:
        source.faults.append(
            Fault(
                START,
                _("This file is too long: at most {most} kilobytes.", most=limit // 1024),
                _("Move long text elsewhere or split the file."),
            )
        )
        return None
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        above = data[: error.start].decode("utf-8").removeprefix("\ufeff")
        place = point_at(above, len(above))
        source.faults.append(
            Fault(
                place,
                _("This file is not written in UTF-8."),
                _("Save it again and choose the encoding UTF-8."),
            )
        )
        return None


def _split(text: str, source: Source) -> tuple[str | None, int]:
    """Front matter and the number of lines above it; a file that does not begin with `---` is all
    body.
    """
    opening = OPENING.match(text)
    if not opening:
        if re.match(r"\s+---[ \t]*\r?\n[^\n]*:", text):
            source.faults.append(
                Fault(
                    START,
                    _("The block of fields does not begin on the first line."),
                    _("Delete the empty lines above it."),
                )
            )
        source.body, source.value = text, {}
        return None, 0
    end = CLOSING.search(text, opening.end())
    if not end:
        source.faults.append(
            Fault(
                START,
                _("The block of fields at the top does not end."),
                _("Write a line of three hyphens, ---, under the last field."),
            )
        )
        return None, 0
    source.body, source.body_line = text[end.end() :], text.count("\n", 0, end.end()) + 1
    return text[opening.end() : end.start()], 1


def body_faults(body: str, line: int) -> Iterator[Fault]:
    """Why a text is not rendered: it is too long, or made so that rendering it would take minutes.
    `line` is its first line in the file.
    """
    if len(body.encode()) > MAX_BODY_BYTES:
        most = MAX_BODY_BYTES // 1000
        yield Fault(
            START,
            _("This text is too long: at most {most} kilobytes.", most=most),
            _("Split it into several pages."),
        )
    elif found := _QUOTES.search(body):
        yield _fault_on(
            line + body.count("\n", 0, found.start()),
            _("Quotations are nested too deep."),
            _("Take out some of the signs > at the start of the line."),
        )
    elif below := _find_many_signs(body):
        message = _("There are too many signs < in this paragraph.")
        yield _fault_on(line + below - 1, message, _("Divide it with empty lines."))
    elif below := find_huge_table(body):
        message = _("This table has too many cells: at most {most}.", most=MOST_CELLS)
        yield _fault_on(line + below - 1, message, _("Divide it with empty lines."))
    elif below := find_long_paragraph(body):
        message = _(
            "This paragraph is too long: at most {most} characters.", most=MOST_IN_PARAGRAPH
        )
        yield _fault_on(line + below - 1, message, _("Divide it with empty lines."))


def _find_many_signs(body: str) -> int:
    """The line, from 1, on which a paragraph with too many signs < begins; 0 where none does."""
    for paragraph in _PARAGRAPH.finditer(body) if body.count("<") > MOST_SIGNS else ():
        if paragraph[0].count("<") > MOST_SIGNS:
            return body.count("\n", 0, paragraph.start()) + 1
    return 0


def _fault_on(line: int, message: Message, help: Message) -> Fault:
    return Fault(Span(line, 1, line, 2), message, help)
