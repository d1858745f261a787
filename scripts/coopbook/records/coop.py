"""What a co-op says of itself in coop.yml, as a typed value.

A field is empty where the file does not say it, or not to the audience whose index it is made of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, Self

import msgspec
from msgspec import Struct

from ..base.positions import Value

Localized = dict[str, str]


class _Part(Struct, frozen=True, kw_only=True):
    """A part of coop.yml."""


class Look(_Part, frozen=True):
    """The colours and the logo of its sites."""

    primary: str = ""
    accent: str = ""
    logo: str = ""


class Legal(_Part, frozen=True):
    """What the law wants on its sites and its papers."""

    name: str = ""
    form: str = ""
    variable_capital: bool = False
    seat: str = ""
    rcs: str = ""
    siret: str = ""
    bce: str = ""
    neq: str = ""
    vat: str = ""

    @property
    def numbers(self) -> Iterator[tuple[str, str]]:
        """Under which numbers it is registered, each with the register's short name."""
        named = (("RCS", self.rcs), ("BCE", self.bce), ("NEQ", self.neq))
        return ((register, number) for register, number in named if number)


class Office(_Part, frozen=True):
    """A place where it works."""

    name: Localized = {}
    city: str = ""
    country: str = ""
    timezone: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""
    referent: str = ""
    hours: Localized = {}
    about: Localized = {}


NO_OFFICE = Office()


class Situation(_Part, frozen=True):
    """A situation that a member may be in, and the fields that it needs."""

    label: Localized = {}
    explained: Localized = {}
    votes: bool = False
    notice: Localized = {}
    needs: tuple[str, ...] = ()


class College(_Part, frozen=True):
    """A group of members whose votes are weighed together."""

    label: Localized = {}


class Reminders(_Part, frozen=True):
    """When people are reminded."""

    profile_months: int | None = None


class Accepted(_Part, frozen=True):
    """A warning that is accepted."""

    check: str = ""
    file: str = ""
    why: str = ""
    until: str = ""

    @property
    def is_complete(self) -> bool:
        return all((self.check, self.file, self.why, self.until))


class Checks(_Part, frozen=True):
    """What is said of the checks."""

    accepted: tuple[Accepted, ...] = ()


class Decision(_Part, frozen=True):
    """The decision that is named: a resolution of minutes, or a proposal."""

    minutes: str = ""
    resolution: int | None = None
    proposal: str = ""


class Opening(_Part, frozen=True):
    """What was decided to be published: a record type, or a field of it."""

    what: str = ""
    adopted_by: Decision = Decision()


class Forge(_Part, frozen=True):
    """The forge that its files are kept on."""

    kind: Literal["github", "forgejo", "gitlab", ""] = ""
    url: str = ""
    branch: str = ""

    @property
    def top(self) -> str:
        """The address of the repository, without a slash at its end."""
        return self.url.rstrip("/")

    @property
    def main_branch(self) -> str:
        return self.branch or "main"

    def __bool__(self) -> bool:
        return bool(self.kind or self.url)


class Coop(_Part, frozen=True):
    """A co-op."""

    name: str = ""
    tagline: Localized = {}
    notice: Localized = {}
    about: Localized = {}
    look: Look = Look()
    pages: dict[str, str] = {}
    languages: tuple[str, ...] = ()
    country: str = ""
    region: str = ""
    timezone: str = ""
    site: str = ""
    members_site: str = ""
    email: str = ""
    phone: str = ""
    coordinator: str = ""
    legal: Legal = Legal()
    offices: dict[str, Office] = {}
    situations: dict[str, Situation] = {}
    colleges: dict[str, College] = {}
    reminders: Reminders = Reminders()
    checks: Checks = Checks()
    forge: Forge = Forge()
    repository: Literal["public", "private", ""] = ""
    beside: tuple[str, ...] = ()
    openings: tuple[Opening, ...] = ()

    @classmethod
    def of(cls, value: Mapping[str, Value]) -> Self:
        """The typed value of coop.yml's fields. One to which a schema of the co-op's own gives
        another shape is empty: nothing of ours can read it.
        """
        try:
            return msgspec.convert(value, cls)
        except msgspec.ValidationError:
            read: dict[str, Any] = {}
            for name, one in value.items():
                try:
                    msgspec.convert({name: one}, cls)
                except msgspec.ValidationError:
                    continue
                read[name] = one
            return msgspec.convert(read, cls)

    @property
    def legal_name(self) -> str:
        """Its name in law, else its own."""
        return self.legal.name or self.name

    @property
    def is_in_public(self) -> bool:
        """Whether everybody can read its repository."""
        return self.repository == "public"

    def site_of(self, audience: str) -> str:
        """The address of the site for an audience; empty where it does not say one."""
        return self.site if audience == "public" else self.members_site
