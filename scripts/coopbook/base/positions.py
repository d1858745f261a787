"""Places in files, faults of their form, and what a file gave."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from msgspec import Struct, field

from .messages import NOTHING, Message, _

Path = tuple[str | int, ...]
Value = Any
"""Text, number, boolean, None, or lists and string-keyed dicts of them."""

HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ue000-\ue002\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]|\r(?!\n"
    ")"
)

SLIGHT = re.compile("[\xad\u200b\u200e\u200f\u2060-\u2064\ufeff]")
"""Those that hide nothing: word processors and web pages leave them where text is copied."""


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


class Source(Struct):
    """One file, read. `value` is None where nothing could be understood; `body_line` is the body's
    first line, from 1. `slight` tells the characters that were read as if they were not there.
    """

    value: Value = None
    body: str = ""
    body_line: int = 1
    faults: list[Fault] = field(default_factory=list)
    slight: list[Fault] = field(default_factory=list)
    spans: dict[Path, Span] = field(default_factory=dict)
    keys: dict[Path, Span] = field(default_factory=dict)


def tell_hidden(span: Span, character: str) -> Fault:
    return Fault(
        span,
        _("This character cannot be seen: {code}.", code=f"U+{ord(character):04X}"),
        _("Delete it and type the text again, or let “coopbook tidy” take it out."),
    )


def point_at(text: str, index: int) -> Span:
    line = text.count("\n", 0, index) + 1
    column = index - (text.rfind("\n", 0, index) + 1) + 1
    return Span(line, column, line, column + 1)
