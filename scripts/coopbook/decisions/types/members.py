"""Members, as far as deciding and the checks are concerned."""

from __future__ import annotations

from typing import Any

from ..tally.shapes import Account, Membership, Part
from .parts import Decisive


class Name(Part, frozen=True):
    """What somebody is called: `display` on pages, `sort` in lists."""

    given: str = ""
    family: str = ""
    display: str = ""
    sort: str = ""

    @property
    def sorted_under(self) -> str:
        """What they are sorted under: the family name first where nothing else is said."""
        return self.sort or f"{self.family} {self.given}".strip()


class GivenConsent(Part, frozen=True):
    """A consent that somebody gave, until it is withdrawn."""

    purpose: str = ""
    given: str = ""
    withdrawn: str = ""


class Reference(Part, frozen=True):
    """Work done for a client, who may or may not be named (`permission`)."""

    client: str = ""
    permission: str = ""


class Member(Decisive, frozen=True):
    """Somebody of the co-op, member in law or not."""

    id: str = ""
    type: str = ""
    name: Name = Name()
    legal_name: str = ""
    email: str = ""
    office: str = ""
    presence: str = ""
    reviewed: str = ""
    listed: bool = False
    alumni: bool = False
    open_data: bool = False
    publish: tuple[str, ...] = ()
    photo: dict[str, Any] | None = None
    consents: tuple[GivenConsent, ...] = ()
    references: tuple[Reference, ...] = ()
    sponsor: str = ""
    namesakes: tuple[str, ...] = ()
    membership: tuple[Membership, ...] = ()
    accounts: tuple[Account, ...] = ()

    @property
    def is_person(self) -> bool:
        return self.type == "person"

    @property
    def has_left(self) -> bool:
        return self.presence == "left"

    def consents_to(self, purpose: str) -> bool:
        """Whether a consent is given, and not withdrawn since."""
        return any(one.purpose == purpose and not one.withdrawn for one in self.consents)

    def accounts_on(self, forge: str) -> tuple[Account, ...]:
        """Their accounts on a forge; all where none is named."""
        return tuple(one for one in self.accounts if not forge or one.forge == forge)
