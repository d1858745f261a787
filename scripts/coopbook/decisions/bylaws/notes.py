"""What a Markdown text defines apart from its paragraphs: footnotes, and addresses that links
name.
"""

from __future__ import annotations

import re

_DEFINITION = re.compile(r"\[([^\]]+)\]:\s")
_NAMED = re.compile(r"\[([^\[\]]+)\]")


def take_definitions(text: str) -> tuple[str, dict[str, str]]:
    """A text without the footnotes and the addresses that it defines apart, and these by their
    names.
    """
    kept: list[str] = []
    found: dict[str, list[str]] = {}
    name = fence = ""
    for line in text.split("\n"):
        opened = re.match(r" {0,3}(```|~~~)", line)
        if opened:
            fence = "" if fence == opened[1] else fence or opened[1]
        start = _DEFINITION.match(line) if not fence else None
        if start and start[1] not in found:
            name = start[1]
            found[name] = [line]
        elif name and (line.startswith("    ") or not line.strip()):
            found[name].append(line)
        else:
            name = ""
            kept.append(line)
    return "\n".join(kept), {name: "\n".join(lines).rstrip() for name, lines in found.items()}


def named_definitions(text: str, definitions: dict[str, str]) -> list[str]:
    """What a text names of these definitions, and what these name in turn, in their own order."""
    found, ahead = set[str](), [text]
    names = {name.casefold(): name for name in definitions}
    while ahead:
        named = {names.get(name.casefold(), "") for name in _NAMED.findall(ahead.pop())}
        new = named - found - {""}
        found |= new
        ahead += (definitions[name].partition("]:")[2] for name in new)
    return [name for name in definitions if name in found]


def add_definitions(text: str, definitions: list[str]) -> str:
    """A text with what it names, below its last paragraph."""
    apart = "\n\n" if any("\n" in one for one in definitions) else "\n"
    return "\n\n".join(part for part in (text, apart.join(definitions)) if part)


def rename_notes(text: str, names: dict[str, str]) -> str:
    """A text with other names for some of its footnotes (^1 -> ^seat-1)."""
    for old, new in names.items():
        text = text.replace(f"[{old}]", f"[{new}]")
    return text
