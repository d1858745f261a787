"""The records of deciding as typed values: what their schemas describe, made once per record.

The schema stage has refused whatever has another shape before anything here is made, so these types
check nothing again. What it refused is gone: a field is empty where its record does not say it,
required or not. An entry of the index holds indexed fields alone; the types made of one have the
others empty, too.

Names are those of the files, but for words that Python reserves: `for_` and `from_`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any, Literal, Self, TypeVar

import msgspec
from msgspec import Struct

from ..base.globs import matches
from ..base.positions import Value
from ..records.index import Entry
from ..records.model import Record
from .status import CLOSED, HOLDING, PASSED, PENDING, SETTLED, VOTING
from .tally.terms import Category as CountedCategory
from .tally.terms import Stage, rules_that_apply

Localized = dict[str, str]
Fraction = str
"""An exact share such as `2/3`, as it is written."""
Weakest, Strictest = "any_member", "vote"
PERMISSIONS = (Weakest, "own", "office", "role", "maintainers", Strictest)
"""Who may change a file, from the weakest to the strictest; `vote` is followed by a colon and a
category.
"""


class Part(Struct, frozen=True, kw_only=True, rename={"for_": "for", "from_": "from"}):
    """A part of a record."""


class Decisive(Part, frozen=True):
    """A record of deciding: the fields of one file."""

    file: str = ""

    @classmethod
    def of(cls, record: Entry | Record) -> Self:
        """The typed value of a record, or of its entry in the index (made once).

        Raises:
            ValueError: a co-op's own schema gives this kind another shape.
        """
        if isinstance(record, Entry):
            found: Self = _of_entry(cls, record.packed, record.id, record.file)
            return found
        return _made(cls, record.value, record.id, record.file)


D = TypeVar("D", bound=Decisive)


@lru_cache(maxsize=4096)
def _of_entry(kind: type[D], packed: bytes, id: str, file: str) -> D:
    return _made(kind, msgspec.json.decode(packed), id, file)


def _made(kind: type[D], value: Mapping[str, Value], id: str, file: str) -> D:
    known = {"file": file} | ({"id": id} if "id" in _fields(kind) else {})
    plain = {"plain": value} if "plain" in _fields(kind) else {}
    try:
        return msgspec.convert({**value, **known, **plain}, type=kind)
    except msgspec.ValidationError as error:
        raise ValueError(f"{file}: {error}") from None


@cache
def _fields(kind: type[Struct]) -> frozenset[str]:
    return frozenset(kind.__struct_encode_fields__)


# The rules of decision


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


class Citation(Part, frozen=True):
    """The decision that a text, the rules or a confirmation names: a resolution of minutes, or a
    proposal.
    """

    minutes: str = ""
    resolution: int | None = None
    proposal: str = ""
    text: str = ""


NO_CITATION = Citation()


class InForce(Decisive, frozen=True):
    """A text that holds from a day because a decision says so: an article of bylaws, or the
    rules.
    """

    in_force: str = ""
    adopted_by: Citation = NO_CITATION


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
        return _made(cls, value, "", "")

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


# Proposals and votes


class Amendment(Part, frozen=True):
    """An article that a proposal changes, from a day."""

    document: str = ""
    article: str = ""
    effective: str = ""
    new: bool = False

    @property
    def name(self) -> str:
        return f"{self.document}/{self.article}"

    @property
    def path(self) -> str:
        return f"decisions/bylaws/{self.document}/{self.article}.md"


class PullRequest(Part, frozen=True):
    """The proposed change on a forge."""

    forge: Literal["github", "forgejo", "gitlab", ""] = ""
    number: int = 0


class Resolved(Part, frozen=True):
    """How an objection ended."""

    at: str = ""
    by: Literal["objector", "meeting", ""] = ""
    minutes: str = ""
    how: str = ""


class Objection(Part, frozen=True):
    """A reasoned objection to a proposal."""

    slug: str = ""
    by: str = ""
    at: str = ""
    reason: str = ""
    resolved: Resolved | None = None


class Proxy(Part, frozen=True):
    """A vote given to another; without `holder`, whoever presides holds it."""

    principal: str = ""
    holder: str | None = None
    blank: bool = False
    received_on: str = ""


class GateWord(Part, frozen=True):
    """What the holder of a gate said of a proposal."""

    role: str = ""
    by: str = ""
    at: str = ""
    decision: Literal["cleared", "vetoed", ""] = ""
    reason: str = ""


class Days(Part, frozen=True):
    """When a consultation is convened, opens and closes: instants with their zone, as they are
    written.
    """

    convened: str = ""
    opens: str = ""
    closes: str = ""

    @property
    def are_complete(self) -> bool:
        return bool(self.opens and self.closes)


NO_DAYS = Days()


class Proposal(Decisive, frozen=True):
    """A proposal: what is asked, its votes, and what came of it."""

    id: str = ""
    title: Localized = {}
    audience: Literal["public", "members", ""] = ""
    category: str = ""
    subject: str = ""
    status: str = ""
    summary: Localized = {}
    proposers: tuple[str, ...] = ()
    convened: str = ""
    opens: str = ""
    closes: str = ""
    second: Days | None = None
    pull_request: PullRequest | None = None
    amends: tuple[Amendment, ...] = ()
    rules: bool = False
    supersedes: tuple[str, ...] = ()
    objections: tuple[Objection, ...] = ()
    recused: tuple[str, ...] = ()
    tellers: tuple[str, ...] = ()
    chair: str = ""
    proxies: tuple[Proxy, ...] = ()
    gates: tuple[GateWord, ...] = ()
    ratified_by: Citation = NO_CITATION
    review_on: str = ""

    @property
    def first(self) -> Days:
        return Days(convened=self.convened, opens=self.opens, closes=self.closes)

    @property
    def stage(self) -> Stage:
        return "second" if self.second is not None else "first"

    @property
    def is_put_to_the_vote(self) -> bool:
        return self.status in VOTING

    @property
    def is_pending(self) -> bool:
        """Whether it may still be adopted."""
        return self.status in PENDING

    @property
    def has_passed(self) -> bool:
        """Whether it was adopted, whatever became of it since."""
        return self.status in PASSED

    @property
    def is_closed(self) -> bool:
        """Whether nobody can vote on it any more."""
        return self.status in CLOSED

    @property
    def holds(self) -> bool:
        return self.status in HOLDING


class Evidence(Part, frozen=True):
    """A file that proves something, by its SHA-256."""

    file: str = ""
    sha256: str = ""
    where: str = ""


class Hashes(Part, frozen=True):
    """Digests of what a ballot or a result was given on."""

    text: str = ""
    rules: str = ""
    electorate: str = ""
    events: str = ""


class Ballot(Decisive, frozen=True):
    """A ballot that is kept as a file; its id is `<vote>/<member>`."""

    id: str = ""
    choice: Literal["for", "against", "abstain", "blank", ""] = ""
    reason: str = ""
    cast_at: str = ""
    cast_by: str = ""
    evidence: Evidence = Evidence()
    hashes: Hashes = Hashes()

    @property
    def vote(self) -> str:
        return vote_and_member(self.id)[0]

    @property
    def member(self) -> str:
        return vote_and_member(self.id)[1]


def vote_and_member(id: str) -> tuple[str, str]:
    """Take the id of a ballot or of a teller's count apart: the vote, and whose it is."""
    vote, _slash, member = id.rpartition("/")
    return vote, member


