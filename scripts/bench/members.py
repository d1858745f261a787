"""Made-up members. Each is a function of the seed and a number alone, so that any file can name any
other without a list in memory.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import sentences as words
import yaml

TODAY = date(2026, 11, 21)
VOCABULARIES = Path(__file__).resolve().parents[2] / "schemas" / "vocabularies"
DOMAIN = "mille-metiers.example"
OFFICES = ("nantes", "rennes", "montreal")
FIRMS = ("Studio", "Compagnie", "Fabrique", "Maison", "Collectif")

Value = dict[str, Any]


def slug(text: str) -> str:
    """A text as an id: small letters of ASCII, digits and hyphens."""
    plain = (
        unicodedata.normalize("NFKD", text.lower().replace("œ", "oe"))
        .encode("ascii", "ignore")
        .decode()
    )
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def draw_day(rng: Random, first: date, last: date) -> date:
    """A day between two, both included."""
    return first + timedelta(rng.randrange((last - first).days + 1))


class Zipf:
    """Terms of a vocabulary that has been shuffled by the seed, the one of rank n chosen 1/n times
    as often as the first.
    """

    def __init__(self, name: str, rng: Random) -> None:
        terms = yaml.load((VOCABULARIES / f"{name}.yml").read_bytes(), yaml.CSafeLoader)["terms"]
        self.labels = {
            id: (term["label"]["fr"], term["label"]["en"])
            for id, term in sorted(terms.items())
            if "broader" in term
        }
        self.terms = list(self.labels)
        rng.shuffle(self.terms)
        self.weights = list(accumulate(1 / rank for rank in range(1, len(self.terms) + 1)))

    def draw(self, rng: Random, count: int) -> list[str]:
        """At most `count` different terms, at least one."""
        return list(dict.fromkeys(rng.choices(self.terms, cum_weights=self.weights, k=count * 2)))[
            :count
        ]


class Member(NamedTuple):
    """What other files may know of a member."""

    number: int
    id: str
    given: str
    family: str
    firm: str
    presence: str
    listed: bool

    @property
    def name(self) -> str:
        return f"{self.firm} {self.given} {self.family}".strip()

    @property
    def file(self) -> str:
        return f"members/{self.id[:2]}/{self.id}.yml"


@dataclass(frozen=True)
class Plan:
    """A co-op of so many members, made from a seed."""

    members: int
    seed: int

    def rng(self, what: str, number: int = 0) -> Random:
        """The dice for one file: a text as a seed gives the same throws on every computer."""
        return Random(f"{self.seed}/{what}/{number}")

    @cached_property
    def trades(self) -> Zipf:
        return Zipf("trades", self.rng("trades"))

    @cached_property
    def skills(self) -> Zipf:
        return Zipf("skills", self.rng("skills"))

    @property
    def team(self) -> int:
        """The first members are the support team: present and listed."""
        return max(1, self.members // 150)

    @cached_property
    def _steps(self) -> tuple[int, int]:
        """Where the walk through all pairs of names begins, and a step that meets each of them
        once.
        """
        pairs = len(words.GIVEN) * len(words.FAMILY)
        rng = self.rng("names")
        step = next(
            step
            for step in iter(lambda: rng.randrange(pairs // 3, pairs), None)
            if math.gcd(step, pairs) == 1
        )
        return rng.randrange(pairs), step

    def member(self, number: int) -> Member:
        """The member of this number. A pair of names that comes again gets a number of its own."""
        start, step = self._steps
        again, place = divmod(number, len(words.GIVEN) * len(words.FAMILY))
        given, family = divmod(
            (start + place * step) % (len(words.GIVEN) * len(words.FAMILY)), len(words.FAMILY)
        )
        rng, team = self.rng("member", number), number < self.team
        firm = rng.choice(FIRMS) if rng.random() < 0.04 and not team else ""
        presence = "present" if team else rng.choices(("present", "paused", "left"), (90, 6, 4))[0]
        listed = team or (presence != "left" and rng.random() < 0.9375)
        id = slug(f"{firm} {words.GIVEN[given]} {words.FAMILY[family]}") + (
            f"-{again + 1}" if again else ""
        )
        return Member(number, id, words.GIVEN[given], words.FAMILY[family], firm, presence, listed)

    def draw_listed(self, rng: Random, besides: int = -1) -> Member | None:
        """Some member whom everybody may see; None when a few throws find none."""
        numbers = (rng.randrange(self.members) for _ in range(6))
        found = (self.member(number) for number in numbers if number != besides)
        return next((member for member in found if member.listed), None)


class Biography:
    """The texts of one member, in French and perhaps in English."""

    def __init__(
        self, plan: Plan, who: Member, rng: Random, trades: list[str], skills: list[str], city: str
    ) -> None:
        self.plan, self.who, self.rng = plan, who, rng
        self.english = rng.random() < 0.25
        trade, skill = plan.trades.labels[trades[0]], plan.skills.labels[skills[0]]
        self.gaps = {
            "trade": trade[0][:1].lower() + trade[0][1:],
            "Trade": trade[0],
            "Trade_en": trade[1],
            "skill": skill[0],
            "skill_en": skill[1],
            "city": city,
            "years": str(rng.randrange(2, 31)),
        }

    def draw_pair(self, rows: Sequence[tuple[str, ...]], **more: str) -> tuple[str, str]:
        """A sentence in both languages."""
        row = self.rng.choice(rows)
        gaps = self.gaps | more
        return row[0].format_map(gaps), row[1].format_map(gaps)

    def localize(self, pair: tuple[str, str]) -> Value:
        return {"fr": pair[0], **({"en": pair[1]} if self.english else {})}

    def bio(self) -> Value:
        """Some paragraphs in Markdown, with emphasis, mostly a list, and mostly a link to another
        member.
        """
        opening, closing, aside = (
            self.draw_pair(words.OPENINGS),
            self.draw_pair(words.CLOSINGS),
            self._sentences(),
        )
        other = (
            self.plan.draw_listed(self.rng, self.who.number) if self.rng.random() < 0.75 else None
        )
        if other:
            link = self.draw_pair(
                words.LINKS, link=f"[{other.name}](../{other.id[:2]}/{other.id}.yml)"
            )
            closing = f"{link[0]} {closing[0]}", f"{link[1]} {closing[1]}"
        blocks = [opening, *([self._points()] if self.rng.random() < 0.5 else []), aside, closing]
        french, english = ("\n\n".join(text) + "\n" for text in zip(*blocks, strict=True))
        return self.localize((french, english))

    def _sentences(self) -> tuple[str, str]:
        rows = self.rng.sample(words.PARAGRAPHS, self.rng.randrange(5, 10))
        return " ".join(row[0] for row in rows), " ".join(row[1] for row in rows)

    def _points(self) -> tuple[str, str]:
        rows = self.rng.sample(words.POINTS, self.rng.randrange(2, 5))
        french = "".join(f"\n- {row[0]} ;" for row in rows).rstrip(" ;") + "."
        english = "".join(f"\n- {row[1]};" for row in rows).rstrip(";") + "."
        return f"Ce que vous y gagnez :\n{french}", f"What you gain:\n{english}"
