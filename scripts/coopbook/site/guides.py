"""The guides that ship with the tool: `docs/guides/<name>.<language>.md`."""

from __future__ import annotations

from functools import lru_cache

from ..base.shipped import shipped

FIRST = ("members", "administrators")
"""The guides that most people want, in the order of the list; the others follow by name."""
USUAL = "en"


@lru_cache
def guides() -> dict[str, dict[str, str]]:
    """Every guide's texts by language, by the guide's name."""
    found: dict[str, dict[str, str]] = {}
    for file in sorted(shipped("guides").glob("*.??.md")):
        name, language, _ending = file.name.split(".")
        found.setdefault(name, {})[language] = file.read_text(encoding="utf-8")
    return {
        name: found[name]
        for name in sorted(
            found, key=lambda name: (FIRST.index(name) if name in FIRST else len(FIRST), name)
        )
    }


def is_written(name: str, language: str) -> bool:
    """Whether a guide exists in a language, such as `fr`, or `fr-CA`, which reads French."""
    return language.partition("-")[0] in guides().get(name, {})


def speaks(language: str) -> bool:
    """Whether some guide exists in a language."""
    return any(is_written(name, language) for name in guides())


def text(name: str, language: str) -> tuple[str, str]:
    """A guide for readers of a language, and the language that it is in: English for want of
    theirs.
    """
    texts, base = guides()[name], language.partition("-")[0]
    found = next(one for one in (base, USUAL, *texts) if one in texts)
    return texts[found], language if found == base else found