class Result(Decisive, frozen=True):
    """The result of a vote, a link of the result chain."""

    id: str = ""
    number: int = 0
    previous: str = ""
    proposal: str = ""
    title: Localized = {}
    audience: Literal["public", "members", ""] = ""
    category: str = ""
    stage: Stage = "first"
    result: str = ""
    advisory: bool = False
    counted_at: str = ""
    counted_by: tuple[str, ...] = ()
    electorate: int = 0
    represented: int = 0
    cast: int = 0
    secret: bool = False
    hashes: Hashes = Hashes()


# Meetings


class Attendance(Part, frozen=True):
    """Whether and how a member took part in a meeting."""

    member: str = ""
    mode: Literal["present", "remote", "represented", "postal", "excused", "absent", ""] = ""
    holder: str | None = None
    arrived: str = ""
    left: str = ""


class Notice(Part, frozen=True):
    """How a meeting was convened."""

    by: str = ""
    sent_on: str = ""
    call: Literal["first", "second", ""] = ""
    modes: tuple[str, ...] = ()
    agenda: tuple[str, ...] = ()


class Figures(Part, frozen=True):
    """Votes by choice, as minutes tell them; None where they do not."""

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


class Resolution(Figures, frozen=True):
    """A resolution of a meeting."""

    number: int = 0
    title: str = ""
    text: str = ""
    public: bool = False
    agenda: int | None = None
    proposal: str = ""
    category: str = ""
    amends: tuple[str, ...] = ()
    repeals: tuple[str, ...] = ()
    rules: bool = False
    ballot: str = ""
    at: str = ""
    by_college: dict[str, Figures] = {}
    recused: tuple[str, ...] = ()
    result: str = ""

    @property
    def is_adopted(self) -> bool:
        return self.result == "adopted"


