"""How long the paragraphs of a Markdown text are, and how many cells its tables have, before it is
rendered.

The renderer's time grows with the square of a paragraph's length: one of 190 kB takes it a minute.
So their length is measured on a copy of the text whose words are blotted out: the same paragraphs,
items and cells, with nothing in them to be read.
"""

from __future__ import annotations

import re

from .markdown import WITH_PLACES, convert

MOST_IN_PARAGRAPH = 10_000
"""Characters of a paragraph, of an item of a list, or of a cell of a table."""
MOST_CELLS = 20_000
"""Cells of a table: the renderer writes those of each row that are left out."""

_LINES_TOGETHER = re.compile(r"(?:[^\n]*\S[^\n]*\n?)+")
_BLOCK_MARKS = re.compile(
    r"(?:[ \t]*(?:>|[-+*](?=\s|$)|[0-9]{1,9}[.)](?=\s|$)))*[ \t]*"
    r"(?:#{1,6}(?=\s|$)|`{3,}(?=[^`]*$)|~{3,}|(?:-[ \t]*){3,}$|(?:\*[ \t]*){3,}$|(?:_[ \t]*){3,}$)?"
)
"""What a line may begin with that says which block it belongs to."""
_WORDS = re.compile(r"[^\s|:=-]")
_DEFINITION = re.compile(
    r" {0,3}\[(?!\^)[^\[\]\\\n]*[^\[\]\\\s][^\[\]\\\n]*\]:[ \t]*[^\s<()]+"
    r"""(?:[ \t]+(?:"[^"\\\n]*"|'[^'\\\n]*'))?[ \t]*"""
)
"""A line that says where the links with one name lead: it is no part of a paragraph."""
_HTML_LINE = re.compile(r"^[ \t>]*(?:[-+*][ \t]+|[0-9]+[.)][ \t]+)*<", re.M)
_BELOW_HEAD = re.compile(r"^[ \t>|:-]*-[ \t|:-]*$", re.M)
"""The line below the head of a table, whose strokes say how many columns there are."""
_PIECE = re.compile(r'data-sourcepos="(\d+):|<(/?)pre|>([^<]*)')


def find_long_paragraph(text: str) -> int:
    """The line, from 1, on which the first paragraph begins that is too long; 0 where there is
    none.

    Where a line begins with HTML, whatever stands between two empty lines counts as one paragraph:
    what a block of HTML holds, code among it, ends elsewhere than in any other text.
    """
    long = [run for run in _LINES_TOGETHER.finditer(text) if len(run[0]) > MOST_IN_PARAGRAPH]
    if not long:
        return 0
    if _HTML_LINE.search(text):
        return text.count("\n", 0, long[0].start()) + 1
    return _find_long_piece(convert(_blot_out(text), WITH_PLACES))


def find_huge_table(text: str) -> int:
    """The line, from 1, on which the first table begins that has too many cells, written or not; 0
    where there is none.
    """
    for run in _LINES_TOGETHER.finditer(text) if text.count("|") > 1 else ():
        columns = max((line[0].count("|") for line in _BELOW_HEAD.finditer(run[0])), default=0)
        if columns * run[0].count("\n") > MOST_CELLS:
            return text.count("\n", 0, run.start()) + 1
    return 0


def _find_long_piece(page: str) -> int:
    """The line of the first words of a page, outside code, that are too many."""
    line, in_code = 0, False
    for place, closes, words in _PIECE.findall(page):
        if place:
            line = int(place)
        elif len(words) > MOST_IN_PARAGRAPH and not in_code:
            return line
        elif not words:
            in_code = not closes
    return 0


def _blot_out(text: str) -> str:
    """A text with the same blocks, of whose words only the length is left."""
    found: list[str] = []
    for line in text.split("\n"):
        if _DEFINITION.fullmatch(line) and (not found or not found[-1].strip()):
            found.append("")
            continue
        marks = _BLOCK_MARKS.match(line)
        end = marks.end() if marks else 0
        found.append((line[:end] + _WORDS.sub("x", line[end:])).rstrip())
    return "\n".join(found)
