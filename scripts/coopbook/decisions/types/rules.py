"""The rules of decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from ...base.globs import matches
from ..tally.terms import Category as CountedCategory
from ..tally.terms import Stage, rules_that_apply
from .parts import Fraction, InForce, Localized, Part, structure

Weakest, Strictest = "any_member", "vote"
PERMISSIONS = (Weakest, "own", "office", "role", "maintainers", Strictest)
"""Who may change a file, from the weakest to the strictest; `vote` is followed by a colon and a
category.
"""


class Quorum(Part, frozen=True):
    """How many must take part; see `tally.arithmetic.Quorum`, which counts it."""

    of: Literal["cast", "represented", "for", ""] = ""
    base: Literal["electorate", "weights"] = "electorate"
    fraction: Fraction = ""
    op: Literal["gt", "gte"] = "gte"
    min: int = 0


class Threshold(Part, frozen=True):
    """Which share of what must be in favour."""

    base: Literal["expressed", "represented", "electorate", ""] = ""
    fraction: Fraction = ""
    op: Literal["gt", "gte"] = "gte"


class Consent(Part, frozen=True):
    """A decision that passes unless somebody objects."""

    max_open_objections: int = 0
    min_yes: int = 0
    objection_requires_reason: bool = False
    resolved_by: tuple[str, ...] = ()


class Consultation(Part, frozen=True):
    """What a category asks for at one of its consultations."""

    notice_days: int | None = None
    min_days: int = 0
    quorum: Quorum | None = None
    threshold: Threshold | None = None
    tie: Literal["rejected", "adopted", "chair", ""] = ""


class Example(Part, frozen=True):
    """Figures of an imagined vote, and what comes of them."""

    electorate: int = 0
    for_: int = 0
    against: int = 0
    abstain: int = 0
    blank: int = 0
    objections: int = 0
    stage: Stage = "first"
    result: str = ""


class Category(Consultation, frozen=True):
    """A kind of decision: how it is taken, from the rules. Rules list the weakest first."""

    label: Localized = {}
    channel: Literal["pull_request", "written_consultation", "meeting", "either", ""] = ""
    agenda_only: bool = False
    show: Literal["live", "turnout", "after_close"] = "after_close"
    second: Consultation | None = None
    consent: Consent | None = None
    restart_on_change: bool = False
    examples: tuple[Example, ...] = ()

    @property
    def is_for_meetings(self) -> bool:
        """Whether only a meeting can take it: a vote elsewhere is advice."""
        return self.channel == "meeting"


class ElectorateRule(Part, frozen=True):
    """Who may vote; see `tally.electorate.Rule`, which finds them."""

    membership: Literal["current", ""] = ""
    admitted_at_least_days: int = 0
    except_: tuple[str, ...] = msgspec.field(name="except", default=())
    snapshot: Literal["opens_at", "closes_at", "convocation", ""] = ""
    leavers: Literal["keep", "drop", ""] = ""


class ProxyCap(Part, frozen=True):
    """How many proxies one member may hold."""

    below: int = 0
    value: int = 0
    else_fraction: Fraction = ""


class ProxyRule(Part, frozen=True):
    """Whether and how members stand for each other."""

    allowed: bool = False
    holder: Literal["member", "anybody", ""] = ""
    max_per_member: ProxyCap | None = None
    scope: Literal["one_meeting", ""] = ""


class CollegeRule(Part, frozen=True):
    """Shares of colleges."""

    enabled: bool = False
    weights: dict[str, int] = {}
    method: Literal["proportional", "majority"] = "proportional"
    empty_college: Literal["redistribute", "against"] = "redistribute"
    tied_college: Literal["split", "against"] = "split"


class Gate(Part, frozen=True):
    """A role that must let some proposals pass, or may stop them."""

    role: str = ""
    on: tuple[str, ...] = ()
    stage: Literal["before_vote", "after_vote"] = "before_vote"
    delay_days: int | None = None
    needs: tuple[str, ...] = ()
    overridable_by: str = ""


class SecretRule(Part, frozen=True):
    """Which subjects are voted in secret."""

    required_for: tuple[str, ...] = ()


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
    proxies: ProxyRule = ProxyRule()
    colleges: CollegeRule = CollegeRule()
    gates: tuple[Gate, ...] = ()
    secret: SecretRule = SecretRule()
    names: Literal["hidden", "members", ""] = ""
    tellers: tuple[str, ...] = ()
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

    def counted(self, category: str, stage: Stage = "first") -> CountedCategory | None:
        """A category as the tally counts it; None where the rules do not know it."""
        plain = (self.plain.get("categories") or {}).get(category)
        return CountedCategory.from_plain(category, plain, stage) if plain else None

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
        order = self.order

        def strictness(who: str) -> tuple[int, int]:
            word, _colon, name = who.partition(":")
            known = word == Strictest and name in order
            return PERMISSIONS.index(word), order.index(name) if known else len(order)

        return max(
            (who for glob, who in self.paths.items() if matches(glob, path)),
            key=strictness,
            default="",
        )

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
