"""Reading a text that somebody wrote in an office program, OpenDocument or Word, as Markdown.
Nothing is raised but `Stopped`.

What comes from outside is bounded before it is opened: its size unpacked, and no XML entity is ever
resolved. Headings, items of lists, tables, bold and italic words and notes are kept; pictures are
not, and what was struck while changes were tracked is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, cast
from zipfile import BadZipFile, ZipFile

from ..base.decoding import letters
from ..base.messages import Stopped, _
from .model import Run, Style, Text, render_markdown
from .ods_reader import MOST_BYTES, MOST_UNPACKED, read_content, require_harmless

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST_PART = 4_000_000
MOST_DEPTH = 200
"""Elements inside one another."""

_HEADING = re.compile(r"(heading|titre|title|berschrift|kop|t[ií]tulo)\s*[0-9]?", re.IGNORECASE)
_UNREAD = frozenset(["annotation", "tracked-changes", "del", "moveFrom", "instrText", "Fallback"])
"""What is no part of the text: comments, what was struck, orders to the program, second copies."""
_PICTURES = frozenset(["frame", "drawing", "pict", "object"])


@dataclass
class OfficeText:
    """A text in Markdown; `pictures` is whether it had any, which are not in it."""

    markdown: str = ""
    pictures: bool = False


def read_office_text(data: bytes) -> OfficeText:
    """Read a text document (.odt, .docx) or Markdown, whatever the file's name claims it to be.

    Raises:
        Stopped: Where it is another sort of file, is damaged, or is too big.
    """
    if len(data) > MOST_BYTES:
        raise Stopped(
            _("This file is too big: at most {most} megabytes.", most=MOST_BYTES // 1_000_000)
        )
    if data[:2] != b"PK":
        said = letters(data)
        if said is None or data[:5] == b"%PDF-" or b"\0" in data:
            raise Stopped(_("This is no text: hand in Markdown (.md), .odt or .docx."))
        return OfficeText(said.replace("\r\n", "\n"))
    parts = _word_parts(data)
    if parts:
        return _Reader(parts).read(_root(parts["word/document.xml"]))
    content = read_content(data, "odt")
    if len(content) > MOST_PART:
        raise Stopped(_("This file is too big once unpacked: nothing of it was read."))
    return _Reader({}).read(_root(content))


def _word_parts(data: bytes) -> dict[str, bytes]:
    """The parts of a Word document that hold its text; none where it is another sort of file."""
    names = ("word/document.xml", "word/numbering.xml", "word/footnotes.xml")
    try:
        with ZipFile(BytesIO(data)) as archive:
            every = archive.infolist()
            there = [info for info in every if info.filename in names]
            if not any(info.filename == names[0] for info in there):
                return {}
            if (
                len(every) > 2_000
                or sum(info.file_size for info in every) > MOST_UNPACKED
                or any(info.file_size > MOST_PART for info in there)
            ):
                raise Stopped(_("This file is too big once unpacked: nothing of it was read."))
            return {info.filename: require_harmless(archive.read(info)) for info in there}
    except (BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError) as error:
        raise Stopped(
            _("This file is damaged or protected by a password: it cannot be opened.")
        ) from error


def _root(content: bytes) -> Element:
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    depth, root = 0, cast("Element | None", None)
    try:
        for event, element in iterparse(BytesIO(content), ("start", "end")):
            root = element if root is None else root
            depth += 1 if event == "start" else -1
            if depth > MOST_DEPTH:
                raise Stopped(_("This is no office document that can be read."))
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise Stopped(_("This is no office document that can be read.")) from error
    if root is None:
        raise Stopped(_("This is no office document that can be read."))
    return root


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _value(element: Element | None, name: str) -> str:
    """An attribute by its name, whatever its namespace."""
    if element is None:
        return ""
    return next((one for key, one in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _child(element: Element | None, *names: str) -> Element | None:
    for name in names:
        inner = () if element is None else element
        element = next((one for one in inner if _tag(one) == name), None)
    return element


@dataclass
class _Reader:
    """Walks a document of either sort: their elements have other names, and the same order."""

    parts: dict[str, bytes]
    found: OfficeText = field(default_factory=OfficeText)
    marks: dict[str, frozenset[str]] = field(default_factory=dict)
    numbered: set[tuple[str, str]] = field(default_factory=set)
    notes: dict[str, Element] = field(default_factory=dict)

    def read(self, root: Element) -> OfficeText:
        """The whole text of a document."""
        for style in root.iter():
            if _tag(style) == "style":
                self.marks[_value(style, "name")] = _marks_of_style(style)
            elif _tag(style) == "list-style":
                for level in style:
                    if _tag(level) == "list-level-style-number":
                        self.numbered.add((_value(style, "name"), _value(level, "level")))
        if "word/numbering.xml" in self.parts:
            self.numbered = set(_numbered_lists(_root(self.parts["word/numbering.xml"])))
        if "word/footnotes.xml" in self.parts:
            notes = _root(self.parts["word/footnotes.xml"])
            self.notes = {_value(one, "id"): one for one in notes}
        body = next((one for one in root.iter() if _tag(one) in {"body", "text"}), root)
        chunks, texts = list[str](), list[Text]()
        for block in self._blocks(body, "", 0):
            if isinstance(block, Text):
                texts.append(block)
                continue
            chunks += [render_markdown(texts), block]
            texts = []
        chunks.append(render_markdown(texts))
        self.found.markdown = "\n\n".join(chunk for chunk in chunks if chunk) + "\n"
        return self.found

    def _blocks(self, around: Element, style: str, depth: int) -> Iterator[Text | str]:
        """Paragraphs, and tables as they are written."""
        for element in around:
            tag = _tag(element)
            if tag in _UNREAD:
                continue
            if tag in {"p", "h"}:
                yield from self._paragraph(element, style, depth)
            elif tag in {"tbl", "table"}:
                yield self._table(element)
            elif tag == "list":
                yield from self._blocks(element, _value(element, "style-name") or style, depth + 1)
            else:
                yield from self._blocks(element, style, depth)

    def _paragraph(self, element: Element, style: str, depth: int) -> Iterator[Text]:
        runs = [run for run in self._runs(element, frozenset()) if run.text]
        if not "".join(run.text for run in runs).strip():
            return
        properties = _child(element, "pPr")
        numbering = _child(properties, "numPr")
        name = _value(_child(properties, "pStyle"), "val")
        kind: Style = "body"
        if _tag(element) == "h" or _HEADING.match(name):
            kind, runs = "part", [Run(run.text) for run in runs]
        elif depth or numbering is not None:
            kind = "item"
            level = _value(_child(numbering, "ilvl"), "val") or "0"
            word = (_value(_child(numbering, "numId"), "val"), level)
            if word in self.numbered or (style, str(depth)) in self.numbered:
                yield Text(tuple(runs), kind, "1.")
                return
        yield Text(tuple(runs), kind, "–" if kind == "item" else "")

    def _runs(self, element: Element, marks: frozenset[str]) -> Iterator[Run]:
        """The words of a paragraph with their marks."""
        if element.text and (_tag(element) == "t" or _is_open_document(element)):
            yield Run(re.sub(r"\s+", " ", element.text), marks)
        own = marks | _marks_of_run(_child(element, "rPr"))
        for child in element:
            tag = _tag(child)
            if tag in _PICTURES:
                self.found.pictures = True
            elif tag in {"s", "tab", "line-break", "br", "cr"}:
                yield Run(" ", own)
            elif tag in {"note", "footnoteReference"}:
                yield from self._note(child, own)
            elif tag not in _UNREAD and tag not in {"pPr", "rPr"}:
                yield from self._runs(
                    child, own | self.marks.get(_value(child, "style-name"), frozenset())
                )
            if child.tail and _is_open_document(element):
                yield Run(re.sub(r"\s+", " ", child.tail), own)

    def _note(self, element: Element, marks: frozenset[str]) -> Iterator[Run]:
        """A note, between brackets where it is called."""
        source = (
            self.notes.get(_value(element, "id")) if self.notes else _child(element, "note-body")
        )
        paragraphs = [] if source is None else [one for one in source.iter() if _tag(one) == "p"]
        said = " ".join("".join(run.text for run in self._runs(one, marks)) for one in paragraphs)
        if said.strip():
            yield Run(f" ({said.strip()})", marks)

    def _table(self, table: Element) -> str:
        rows = []
        for row in table.iter():
            if _tag(row) in {"tr", "table-row"}:
                cells = [one for one in row if _tag(one) in {"tc", "table-cell"}]
                rows.append([self._cell(cell) for cell in cells])
        width = max(map(len, rows), default=0)
        lines = [f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in rows]
        return "\n".join([*lines[:1], f"|{'---|' * width}", *lines[1:]]) if width else ""

    def _cell(self, cell: Element) -> str:
        texts = (
            text for one in cell.iter() if _tag(one) == "p" for text in self._paragraph(one, "", 0)
        )
        return " ".join(render_markdown([text]) for text in texts)


def _is_open_document(element: Element) -> bool:
    """Whether words stand right in an element: in Word's, they stand in `t` alone."""
    return "opendocument" in str(element.tag)


