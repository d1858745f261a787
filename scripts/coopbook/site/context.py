"""One audience's site in one language: what every page is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from ..base.diagnostics import Diagnostic
from ..base.positions import Value
from ..records.addresses import Addresses
from ..records.coop import Coop
from ..records.core_kinds import COOP
from ..records.index import Index
from ..records.model import Record
from .sentences import Words
from .texts import Texts


@dataclass(frozen=True)
class Site:
    """One audience's site in one language.

    What is worked out from a whole site stands in functions of the site (`base.once`), each in the
    module of its subject.

    Attributes:
        index: what the audience may see, and nothing else.
        language: one of the co-op's languages.
        warnings: what the check found, for the members' site.
        mails: the mail addresses of those who count an open vote, by member.
        family: the same site in each language that was asked for.
    """

    index: Index
    language: str
    warnings: tuple[Diagnostic, ...] = ()
    mails: Mapping[str, str] = field(default_factory=dict)
    family: dict[str, Site] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.family[self.language] = self

    @cached_property
    def addresses(self) -> Addresses:
        """Where the records of this site have their pages."""
        return Addresses(self.index, self.language)

    @cached_property
    def words(self) -> Words:
        """What the site says by itself."""
        spoken = self.index.spoken_language(self.language)
        return Words(spoken, self.index.usage(spoken))

    @cached_property
    def texts(self) -> Texts:
        """What people wrote."""
        return Texts(self.index, self.language, self.addresses, self.words)

    @property
    def audience(self) -> str:
        return self.index.audience

    @property
    def coop(self) -> dict[str, Value]:
        return self.index.coop

    @property
    def settings(self) -> Coop:
        """What coop.yml says to this audience, as a typed value."""
        return self.index.settings

    @property
    def coop_record(self) -> Record:
        """The co-op's own record, whose texts have links too."""
        return Record(self.index.kinds[COOP], COOP, "coop.yml", self.coop)

    @property
    def prefix(self) -> str:
        """The folder of this language's pages."""
        return self.addresses.prefix

    @property
    def main(self) -> bool:
        """Whether this is the co-op's first language, whose pages are at the root."""
        return self.language == self.index.languages[0]

    @property
    def others(self) -> list[Site]:
        """The same site in the co-op's other languages."""
        return [
            self.in_language(language)
            for language in self.index.languages
            if language != self.language
        ]

    def in_language(self, language: str) -> Site:
        """The same site in another language."""
        return self.family.get(language) or replace(self, language=language)
