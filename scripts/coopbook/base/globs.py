"""Patterns of files: `*` within a folder, `**` across folders, `{a,b}` one of several.

wcmatch reads them. What bash and wcmatch would read besides (`?`, `[a-z]`, `{1..3}`, `@(a|b)`,
`!a`) means nothing here: the rules of decision stay readable to those who did not write them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import prod

MOST_STARS = 12
MOST_ACROSS = 3
"""Each `**` multiplies the ways in which a deep path can be split, so few of them may stand in
one pattern. Single stars cost little: wcmatch never goes back over them."""

MOST_ALTERNATIVES = 64
_GROUP = re.compile(r"\{([^{}]*)\}")
_CHARACTERS = re.compile(r"[\w ./*{},+-]+")


def is_sound(glob: str) -> bool:
    """Say whether a pattern can be read, and matched in a time that its author cannot stretch.

    Its braces are closed and not nested, commas stand within them, `**` stands between slashes,
    no step of the path is empty, and its stars and alternatives are few. Nor do two single stars
    meet where an alternative between them is empty: `*{,a}*` would then reach into folders.
    """
    groups = [group.split(",") for group in _GROUP.findall(glob)]
    outside = _GROUP.sub("", glob)
    if set(outside) & set("{},") or not _CHARACTERS.fullmatch(glob):
        return False
    if glob.count("*") > MOST_STARS or prod(map(len, groups)) > MOST_ALTERNATIVES:
        return False
    across = glob.count("**")
    return all(
        _has_sound_steps(path) and path.count("**") <= across for path in expand_braces(glob)
    )


def _has_sound_steps(path: str) -> bool:
    steps = path.split("/")
    return (
        all(steps)
        and all(step == "**" or "**" not in step for step in steps)
        and steps.count("**") <= MOST_ACROSS
    )


def expand_braces(glob: str) -> list[str]:
    """The patterns without braces that a sound pattern stands for."""
    from bracex import expand

    return list(expand(_without_lone_braces(glob), limit=MOST_ALTERNATIVES))


def _without_lone_braces(glob: str) -> str:
    """Take off braces around a single choice: bash leaves `{a}` as it is and counts in `{1..3}`."""
    return re.sub(r"\{([^{},]*)\}", r"\1", glob)


def alternatives(glob: str) -> list[str]:
    """List the patterns that one written `{a,b}` is made of; any other is its own only one."""
    inside = glob[1:-1]
    if glob[:1] + glob[-1:] == "{}" and not set(inside) & set("{}"):
        return inside.split(",")
    return [glob]


@lru_cache(maxsize=512)
def _compile(glob: str) -> re.Pattern[str] | None:
    """The pattern as a regular expression; None where it is not sound."""
    from wcmatch import glob as wcmatch

    if not is_sound(glob):
        return None
    flags = wcmatch.GLOBSTAR | wcmatch.BRACE | wcmatch.DOTGLOB | wcmatch.FORCEUNIX | wcmatch.CASE
    plain = _without_lone_braces(glob)
    included, _excluded = wcmatch.translate(plain, flags=flags, limit=MOST_ALTERNATIVES)
    return re.compile("|".join(included))


def matches(glob: str, path: str) -> bool:
    """Say whether a pattern means a file. One that is not sound means none."""
    pattern = _compile(glob)
    return pattern is not None and pattern.fullmatch(path) is not None
