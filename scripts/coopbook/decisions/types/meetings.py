"""Minutes of meetings."""

from __future__ import annotations

from typing import Literal

from ..elections import Method
from ..status import DECIDED, SETTLED, UNDECIDED
from ..tally.shapes import Figures, Localized, Part, Proxy
from .parts import Decisive
from .proposals import Term

Mode = Literal["present", "remote", "represented", "postal", "excused", "absent", ""]
HERE = frozenset(["present", "remote"])
_NIGHT = "24:00"


class Attendance(Part, frozen=True):
    """Whether and how a member took part in a meeting."""

    member: str = ""
    mode: Mode = ""
    holder: str | None = None
    arrived: str = ""
    left: str = ""
    twice: bool = False
    """Whether they signed the sheet twice; they are counted once."""

    @property
    def is_here(self) -> bool:
        """Whether they sit in the room or are linked to it."""
        return self.mode in HERE

    @property
    def is_here_for_a_part(self) -> bool:
        """Whether they come late or leave early."""
        return self.is_here and bool(self.arrived or self.left)

    def is_here_at(self, moment: str) -> bool:
        """Whether they are here at an hour; nobody has arrived late or left where no hour is
        written.
        """
        return self.is_here and self.arrived <= moment < (self.left or _NIGHT)


SetAside = Literal[
    "not_allowed",
    "not_entitled",
    "late",
    "replaced",
    "holder_not_entitled",
    "came",
    "holder_absent",
    "limit",
]


class ReceivedProxy(Proxy, frozen=True):
    """A proxy that was received for a meeting; one that does not count says why (`set_aside`)."""

    set_aside: SetAside | Literal[""] = ""


class Notice(Part, frozen=True):
    """How a meeting was convened."""

    by: str = ""
    sent_on: str = ""
    call: Literal["first", "second", ""] = ""
    modes: tuple[str, ...] = ()
    agenda: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()

    @property
    def is_second_call(self) -> bool:
        """Whether the first meeting had no quorum."""
        return self.call == "second"


class Officer(Part, frozen=True):
    """Who presides over a meeting or writes its minutes, a member or somebody by name."""

    member: str = ""
    name: str = ""
    capacity: str = ""


class Officers(Part, frozen=True):
    """The officers of a meeting."""

    chair: Officer | None = None
    secretary: Officer | None = None
    tellers: tuple[str, ...] = ()


class Guest(Part, frozen=True):
    """Somebody in a meeting who has no vote."""

    name: str = ""
    capacity: str = ""


class Dissent(Part, frozen=True):
    """A member's disagreement with a resolution, which they asked to be written down."""

    member: str = ""
    reason: str = ""


class Nomination(Part, frozen=True):
    """Who was nominated in a meeting, by whom, and what they answered."""

    member: str = ""
    by: str = ""
    answer: Literal["accepted", "declined", "withdrew", ""] = ""
    group: str = ""


class RoundFigure(Part, frozen=True):
    """What a candidate has in a round of the count, as it is written: `7`, or `15/2`."""

    candidate: str = ""
    votes: str = ""
    against: int | None = None


class HeldRound(Part, frozen=True):
    """A round of the count, of the first vote or the second, of all or of a group."""

    vote: int = 1
    group: str = ""
    figures: tuple[RoundFigure, ...] = ()
    elected: tuple[str, ...] = ()


class HeldElection(Part, frozen=True):
    """What minutes say of an election: with a proposal, that asks; without, they say all of it."""

    body: str = ""
    role: Localized = {}
    seats: int = 0
    method: Method | Literal[""] = ""
    term: Term = Term()
    candidates: tuple[Nomination, ...] = ()
    rounds: tuple[HeldRound, ...] = ()
    elected: tuple[str, ...] = ()
    empty: int = 0

    @property
    def standing(self) -> tuple[str, ...]:
        """Who accepted, and did not withdraw."""
        return tuple(one.member for one in self.candidates if one.answer == "accepted")

    @property
    def is_told(self) -> bool:
        """Whether it says how they were elected: round by round, or by acclamation."""
        return bool(self.rounds) or self.method == "acclamation"


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
    result: Literal["adopted", "rejected", "no_quorum", "withdrawn", "noted", ""] = ""
    unanimous: bool = False
    election: HeldElection | None = None
    dissents: tuple[Dissent, ...] = ()

    @property
    def was_voted(self) -> bool:
        """Whether it was put to the vote, with or without a quorum."""
        return self.result in DECIDED

    @property
    def is_for_a_vote(self) -> bool:
        """Whether it was put to the vote, or still may be."""
        return self.result not in UNDECIDED

    @property
    def may_hold(self) -> bool:
        """Whether it was adopted, or still may be."""
        return self.result in ("adopted", "")

    @property
    def is_secret(self) -> bool:
        return self.ballot == "secret"

    @property
    def is_adopted(self) -> bool:
        return self.result == "adopted"


