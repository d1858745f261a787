"""Patterns of files as the rules of decision write them: `*` within a folder, `**` across folders, `{a,b}` one of several."""

from __future__ import annotations

import re
from functools import lru_cache

MOST_STARS = 12
_PIECES = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "{": "(?:", "}": ")", ",": "|"}


@lru_cache(maxsize=512)
def _compiled(glob: str) -> re.Pattern[str]:
    return re.compile(
        "".join(
            _PIECES.get(piece) or re.escape(piece)
            for piece in re.split(r"(\*\*/|\*\*|\*|[{},])", glob)
        )
    )


def sound(glob: str) -> bool:
    """Whether the braces of a pattern are closed, commas stand within them, and its stars are few enough to be looked for in time."""
    bare = re.sub(r"\{[^{}]*\}", "", glob)
    return not set(bare) & set("{},") and glob.count("*") <= MOST_STARS


def alternatives(glob: str) -> list[str]:
    """The patterns that one written `{a,b}` is made of; else itself."""
    inside = glob[1:-1]
    return (
        inside.split(",")
        if glob[:1] + glob[-1:] == "{}" and not set(inside) & set("{}")
        else [glob]
    )


def matches(glob: str, path: str) -> bool:
    """Whether a file is one that a pattern means; one whose braces are wrong means none."""
    return sound(glob) and bool(_compiled(glob).fullmatch(path))
