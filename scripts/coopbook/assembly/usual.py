"""Texts of resolutions that many assemblies vote, as data: by language, and by country where the
words differ.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from ..base.diagnostics import suggestion
from ..base.messages import Misuse, _
from ..base.shipped import shipped
from ..decisions.types import Resolution
from ..yaml_files.reader import parse

FILE = "usual_resolutions.yml"
_BLANK = re.compile(r"\{([a-z]+)\}")
_LEFT = re.compile(r"\[… ([^\]]+)\]")


@lru_cache(maxsize=1)
def usual_resolutions() -> dict[str, dict[str, Any]]:
    """The texts by name."""
    found: dict[str, dict[str, Any]] = parse(shipped(FILE).read_bytes(), front_matter=False).value
    return found


def write_usual(
    asked: str, *, language: str, country: str, day: str, categories: frozenset[str]
) -> str:
    """A usual text as a resolution in words, as `read_resolution` reads it.

    Args:
        asked: its name, and what its blanks say: `surplus, amount=1 200 €, reserves=600 €`; commas
            between them where a blank's name and an equals sign follow.
        language: of the papers.
        country: of the co-op.
        day: of the meeting.
        categories: those of the rules.

    Raises:
        Misuse: where there is no such text, or no such blank in it.
    """
    name, *parts = re.split(r",\s*(?=[a-z]+=)", asked.strip())
    one = usual_resolutions().get(name.strip())
    if one is None:
        names = ", ".join(usual_resolutions())
        near = suggestion(name, usual_resolutions())
        raise Misuse(
            _(
                "There is no usual text “{name}”. {help} There is: {names}.",
                name=name,
                help=near,
                names=names,
            )
        )
    title, text = _in_language(one["title"], language), _in_language(one["text"], language)
    text = one.get("countries", {}).get(country, {}).get(language, text)
    known = {"year": str(int(day[:4]) - 1)}
    blanks = _BLANK.findall(title + text)
    for part in parts:
        blank, _equals, words = part.partition("=")
        if blank not in blanks:
            raise Misuse(
                _(
                    "“{name}” has no blank “{blank}”. It has: {blanks}.",
                    name=name,
                    blank=blank,
                    blanks=", ".join(dict.fromkeys(blanks)) or "…",
                )
            )
        known[blank] = words.strip()

    def fill(words: str) -> str:
        return _BLANK.sub(lambda found: known.get(found[1]) or f"[… {found[1]}]", words)

    before = [one["category"]] if one.get("category") in categories else []
    before += ["secret"] if one.get("secret") else []
    start = f"{', '.join(before)}: " if before else ""
    return f"{start}{fill(title)} | {fill(text)}"


def _in_language(words: dict[str, str], language: str) -> str:
    return words.get(language) or words.get(language[:2]) or words["en"]


def require_no_blanks(resolutions: tuple[Resolution, ...], file: str) -> None:
    """Raises Misuse where a resolution that is put to the vote still has a blank."""
    faults = [
        _(
            "Resolution {number} has a blank to fill in: {blanks}.",
            number=one.number,
            blanks=", ".join(dict.fromkeys(left)),
        )
        for one in resolutions
        if (left := _LEFT.findall(f"{one.title} {one.text}"))
    ]
    if faults:
        raise Misuse(
            *faults, _("Write it in {file}, in the place of “[… ]”. No paper was made.", file=file)
        )
