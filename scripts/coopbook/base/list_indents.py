"""Texts of elsewhere whose lists go on as older programs for Markdown have it: behind four spaces,
where CommonMark wants as many as stand before the entry's first word.

Left as it is, such a passage would be a grey block of code, and the numbers of the list would begin
again below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .markdown import convert

_ENTRY = re.compile(r"( {0,3}(?:[-*+]|[0-9]{1,9}[.)])( {1,4}))(?=[^ \n])")
_FENCE = re.compile(r" *(`{3,}|~{3,})")
_FOUR = 4
_CODE = re.compile(r"<pre><code>(.*?)\n")


def indent_continuations(text: str) -> tuple[str, int]:
    """A text whose passages below an entry of a list are indented as part of it, and how many there
    were.

    A passage begins behind an empty line, with four spaces or more, and fewer than its entry's
    first word has before it.
    """
    lines = text.split("\n")
    moved = 0
    for begin, end, missing in _find_passages(lines):
        moved += 1
        for at in range(begin, end):
            lines[at] = " " * missing + lines[at] if lines[at].strip() else lines[at]
    return "\n".join(lines), moved


def find_indented_code(text: str) -> list[str]:
    """The first line of each passage that is shown as code for its four spaces alone."""
    if any(map(_FENCE.match, text.split("\n"))):
        return []
    return _CODE.findall(convert(text))


def _find_passages(lines: list[str]) -> Iterator[tuple[int, int, int]]:
    """The passages that lack spaces: their first line, the one behind them, how many they lack."""
    offset, fence = 0, ""
    at = 0
    while at < len(lines):
        line = lines[at]
        end = at + 1
        if found := _FENCE.match(line):
            opened, fence = fence, "" if fence and found[1].startswith(fence) else fence or found[1]
            if not opened and not line.startswith(" "):
                offset = 0
        elif fence or not line.strip():
            pass
        elif entry := _ENTRY.match(line):
            offset = len(entry[1])
        else:
            indent = len(line) - len(line.lstrip(" "))
            is_first = at > 0 and not lines[at - 1].strip()
            if is_first and indent < _FOUR:
                offset = 0 if indent < offset else offset
            elif is_first and indent < offset:
                end = next((n for n in range(at, len(lines)) if not lines[n].strip()), len(lines))
                yield at, end, offset - indent
        at = end
