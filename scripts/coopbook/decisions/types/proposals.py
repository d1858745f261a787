"""Proposals, ballots and results."""

from __future__ import annotations

from typing import Literal

from ..elections import Contest, Method, Reserve, TieRule
from ..status import CLOSED, HOLDING, PASSED, PENDING, VOTING
from ..tally.shapes import (
    Figures,
    GateWord,
    Localized,
    Opposed,
    Part,
    Proxy,
    Reached,
    Share,
    Stage,
)
from .parts import NO_CITATION, Citation, Decisive


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


class Candidate(Part, frozen=True):
    """Who stands in an election, since when this is accepted, and what they say."""

    member: str = ""
    text: Localized = {}
    accepted_on: str = ""
    accepted_in: str = ""


class Nominee(Part, frozen=True):
    """Whom somebody else asked to stand, before an answer or once it was no."""

    member: str = ""
    by: str = ""
    declined_on: str = ""


class Term(Part, frozen=True):
    """The days of the mandates that an election gives."""

    from_: str = ""
    until: str = ""


class KeptSeats(Part, frozen=True):
    """Seats of an election that are kept for a group, and the candidates who belong to it."""

    group: str = ""
    name: Localized = {}
    seats: int = 0
    candidates: tuple[str, ...] = ()


class Lot(Part, frozen=True):
    """Where the public value comes from that a lot is drawn with, and when that was said."""

    source: str = ""
    named_on: str = ""
    known_on: str = ""


class Election(Part, frozen=True):
    """What a proposal gives by an election: mandates of a body."""

    body: str = ""
    role: Localized = {}
    seats: int = 0
    method: Method = "acclamation"
    majority: Literal["absolute", "relative", ""] = ""
    nominations_close: str = ""
    candidates: tuple[Candidate, ...] = ()
    nominated: tuple[Nominee, ...] = ()
    order: Literal["alphabetical", "drawn", ""] = ""
    term: Term = Term()
    reserved: tuple[KeptSeats, ...] = ()
    ties: tuple[TieRule, ...] = ()
    by_age: tuple[str, ...] = ()
    lot: Lot | None = None

    @property
    def standing(self) -> tuple[str, ...]:
        """The candidates' ids."""
        return tuple(one.member for one in self.candidates)

    def contest(self, vote: str) -> Contest:
        """What its first round counts. `vote` is the name of the vote, which a lot depends on."""
        kept = (
            Reserve(group=one.group, seats=one.seats, candidates=one.candidates)
            for one in self.reserved
        )
        return Contest(
            name=vote,
            method=self.method,
            seats=self.seats,
            candidates=self.standing,
            majority=self.majority or "relative",
            reserved=tuple(kept),
            ties=self.ties,
            by_age=self.by_age,
        )


class Correction(Part, frozen=True):
    """What was found wrong in a proposal or a result since it was settled."""

    on: str = ""
    text: Localized = {}


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
    election: Election | None = None
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
    answer: Localized = {}
    errata: tuple[Correction, ...] = ()

    @property
    def first(self) -> Days:
        return Days(convened=self.convened, opens=self.opens, closes=self.closes)

    @property
    def days(self) -> Days:
        """The days of the present consultation."""
        return self.first if self.second is None else self.second

    def days_of(self, vote: str) -> Days:
        """The days of one of its votes, by the vote's name."""
        return self.first if vote == self.id else self.days

    @property
    def stage(self) -> Stage:
        return "second" if self.second is not None else "first"

    @property
    def is_ratified(self) -> bool:
        """Whether its page names the resolution of a meeting that confirms the vote."""
        return self.ratified_by != NO_CITATION

    @property
    def is_discussed(self) -> bool:
        """Whether it is under discussion, before any vote."""
        return self.status == "open"

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
    marks: str = ""


class Ballot(Decisive, frozen=True):
    """A ballot that is kept as a file; its id is `<vote>/<member>`."""

    id: str = ""
    choice: Literal["for", "against", "abstain", "blank", ""] = ""
    reason: str = ""
    cast_at: str = ""
    cast_by: str = ""
    evidence: Evidence | None = None
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


class Chosen(Part, frozen=True):
    """What a round of an election gave, as its result says it."""

    method: Method = "acclamation"
    seats: int = 0
    elected: tuple[str, ...] = ()
    empty: int = 0
    second_round: tuple[str, ...] = ()
    left: int = 0
    lot: str = ""


class Result(Decisive, frozen=True):
    """The result of a vote, a link of the result chain."""

    id: str = ""
    number: int = 0
    previous: str = ""
    proposal: str = ""
    title: Localized = {}
    audience: Literal["public", "members", ""] = ""
    format: int = 1
    category: str = ""
    stage: Stage = "first"
    result: str = ""
    advisory: bool = False
    counted_at: str = ""
    counted_by: tuple[str, ...] = ()
    electorate: int = 0
    represented: int | None = None
    cast: int = 0
    counts: Figures = Figures()
    quorum: Share | None = None
    threshold: Share | None = None
    tie: str = ""
    against: Opposed | None = None
    any: tuple[Reached, ...] = ()
    secret: bool = False
    election: Chosen | None = None
    errata: tuple[Correction, ...] = ()
    hashes: Hashes = Hashes()
