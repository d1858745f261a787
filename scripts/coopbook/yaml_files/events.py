"""YAML events to values, with a stack of our own: nothing is built before it has been looked at."""

from __future__ import annotations

import math
import re
from typing import Any

import yaml

from ..base.messages import Message, _
from ..base.positions import HIDDEN, SLIGHT, START, Fault, Source, Span, Value, tell_hidden

MAX_DEPTH = 20

_NULL = frozenset(["", "~", "null", "Null", "NULL"])
_BOOLEANS = {
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
FLOAT = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,40})?(?:[eE][-+]?[0-9]{1,3})?")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


_COMPARE = _("Compare it with a file that works; put quotes around unusual text.")
_SIGN = _("This text begins with a sign that has a meaning of its own."), _("Put quotes around it.")
_TAB = _("There is a tab here."), _("Indent with spaces.")
_NEIGHBOURS = (
    _("This line is indented differently from its neighbours, or a quote or hyphen is missing."),
    _("Line it up with the field above, with spaces."),
)
_OPEN = _("A quote or bracket is opened and never closed."), _("Close it.")
_PERCENT = _("Lines that begin with % are not read here."), _("Delete the line.")
_BACKSLASH = (
    _("A backslash between double quotes has a meaning of its own."),
    _("Use single quotes, or write two backslashes."),
)
_KEY, _COLON, _COMMA = "did not find expected key", "expected ':'", "expected ','"
_COMPLAINTS = {
    "tab character": _TAB,
    "cannot start any token": _SIGN,
    "alphabetic or numeric character": _SIGN,
    "comment or line break": _SIGN,
    "node content": _SIGN,
    "mapping values are not allowed": (
        _("There is a colon too many here, or a line is indented wrongly."),
        _("Put quotes around text that holds a colon."),
    ),
    _COLON: (
        _("There is no colon here, or no space behind it."),
        _("Write: word, colon, space, value."),
    ),
    _KEY: _NEIGHBOURS,
    "block end": _NEIGHBOURS,
    "'-' indicator": _NEIGHBOURS,
    "document start": _NEIGHBOURS,
    "unexpected end of stream": _OPEN,
    _COMMA: _OPEN,
    "escape": _BACKSLASH,
    "hexdecimal": _BACKSLASH,
    "directive": _PERCENT,
    "YAML document": _PERCENT,
}
"""The parser's most frequent complaints in a member's words."""
_AT_THE_START = {
    "alphabetic or numeric character",
    "comment or line break",
    "expected ':'",
    "unexpected end of stream",
    _COMMA,
    "directive",
}
"""Those about what began further up: its beginning is the place to mend."""


class Builder:
    """Events to values with a stack of our own, so that no input can exhaust Python's or C's."""

    def __init__(self, source: Source, offset: int, places: bool, is_broken: bool) -> None:
        self.source, self.offset, self.places = source, offset, places
        self.containers: list[Any] = []
        self.pending: list[str | None] = []
        self.path: list[str | int] = []
        self.documents = 0
        self.hidden = is_broken
        self.text, self.braces = "", False

    def run(self, text: str) -> None:
        loader = _LOADER(text)
        self.text, self.braces = text, text.lstrip().startswith("{")
        event = None
        try:
            while loader.check_event():
                event = loader.get_event()
                if not self.take(event):
                    self.source.value = None
                    return
        except yaml.MarkedYAMLError as error:
            self.source.value = None
            self.syntax(error, event)
        except yaml.YAMLError:
            self.source.value = None
            if not self.source.faults:
                self.refuse(
                    START, _("This file cannot be read."), _("Compare it with a file that works.")
                )
        finally:
            loader.dispose()

    def take(self, event: Any) -> bool:
        """Take one event; False when the file is not worth reading further."""
        kind = type(event)
        if kind is yaml.ScalarEvent:
            return self.plain(event) and self.scalar(event)
        if kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            return self.plain(event) and self.open(
                {} if kind is yaml.MappingStartEvent else [], event
            )
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
            return self.refuse(
                self.span(event),
                _("Lines that begin with % are not read here."),
                _("Delete the line."),
            )
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
                _(
                    "A tag such as {tag} is not read here.",
                    tag=event.tag.replace("tag:yaml.org,2002:", "!!"),
                ),
                _("Delete it; put quotes around the text if it begins with an exclamation mark."),
            )
        return True

    def open(self, container: Any, event: Any) -> bool:
        if self.containers and isinstance(self.containers[-1], dict) and self.pending[-1] is None:
            return self.refuse(
                self.span(event), _("A key must be a word."), _("Write: word, colon, space, value.")
            )
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
        is_key = (
            self.containers and isinstance(self.containers[-1], dict) and self.pending[-1] is None
        )
        if event.style == '"' and (found := HIDDEN.search(text)):
            if is_key or HIDDEN.search(SLIGHT.sub("", text)):
                return self.refuse(*tell_hidden(self.span(event), found[0]))
            self.source.slight.append(tell_hidden(self.span(event), found[0]))
            text = SLIGHT.sub("", text)
        if is_key:
            return self.key(text, event)
        self.place(resolve(text) if event.implicit[0] else text, event)
        if self.containers:
            self.path.pop()
        return True

    def key(self, text: str, event: Any) -> bool:
        container = self.containers[-1]
        if text == "<<" and event.implicit[0]:
            return self.refuse(
                self.span(event),
                _("The merge key << is not read here."),
                _("Write the fields out."),
            )
        if text in container:
            self.refuse(
                self.span(event),
                _("“{key}” is written twice.", key=text),
                _("Keep one of the two."),
            )
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
        return Span(
            start.line + 1 + self.offset,
            start.column + 1,
            end.line + 1 + self.offset,
            end.column + 1,
        )

    def refuse(self, span: Span, message: Message, help: Message) -> bool:
        self.source.faults.append(Fault(span, message, help))
        return False

    def syntax(self, error: Any, last: Any) -> None:
        """The parser's complaint, where the mending is. Beside a hidden character it is only a
        consequence.
        """
        if self.hidden:
            return
        start, mark, problem = (
            error.context_mark,
            error.problem_mark or error.context_mark,
            str(error.problem or ""),
        )
        words = next(
            (
                words
                for words in _COMPLAINTS
                if words in problem and not (words == _COMMA and self.braces)
            ),
            "",
        )
        said = _COMPLAINTS.get(words) or (
            _("This line cannot be read ({problem}).", problem=problem),
            _COMPARE,
        )
        if mark and self.text[mark.index : mark.index + 1] == "\t":
            said = _TAB
        elif words == _KEY and _is_quoted_over_lines(last):
            said, mark = _OPEN, last.start_mark
        elif words == _COMMA and start and start.line == mark.line:
            said = _SIGN
        elif words in _AT_THE_START and start:
            mark = start
        if words == _COLON and self.containers and isinstance(self.containers[-1], list):
            said = _NEIGHBOURS
        line, column = (mark.line + 1 + self.offset, mark.column + 1) if mark else (1, 1)
        self.refuse(Span(line, column, line, column), *said)


def _is_quoted_over_lines(event: Any) -> bool:
    return (
        getattr(event, "style", None) in {"'", '"'} and event.start_mark.line < event.end_mark.line
    )


def resolve(text: str) -> Value:
    """The value of an unquoted scalar, by YAML 1.2's core schema, except that 01000, 0x1F and .nan
    stay text.
    """
    if text in _NULL:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if text[0] in "+-0123456789":
        if _INTEGER.fullmatch(text):
            return int(text)
        if FLOAT.fullmatch(text) and math.isfinite(number := float(text)):
            return number
    return text
