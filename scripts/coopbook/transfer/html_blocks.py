"""Tables and preformatted text of HTML as those of Markdown: what they say stays, each cell on one
line, and how they look goes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from itertools import zip_longest

_BREAKS = frozenset(["br", "p", "li", "div", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "hr"])
"""Tags that begin another line; within a cell a point in the middle stands for it."""
_GROUPS = frozenset(["ul", "ol", "dl", "tbody", "tfoot", "colgroup", "col", "center"])
"""Tags that go and leave what they hold."""
_NO_CELL = frozenset(["table", "pre", "blockquote", "iframe", "script", "style", "form", "svg"])
"""What no cell of Markdown can hold."""
_SIGNS = re.compile(r"https?://[^\s|<>]+|([\\`*_\[\]<>|~])")
_ALIGNED = {"center": ":---:", "right": "---:"}
_MOST_SPAN, _MOST_CELLS = 100, 20_000
_LANGUAGE = re.compile(r"\b(?:lang|language|highlight-source)-([\w+#-]+)")

Inline = Callable[[str], str]
"""How the HTML within a line is said in Markdown."""


def as_table(inside: str, inline: Inline) -> str | None:
    """The rows of a table in Markdown, below its caption; None where Markdown cannot say it.

    A cell over several rows stands in each of them, one over several columns in the first. The
    first row names the columns; a table of one row is paragraphs.

    Args:
        inside: What stands between `<table>` and `</table>`.
        inline: How the HTML within a line is said in Markdown.
    """
    reader = _TableReader()
    reader.feed(inside)
    reader.close()
    rows = [row for row in reader.grid() if any(row)] if reader.is_plain else []
    if not rows:
        return None
    said = [[_say_cell(cell, inline) for cell in row] for row in rows]
    caption = _say_cell(reader.caption, inline)
    head = [f"**{caption}**", ""] if caption else []
    if len(said) == 1:
        return "\n".join([*head, "\n\n".join(filter(None, said[0]))])
    marks = [_ALIGNED.get(align, "---") for align in reader.alignment(len(said[0]))]
    lines = [f"| {' | '.join(cells)} |" for cells in (said[0], marks, *said[1:])]
    return "\n".join([*head, *lines])


def as_code(inside: str, attributes: Mapping[str, str]) -> str:
    """Preformatted text as a block of code.

    Args:
        inside: What stands between `<pre>` and `</pre>`.
        attributes: Those of `<pre>`: its class may name the language, as may that of `<code>`.
    """
    reader = _TextReader()
    reader.feed(inside)
    reader.close()
    text = "".join(reader.parts).replace("\r\n", "\n").strip("\n")
    named = _LANGUAGE.search(" ".join([attributes.get("class", ""), *reader.classes]))
    fence = "`" * max([3, *(len(run) + 1 for run in re.findall("`{3,}", text))])
    return f"{fence}{named[1] if named else ''}\n{text}\n{fence}"


def _say_cell(text: str, inline: Inline) -> str:
    words = re.sub(r"(?:\s*\0\s*)+", " · ", " ".join(text.split()).strip("\0 "))
    return inline(words).strip().replace("\n", " ") if words else ""


class _TableReader(HTMLParser):
    """The cells of a table: text whose signs mean nothing in Markdown, tags within a line, and a
    zero sign where another line begins.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[tuple[list[str], int, int, str]]] = []
        """The parts of each cell, how many rows and columns it takes, and its alignment."""
        self.titles: list[str] = []
        self.is_plain = True
        self._into: list[str] | None = None
        self._codes = 0

    @property
    def caption(self) -> str:
        return "".join(self.titles)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "tr":
            self.rows.append([])
            self._into = None
        elif tag in ("td", "th"):
            if not self.rows:
                self.rows.append([])
            parts: list[str] = []
            wide, deep = (_count(said.get(name, "")) for name in ("colspan", "rowspan"))
            self.rows[-1].append((parts, deep, wide, _align(said)))
            self._into = parts
        elif tag == "caption":
            self._into = self.titles
        elif tag in _NO_CELL:
            self.is_plain = False
        elif tag in _BREAKS:
            self._add("\0")
        elif tag not in _GROUPS and tag != "thead":
            self._codes += tag == "code"
            self._add(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "caption"):
            self._into, self._codes = None, 0
        elif tag in _BREAKS:
            self._add("\0")
        elif tag not in _GROUPS and tag not in ("thead", "tbody"):
            self._codes -= tag == "code"
            self._add(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._into is None:
            self.is_plain = self.is_plain and not data.strip()
        else:
            self._add(data.replace("|", "\\|") if self._codes > 0 else _SIGNS.sub(_escape, data))

    def _add(self, part: str) -> None:
        if self._into is not None:
            self._into.append(part)

    def grid(self) -> list[list[str]]:
        """The cells as a rectangle; nothing where it would be too large."""
        rows: list[list[str]] = []
        below: dict[tuple[int, int], str] = {}
        whole = 0
        for number, cells in enumerate(self.rows):
            row: list[str] = []
            for parts, deep, wide, _align in cells:
                while (number, len(row)) in below:
                    row.append(below.pop((number, len(row))))
                text = "".join(parts)
                for further in range(1, deep):
                    for column in range(wide):
                        below[number + further, len(row) + column] = "" if column else text
                row += [text, *[""] * (wide - 1)]
                if whole + len(row) + len(below) > _MOST_CELLS:
                    return []
            while (number, len(row)) in below:
                row.append(below.pop((number, len(row))))
            rows.append(row)
            whole += len(row)
        return [list(row) for row in zip(*zip_longest(*rows, fillvalue=""), strict=True)]

    def alignment(self, columns: int) -> list[str]:
        """How the columns stand, as the cells of the first row say."""
        first = [align for _parts, _deep, _wide, align in self.rows[0]] if self.rows else []
        return [*first, *[""] * columns][:columns]


class _TextReader(HTMLParser):
    """The text of HTML as it stands, and the classes of its tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.classes: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts += ["\n"] if tag == "br" else []
        self.classes += [value for name, value in attrs if name == "class" and value]

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def _escape(found: re.Match[str]) -> str:
    return f"\\{found[1]}" if found[1] else found[0]


def _count(text: str) -> int:
    return min(int(text), _MOST_SPAN) if re.fullmatch("[1-9][0-9]{0,3}", text) else 1


def _align(said: Mapping[str, str]) -> str:
    found = re.search(r"text-align:\s*(\w+)", said.get("style", ""))
    return found[1].lower() if found else said.get("align", "").lower()
