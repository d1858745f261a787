"""Legal forms, numbers and duties of notice, by country and region, read from `data/legal.yml`.

`law_of(country, region)` is the one answer; all else is asked of it:

    law_of("FR").forms                      the legal forms, in the order of a list to choose from
    law_of("FR").find_form("SCOP SARL")     the form that somebody means, by code or by words
    law_of("FR").needs("association")       what the notice must tell, as fields of coop.yml
    form_in("CA", "Coopérative de solidarité")   the same, wherever in the country
    law_of("BE").identifiers["bce"].canonical("0123.456.749")
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, cached_property

import msgspec
from msgspec import Struct, field

from ..base.formats import slug
from ..base.identifiers import SHAPES
from ..base.messages import Message
from ..base.shipped import shipped
from ..yaml_files.reader import parse

NONE = "none"
"""The word for what an organisation does not have: a form in law, a number, an entry in a register.
"""


class LegalForm(Struct, frozen=True):
    """What an organisation can be in law.

    Attributes:
        title: Its name.
        group: The line of the duties of notice that it falls under.
        also: Other words for it.
        rules: The rules of decision to begin with, a preset; empty where there are none for it.
        overlays: The presets laid upon them.
        code: What coop.yml writes.
    """

    title: str = field(name="label")
    group: str
    also: tuple[str, ...] = ()
    rules: str = ""
    overlays: tuple[str, ...] = ()
    code: str = ""

    @property
    def label(self) -> Message:
        return Message(self.title, context=CONTEXT)


class Identifier(Struct, frozen=True):
    """A number of an organisation, as a country's registers give it.

    Attributes:
        title: What it is called.
        shape: What it looks like, one of `SHAPES`.
        hint: The same, in words.
        on_papers: Whether it stands beside the organisation's name on its papers.
        short: What it is called there, where that is shorter.
        code: The field of coop.yml that holds it.
    """

    title: str = field(name="label")
    shape: str
    hint: str = field(name="help")
    on_papers: bool = field(name="papers", default=False)
    short: str = ""
    code: str = ""

    @property
    def label(self) -> Message:
        """What the number is called."""
        return Message(self.title, context=CONTEXT)

    @property
    def label_on_papers(self) -> Message:
        return Message(self.short or self.title, context=CONTEXT)

    @property
    def help(self) -> Message:
        """What it looks like."""
        return Message(self.hint, context=CONTEXT)

    def canonical(self, text: str) -> str | None:
        """The one form of what somebody wrote: `0123.456.749` is `0123456749`, and `none` in any
        spelling of the word `none`. None where it cannot be such a number.
        """
        return NONE if text.strip().lower() == NONE else SHAPES[self.shape].read(self._bare(text))

    def show(self, text: str) -> str:
        """How a number is printed; as it is written where it cannot be one."""
        found = SHAPES[self.shape].read(self._bare(text))
        return SHAPES[self.shape].show(found) if found else text

    def _bare(self, text: str) -> str:
        """A number without the name of its register before it."""
        return text.strip().removeprefix(f"{self.short or self.title} ")


class Duty(Struct, frozen=True):
    """What a notice must tell, as fields of coop.yml. `source`: where that was read (`read`, in
    words), None where nowhere; `checked`: on which day it was compared, None where never.
    """

    needs: tuple[str, ...]
    source: str | None
    checked: str | None
    read: str = ""


class Law(Struct, frozen=True, dict=True):
    """What holds in a country, or in a region of it; in all others where `country` is empty."""

    country: str
    own_identifiers: dict[str, Identifier] = field(name="identifiers")
    own_forms: dict[str, LegalForm] = field(name="forms")
    notice: dict[str, Duty]
    region: str = ""

    @cached_property
    def identifiers(self) -> Mapping[str, Identifier]:
        """Its numbers, by the field of coop.yml, the foremost first."""
        return {
            code: msgspec.structs.replace(one, code=code)
            for code, one in self.own_identifiers.items()
        }

    @cached_property
    def forms(self) -> tuple[LegalForm, ...]:
        """Its legal forms, in the order of a list to choose from."""
        return tuple(
            msgspec.structs.replace(one, code=code) for code, one in self.own_forms.items()
        )

    def find_form(self, words: str) -> LegalForm | None:
        """The form whose code it is, or that such words name; None where none is known by them.

        Words that say more, such as “SCOP SARL à capital variable”, name the form with the longest
        of the names that are in them.
        """
        said = f"-{slug(words)}-"
        exact = looks_like_code(words)
        found = [
            (len(name), form)
            for form in self.forms
            for name in (form.code, *map(slug, form.also))
            if (said == f"-{name}-" if exact or name in (NONE, OTHER) else f"-{name}-" in said)
        ]
        return max(found, key=lambda pair: pair[0])[1] if found else None

    def duty(self, form: str) -> Duty:
        """What the notice of an organisation of a form must tell; one whose form is not known is as
        `other`.
        """
        found = self.find_form(form) or self.own_forms[OTHER]
        return self.notice[found.group]

    def needs(self, form: str) -> tuple[str, ...]:
        """The fields that the notice of an organisation of a form needs."""
        return self.duty(form).needs


CONTEXT = "legal form"
"""The context of these words in the catalogues."""
OTHER = "other"
"""The form of those whose own is in no list."""


def law_of(country: str, region: str = "") -> Law:
    """What holds in a region, else in its country, else what is asked anywhere."""
    places = ((country, region), (country, ""), ("", ""))
    return next(law for place in places for law in _laws() if (law.country, law.region) == place)


def form_in(country: str, words: str) -> LegalForm | None:
    """The form of a country, or of one of its regions, that somebody surely means: by its code, or
    by exactly one of its names.
    """
    places = (law_of(country), *(law_of(country, region) for region in regions_of(country)))
    found = (law.find_form(slug(words)) for law in places)
    return next(filter(None, found), None) if slug(words) else None


def regions_of(country: str) -> tuple[str, ...]:
    """The regions of a country that have a law of their own."""
    return tuple(law.region for law in _laws() if law.country == country and law.region)


def find_identifier(code: str, country: str) -> Identifier:
    """A number that the law of some place knows, of the country's own where one does. KeyError:
    none does.
    """
    every = sorted(_laws(), key=lambda law: (law.country != country, not law.country))
    found = next((law.identifiers[code] for law in every if code in law.identifiers), None)
    if found is None:
        raise KeyError(code)
    return found


def looks_like_code(form: str) -> bool:
    """Whether somebody meant a form by its code rather than in words."""
    return bool(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", form))


def legal_words() -> Iterator[str]:
    """Every name and hint that is to be translated."""
    for law in _laws():
        for identifier in law.own_identifiers.values():
            yield from filter(None, (identifier.title, identifier.hint, identifier.short))
        yield from (form.title for form in law.own_forms.values())


@cache
def _laws() -> tuple[Law, ...]:
    found = parse(shipped("legal.yml").read_bytes(), front_matter=False)
    return msgspec.convert(found.value, tuple[Law, ...])
