"""On what terms a vote is held: the rules that apply to it, and what its proposal says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any, Literal

from ...base.hashing import of_value
from . import colleges, consent
from .arithmetic import Quorum, Threshold, fraction
from .events import instant
from .gates import Gate, Question, Say
from .proxies import Mandate
from .proxies import Rule as ProxyRule

Stage = Literal["first", "second"]
Tie = Literal["", "rejected", "adopted", "chair"]
MAJORITY = Threshold()
NO_PROXIES = ProxyRule()
BEYOND_WORDS = ("label", "examples")
"""What a category says that changes no count."""
APPLIED = ("proxies", "colleges", "gates", "secret", "tellers", "names")
"""The rules that a decision of whatever category is taken under, beside its category and who may
vote.
"""


def told_at(category: Mapping[str, Any], stage: Stage) -> Mapping[str, Any]:
    """What the rules say of a category at one of its consultations: what `second` leaves out is as
    for the first, save the quorum, without which there is none.
    """
    second = category.get("second") if stage == "second" else None
    return {**category, "quorum": None, **second} if second is not None else category


@dataclass(frozen=True)
class Category:
    """How one kind of decision is counted."""

    name: str
    threshold: Threshold = MAJORITY
    quorum: Quorum | None = None
    tie: Tie = ""
    consent: consent.Rule | None = None
    min_days: int = 0
    show: Literal["live", "turnout", "after_close"] = "after_close"
    restart_on_change: bool = False
    meeting_only: bool = False
    has_second: bool = False

    @classmethod
    def from_plain(cls, name: str, value: Mapping[str, Any], stage: Stage = "first") -> Category:
        told = told_at(value, stage)
        return cls(
            name,
            _threshold(told.get("threshold")),
            _quorum(told.get("quorum")),
            told.get("tie", ""),
            consent.Rule.from_plain(value["consent"]) if "consent" in value else None,
            told.get("min_days", 0),
            value.get("show", "after_close"),
            value.get("restart_on_change", False),
            value["channel"] == "meeting",
            stage == "first" and "second" in value,
        )


@dataclass(frozen=True)
class Terms:
    """All that a count needs beside the events and the voters. `text` is the fingerprint of what is
    voted, `text_since` when it became so; `present` are those who are there without having voted.
    """

    category: Category
    opens: datetime
    closes: datetime
    text: str = ""
    text_since: datetime | None = None
    stage: Stage = "first"
    proxies: ProxyRule = NO_PROXIES
    mandates: tuple[Mandate, ...] = ()
    colleges: colleges.Rule | None = None
    gates: tuple[Gate, ...] = ()
    said: tuple[Say, ...] = ()
    names: frozenset[str] = frozenset()
    categories: tuple[str, ...] = ()
    recused: frozenset[str] = frozenset()
    tellers: frozenset[str] = frozenset()
    present: frozenset[str] = frozenset()
    chair: str = ""
    rules_hash: str = ""
    notes: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @property
    def earliest(self) -> datetime:
        """When the vote may close: not before its days are over, counted anew from a change of text
        where the rules say so.
        """
        start = (
            self.text_since if self.category.restart_on_change and self.text_since else self.opens
        )
        return max(self.closes, max(start, self.opens) + timedelta(days=self.category.min_days))

    @property
    def question(self) -> Question:
        return Question(
            self.names | {self.category.name},
            self.category.name,
            self.categories,
            self.opens,
            self.earliest,
        )


def rules_that_apply(rules: Mapping[str, Any], category: str) -> dict[str, Any]:
    """The part of the rules that one decision is taken under, as it is fingerprinted and kept with
    the result. KeyError: no such category.
    """
    own = {
        word: part
        for word, part in rules["categories"][category].items()
        if word not in BEYOND_WORDS
    }
    found = {
        "category": own,
        "categories": list(rules["categories"]),
        "electorate": rules["electorate"],
    }
    return found | {word: rules[word] for word in APPLIED if rules.get(word)}


def terms(rules: Mapping[str, Any], vote: Mapping[str, Any]) -> Terms:
    """From the rules that apply and what is asked, both plain. KeyError, TypeError or ValueError
    where they cannot be read.
    """
    stage: Stage = vote.get("stage", "first")
    subject = {vote["subject"]} if vote.get("subject") else set()
    return Terms(
        category=Category.from_plain(vote["category"], rules["category"], stage),
        opens=instant(vote["opens"]),
        closes=instant(vote["closes"]),
        text=vote.get("text", ""),
        text_since=instant(vote["text_since"]) if vote.get("text_since") else None,
        stage=stage,
        proxies=ProxyRule.from_plain(rules.get("proxies") or {}),
        mandates=tuple(Mandate.from_plain(row) for row in vote.get("proxies") or ()),
        colleges=colleges.Rule.from_plain(rules.get("colleges") or {}),
        gates=tuple(Gate.from_plain(row) for row in rules.get("gates") or ()),
        said=tuple(Say.from_plain(row) for row in vote.get("gates") or ()),
        names=frozenset(subject),
        categories=tuple(rules["categories"]),
        recused=frozenset(vote.get("recused") or ()),
        tellers=frozenset([*(rules.get("tellers") or ()), *(vote.get("tellers") or ())]),
        present=frozenset(vote.get("present") or ()),
        chair=vote.get("chair", ""),
        rules_hash=of_value(rules),
    )


def _threshold(value: Mapping[str, Any] | None) -> Threshold:
    return Threshold(value["base"], fraction(value["fraction"]), value["op"]) if value else MAJORITY


def _quorum(value: Mapping[str, Any] | None) -> Quorum | None:
    if not value:
        return None
    share: Fraction | None = fraction(value["fraction"]) if "fraction" in value else None
    return Quorum(
        value["of"],
        share,
        value.get("op", "gte"),
        value.get("min", 0),
        value.get("base", "electorate"),
    )