def _marks_of_style(style: Element) -> frozenset[str]:
    """What an OpenDocument style marks."""
    properties = _child(style, "text-properties")
    bold, italic = _value(properties, "font-weight"), _value(properties, "font-style")
    return frozenset([*["bold"] * (bold == "bold"), *["italic"] * (italic == "italic")])


def _marks_of_run(properties: Element | None) -> frozenset[str]:
    """What a run of a Word document marks."""
    named = {"b": "bold", "i": "italic"}
    return frozenset(
        named[_tag(one)]
        for one in (properties if properties is not None else ())
        if _tag(one) in named and _value(one, "val") not in {"0", "false"}
    )


def _numbered_lists(root: Element) -> Iterator[tuple[str, str]]:
    """The lists of a Word document whose items have numbers, with their level."""
    abstract: dict[str, list[str]] = {}
    for one in root:
        if _tag(one) == "abstractNum":
            abstract[_value(one, "abstractNumId")] = [
                _value(level, "ilvl")
                for level in one
                if _tag(level) == "lvl"
                and _value(_child(level, "numFmt"), "val") not in {"bullet", "none"}
            ]
    for one in root:
        if _tag(one) == "num":
            base = _value(_child(one, "abstractNumId"), "val")
            yield from ((_value(one, "numId"), level) for level in abstract.get(base, ()))
