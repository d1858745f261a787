"""What every page needs: the audience's index in one language, addresses, words, and the template engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any, cast

from markupsafe import Markup

from ..base import markdown
from ..base.collation import sort_key
from ..base.diagnostics import Diagnostic
from ..base.messages import Message, _
from ..base.positions import Value
from ..records.index import Entry, Index
from ..records.model import Kind
from . import navigation, subscribing
from .engine import templates
from .hreflang import head_of, switch
from .shells import Page
from .texts import Texts, bare

LAST = 10_000
"""The place of what has no `order`: after all that has one."""
FACETS = {
    "trades": ("trades", "trades", _("Trades")),
    "skills": ("skills", "skills", _("Skills")),
    "offices": ("office", "coop.offices", _("Local offices")),
}
"""Lists of members by term: the field, its vocabulary, the list's title."""

Maker = Callable[[], Page]


@dataclass(frozen=True)
class Site(Texts):
    """One audience's site in one language. `index` holds only what the audience may see; `cache` what was sorted once; `mails` the addresses,
    by member, of those who count an open vote."""

    index: Index
    language: str
    warnings: tuple[Diagnostic, ...] = ()
    mails: Mapping[str, str] = field(default_factory=dict)
    cache: dict[tuple[str, ...], Any] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def usage(self) -> str:
        return self.index.usage(self.language)

    @property
    def audience(self) -> str:
        return self.index.audience

    @property
    def main(self) -> bool:
        """Whether this is the co-op's first language, whose pages are at the root."""
        return self.language == self.index.languages[0]

    @cached_property
    def prefix(self) -> str:
        return self.index.prefix(self.language)

    @property
    def year(self) -> str:
        """The year that need not be said."""
        return str(self.index.today.year)

    @cached_property
    def others(self) -> list[Site]:
        """The same site in the co-op's other languages."""
        return [
            replace(self, language=language)
            for language in self.index.languages
            if language != self.language
        ]

    @property
    def coop(self) -> dict[str, Value]:
        return self.index.coop

    @cached_property
    def kinds(self) -> list[Kind]:
        return self.index.page_kinds

    def title_of(self, section: str) -> Message:
        """What a section is called."""
        return navigation.title_of(self, section)

    @cached_property
    def navigation(self) -> list[tuple[str, str, str]]:
        """Section, title and address of each entry of the main menu."""
        return navigation.menu(self)

    @cached_property
    def footer(self) -> list[tuple[str, str]]:
        """Title and address of each entry at the foot of the page."""
        return navigation.footer(self)

    @cached_property
    def need(self) -> str:
        """A mail that describes a need, already begun."""
        return navigation.need_address(self)

    def at(self, section: str) -> str:
        """The address of a list: a section of the navigation, `trades`, or `trades/<term>`."""
        key = ("at", self.language, section)
        if key not in self.cache:
            self.cache[key] = self._at(section)
        return str(self.cache[key])

    def _at(self, section: str) -> str:
        folder, _slash, term = section.partition("/")
        if folder not in FACETS:
            return navigation.address(self, section) or f"{section}/"
        if folder == "offices" and term:
            spoken = self.language in self.office_languages(term)
        else:
            spoken = self.language in self.spoken(
                self.facet(folder).get(term, []) if term else self.index.of("member")
            )
        return f"{self.prefix if spoken else ''}{section}/"

    def office_languages(self, office: str) -> list[str]:
        """The languages in which a local office has a page: the main one, and those its name or one of its people is written in."""
        name = (self.coop.get("offices") or {}).get(office, {}).get("name") or {}
        spoken = self.spoken(self.facet("offices").get(office, []))
        return [
            language for language in self.index.languages if language in spoken or language in name
        ]

    def has(self, section: str) -> bool:
        """Whether the co-op has something to say in a section."""
        return navigation.address(self, section) is not None

    @property
    def ways(self) -> dict[str, str]:
        """Where the calendar and the feed in this language are, of those that there are."""
        return subscribing.ways(self)

    def category(self, name: str) -> Markup:
        """What a category of decisions is called."""
        rules = self.index.find("rules", "rules")
        found = rules.get("categories", name, "label") if rules else None
        return self.localized(found) if found else Markup.escape(self.word(name))

    def first_price(self, entry: Entry) -> str:
        """What a member's first priced offer costs: where to begin, for who compares."""
        offers = (
            offer
            for offer in entry.get("offers") or []
            if offer.get("price") and offer.get("kind") == "offer"
        )
        first = next(offers, None)
        return self.price(first["price"]) if first else ""

    def portrait(self, entry: Entry) -> bool:
        """Whether a member's photo is shown."""
        return "photo" in entry.value and self.index.photo(entry.id) is not None

    def mail(self, to: str, subject: str, body: str = "") -> str:
        """An address that opens a mail already begun."""
        return navigation.mail(to, subject, body)

    def edit(self, file: str) -> str:
        """Where a file can be changed on the co-op's forge, for members; nothing for others."""
        return navigation.edit(self, file)

    def facet(self, name: str) -> dict[str, list[Entry]]:
        """Members by trade, skill or office, in alphabetical order; only terms that somebody has."""
        key = ("facet", self.language, name)
        if key not in self.cache:
            found: dict[str, list[Entry]] = {}
            for entry in self.ordered("member"):
                value = entry.get(FACETS[name][0]) or []
                for term in value if isinstance(value, list) else [value]:
                    found.setdefault(term, []).append(entry)
            self.cache[key] = found
        return cast(dict[str, list[Entry]], self.cache[key])

    def sort_lists(self) -> None:
        """Sort once, before the work is spread, what every process needs."""
        for kind in self.kinds:
            self.ordered(kind.name)
        for name in FACETS:
            self.facet(name)
        subscribing.ways(self)

    def used(self, name: str, terms: list[str] | None) -> list[str]:
        """Those of the terms that some member has: the others have no page."""
        return [term for term in terms or [] if term in self.facet(name)]

    def speaks(self, entry: Entry) -> bool:
        """Whether a record has a page in this language."""
        return self.index.speaks(entry, self.language)

    def spoken(self, entries: Iterable[Entry]) -> list[str]:
        """The languages in which a list of these records has a page: the main one, and those in which one of them has its own."""
        main, *others = self.index.languages
        entries = list(entries) if others else []
        return [
            main,
            *(
                other
                for other in others
                if any(self.index.speaks(entry, other) for entry in entries)
            ),
        ]

    def everywhere(self, path: str, languages: list[str]) -> list[tuple[str, str]]:
        """Language and address of a page that has one path below each language's folder."""
        return [(language, self.index.prefix(language) + path) for language in languages]

    def version(self, entry: Entry) -> Entry:
        """A record, or its translation into this language."""
        return self.index.version(entry, self.language)

    def url(self, entry: Entry) -> str:
        """A record's address from the root: of its translation into this language, else of itself, in this language when it has a page in it."""
        return self.index.url(self.version(entry), self.language)

    def href(self, path: str, base: str) -> str:
        """A relative address from the page at `base`."""
        return "../" * base.count("/") + path or "./"

    def ordered(self, kind: str) -> list[Entry]:
        """The records of a kind in alphabetical order."""
        key = ("ordered", self.language, kind)
        if key not in self.cache:
            self.cache[key] = sorted(self.index.entries.get(kind, {}).values(), key=self._place)
        return cast(list[Entry], self.cache[key])

    def _place(self, entry: Entry) -> tuple[Any, ...]:
        name = entry.get("name", "sort") or self.text(entry.title)
        order = entry.value.get("order")
        return order if isinstance(order, int) else LAST, sort_key(str(name)), entry.id

    def label(self, vocabulary: str, term: str) -> Markup:
        """A term as people read it."""
        key = ("label", self.language, vocabulary, term)
        if key not in self.cache:
            self.cache[key] = self.localized(self.term(vocabulary, term))
        return cast(Markup, self.cache[key])

    def term(self, vocabulary: str, term: str) -> Value:
        """What a term is called, by language."""
        found = (self.index.terms(vocabulary) or {}).get(term) or {}
        return found.get("label") or found.get("name") or term

    def later(self, path: str, title: str, template: str, **values: Any) -> Maker:
        """A page to be made later, perhaps in another process: see `page`."""
        return partial(self.page, path, title, template, **values)

    def page(
        self,
        path: str,
        title: str,
        template: str,
        *,
        section: str = "",
        description: str = "",
        top: str = "top",
        head: str = "",
        side: str = "",
        contents: bool = True,
        alternates: Sequence[tuple[str, str]] = (),
        **values: Any,
    ) -> Page:
        """A page made from one of our templates; `path` is without the language's folder; a title that says its
        language is HTML; `alternates` are the language and the whole path
        of this page in each language in which it exists; `contents`: with a list of its headings."""
        path = self.prefix + path
        toc: list[markdown.Heading] = []
        body = self.part(template, path, title=title, top=top, toc=toc, **values)
        shown = tuple(toc) if contents else ()
        head = head_of(self.index, path, alternates) + head
        return Page(
            path,
            bare(title),
            body,
            section,
            description,
            self.language,
            shown,
            top,
            head,
            side,
            switch(self, path, alternates),
        )

    def part(self, template: str, path: str, **values: Any) -> str:
        """HTML made from one of our templates, for the page at the whole `path`."""
        words = {"_": self.sentence, "ngettext": self.plural}
        return str(
            templates()
            .get_template(template)
            .render(site=self, path=path, href=lambda to: self.href(to, path), **words, **values)
        )
