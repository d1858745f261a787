"""The rules of decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from ...base.globs import matches
from ..tally.shapes import (
    Category,
    CollegeRule,
    ElectorateRule,
    Gate,
    Localized,
    Part,
    ProxyRule,
    SecretRule,
    Stage,
)
from ..tally.terms import Category as CountedCategory
from ..tally.terms import rules_that_apply
from .parts import InForce, structure

Weakest, Strictest = "any_member", "vote"
PERMISSIONS = (Weakest, "own", "office", "role", "maintainers", Strictest)
"""Who may change a file, from the weakest to the strictest; `vote` is followed by a colon and a
category.
"""


class MinutesRule(Part, frozen=True):
    """What minutes must hold; None where the rules do not say."""

    required: tuple[str, ...] | None = None


class AssembliesRule(Part, frozen=True):
    """How many days before an assembly something must be received; None where the rules do not
    say.
    """

    proxies_days: int | None = None
    questions_days: int | None = None


class Rules(InForce, frozen=True):
    """The rules of decision, `decisions/rules.yml`. Without any (`NO_RULES`), nothing is asked and
    nobody is named.

    `plain` are their fields as they are written: what is hashed and kept with a result.
    """

    title: Localized = {}
    preset: str = ""
    overlays: tuple[str, ...] = ()
    electorate: ElectorateRule = ElectorateRule()
    categories: dict[str, Category] = {}
    paths: dict[str, str] = {}
    fields: dict[str, tuple[str, ...]] = {}
    maintainers: str = "maintainers"
    proxies: ProxyRule = ProxyRule()
    colleges: CollegeRule = CollegeRule()
    gates: tuple[Gate, ...] = ()
    secret: SecretRule = SecretRule()
    names: Literal["hidden", "members", ""] = ""
    tellers: tuple[str, ...] = ()
    assemblies: AssembliesRule = AssembliesRule()
    minutes: MinutesRule = MinutesRule()
    plain: dict[str, Any] = {}

    @classmethod
    def from_plain(cls, value: Mapping[str, Any]) -> Rules:
        """Rules that stand in no file, such as a preset's."""
        return structure(cls, value)

    def __bool__(self) -> bool:
        return bool(self.plain)

    @property
    def order(self) -> list[str]:
        """The names of the categories, the weakest first."""
        return list(self.categories)

    def at_least(self, taken: str, wanted: str) -> bool:
        """Whether a decision taken in one category is as strict as one in another.

        Args:
            taken: the category in which it was taken; one that the rules do not know is no
                decision.
            wanted: the category asked for; what the rules do not know cannot be reached.
        """
        order = self.order
        return taken in order and wanted in order and order.index(taken) >= order.index(wanted)

    def strictest(self, categories: list[str]) -> str:
        """The strictest of some categories that the rules know; empty where they know none of
        them.
        """
        order = self.order
        return max((one for one in categories if one in order), key=order.index, default="")

    def counted_category(self, category: str, stage: Stage = "first") -> CountedCategory | None:
        """A category as the tally counts it; None where the rules do not know it."""
        found = self.categories.get(category)
        return CountedCategory.of(category, found, stage) if found else None

    def that_apply(self, category: str) -> dict[str, Any]:
        """The part of the rules that a decision is taken under, as it is hashed and kept.

        Raises:
            KeyError: the rules do not know the category.
        """
        return rules_that_apply(self.plain, category)

    def permission(self, path: str) -> str:
        """Who may change a file, as `paths` writes it; of several patterns that match, the
        strictest. Empty: nobody is named.
        """
        return max(
            (who for glob, who in self.paths.items() if matches(glob, path)),
            key=self.strictness,
            default="",
        )

    def strictness(self, who: str) -> tuple[int, int]:
        """How strict a permission is, to be compared with others: as `paths` writes it."""
        order = self.order
        word, _colon, name = who.partition(":")
        known = word == Strictest and name in order
        return PERMISSIONS.index(word), order.index(name) if known else len(order)

    def vote_needed(self, *paths: str) -> str:
        """The category of the vote that changing files asks for, the strictest of them; empty where
        none asks for a vote.
        """
        permissions = (self.permission(path).partition(":") for path in paths)
        return self.strictest([name for word, _colon, name in permissions if word == Strictest])

    def wants_secrecy(self, subject: str) -> bool:
        """Whether votes on a subject are secret: then no file may say who voted what."""
        return subject in self.secret.required_for


NO_RULES = Rules()
