"""A paper of an assembly before it is an office document or a print: blocks, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Literal, NamedTuple

from ..base import markdown

Style = Literal["body", "title", "subtitle", "heading", "part", "item", "small", "quote", "lead"]
_MARKS = {
    "strong": "bold",
    "b": "bold",
    "em": "italic",
    "i": "italic",
    "del": "struck",
    "ins": "added",
}
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_BLOCKS = _HEADINGS | {"p", "li", "tr", "pre", "div", "blockquote"}
"""Tags whose words are a paragraph of their own."""


class Run(NamedTuple):
    """Some words in one style: any of bold, italic, struck, added."""

    text: str
    marks: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Text:
    """A paragraph; `mark` is the number or sign before an item."""

    runs: tuple[Run, ...]
    style: Style = "body"
    mark: str = ""

    @property
    def plain(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Table:
    """Rows under headings that are repeated on each page. `widths` are shares, `numbers` the
    columns set to the right; `tall` leaves room to sign.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    numbers: frozenset[int] = frozenset()
    tall: bool = False


@dataclass(frozen=True)
class Lines:
    """Places to fill in with a pen: what stands before each line."""

    labels: tuple[str, ...]


@dataclass(frozen=True)
class Boxes:
    """Boxes to tick, side by side."""

    labels: tuple[str, ...]


@dataclass(frozen=True)
class Marks:
    """Lines with a box under each column, to be marked; `wide` boxes have room for a number."""

    columns: tuple[str, ...]
    rows: tuple[str, ...]
    wide: bool = False


@dataclass(frozen=True)
class Section:
    """Blocks that are found again when the document comes back."""

    name: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Break:
    """A new page; `cut`: a line to cut along instead, and what follows is kept whole, which is
    `keep` millimetres high.
    """

    cut: bool = False
    keep: int = 56


Block = Text | Table | Lines | Boxes | Marks | Section | Break


@dataclass(frozen=True)
class Paper:
    """A whole paper. `name` is its file's, without ending; `day` a date such as 2026-01-31, for
    what the file says of itself; `page` the words of the foot before the page's number.
    """

    name: str
    title: str
    coop: str
    foot: str
    page: str
    language: str
    colour: str
    day: str
    blocks: tuple[Block, ...]
    landscape: bool = False
    author: str = field(default="")


def make_text(words: str, style: Style = "body", mark: str = "") -> Text:
    return Text((Run(words),), style, mark)


class _Rich(HTMLParser):
    """Paragraphs, items and headings of rendered Markdown, with what is bold, italic or
    struck out.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[Text] = []
        self._runs: list[Run] = []
        self._marks: list[str] = []
        self._lists: list[int] = []
        self._style: Style = "body"
        self._mute = 0
        self.feed(html)
        self.close()
        self._end_paragraph()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _MARKS:
            self._marks.append(_MARKS[tag])
        elif tag in {"ol", "ul"}:
            self._end_paragraph()
            self._lists.append(int(dict(attrs).get("start") or 1) if tag == "ol" else 0)
        elif tag in _BLOCKS or tag == "br":
            self._end_paragraph()
            if tag in _HEADINGS:
                self._style = "part"
            elif tag == "li":
                self._style = "item"
        elif tag in {"td", "th"} and self._runs:
            self._runs.append(Run(" | "))
        self._mute += tag == "a" and dict(attrs).get("class") == "headerlink"

    def handle_endtag(self, tag: str) -> None:
        if tag in _MARKS and self._marks:
            self._marks.pop()
        elif tag in {"ol", "ul"}:
            self._end_paragraph()
            self._lists = self._lists[:-1]
        elif tag in _BLOCKS:
            self._end_paragraph()
        self._mute -= tag == "a" and self._mute > 0

    def handle_data(self, data: str) -> None:
        if not self._mute:
            self._runs.append(Run(re.sub(r"\s+", " ", data), frozenset(self._marks)))

    def _end_paragraph(self) -> None:
        runs = _join_runs(self._runs)
        self._runs = []
        if not runs:
            return
        mark = ""
        if self._style == "item":
            number = self._lists[-1] if self._lists else 0
            mark = f"{number}." if number else "–"
            self._lists[-1:] = [number + 1 if number else 0]
        self.found.append(Text(runs, self._style, mark))
        self._style = "body"


def _join_runs(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Runs of one style joined, without spaces around the whole."""
    found: list[Run] = []
    for run in runs:
        if found and found[-1].marks == run.marks:
            found[-1] = Run(found[-1].text + run.text, run.marks)
        elif run.text:
            found.append(run)
    while found and not found[0].text.strip():
        found.pop(0)
    while found and not found[-1].text.strip():
        found.pop()
    if found:
        found[0] = Run(found[0].text.lstrip(), found[0].marks)
        found[-1] = Run(found[-1].text.rstrip(), found[-1].marks)
    return tuple(found)


def parse_markdown(source: str) -> tuple[Text, ...]:
    """The paragraphs of a Markdown text."""
    return tuple(_Rich(markdown.render(source).html).found) if source.strip() else ()


def render_markdown(texts: Sequence[Text]) -> str:
    """Paragraphs as Markdown: the way back."""
    lines: list[str] = []
    for number, one in enumerate(texts):
        before = texts[number - 1] if number else None
        gap = (
            ""
            if before is None
            else "\n"
            if before.style == one.style == "item"
            and _prefix_of(before)[0].isdigit() == _prefix_of(one)[0].isdigit()
            else "\n\n"
        )
        lines.append(gap + _prefix_of(one) + "".join(_mark_run(run) for run in one.runs))
    return "".join(lines)


def _prefix_of(one: Text) -> str:
    if one.style == "item":
        return f"{one.mark} " if one.mark[:1].isdigit() else "- "
    return "## " if one.style == "part" else ""


def _mark_run(run: Run) -> str:
    said = re.sub(r"([\\`*_\[\]<>#|~])", r"\\\1", run.text)
    for mark, sign in (("struck", "~~"), ("italic", "*"), ("bold", "**")):
        if mark in run.marks and said.strip():
            inner = said.strip()
            said = said.replace(inner, f"{sign}{inner}{sign}", 1)
    return said


def flatten(blocks: Sequence[Block]) -> Iterator[Block]:
    """All blocks, those of sections in their place."""
    for block in blocks:
        if isinstance(block, Section):
            yield from flatten(block.blocks)
        else:
            yield block
