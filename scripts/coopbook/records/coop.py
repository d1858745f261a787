"""What a co-op says of itself in coop.yml, as a typed value.

A field is empty where the file does not say it, or not to the audience whose index it is made of.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Literal, Self

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from ..base.messages import Message, own_words
from ..base.positions import Path, Value
from .legal import (
    NONE,
    Identifier,
    Law,
    LegalForm,
    find_identifier,
    law_of,
    looks_like_code,
    regions_of,
)

Localized = dict[str, str]


class _Part(Struct, frozen=True, kw_only=True):
    """A part of coop.yml."""


class Look(_Part, frozen=True):
    """The colours and the logo of its sites."""

    primary: str = ""
    accent: str = ""
    logo: str = ""


class Privacy(_Part, frozen=True):
    """Who is responsible for personal information."""

    title: str = ""
    email: str = ""


class Naf(_Part, frozen=True):
    """What it does, by the codes of an edition of INSEE's list."""

    code: str = ""
    edition: int | None = None


class Entity(_Part, frozen=True):
    """An organisation that stands behind the co-op in law. Its country and region are its own, else
    the co-op's. `former`: it is what `legal` says, whose form was never a code, and whose register
    is always the French one.
    """

    former: bool = False

    name: str = ""
    form: str = ""
    country: str = ""
    region: str = ""
    variable_capital: bool = False
    capital: str = ""
    seat: str = ""
    email: str = ""
    phone: str = ""
    register: str = ""
    siren: str = ""
    siret: str = ""
    rna: str = ""
    bce: str = ""
    ide: str = ""
    neq: str = ""
    corporation: str = ""
    vat: str = ""
    naf: Naf = Naf()
    training_number: str = ""
    insurance: str = ""
    privacy: Privacy = Privacy()

    @property
    def law(self) -> Law:
        """What holds where it is. A number that a region alone gives says the region, too."""
        found = law_of(self.country, self.region)
        if found.region or self.region:
            return found
        own = (law_of(self.country, region) for region in regions_of(self.country))
        numbers = [code for code in NUMBERS if self.number(code)]
        return next(
            (
                law
                for law in own
                if any(code in law.identifiers.keys() - found.identifiers for code in numbers)
            ),
            found,
        )

    @property
    def legal_form(self) -> LegalForm | None:
        """Its form in law, where it is one that is known there."""
        return self.law.find_form(self.form)

    @property
    def has_form(self) -> bool:
        """Whether it is an organisation in law, as far as it says."""
        form = self.legal_form
        return bool(self.form) and not (form and form.code == NONE)

    @property
    def form_words(self) -> Message:
        """What its form is called: by its code, the name of the form; else in its own words."""
        form = self.legal_form
        is_code = form and looks_like_code(self.form) and not self.former
        return form.label if form and is_code else own_words(self.form)

    def number(self, code: str) -> str:
        """One of its numbers as it is written; empty where it has none."""
        found: str = getattr(self, code, "")
        return "" if found.strip().lower() == NONE else found

    @property
    def numbers(self) -> list[tuple[Identifier, str]]:
        """Its numbers as they are printed, the foremost first."""
        codes = dict.fromkeys((*self.law.identifiers, *NUMBERS))
        return [
            (identifier, identifier.show(self.number(code)))
            for code in codes
            if self.number(code)
            for identifier in [self.identifier(code)]
        ]

    def identifier(self, code: str) -> Identifier:
        """What one of its numbers is, where it is."""
        if code == "register" and self.former:
            return find_identifier(code, "FR")
        return self.law.identifiers.get(code) or find_identifier(code, self.country)

    @property
    def papers(self) -> list[tuple[Identifier, str]]:
        """The numbers that stand beside its name on papers: those of its registers, else the first
        of the others.
        """
        numbers = [pair for pair in self.numbers if pair[0].code != VAT]
        return [pair for pair in numbers if pair[0].on_papers] or numbers[:1]

    @property
    def billing(self) -> list[tuple[Identifier, str]]:
        """The number that a client looks for on a quote: a SIRET, else the foremost."""
        numbers = self.numbers
        own = [pair for pair in numbers if pair[0].code == SIRET]
        return own or [pair for pair in numbers if pair[0].code != VAT][:1]


NO_ENTITY = Entity()
NUMBERS = ("register", "siren", "siret", "rna", "bce", "ide", "neq", "corporation", "vat")
"""The fields that hold numbers."""
SIRET, VAT = "siret", "vat"


class Host(_Part, frozen=True):
    """Who stores the sites."""

    name: str = ""
    address: str = ""
    phone: str = ""


class Legal(_Part, frozen=True):
    """Who publishes the sites and who stores them; before there were entities, what it is itself,
    too.
    """

    publisher: str = ""
    host: Host = Host()
    privacy: Privacy = Privacy()
    name: str = ""
    form: str = ""
    variable_capital: bool = False
    seat: str = ""
    rcs: str = ""
    siret: str = ""
    bce: str = ""
    neq: str = ""
    vat: str = ""
    naf: Naf = Naf()
    training_number: str = ""
    insurance: str = ""

    @property
    def entity(self) -> Entity:
        """What it says of the co-op itself."""
        return Entity(
            former=True,
            register=self.rcs,
            **{name: getattr(self, name) for name in FORMER if name != "rcs"},
        )


FORMER = tuple(
    name for name in Legal.__struct_fields__ if name not in ("publisher", "host", "privacy")
)
"""The fields of `legal` that say what an entity says."""


class Office(_Part, frozen=True):
    """A place where it works."""

    name: Localized = {}
    city: str = ""
    country: str = ""
    entity: str = ""
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


class Coop(_Part, frozen=True, dict=True):
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
    declared: dict[str, Entity] = field(name="entities", default_factory=dict)
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

    @cached_property
    def entities(self) -> dict[str, Entity]:
        """The organisations behind it in law, by id, the main one first: those that it declares,
        else the one that `legal` describes, whose id is empty.
        """
        former = self.legal.entity
        says_something = former != replace(NO_ENTITY, former=True)
        every = self.declared or ({"": former} if says_something else {})
        return {
            id: replace(one, country=self.country, region=one.region or self.region)
            if one.country in ("", self.country)
            else one
            for id, one in every.items()
        }

    @property
    def entity(self) -> Entity:
        """The one that signs and invoices where nothing else is said."""
        nothing = replace(NO_ENTITY, country=self.country, region=self.region)
        return next(iter(self.entities.values()), nothing)

    def entity_of(self, office: str) -> Entity:
        """The one that a local office belongs to."""
        said = self.offices.get(office, NO_OFFICE).entity
        return self.entities.get(said) or self.entity

    @property
    def entities_in_use(self) -> dict[str, Entity]:
        """The main one and those of its local offices, by id."""
        every = self.entities
        ids = [next(iter(every), ""), *(office.entity for office in self.offices.values())]
        return {id: every.get(id, self.entity) for id in ids if id in every or not every}

    def place_in(self, entity: str, name: str) -> Path:
        """Where coop.yml says a field of an entity, by the entity's id. `legal` has only the
        register of France.
        """
        if entity:
            return "entities", entity, name
        return "legal", "rcs" if name == "register" and self.country == "FR" else name

    @property
    def legal_name(self) -> str:
        """Its name in law, else its own."""
        return self.entity.name or self.name

    @property
    def is_in_public(self) -> bool:
        """Whether everybody can read its repository."""
        return self.repository == "public"

    def site_of(self, audience: str) -> str:
        """The address of the site for an audience; empty where it does not say one."""
        return self.site if audience == "public" else self.members_site
