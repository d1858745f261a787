"""What rules and votes say, as it is written: fractions, days and instants are text here. A field
that is not said is empty; `None` where saying it empty would mean something else.

Names are those of the files, but for words that Python reserves: `for_`, `from_`, `except_`.
"""

from __future__ import annotations

from typing import Any, Literal, TypeVar

import msgspec
from msgspec import Struct

Stage = Literal["first", "second"]
Localized = dict[str, str]
Fraction = str
"""An exact share such as `2/3`, as it is written."""


class Part(
    Struct,
    frozen=True,
    kw_only=True,
    rename={"for_": "for", "from_": "from", "except_": "except"},
):
    """A part of a record."""


P = TypeVar("P")


# The rules of decision


class Quorum(Part, frozen=True):
    """How many must take part; see `arithmetic.Quorum`, which measures it."""

    of: Literal["cast", "represented", "for", ""] = ""
    base: Literal["electorate", "weights"] = "electorate"
    fraction: Fraction = ""
    op: Literal["gt", "gte"] = "gte"
    min: int | None = None
    min_or_all: bool = False
    except_: tuple[str, ...] = ()


class Threshold(Part, frozen=True):
    """Which share of what must be in favour; see `arithmetic.Threshold`, which measures it."""

    base: Literal["expressed", "represented", "electorate", ""] = ""
    fraction: Fraction = ""
    op: Literal["gt", "gte"] = "gte"


class Ceiling(Part, frozen=True):
    """How many may be against at most; see `arithmetic.Ceiling`, which measures it."""

    max: int | None = None
    fraction: Fraction = ""
    base: Literal["expressed", "represented", "electorate"] = "electorate"


class Consent(Part, frozen=True):
    """A decision that passes unless somebody objects; see `consent.Rule`."""

    max_open_objections: int = 0
    min_yes: int = 0
    objection_requires_reason: bool | None = None
    resolved_by: tuple[str, ...] | None = None


class Alternative(Part, frozen=True):
    """One of several ways to adopt (`any`): all that it says must hold."""

    quorum: Quorum | None = None
    threshold: Threshold | None = None
    against: Ceiling | None = None
    tie: Literal["rejected", "adopted", "chair", ""] = ""


class Consultation(Alternative, frozen=True):
    """What a category asks for at one of its consultations."""

    notice_days: int | None = None
    min_days: int | None = None
    any: tuple[Alternative, ...] = ()

    @property
    def ways(self) -> tuple[Alternative, ...]:
        """All that says a quorum or a majority: its own words, then each of `any`."""
        return (self, *self.any)


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
    agenda_only: bool | None = None
    show: Literal["live", "turnout", "after_close", ""] = ""
    second: Consultation | None = None
    consent: Consent | None = None
    restart_on_change: bool = False
    examples: tuple[Example, ...] = ()

    @property
    def stages(self) -> tuple[Consultation, ...]:
        """Its consultations, as each is written."""
        return (self,) if self.second is None else (self, self.second)

    @property
    def is_for_meetings(self) -> bool:
        """Whether only a meeting can take it: a vote elsewhere is advice."""
        return self.channel == "meeting"

    @property
    def votes_on_proposals(self) -> bool:
        """Whether it can be taken by a vote on a proposal's page."""
        return self.channel in ("pull_request", "either")

    def at(self, stage: Stage) -> Category:
        """What holds at one of its consultations: what `second` leaves out is as for the first,
        save the quorum, without which there is none. One that says a threshold or `any` says both.
        """
        if stage == "first" or self.second is None:
            return self
        other = self.second
        majority = other if other.threshold or other.any else self
        return msgspec.structs.replace(
            self,
            second=None,
            notice_days=self.notice_days if other.notice_days is None else other.notice_days,
            min_days=self.min_days if other.min_days is None else other.min_days,
            quorum=other.quorum,
            threshold=majority.threshold,
            any=majority.any,
            against=other.against or self.against,
            tie=other.tie or self.tie,
        )


class ElectorateRule(Part, frozen=True):
    """Who may vote; see `electorate.Rule`, which finds them."""

    membership: Literal["current", ""] = ""
    admitted_at_least_days: int = 0
    except_: tuple[str, ...] = ("suspended",)
    snapshot: Literal["opens_at", "closes_at", "convocation", ""] = ""
    leavers: Literal["keep", "drop", ""] = ""


class ProxyCap(Part, frozen=True):
    """How many proxies one member may hold."""

    below: int = 0
    value: int = 0
    else_fraction: Fraction = ""


class ProxyRule(Part, frozen=True):
    """Whether and how members stand for each other; see `proxies.Rule`."""

    allowed: bool | None = None
    holder: Literal["member", "anybody"] = "member"
    max_per_member: ProxyCap | None = None
    scope: Literal["one_meeting", "for_a_time", ""] = ""


class CollegeRule(Part, frozen=True):
    """Shares of colleges; see `colleges.Rule`, which weighs votes by them."""

    enabled: bool = False
    weights: dict[str, int] = {}
    method: Literal["proportional", "majority"] = "proportional"
    empty_college: Literal["redistribute", "against"] = "redistribute"
    tied_college: Literal["split", "against"] = "split"


