"""Members, as far as deciding is concerned."""

from __future__ import annotations

from ..tally.shapes import Account, Membership, Part
from .parts import Decisive


class Name(Part, frozen=True):
    """What somebody is called: `display` on pages, `sort` in lists."""

    given: str = ""
    family: str = ""
    display: str = ""
    sort: str = ""


class Member(Decisive, frozen=True):
    """Somebody of the co-op, member in law or not."""

    id: str = ""
    name: Name = Name()
    email: str = ""
    membership: tuple[Membership, ...] = ()
    accounts: tuple[Account, ...] = ()

    def accounts_on(self, forge: str) -> tuple[Account, ...]:
        """Their accounts on a forge; all where none is named."""
        return tuple(one for one in self.accounts if not forge or one.forge == forge)
