"""The words of a text: the same for two texts that differ in form alone, and what differs between
two that do not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from html.parser import HTMLParser
from typing import Literal, NamedTuple

from ...base import markdown

_BLOCKS = frozenset(
    [
        "p",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "tr",
        "pre",
        "blockquote",
        "ul",
        "ol",
        "table",
        "section",
        "hr",
        "br",
        "div",
    ]
)
_TOKEN = re.compile(r"\w+['’]?|\n|\s|[^\w\s]")
_MARK = " –0123456789.\n"
_LONG = 5_000
_FORMS = str.maketrans(
    dict.fromkeys("‘’‛ʼ", "'")
    | dict.fromkeys("“”„‟«»", '"')
    | dict.fromkeys("‐‑‒–—−", "-")
    | {"…": "...", "\xad": None, "\u200b": None}
)
_DEFINITION = re.compile(
    r"^[ >]{0,8}\[([^\]\n]+)\]:.*(?:\n[ \t]*\S.*|\n[ \t]*(?=\n(?: {4}|\t)))*", re.MULTILINE
)
_NAMED = re.compile(r"\[([^\[\]]+)\]")
_FENCE = re.compile(r"^[ >]{0,8}(?:`{3,}|~{3,})[ \t]*([^`\s][^`\n]*)$", re.MULTILINE)
_AROUND_SIGNS = re.compile(r"\s+(?=[;:!?])|(?<=«)\s+|\s+(?=»)")


class Piece(NamedTuple):
    """Some words that two texts have in common, or that only the older or the newer one has."""

    kind: Literal["same", "removed", "added"]
    text: str


class _Lines(HTMLParser):
    """The lines of a text as a reader sees them: items with their number, cells apart, what is
    struck out between tildes.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = [""]
        self._lists: list[int | None] = []
        self._mute = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in _BLOCKS and self.found[-1].strip(_MARK):
            self.found.append("")
        if tag in {"ol", "ul"}:
            self._lists.append(int(values.get("start") or 1) if tag == "ol" else None)
        elif tag == "li":
            self.found[-1] = self._mark()
        elif tag in {"td", "th"} and self.found[-1].strip():
            self.found[-1] += " | "
        self._mute += tag == "a" and (values.get("class") or "") in {
            "headerlink",
            "footnote-backref",
        }
        self._write(
            {
                "del": "~~",
                "img": values.get("alt") or "",
                "input": "[x] " if "checked" in values else "[ ] ",
            }.get(tag, "")
        )
        if tag in {"a", "img"} and values.get("title"):
            self._write(f" ({values['title']}) ")

    def _mark(self) -> str:
        number = self._lists[-1] if self._lists else None
        if number is None:
            return "– "
        self._lists[-1] = number + 1
        return f"{number}. "

    def handle_endtag(self, tag: str) -> None:
        self._write("~~" if tag == "del" else "")
        if tag in {"ol", "ul"} and self._lists:
            self._lists.pop()
        if tag in _BLOCKS and self.found[-1].strip(_MARK):
            self.found.append("")
        self._mute -= tag == "a" and self._mute > 0

    def handle_data(self, data: str) -> None:
        self._write(data)

    def _write(self, data: str) -> None:
        if not self._mute:
            self.found[-1] += data


def lines(text: str) -> list[str]:
    """The paragraphs, items and rows of a Markdown text, without its marks."""
    return [
        " ".join(line.split()) for line in _Lines(markdown.render(text).html).found if line.strip()
    ]


def words(text: str) -> str:
    """A Markdown text without what is form alone: marks, line breaks, kinds of spaces, quotation
    marks, hyphens and apostrophes.

    The numbers of a list, what is struck out, the addresses and titles of links are no form, nor is
    what pages leave out: whoever reads the file reads a comment, too.
    """
    said = " ".join(line.removeprefix("– ") for line in lines(text))
    said = _AROUND_SIGNS.sub("", unicodedata.normalize("NFC", said)).translate(_FORMS)
    urls = (link.url for link in markdown.links(text))
    return " ".join([" ".join(said.split()), *urls, *_left_out(text)])


def _left_out(text: str) -> Iterator[str]:
    """The words of a Markdown text that pages leave out, where there are any: all of it, as it
    stands with them; notes and addresses that nothing names; what stands beside a fence of code.
    """
    if "<" in text and markdown.OMITTED in markdown.convert(text):
        yield " ".join(markdown.convert(text, markdown.WITH_HTML).translate(_FORMS).split())
    if "]:" in text:
        named = {_label(one) for one in _NAMED.findall(_DEFINITION.sub("", text))}
        yield from (
            " ".join(one[0].translate(_FORMS).split())
            for one in _DEFINITION.finditer(text)
            if _label(one[1]) not in named
        )
    yield from _FENCE.findall(text)


def _label(written: str) -> str:
    return " ".join(written.split()).casefold()


def bare(text: str) -> list[str]:
    """The words of a Markdown text without its signs."""
    return re.findall(r"\w+", words(text))


def differences(old: str, new: str) -> list[list[Piece]]:
    """Word by word, what two Markdown texts have in common and what only one of them has: the
    pieces of each line.
    """
    before, after = lines(old), lines(new)
    pieces: list[Piece] = []
    for what, start, end, begin, finish in _codes(before, after):
        one, other = (
            "".join(f"{line}\n" for line in before[start:end]),
            "".join(f"{line}\n" for line in after[begin:finish]),
        )
        pieces += (
            [Piece("same", other)]
            if what == "equal"
            else _of_words(_TOKEN.findall(one), _TOKEN.findall(other))
        )
    return list(_in_lines(pieces))


def _codes(before: list[str], after: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    """What to do to one list to get the other; forms of signs do not count."""
    one, other = (
        [text.translate(_FORMS) for text in before],
        [text.translate(_FORMS) for text in after],
    )
    return SequenceMatcher(None, one, other, autojunk=len(one) + len(other) > _LONG).get_opcodes()


def _of_words(before: list[str], after: list[str]) -> Iterator[Piece]:
    """The pieces of two runs of words; a space alone between two changes belongs to them."""
    removed = added = ""
    codes = _codes(before, after)
    for place, (what, start, end, begin, finish) in enumerate(codes):
        one, other = "".join(before[start:end]), "".join(after[begin:finish])
        if what != "equal" or (one == " " and 0 < place < len(codes) - 1):
            removed, added = removed + one, added + other
            continue
        yield from _changed_pieces(removed, added)
        removed = added = ""
        yield Piece("same", other)
    yield from _changed_pieces(removed, added)


def _changed_pieces(removed: str, added: str) -> Iterator[Piece]:
    if removed:
        yield Piece("removed", removed)
    if added:
        yield Piece("added", added)


def _in_lines(pieces: list[Piece]) -> Iterator[list[Piece]]:
    line: list[Piece] = []
    for kind, text in pieces:
        first, *others = text.split("\n")
        line += [Piece(kind, first)] if first else []
        for other in others:
            if line:
                yield line
            line = [Piece(kind, other)] if other else []
    if line:
        yield line
