"""A text written in the way of the one whose place it takes: in its quotes, or over lines."""

from __future__ import annotations

import re
import textwrap

from .reader import parse
from .values import same

COMMENT = re.compile(r"[ \t]+#[^\r\n]*")


def write_in_quotes(quote: str, new: str) -> str | None:
    """A text in the quotes of the one before; None where it had none, or where it cannot stand in
    them.
    """
    if quote not in {"'", '"'} or "\n" in new:
        return None
    inner = new.replace("'", "''") if quote == "'" else re.sub(r'([\\"])', r"\\\1", new)
    text = f"{quote}{inner}{quote}"
    return text if _reads(f"k: {text}\n", new) else None


def write_as_block(source: str, style: str, new: str) -> str | None:
    """A text over lines in the way of the one before, with its indent; None where it was none, or
    where it cannot be.
    """
    if style not in {"|", ">"}:
        return None
    header, *lines = source.replace("\r\n", "\n").split("\n")
    comment = COMMENT.search(header)
    width = max([60, *map(len, lines)])
    indent = next((line[: len(line) - len(line.lstrip())] for line in lines if line.strip()), "")
    bare = new.rstrip("\n")
    ways = {"|": new.removesuffix("\n").split("\n"), ">": _fold(bare, width - len(indent))}
    keep = {0: "-", 1: ""}.get(len(new) - len(bare), "+")
    for way in dict.fromkeys([style, "|"]):
        text = "\n".join([f"{way}{keep}", *(indent + line if line else "" for line in ways[way])])
        if indent and _reads(f"k: {text}\n", new):
            return text.replace("\n", f"{comment[0]}\n", 1) if comment else text
    return None


def _fold(text: str, width: int) -> list[str]:
    """Lines that are read as one text: a line break of the text is an empty line."""
    lines: list[str] = []
    for line in text.split("\n"):
        lines += textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)
        lines.append("")
    return lines[:-1]


def _reads(text: str, value: str) -> bool:
    found = parse(text.encode(), front_matter=False)
    return not found.faults and same(found.value, {"k": value})
