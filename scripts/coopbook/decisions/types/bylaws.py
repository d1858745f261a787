"""Texts that a co-op gives itself, and their articles."""

from __future__ import annotations

from typing import Literal

from ..tally.shapes import Localized
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


class Article(InForce, frozen=True):
    """One wording of an article."""

    id: str = ""
    number: int = 0
    suffix: str = ""
    place: Literal["before", "after", ""] = ""
    title: str = ""
    part: str = ""
    audience: Literal["public", "members", ""] = ""
    previous: str = ""
    editorial: bool = False
    repealed: bool = False

    @property
    def order(self) -> tuple[int, int, int, str]:
        """Its place in its text."""
        latin = self.suffix.lower()
        return (
            {"before": 0, "": 1, "after": 2}[self.place],
            self.number,
            SUFFIXES.index(latin) if latin in SUFFIXES else len(SUFFIXES),
            self.suffix,
        )


class BylawsText(Decisive, frozen=True):
    """A text of articles: its language, and how they are called (`label`, such as Article)."""

    id: str = ""
    title: Localized = {}
    kind: Literal["articles", "bylaws", "house_rules", "charter", ""] = ""
    audience: Literal["public", "members", ""] = ""
    language: str = ""
    label: str = ""
    numbered: bool = True
