"""Minutes of meetings."""

from __future__ import annotations

from typing import Literal

from ..status import SETTLED
from ..tally.shapes import Figures, Part, Proxy
from .parts import Decisive


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