class Action(Part, frozen=True):
    """What is to be done after a meeting, by a member (`owner`), by a body, or by nobody yet."""

    id: str = ""
    what: str = ""
    proposal: str = ""
    owner: str = ""
    body: str = ""
    due: str = ""
    status: Literal["open", "done", "dropped", ""] = ""


class Formality(Part, frozen=True):
    """What the law wants after a meeting, such as a filing."""

    what: str = ""
    due: str = ""
    done_on: str = ""


class Approval(Part, frozen=True):
    """When minutes were approved, and by whom."""

    on: str = ""
    by: str = ""


class Signature(Officer, frozen=True):
    """A signature under minutes; `file` is the signature itself where it stands apart."""

    on: str = ""
    file: str = ""
    sha256: str = ""


class Register(Part, frozen=True):
    """Where the original of minutes stands."""

    form: Literal["paper", "electronic", ""] = ""
    volume: str = ""
    folios: str = ""


class Annex(Part, frozen=True):
    """A document that belongs to minutes: a file kept here by its path, another by its place."""

    title: str = ""
    file: str = ""
    where: str = ""
    sha256: str = ""


class Erratum(Part, frozen=True):
    """A correction of minutes that were approved."""

    on: str = ""
    text: str = ""


class Minutes(Decisive, frozen=True):
    """The minutes of a meeting, or a working note (`record`)."""

    id: str = ""
    record: Literal["minutes", "note", ""] = ""
    title: Localized = {}
    body: str = ""
    number: int | None = None
    kind: str = ""
    date: str = ""
    status: str = ""
    text: Literal["here", "register", ""] = ""
    company_line: str = ""
    notice: Notice = Notice()
    opened: str = ""
    closed: str = ""
    place: str = ""
    online: str = ""
    cancelled: bool = False
    mode: str = ""
    incidents: str = ""
    officers: Officers = Officers()
    attendance: tuple[Attendance, ...] = ()
    guests: tuple[Guest, ...] = ()
    entitled: int | None = None
    proxies: tuple[ReceivedProxy, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    actions: tuple[Action, ...] = ()
    formalities: tuple[Formality, ...] = ()
    approved: Approval | None = None
    signatures: tuple[Signature, ...] = ()
    register: Register = Register()
    annexes: tuple[Annex, ...] = ()
    errata: tuple[Erratum, ...] = ()

    @property
    def is_settled(self) -> bool:
        """Whether they are approved: they change by errata alone."""
        return self.status in SETTLED

    def day_of_receipt(self, proxy: ReceivedProxy) -> str:
        """The day on which a proxy was received: that of the meeting where nothing is said."""
        return proxy.received_on or self.date

    def has_late(self, proxy: ReceivedProxy, last: str) -> bool:
        """Whether a proxy came after the last day for proxies; empty where the rules set none."""
        return bool(last) and self.day_of_receipt(proxy) > last

    @property
    def has_when_and_where(self) -> bool:
        """Whether an hour is said, and a place, online or not: nobody comes without."""
        return bool(self.opened and (self.place or self.online))

    @property
    def are_a_draft(self) -> bool:
        """Whether the meeting is still being prepared."""
        return self.status == "draft"

    @property
    def are_elsewhere(self) -> bool:
        """Whether their text is kept in the register alone."""
        return self.text == "register"

    @property
    def are_of_writing(self) -> bool:
        """Whether they are those of a written consultation: nobody met."""
        return self.kind == "written_consultation"

    @property
    def are_minutes(self) -> bool:
        """Whether they are minutes; nothing is decided by a working note."""
        return self.record == "minutes"

    def resolution(self, number: int | None) -> Resolution | None:
        """A resolution by its number."""
        return next((one for one in self.resolutions if one.number == number), None)

    def lacked_quorum(self, category: str) -> bool:
        """Whether a resolution of a category found no quorum."""
        return any(
            one.category == category and one.result == "no_quorum" for one in self.resolutions
        )
