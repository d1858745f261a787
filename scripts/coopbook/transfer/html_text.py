"""HTML that somebody wrote into Markdown, as Markdown: what pages would leave out of the text says
the same without it.

Only what the renderer takes for HTML is touched, so code stays as it is.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from ..base.markdown_source import raw_tags
from .html_blocks import as_code, as_table

_ATTRIBUTE = re.compile(r"([A-Za-z][A-Za-z-]*)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_HEADING = re.compile(r"h([1-6])")
_WRAPPED = {
    **dict.fromkeys(("b", "strong"), "**"),
    **dict.fromkeys(("i", "em", "cite", "var"), "*"),
    **dict.fromkeys(("code", "kbd", "tt", "samp"), "`"),
    **dict.fromkeys(("del", "s", "strike"), "~~"),
}
_DROPPED = frozenset(
    re.findall(
        r"\w+",
        "a abbr address article aside big blockquote body center details div dl dt dd "
        "figcaption figure font footer header html ins label main mark nav p picture q section "
        "small source span u ul ol tab ",
    )
)
"""Tags that go and leave what they hold."""
_LEFT = frozenset(
    re.findall(
        r"\w+",
        "audio button canvas embed form head input link meta noscript object option param pre "
        "script select style svg table tbody td textarea tfoot th thead title tr track video "
        "wbr ",
    )
)
"""Tags whose meaning Markdown has no way to say; they are told."""
_RAISED = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_BLOCKS = frozenset(["table", "pre"])
"""Tags that are said in Markdown with all they hold, where it can."""
_FENCED = re.compile(
    r"(^[ \t]*(?:`{3,}|~{3,})[^\n]*\n.*?^[ \t]*(?:`{3,}|~{3,})[ \t]*$)", re.M | re.S
)
_TABLE_ROW = re.compile(r"^\s*\|.*\|\s*$|^[^|\n]+(?: \| [^|\n]+){1,}$")
_NOWHERE = re.compile(r"\\\n(?=[ \t]*(?:\n|\Z))")
_MANY_EMPTY = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")


@dataclass(frozen=True)
class Converted:
    """A text without HTML.

    Attributes:
        text: The Markdown.
        anchors: Places that HTML gave a name, by the number of their line, from 0.
        left: The tags that are still in it, which pages leave out.
        count: How many tags became Markdown.
    """

    text: str
    anchors: dict[str, int]
    left: tuple[str, ...]
    count: int


@dataclass
class _Open:
    """A tag whose end is awaited: its name, where its inside begins in the output, its address."""

    name: str
    start: int
    address: str = ""


def convert_html(text: str) -> Converted:
    """A Markdown text whose HTML is said in Markdown."""
    tags = list(raw_tags(text)) if "<" in text else []
    out: list[str] = []
    opened: list[_Open] = []
    anchors: dict[str, int] = {}
    left: list[str] = []
    at = 0
    for number, tag in enumerate(tags):
        if tag.start() < at:
            continue  # within a block that was taken whole
        out.append(text[at : tag.start()])
        at = tag.end()
        closing = tag[1].startswith("</")
        name = tag[1].lstrip("</").lower()
        attributes = _attributes(tag)
        named = attributes.get("id") or (attributes.get("name") if name == "a" else "")
        if named and not closing:
            anchors[named] = "".join(out).count("\n")
        block = _convert_block(text, tags, number) if name in _BLOCKS and not closing else None
        if block:
            out.append(block[0])
            at = block[1]
        elif name in _LEFT:
            left.append(tag[0])
            out.append(tag[0])
        elif closing:
            _close(name, out, opened)
        else:
            goes_on = text.startswith("\n", at)
            _open(name, tag[0], attributes, out, opened, _line_at(text, tag.start()), goes_on)
    out.append(text[at:])
    for one in opened:  # never closed: what it stands before stays as it is
        if one.name in _WRAPPED:
            out[one.start - 1] = ""
    done = "".join(out)
    if tags:
        parts = _FENCED.split(done)
        done = "".join(part if at % 2 else _close_gaps(part) for at, part in enumerate(parts))
    return Converted(done, anchors, tuple(left), len(tags) - len(left))


def _attributes(tag: re.Match[str]) -> dict[str, str]:
    return {
        found[1].lower(): html.unescape(found[2] or found[3] or found[4] or "")
        for found in _ATTRIBUTE.finditer(tag[2])
    }


def _close_gaps(text: str) -> str:
    """A text without the empty lines that tags leave behind."""
    text = _MANY_EMPTY.sub("\n\n", _NOWHERE.sub("\n", text))
    return "\n".join(line if line.strip() else "" for line in text.split("\n"))


def _convert_block(text: str, tags: list[re.Match[str]], number: int) -> tuple[str, int] | None:
    """A table or preformatted text in Markdown, and where it ends; None where it cannot be said, or
    does not stand on lines of its own.
    """
    begun = tags[number]
    name = begun[1].lower().lstrip("<")
    end, depth = None, 0
    for tag in tags[number:]:
        if tag[1].lower().lstrip("</") == name:
            depth += -1 if tag[1].startswith("</") else 1
        if not depth:
            end = tag
            break
    before = text[text.rfind("\n", 0, begun.start()) + 1 : begun.start()]
    if end is None or before.strip():
        return None
    inside = text[begun.end() : end.start()]
    said = (
        as_table(inside, lambda words: convert_html(words).text)
        if name == "table"
        else as_code(inside, _attributes(begun))
    )
    if said is None:
        return None
    lines = said.replace("\n", f"\n{before}")
    return f"\n{before}{lines}\n\n{before}", end.end()


def _line_at(text: str, at: int) -> str:
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return text[start : end if end >= 0 else len(text)]


def _open(
    name: str,
    tag: str,
    attributes: dict[str, str],
    out: list[str],
    opened: list[_Open],
    line: str,
    ends_line: bool,
) -> None:
    """Put what stands for the beginning of a tag."""
    in_row = bool(_TABLE_ROW.match(line))
    if name == "br":
        if in_row:
            out.append(" · ")
        elif line.lstrip().startswith("#"):
            out.append(" ")
        elif re.fullmatch(r"\s*<br\s*/?>\s*", line, re.I):
            out.append("")
        else:
            out.append("\\" if ends_line else "\\\n")
    elif name == "hr":
        out.append("\n\n***\n\n")
    elif name == "img":
        alt = re.sub(r"([\[\]])", r"\\\1", " ".join(attributes.get("alt", "").split()))
        source = attributes.get("src", "")
        out.append(f"![{alt}]({_address(source)})" if source else alt)
    elif name == "iframe":
        out.append(f"<{attributes['src']}>" if attributes.get("src") else "")
    elif name == "li":
        out.append(" · " if in_row else "- ")
    elif name in {"sup", "sub"} or (name == "a" and attributes.get("href")):
        opened.append(_Open(name, len(out), attributes.get("href", "")))
    elif name == "summary":
        out.append("**")
        opened.append(_Open(name, len(out)))
    elif name in _WRAPPED:
        out.append(_WRAPPED[name])
        opened.append(_Open(name, len(out)))
    elif found := _HEADING.fullmatch(name):
        out.append("#" * int(found[1]) + " ")
    elif name not in _DROPPED:
        out.append("\\" + tag)  # no tag of HTML: words that somebody put between these signs


def _close(name: str, out: list[str], opened: list[_Open]) -> None:
    """Put what stands for the end of a tag."""
    if name not in {"a", "sup", "sub", "summary", *_WRAPPED}:
        return
    place = next((n for n in reversed(range(len(opened))) if opened[n].name == name), None)
    if place is None:
        return
    begun = opened.pop(place)
    inside = "".join(out[begun.start :])
    del out[begun.start :]
    if name == "a":
        words = inside.strip() or begun.address
        out.append(f"[{words}]({_address(begun.address)})")
    elif name in {"sup", "sub"}:
        letters, known = (
            (_RAISED, "0123456789+-=()ni") if name == "sup" else (_LOWERED, "0123456789+-=()")
        )
        short = inside.strip()
        small = short and all(sign in known for sign in short)
        out.append(short.translate(letters) if small else inside)
    elif name == "summary":
        out.append(f"{inside.strip()}**\n")
    elif inside.strip():
        sign = _WRAPPED[name]
        before = inside[: len(inside) - len(inside.lstrip())]
        after = inside[len(inside.rstrip()) :]
        out[begun.start - 1] = f"{before}{sign}"
        out.append(f"{inside.strip()}{sign}{after}")
    else:
        out[begun.start - 1] = ""


def _address(url: str) -> str:
    """An address as it stands in Markdown."""
    return f"<{url}>" if re.search(r"[\s()]", url) else url