class Action(Part, frozen=True):
    """What somebody took upon themselves in a meeting."""

    id: str = ""
    what: str = ""
    proposal: str = ""
    owner: str = ""
    due: str = ""
    status: Literal["open", "done", "dropped", ""] = ""


class Minutes(Decisive, frozen=True):
    """The minutes of a meeting, or a working note (`record`)."""

    id: str = ""
    record: str = ""
    body: str = ""
    number: int | None = None
    kind: str = ""
    date: str = ""
    status: str = ""
    notice: Notice = Notice()
    opened: str = ""
    closed: str = ""
    mode: str = ""
    attendance: tuple[Attendance, ...] = ()
    entitled: int = 0
    proxies: tuple[Proxy, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    actions: tuple[Action, ...] = ()

    @property
    def is_settled(self) -> bool:
        """Whether they are approved: they change by errata alone."""
        return self.status in SETTLED

    @property
    def are_minutes(self) -> bool:
        """Whether they are minutes; nothing is decided by a working note."""
        return self.record == "minutes"

    def resolution(self, number: int | None) -> Resolution | None:
        """A resolution by its number."""
        return next((one for one in self.resolutions if one.number == number), None)


class Outsider(Part, frozen=True):
    """Somebody who holds a mandate and is no member."""

    name: str = ""
    of: str = ""


class Mandate(Part, frozen=True):
    """A role that somebody holds in a body, from a day until another."""

    id: str = ""
    member: str = ""
    outside: Outsider | None = None
    role: Localized = {}
    from_: str = ""
    until: str = ""
    elected_by: str = ""
    decided_by: str = ""
    speaks_for_coop: bool = False
    ended_on: str = ""
    reason: str = ""

    def holds_on(self, day: str) -> bool:
        """Whether it is held on a day such as 2026-01-31: begun, and not over. One that passed its
        last day without an end is not.
        """
        return self.from_ <= day <= (self.ended_on or self.until or "9999")


class Body(Decisive, frozen=True):
    """A body of the co-op, with its mandates."""

    id: str = ""
    name: Localized = {}
    kind: str = ""
    audience: Literal["public", "members", ""] = ""
    office: str = ""
    mandates: tuple[Mandate, ...] = ()

    @property
    def is_assembly(self) -> bool:
        """Whether it is the assembly of all members, which alone decides for all."""
        return self.kind == "assembly"
