"""Texts that a co-op gives itself, and their articles."""

from __future__ import annotations

from typing import Literal

from ..tally.shapes import Localized, Part
from .parts import Decisive, InForce

SUFFIXES = (
    "",
    "bis",
    "ter",
    "quater",
    "quinquies",
    "sexies",
    "septies",
    "octies",
    "novies",
    "decies",
)


def print_number(label: str, number: int, suffix: str, *, french: bool) -> str:
    """An article's number as a text prints it, such as Article 4 bis; in French, 1 is “1er”."""
    first = label and number == 1 and not suffix and french
    return " ".join(part for part in (label, f"{number}{'er' if first else ''}", suffix) if part)


class Original(Part, frozen=True):
    """The paper that a text was copied from: its file, and the file's SHA-256."""

    file: str = ""
    sha256: str = ""


NO_ORIGINAL = Original()


class CopyErratum(Part, frozen=True):
    """A slip of whoever copied a text: the words as they stood here, and as the paper has them."""

    on: str = ""
    by: str = ""
    was: str = ""
    now: str = ""
    evidence: Original = NO_ORIGINAL


class Article(InForce, frozen=True):
    """One wording of an article."""

    id: str = ""
    number: int = 0
    suffix: str = ""
    place: Literal["before", "within", "after", ""] = ""
    printed: str = ""
    title: str = ""
    part: str = ""
    above: tuple[str, ...] | None = None
    audience: Literal["public", "members", ""] = ""
    previous: str = ""
    editorial: bool = False
    repealed: bool = False
    errata: tuple[CopyErratum, ...] = ()

    @property
    def order(self) -> tuple[int, int, int, str]:
        """Its place in its text; one `within` comes right before the article with its number."""
        latin = self.suffix.lower()
        after = SUFFIXES.index(latin) if latin in SUFFIXES else len(SUFFIXES)
        return (
            {"before": 0, "within": 1, "": 1, "after": 2}[self.place],
            self.number,
            -1 if self.place == "within" else after,
            self.suffix,
        )

    @property
    def parts(self) -> tuple[str, ...] | None:
        """The headings that it stands under, the highest first; None: those of the one before."""
        if self.part:
            return (*(self.above or ()), self.part)
        return None if self.above is None and not self.place else ()


class BylawsText(Decisive, frozen=True):
    """A text of articles: its language, and how they are called (`label`, such as Article)."""

    id: str = ""
    title: Localized = {}
    kind: Literal["articles", "bylaws", "house_rules", "charter", ""] = ""
    audience: Literal["public", "members", ""] = ""
    language: str = ""
    label: str = ""
    numbered: bool = True
