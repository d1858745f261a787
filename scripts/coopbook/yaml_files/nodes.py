"""Where each value of a sound YAML text stands, to the character: what the editor works on.

The parser's marks say where a value begins. They do not say where a person would say that it ends:
a block reaches, for the parser, to the next token, over comments and empty lines. Here a block ends
with its last value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml
from msgspec import Struct, field

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_AFTER_KEY = re.compile(r"[ \t]*:")
_TO_DASH = re.compile(r"(?:[ \t\r\n]++|#[^\n]*+)*+-")
_BLANK_LINES = re.compile(r"(?:\r?\n[ \t]*)+\Z")


class Unusual(ValueError):
    """A spelling that the editor does not work on, such as `? key`; the field around it is written
    anew.
    """


class Node(Struct):
    """A value and where it stands: `text[start:end]`, without the comment behind it.

    `style` is that of a scalar (`"`, `'`, `|`, `>`, or "" for a plain one), `{` or `[` for a
    collection between brackets, and `:` or `-` for a block.
    """

    start: int
    end: int
    style: str
    parts: list[Part] = field(default_factory=list)


class Part(Struct):
    """One entry of a map or item of a list. `start` is that of the key or of the dash; `sign` is
    the place behind the colon or the dash.
    """

    start: int
    sign: int
    key: str | None
    value: Node

    @property
    def end(self) -> int:
        return max(self.sign, self.value.end)


def compose(text: str) -> Node | None:
    """The nodes of a text that the reader found sound.

    Returns:
        The outermost value; None where there is none, as in a text of comments alone.

    Raises:
        Unusual: there is a spelling that the editor does not work on.
    """
    loader = LOADER(text)
    try:
        events = iter(loader.get_event, None)
        for event in events:
            if isinstance(event, yaml.NodeEvent):
                return _node(event, events, text)
        return None
    finally:
        loader.dispose()


def _node(event: Any, events: Iterator[Any], text: str) -> Node:
    start, end = event.start_mark.index, event.end_mark.index
    if isinstance(event, yaml.ScalarEvent):
        style = event.style or ""
        if style in {"|", ">"}:
            end = _end_of_lines(text[start:end]) + start
        return Node(start, end, style)
    is_map = isinstance(event, yaml.MappingStartEvent)
    if not event.flow_style:
        node = Node(start, start, ":" if is_map else "-")
        (_read_entries if is_map else _read_items)(node, events, text)
        node.end = max(node.end, *(part.end for part in node.parts))
        return node
    if text[start : start + 1] not in {"{", "["}:
        raise Unusual
    node = Node(start, end, text[start])
    closing = (_read_entries if is_map else _read_items)(node, events, text)
    node.end = closing.end_mark.index
    return node


def _end_of_lines(source: str) -> int:
    """Where a text over lines ends: before the empty lines below it, unless they are part of it
    (`|+`).
    """
    header = source.partition("\n")[0].partition("#")[0]
    found = None if "+" in header else _BLANK_LINES.search(source)
    return found.start() if found else len(source.removesuffix("\n").removesuffix("\r"))


def _read_entries(node: Node, events: Iterator[Any], text: str) -> Any:
    """Read the entries of a map; the event that closes it."""
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            return event
        start, end = event.start_mark.index, event.end_mark.index
        colon = _AFTER_KEY.match(text, end)
        if not colon or _is_explicit(text, start):
            raise Unusual
        value = _node(next(events), events, text)
        node.parts.append(Part(start, colon.end(), event.value, value))
    raise Unusual


def _is_explicit(text: str, start: int) -> bool:
    """Whether a key stands behind a question mark of its own."""
    before = text[text.rfind("\n", 0, start) + 1 : start].rstrip(" \t")
    return before.endswith("?")


def _read_items(node: Node, events: Iterator[Any], text: str) -> Any:
    """Read the items of a list; the event that closes it."""
    above = node.start
    for event in events:
        if isinstance(event, yaml.SequenceEndEvent):
            return event
        if node.style == "-":
            dash = _TO_DASH.match(text, above)
            if not dash:
                raise Unusual
            value = _node(event, events, text)
            node.parts.append(Part(dash.end() - 1, dash.end(), None, value))
            above = node.parts[-1].end
        else:
            value = _node(event, events, text)
            node.parts.append(Part(value.start, value.start, None, value))
    raise Unusual
