"""Bytes of one file -> plain value, never an exception.

YAML 1.2 core scalars, and no more: PyYAML's C parser gives events, which are looked at before any value is built (its loader
crashes on deep nesting). Anchors, aliases, merge keys, tags, directives, several documents, keys written twice, hidden characters
and text that is not UTF-8 are refused with their place.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml

from .messages import NOTHING, Message, _, shown

MAX_DEPTH = 20
MAX_YAML_BYTES = 64 * 1024
MAX_BODY_BYTES = 200_000

Path = tuple[str | int, ...]
Value = Any
"""Text, number, boolean, None, or lists and string-keyed dicts of them."""

_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]|\r(?!\n)"
)
_NULL = frozenset(["", "~", "null", "Null", "NULL"])
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,40})?(?:[eE][-+]?[0-9]{1,3})?")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Span(NamedTuple):
    """A place in a file: lines and columns count from 1, the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


START = Span(1, 1, 1, 1)


class Fault(NamedTuple):
    """What is wrong in the form of a file, and the mending."""

    span: Span
    message: Message
    help: Message = NOTHING


@dataclass
class Source:
    """One file, read. `value` is None where nothing could be understood; `body_line` is the body's first line, from 1."""

    value: Value = None
    body: str = ""
    body_line: int = 1
    faults: list[Fault] = field(default_factory=list)
    spans: dict[Path, Span] = field(default_factory=dict)
    keys: dict[Path, Span] = field(default_factory=dict)


def parse(data: bytes, *, front_matter: bool, places: bool = False) -> Source:
    """Read a YAML file, or a Markdown file with optional YAML front matter.

    `places` also fills `spans` (of each value) and `keys` (of each key), which costs time: ask only for a diagnostic.
    """
    source = Source()
    text = _decode(data, source, front_matter)
    if text is None:
        return source
    source.faults += [_hidden(_point(text, found.start()), found[0]) for found in _HIDDEN.finditer(text)]
    head, offset = _split(text, source) if front_matter else (text, 0)
    if head is None:
        return source
    if len(head.encode()) > MAX_YAML_BYTES:
        source.faults.append(
            Fault(
                START,
                _("This file is too long: at most {most} kilobytes of fields.", most=MAX_YAML_BYTES // 1024),
                _("Move long text elsewhere or split the file."),
            )
        )
        return source
    _Builder(source, offset, places).run(head)
    if front_matter and source.value is None and not source.faults:
        source.value = {}
    return source


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
        line = data.count(b"\n", 0, error.start) + 1
        source.faults.append(
            Fault(Span(line, 1, line, 1), _("This file is not written in UTF-8."), _("Save it again and choose the encoding UTF-8."))
        )
        return None


def _split(text: str, source: Source) -> tuple[str | None, int]:
    """Front matter and the number of lines above it; a file that does not begin with `---` is all body."""
    if not re.match(r"---[ \t]*\r?\n", text):
        source.body, source.value = text, {}
        return None, 0
    first = text.index("\n") + 1
    end = re.compile(r"^---[ \t]*\r?$\n?", re.M).search(text, first)
    if not end:
        source.faults.append(
            Fault(START, _("The block of fields at the top does not end."), _("Write a line of three hyphens, ---, under the last field."))
        )
        return None, 0
    source.body, source.body_line = text[end.end() :], text.count("\n", 0, end.end()) + 1
    return text[first : end.start()], 1


def _hidden(span: Span, character: str) -> Fault:
    return Fault(span, _("This character cannot be seen: {code}.", code=f"U+{ord(character):04X}"), _("Delete it and type the text again."))


def _point(text: str, index: int) -> Span:
    line = text.count("\n", 0, index) + 1
    column = index - (text.rfind("\n", 0, index) + 1) + 1
    return Span(line, column, line, column + 1)


class _Builder:
    """Events to values with a stack of our own, so that no input can exhaust Python's or C's."""

    def __init__(self, source: Source, offset: int, places: bool) -> None:
        self.source, self.offset, self.places = source, offset, places
        self.containers: list[Any] = []
        self.pending: list[str | None] = []
        self.path: list[str | int] = []
        self.documents = 0

    def run(self, text: str) -> None:
        loader = _LOADER(text)
        try:
            while loader.check_event():
                if not self.take(loader.get_event()):
                    self.source.value = None
                    return
        except yaml.MarkedYAMLError as error:
            self.source.value = None
            self.syntax(error)
        except yaml.YAMLError:
            self.source.value = None
            if not self.source.faults:
                self.refuse(START, _("This file cannot be read."), _("Compare it with a file that works."))
        finally:
            loader.dispose()

    def take(self, event: Any) -> bool:
        """Take one event; False when the file is not worth reading further."""
        kind = type(event)
        if kind is yaml.ScalarEvent:
            return self.plain(event) and self.scalar(event)
        if kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            return self.plain(event) and self.open({} if kind is yaml.MappingStartEvent else [], event)
        if kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self.close(event)
        elif kind is yaml.AliasEvent:
            return self.refuse(
                self.span(event),
                _("An alias such as *{name} is not read here.", name=event.anchor),
                _("Write the value again in its place."),
            )
        elif kind is yaml.DocumentStartEvent:
            return self.document(event)
        return True

    def document(self, event: Any) -> bool:
        self.documents += 1
        if self.documents > 1:
            return self.refuse(
                self.span(event),
                _("This file holds a second document."),
                _("Delete the line of hyphens, or move what follows to a file of its own."),
            )
        if event.version or event.tags:
            return self.refuse(self.span(event), _("Lines that begin with % are not read here."), _("Delete the line."))
        return True

    def plain(self, event: Any) -> bool:
        if event.anchor:
            return self.refuse(
                self.span(event),
                _("An anchor such as &{name} is not read here.", name=event.anchor),
                _("Delete it and write the value wherever it is needed."),
            )
        if event.tag:
            return self.refuse(
                self.span(event),
                _("A tag such as {tag} is not read here.", tag=shown(event.tag)),
                _("Delete it; put quotes around the text if it begins with an exclamation mark."),
            )
        return True

    def open(self, container: Any, event: Any) -> bool:
        if self.containers and isinstance(self.containers[-1], dict) and self.pending[-1] is None:
            return self.refuse(self.span(event), _("A key must be a word."), _("Write: word, colon, space, value."))
        if len(self.containers) >= MAX_DEPTH:
            return self.refuse(
                self.span(event),
                _("Values are nested too deep: at most {most} levels.", most=MAX_DEPTH),
                _("Take out the inner brackets or indents."),
            )
        self.place(container, event)
        self.containers.append(container)
        self.pending.append(None)
        return True

    def close(self, event: Any) -> None:
        self.containers.pop()
        self.pending.pop()
        if self.places:
            path = tuple(self.path)
            start = self.source.spans[path]
            end = self.span(event)
            self.source.spans[path] = Span(start.line, start.column, end.end_line, end.end_column)
        if self.containers:
            self.path.pop()

    def scalar(self, event: Any) -> bool:
        text = event.value
        if event.style == '"' and (found := _HIDDEN.search(text)):
            return self.refuse(*_hidden(self.span(event), found[0]))
        if self.containers and isinstance(self.containers[-1], dict) and self.pending[-1] is None:
            return self.key(text, event)
        self.place(_resolve(text) if event.implicit[0] else text, event)
        if self.containers:
            self.path.pop()
        return True

    def key(self, text: str, event: Any) -> bool:
        container = self.containers[-1]
        if text == "<<" and event.implicit[0]:
            return self.refuse(self.span(event), _("The merge key << is not read here."), _("Write the fields out."))
        if text in container:
            self.refuse(self.span(event), _("“{key}” is written twice.", key=text), _("Keep one of the two."))
        self.pending[-1] = text
        if self.places:
            self.source.keys[(*self.path, text)] = self.span(event)
        return True

    def place(self, value: Value, event: Any) -> None:
        """Put a value into the open container and step into its path."""
        if not self.containers:
            self.source.value = value
        else:
            container = self.containers[-1]
            if isinstance(container, dict):
                step: str | int = self.pending[-1] or ""
                container[step] = value
                self.pending[-1] = None
            else:
                step = len(container)
                container.append(value)
            self.path.append(step)
        if self.places:
            self.source.spans[tuple(self.path)] = self.span(event)

    def span(self, event: Any) -> Span:
        start, end = event.start_mark, event.end_mark
        return Span(start.line + 1 + self.offset, start.column + 1, end.line + 1 + self.offset, end.column + 1)

    def refuse(self, span: Span, message: Message, help: Message) -> bool:
        self.source.faults.append(Fault(span, message, help))
        return False

    def syntax(self, error: Any) -> None:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1 + self.offset, mark.column + 1) if mark else (1, 1)
        problem = str(error.problem or "")
        self.refuse(Span(line, column, line, column), *_explain(problem))