class Gate(Part, frozen=True):
    """A role that must let some proposals pass, or may stop them; see `gates.Gate`."""

    role: str = ""
    on: tuple[str, ...] = ()
    stage: Literal["before_vote", "after_vote"] = "before_vote"
    delay_days: int | None = None
    needs: tuple[str, ...] = ()
    overridable_by: str = ""


class SecretRule(Part, frozen=True):
    """Which subjects are voted in secret."""

    required_for: tuple[str, ...] = ()


# Members and votes


class Suspension(Part, frozen=True):
    """Days on which the rights of a membership rest, both included."""

    from_: str = ""
    until: str = ""
    decided_by: str = ""


class Membership(Part, frozen=True):
    """A time as a member in law, both days included."""

    from_: str = ""
    until: str = ""
    category: str = ""
    college: str = ""
    decided_by: str = ""
    reason: str = ""
    suspended: tuple[Suspension, ...] = ()

    def runs_on(self, day: str) -> bool:
        """Whether it runs on a day such as 2026-01-31, suspended or not."""
        return self.from_ <= day <= (self.until or "9999")


class Account(Part, frozen=True):
    """A member's account on a forge; `uid` is the forge's own number of it."""

    forge: str = ""
    login: str = ""
    uid: int | None = None


class Proxy(Part, frozen=True):
    """A vote given to another; without `holder`, whoever presides holds it. A standing one holds
    `until` a day.
    """

    principal: str = ""
    holder: str | None = None
    blank: bool = False
    received_on: str = ""
    until: str = ""


class GateWord(Part, frozen=True):
    """What the holder of a gate said of a proposal."""

    role: str = ""
    by: str = ""
    at: str = ""
    decision: Literal["cleared", "vetoed", ""] = ""
    reason: str = ""


class Figures(Part, frozen=True):
    """Votes by choice, as minutes or a teller tell them; None where they do not."""

    for_: int | None = None
    against: int | None = None
    abstain: int | None = None
    blank: int | None = None
    null: int | None = None

    @property
    def are_told(self) -> bool:
        """Whether any figure is said."""
        return any(one is not None for one in self._all)

    @property
    def cast(self) -> int:
        return sum(one or 0 for one in self._all)

    @property
    def _all(self) -> tuple[int | None, ...]:
        return self.for_, self.against, self.abstain, self.blank, self.null


class Opposed(Part, frozen=True):
    """How many were against, as a result writes it, of how many may be at most."""

    count: int = 0
    most: int = 0
    met: bool = False


class Share(Part, frozen=True):
    """A quorum or a majority as a result writes it: what was reached of what was needed."""

    of: Literal["cast", "represented", "for", ""] = ""
    base: Literal["expressed", "represented", "electorate", "weights", ""] = ""
    reached: str = ""
    needed: Fraction = ""
    op: Literal["gt", "gte"] = "gte"
    min: int | None = None
    met: bool = False


class Reached(Part, frozen=True):
    """What a vote reached of all that was asked, as a result writes it; of each way of `any`, also
    whether it adopts.
    """

    quorum: Share | None = None
    threshold: Share | None = None
    against: Opposed | None = None
    tie: str = ""
    adopts: bool = False


class Marked(Part, frozen=True):
    """Ballots of an election that say the same: a mark a candidate."""

    marks: dict[str, str] = {}
    count: int = 1


class TellerCount(Figures, frozen=True):
    """What one teller found in the box of a secret vote: `took_part` says who, `participants` how
    many. Of an election the ballots themselves, the public value that was read where a lot decides,
    and who was chosen without standing and did not accept.
    """

    counted_at: str = ""
    took_part: tuple[str, ...] | None = None
    participants: int | None = None
    ballots: tuple[Marked, ...] | None = None
    lot: str = ""
    declined: tuple[str, ...] = ()


class Vote(Part, frozen=True):
    """What is asked, and when, as a vote record keeps it. `standing` are proxies for all votes
    until a day; `present` are those who are there without having voted.
    """

    category: str
    opens: str
    closes: str
    stage: Stage = "first"
    text: str = ""
    text_since: str = ""
    of: Literal["change", ""] = ""
    subject: str = ""
    recused: tuple[str, ...] = ()
    tellers: tuple[str, ...] = ()
    chair: str = ""
    proxies: tuple[Proxy, ...] = ()
    standing: tuple[Proxy, ...] = ()
    gates: tuple[GateWord, ...] = ()
    present: tuple[str, ...] = ()

    @property
    def is_on_change(self) -> bool:
        """Whether a proposed change is voted, and not a proposal's own page."""
        return self.of == "change"


class JournalHead(Part, frozen=True):
    """How far the journal of a vote had come: how many entries it had, and the fingerprint of the
    last one.
    """

    entries: int
    head: str


class AppliedRules(Part, frozen=True):
    """The rules that a vote was held by, as its record keeps them: of its category alone.

    `categories` are the names of all, the weakest first.
    """

    category: Category
    categories: tuple[str, ...]
    electorate: ElectorateRule
    proxies: ProxyRule = ProxyRule()
    colleges: CollegeRule = CollegeRule()
    gates: tuple[Gate, ...] = ()
    secret: SecretRule = SecretRule()
    names: Literal["hidden", "members", ""] = ""
    tellers: tuple[str, ...] = ()


def read_as(shape: type[P], plain: Any) -> P:
    """Plain data as a typed value.

    Raises:
        ValueError: they have another shape.
    """
    try:
        return msgspec.convert(plain, shape)
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from None
