"""Bodies of the co-op and their mandates."""

from __future__ import annotations

from typing import Literal

from ..tally.shapes import Localized, Part, Proxy
from .parts import Decisive


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

    @property
    def outside_name(self) -> str:
        """The name of a holder who is no member."""
        return self.outside.name if self.outside else ""

    @property
    def last(self) -> str:
        """Its last day, as far as one is written: that of its end, else that of its term."""
        return self.ended_on or self.until

    def holds_on(self, day: str) -> bool:
        """Whether it is held on a day such as 2026-01-31: begun, and not over. One that passed its
        last day without an end is not.
        """
        return self.from_ <= day <= (self.last or "9999")


class Body(Decisive, frozen=True):
    """A body of the co-op, with its mandates."""

    id: str = ""
    name: Localized = {}
    kind: str = ""
    audience: Literal["public", "members", ""] = ""
    office: str = ""
    confidential_contact: str = ""
    mandates: tuple[Mandate, ...] = ()
    proxies: tuple[Proxy, ...] = ()

    @property
    def is_assembly(self) -> bool:
        """Whether it is the assembly of all members, which alone decides for all."""
        return self.kind == "assembly"