def _explain(problem: str) -> tuple[Message, Message]:
    """The parser's most frequent complaints in a member's words."""
    if "cannot start any token" in problem or "tab character" in problem:
        return _("A character here needs quotes or is a tab."), _("Indent with spaces, and put quotes around text that begins with a sign.")
    if "mapping values are not allowed" in problem:
        return _("There is a colon too many on this line, or the line above is indented wrongly."), _(
            "Put quotes around text that holds a colon."
        )
    if "could not find expected ':'" in problem:
        return _("This line has no colon."), _("Write: word, colon, space, value.")
    if "did not find expected key" in problem or "block end" in problem:
        return _("This line is indented differently from its neighbours, or a quote or hyphen is missing."), _(
            "Line it up with the field above, with spaces."
        )
    if "unexpected end of stream" in problem:
        return _("A quote or bracket is opened and never closed."), _("Close it.")
    if "escape" in problem:
        return _("A backslash between double quotes has a meaning of its own."), _("Use single quotes, or write two backslashes.")
    return _("This line cannot be read ({problem}).", problem=problem), _(
        "Compare it with a file that works; put quotes around unusual text."
    )


def _resolve(text: str) -> Value:
    """The value of an unquoted scalar, by YAML 1.2's core schema, except that 01000, 0x1F and .nan stay text."""
    if text in _NULL:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if text[0] in "+-0123456789":
        if _INTEGER.fullmatch(text):
            return int(text)
        if _FLOAT.fullmatch(text) and math.isfinite(number := float(text)):
            return number
    return text
