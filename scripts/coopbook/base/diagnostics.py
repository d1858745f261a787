"""What is wrong, where, and how to mend it; and the three ways to print it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import Literal

from msgspec import Struct

from .messages import NOTHING, Message, Translator, _, show_value
from .positions import START, Path, Span

Severity = Literal["error", "warning"]
Lines = Callable[[str], list[str]]
"""The lines of a file, for the excerpt under a message; empty when it cannot be read."""

_EXCERPT = 120
_PARTS = re.compile(r"[\W_]+")
_LEAST_ALIKE = 45


class Diagnostic(Struct, frozen=True):
    """One fault. `path` names the value in the file (`on_key`: its key); `span` is filled from it
    when the diagnostic is printed.
    """

    file: str
    message: Message
    help: Message = NOTHING
    path: Path = ()
    on_key: bool = False
    span: Span | None = None
    check: str = ""
    severity: Severity = "error"

    @property
    def sort_key(self) -> tuple[str, Span, str, str]:
        return self.file, self.span or START, self.check, self.message.text


def as_text(found: Diagnostic, say: Translator, lines: Lines) -> str:
    """`file:line:column: message [check]`, the line with carets, and the mending."""
    span = found.span or START
    level = "" if found.severity == "error" else say(_("warning:")) + " "
    out = [
        f"{shown_path(found.file)}:{span.line}:{span.column}: {level}{say(found.message)} "
        f"[{found.check}]"
    ]
    text = lines(found.file)
    if span.line <= len(text) and text[span.line - 1].strip():
        out += _excerpt(text[span.line - 1], span)
    if found.help:
        out.append(f"      = {say(found.help)}")
    return "\n".join(out)


def _excerpt(line: str, span: Span) -> list[str]:
    start = max(0, span.column - 1 - _EXCERPT // 2) if len(line) > _EXCERPT else 0
    part = "".join(
        show_value(character) for character in line[start : start + _EXCERPT].expandtabs(1)
    )
    last = span.end_column if span.end_line == span.line else len(line) + 1
    width = max(1, min(last - span.column, len(part) - (span.column - 1 - start)))
    gutter = f"{span.line:>5} | "
    return [(gutter + part).rstrip(), " " * (len(gutter) + span.column - 1 - start) + "^" * width]


def as_github(found: Diagnostic, say: Translator, _lines: Lines) -> str:
    """A workflow command of GitHub Actions:
    https://docs.github.com/actions/reference/workflow-commands-for-github-actions.
    """
    span = found.span or START
    message = " ".join(filter(None, [say(found.message), say(found.help)]))
    place = (
        f"file={_property(found.file)},line={span.line},col={span.column},"
        f"endLine={span.end_line},endColumn={span.end_column}"
    )
    return f"::{found.severity} {place},title={_property(found.check)}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_json(found: Diagnostic, say: Translator, _lines: Lines) -> str:
    """One object a line: file, line, column, end_line, end_column, check, severity, message,
    help.
    """
    place = dict(zip(Span._fields, found.span or START, strict=True))
    value = {
        "file": found.file,
        **place,
        "check": found.check,
        "severity": found.severity,
        "message": say(found.message),
        "help": say(found.help),
    }
    return json.dumps(value, ensure_ascii=False)


FORMATS: dict[str, Callable[[Diagnostic, Translator, Lines], str]] = {
    "text": as_text,
    "github": as_github,
    "json": as_json,
}


class Cause(Struct, frozen=True):
    """Faults that are one: the same thing said of the same field, in many files or lines.

    Attributes:
        examples: The first, then others of which something else is said, a few in all.
        count: How many there are.
        files: In how many files.
    """

    examples: tuple[Diagnostic, ...]
    count: int
    files: int


MANY = 10
"""So many faults of one cause are told as one, with an example."""
_EXAMPLES = 4


def find_causes(found: Iterable[Diagnostic]) -> tuple[list[Cause], list[Diagnostic]]:
    """Tell the faults that have one cause, where they are many, from all others.

    Args:
        found: The faults.

    Returns:
        The causes, errors first, the most frequent first; and the other faults, in their order.
    """
    found = list(found)
    by_cause: dict[tuple[object, ...], list[Diagnostic]] = {}
    for item in found:
        by_cause.setdefault(_cause_of(item), []).append(item)
    many = [items for items in by_cause.values() if len(items) >= MANY]
    many.sort(key=lambda items: (items[0].severity, -len(items)))
    told = {id(item) for items in many for item in items}
    return [_sum_up(items) for items in many], [item for item in found if id(item) not in told]


def _cause_of(item: Diagnostic) -> tuple[object, ...]:
    field = tuple(step for step in item.path if isinstance(step, str))
    return item.severity, item.check, item.message.text, field, item.on_key


def _sum_up(items: list[Diagnostic]) -> Cause:
    said = {(repr(item.message), repr(item.help)): item for item in reversed(items)}
    examples = sorted(said.values(), key=lambda item: item.sort_key)[:_EXAMPLES]
    return Cause(tuple(examples), len(items), len({item.file for item in items}))


def shown_path(file: str) -> str:
    """A path without what could harm a terminal, whole however long."""
    return "".join(show_value(character) for character in file)


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The word most like this one, capitals and accents aside; None when none is alike."""
    from rapidfuzz import fuzz, process, utils

    found = process.extract(
        word, list(words), scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=65
    )

    def is_alike(other: str) -> bool:
        """Part by part: “legal_form” is no slip of “legal_name”, however much they share."""
        parts, others = _PARTS.split(word.casefold()), _PARTS.split(other.casefold())
        return len(parts) != len(others) or all(
            fuzz.ratio(one, two) >= _LEAST_ALIKE for one, two in zip(parts, others, strict=True)
        )

    return next((str(other) for other, *_score in found if is_alike(str(other))), None)


def suggestion(word: str, words: Iterable[str]) -> Message:
    """“Did you mean …?”, or nothing."""
    near = nearest(word, words)
    return _("Did you mean “{near}”?", near=near) if near is not None else NOTHING


def has_errors(found: Iterable[Diagnostic]) -> bool:
    return any(item.severity == "error" for item in found)
