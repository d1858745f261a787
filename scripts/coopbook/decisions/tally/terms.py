"""On what terms a vote is held: the rules that apply to it, and what its proposal says of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from . import colleges, consent, shapes
from .arithmetic import Ceiling, Quorum, Threshold, read_fraction
from .events import instant
from .gates import Gate, Question, Say
from .proxies import Mandate
from .proxies import Rule as ProxyRule
from .record import VoteRecord
from .shapes import Stage

Tie = Literal["", "rejected", "adopted", "chair"]
MAJORITY = Threshold()
NO_PROXIES = ProxyRule()
EDITION = 2
"""How votes are counted now: the number of the vote record's format."""
BEYOND_WORDS = ("label", "examples")
"""What a category says that changes no count."""
APPLIED = ("proxies", "colleges", "gates", "secret", "tellers", "names")
"""The rules that a decision of whatever category is taken under, beside its category and who may
vote.
"""


class Way(Struct, frozen=True):
    """One of several ways to adopt (`any`): all that it says must hold."""

    threshold: Threshold | None = None
    quorum: Quorum | None = None
    against: Ceiling | None = None
    tie: Tie = ""

    @classmethod
    def of(cls, written: shapes.Alternative) -> Way:
        return cls(
            _threshold(written.threshold),
            _quorum(written.quorum),
            _ceiling(written.against),
            written.tie,
        )

    @property
    def majority(self) -> Threshold | None:
        """The threshold that is written; where nothing decides, the usual one."""
        return self.threshold or (None if self.against else MAJORITY)


class Category(Struct, frozen=True):
    """How one kind of decision is counted: all that it says must hold."""

    name: str
    threshold: Threshold | None = None
    quorum: Quorum | None = None
    tie: Tie = ""
    consent: consent.Rule | None = None
    min_days: int = 0
    show: Literal["live", "turnout", "after_close"] = "after_close"
    restart_on_change: bool = False
    meeting_only: bool = False
    has_second: bool = False
    against: Ceiling | None = None
    any: tuple[Way, ...] = ()

    @classmethod
    def of(
        cls, name: str, written: shapes.Category, stage: Stage = "first", edition: int = EDITION
    ) -> Category:
        """A category as an edition counts it: the first knew fewer words, and where it decided by
        consent it looked at nothing else.
        """
        now = written.at(stage)
        if edition == 1:
            now = _as_first_edition(now)
        return cls(
            name,
            _threshold(now.threshold),
            _quorum(now.quorum),
            now.tie,
            consent.Rule.of(written.consent) if written.consent else None,
            now.min_days or 0,
            written.show or "after_close",
            written.restart_on_change,
            written.is_for_meetings,
            stage == "first" and written.second is not None,
            _ceiling(now.against),
            tuple(map(Way.of, now.any)),
        )

    @property
    def majority(self) -> Threshold | None:
        """The threshold that is written; where nothing else decides, the usual one."""
        other = self.consent or self.against or self.any
        return self.threshold or (None if other else MAJORITY)

    @property
    def majority_of_all(self) -> bool:
        """Whether the majority is one of all who are entitled, there or not."""
        return self.majority is not None and self.majority.base == "electorate"

    @property
    def ways(self) -> tuple[Category | Way, ...]:
        """All that says a quorum or a majority."""
        return (self, *self.any)

    @property
    def sets_apart(self) -> frozenset[str]:
        """The membership categories that one of its quorums does not count."""
        return frozenset(
            name for way in self.ways if way.quorum is not None for name in way.quorum.without
        )


class Terms(Struct, frozen=True):
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
    edition: int = EDITION
    notes: Mapping[str, Any] = field(default_factory=dict)

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


def terms(record: VoteRecord) -> Terms:
    """On what terms the vote of a record is held. ValueError where a day or a fraction cannot be
    read.
    """
    rules, vote = record.rules, record.vote
    category = Category.of(vote.category, rules.category, vote.stage, record.format)
    if record.totals is not None and record.format >= EDITION:
        # a box in a room is open for an hour: the page of a vote is held to the days of the rules
        category = replace(category, min_days=0)
    return Terms(
        category=category,
        opens=instant(vote.opens),
        closes=instant(vote.closes),
        text=vote.text,
        text_since=instant(vote.text_since) if vote.text_since else None,
        stage=vote.stage,
        proxies=ProxyRule.of(rules.proxies),
        mandates=tuple(_mandates(record)),
        colleges=colleges.Rule.of(rules.colleges),
        gates=tuple(map(Gate.of, rules.gates)),
        said=tuple(map(Say.of, vote.gates)),
        names=frozenset({vote.subject} - {""}),
        categories=rules.categories,
        recused=frozenset(vote.recused),
        tellers=frozenset([*rules.tellers, *vote.tellers]),
        present=frozenset(vote.present),
        chair=vote.chair,
        rules_hash=record.rules_hash,
        edition=record.format,
    )


def _mandates(record: VoteRecord) -> Iterator[Mandate]:
    """The proxies of a record: for this vote, then those that stand, of which the first edition
    knew none.
    """
    for proxy in record.vote.proxies:
        yield Mandate.of(replace(proxy, until=""))
    yield from map(Mandate.of, record.vote.standing if record.format > 1 else ())


def _as_first_edition(now: shapes.Category) -> shapes.Category:
    if now.consent:
        return replace(now, quorum=None, threshold=None, tie="", against=None, any=())
    quorum = now.quorum and replace(now.quorum, min_or_all=False, except_=())
    return replace(now, quorum=quorum, against=None, any=())


def _threshold(written: shapes.Threshold | None) -> Threshold | None:
    if written is None:
        return None
    if not written.base:
        raise ValueError("a threshold says of what it is a share")
    return Threshold(written.base, read_fraction(written.fraction), written.op)


def _quorum(written: shapes.Quorum | None) -> Quorum | None:
    if written is None:
        return None
    if not written.of:
        raise ValueError("a quorum says what is counted")
    share = read_fraction(written.fraction) if written.fraction else None
    return Quorum(
        written.of,
        share,
        written.op,
        written.min or 0,
        written.base,
        written.min_or_all,
        frozenset(written.except_),
    )


def _ceiling(written: shapes.Ceiling | None) -> Ceiling | None:
    if written is None:
        return None
    share = read_fraction(written.fraction) if written.fraction else None
    return Ceiling(written.max or 0, share, written.base)
