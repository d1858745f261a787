"""What every page needs: the audience's index in one language, addresses, words, and the template engine."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any, cast

from markupsafe import Markup

from .. import markdown
from ..collation import sort_key
from ..diagnostics import Diagnostic
from ..index import Entry, Index, local
from ..links import resolve
from ..messages import Message, _
from ..records import Kind, Record
from ..spans import Value
from .engine import templates
from .heads import head_of
from .shells import Page
from .words import Words

LAST = 10_000
"""The place of what has no `order`: after all that has one."""
FACETS = {
    "trades": ("trades", "trades", _("Trades")),
    "skills": ("skills", "skills", _("Skills")),
    "offices": ("office", "coop.offices", _("Local offices")),
}
"""Lists of members by term: the field, its vocabulary, the list's title."""

Maker = Callable[[], Page]

TITLES = {
    "members": _("Directory"),
    "offers": _("Offers"),
    "projects": _("Projects"),
    "decisions/bodies": _("Bodies and mandates"),
    "wiki": _("Guide"),
    "about": _("The co-op"),
}


@dataclass(frozen=True)
class Site(Words):
    """One audience's site in one language. `index` holds only what the audience may see; `cache` what was sorted once."""

    index: Index
    language: str
    warnings: tuple[Diagnostic, ...] = ()
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

    @cached_property
    def others(self) -> list[Site]:
        """The same site in the co-op's other languages."""
        return [replace(self, language=language) for language in self.index.languages if language != self.language]

    @property
    def coop(self) -> dict[str, Value]:
        return self.index.coop

    @cached_property
    def kinds(self) -> list[Kind]:
        return self.index.page_kinds

    def title_of(self, section: str) -> Message:
        """What a section is called in the navigation."""
        kind = next((kind for kind in self.kinds if kind.folder == section), None)
        return TITLES.get(section) or _(kind.title if kind else section)

    @cached_property
    def navigation(self) -> list[tuple[str, str, str]]:
        """Section, title and address of each entry of the main navigation; a second language leads to the first where it has none."""
        sections: list[tuple[str, list[Entry]]] = [("members", self.index.of("member")), ("offers", self.index.of("member"))]
        sections += [
            (kind.folder, self.index.of(kind.name))
            for kind in self.kinds
            if kind.name != "member" and (self.index.of(kind.name) or kind.name == "project")
        ]
        found = [(section, self.say(self.title_of(section)), self._at(section, entries)) for section, entries in sections]
        about = (self.coop.get("about") or {}).keys()
        found.append(("about", self.say(self.title_of("about")), f"{self.prefix if self.language in about else ''}about/"))
        return found + ([("warnings", self.say(_("To look at")), "warnings/")] if self.audience == "members" else [])

    @cached_property
    def addresses(self) -> frozenset[str]:
        """The addresses the navigation leads to, and the folders above them."""
        steps = [path.split("/") for _section, _title, path in self.navigation]
        return frozenset("".join(f"{step}/" for step in path[:count]) for path in steps for count in range(1, len(path)))

    def _at(self, section: str, entries: list[Entry]) -> str:
        start = self.index.find("page", "index") if section == "wiki" else None
        if start and self.speaks(self.version(start)):
            return self.url(start)
        return f"{self.prefix if self.language in self.spoken(entries) else ''}{section}/"

    def at(self, section: str) -> str:
        """The address of a list: a section of the navigation, `trades`, or `trades/<term>`."""
        folder, _slash, term = section.partition("/")
        if folder in FACETS:
            entries = self.facet(folder).get(term, []) if term else self.index.of("member")
            return self._at(section, entries)
        return next((path for name, _title, path in self.navigation if name == section), f"{section}/")

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

    def used(self, name: str, terms: list[str] | None) -> list[str]:
        """Those of the terms that some member has: the others have no page."""
        return [term for term in terms or [] if term in self.facet(name)]

    def link(self, kind: str, id: str, href: Callable[[str], str]) -> Markup:
        """A link to a record by its name; the bare id where there is none."""
        entry = self.index.find(kind, id)
        return (
            Markup('<a href="{}">{}</a>').format(href(self.url(entry)), self.title(self.version(entry)))
            if entry
            else Markup(html.escape(id))
        )

    def text(self, value: Value) -> str:
        """A text in this site's language, else in another."""
        return local(value, self.language, self.index.languages)[0]

    def localized(self, value: Value) -> Markup:
        """A text ready for a page: in a span that says its language where that is not the page's."""
        return self._wrap(value, lambda text: html.escape(text), "span")

    def title(self, entry: Entry) -> Markup:
        """What a record is called, ready for a page."""
        written = "language" in self.index.kinds[entry.kind].schema["properties"] and not isinstance(entry.title, dict)
        return self.localized({self.written_in(entry.value): entry.title} if written else entry.title)

    def written_in(self, value: dict[str, Value]) -> str:
        """The language of a record's own text: the one it names, else the co-op's first."""
        return str(value.get("language") or self.index.languages[0])

    def rich(self, value: Value, record: Record, prefix: str, path: str) -> Markup:
        """A Markdown text ready for the page at `path`, its headings below the page's own."""
        return self._wrap(value, lambda text: self.markdown(text, record, path, top=3, prefix=prefix).html, "div")

    def _wrap(self, value: Value, made: Any, tag: str) -> Markup:
        text, language = local(value, self.language, self.index.languages)
        return self.in_language(language, made(text), tag)

    def in_language(self, language: str, made: str, tag: str = "div") -> Markup:
        """HTML of a text, in an element that says its language where that is not the page's."""
        return Markup(f'<{tag} lang="{html.escape(language)}">{made}</{tag}>' if language and language != self.language else made)

    def markdown(self, text: str, record: Record, path: str, *, top: int = 1, prefix: str = "") -> markdown.Rendered:
        """A text of a record, with its links and pictures pointing into this site."""

        def link(url: str) -> str:
            target = resolve(url, record.file, self.index)
            if target.place in {"here", "outside"}:
                return f"#{prefix}{target.anchor}" if target.place == "here" else url
            if target.entry:
                exact = self.index.url(target.entry, self.language)
                return self.href(exact, path) + (f"#{target.anchor}" if target.anchor else "")
            return self.href(f"files/{target.asset}", path) if target.place == "asset" else ""

        def picture(url: str) -> str:
            target = resolve(url, record.file, self.index)
            return self.href(f"files/{target.asset}", path) if target.place == "asset" else ""

        return markdown.render(text, link, picture, top=top, prefix=prefix)

    def assets(self, record: Record) -> Iterator[str]:
        """Pictures of the repository that a record's texts show."""
        for _path, text in record.markdown():
            for link in markdown.links(text):
                target = resolve(link.url, record.file, self.index)
                if target.place == "asset":
                    yield target.asset

    def speaks(self, entry: Entry) -> bool:
        """Whether a record has a page in this language."""
        return self.index.speaks(entry, self.language)

    def spoken(self, entries: Iterable[Entry]) -> list[str]:
        """The languages in which a list of these records has a page: the main one, and those in which one of them has its own."""
        main, *others = self.index.languages
        entries = list(entries) if others else []
        return [main, *(other for other in others if any(self.index.speaks(entry, other) for entry in entries))]

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
            found = (self.index.terms(vocabulary) or {}).get(term) or {}
            self.cache[key] = self.localized(found.get("label") or found.get("name") or term)
        return cast(Markup, self.cache[key])

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
        alternates: Sequence[tuple[str, str]] = (),
        **values: Any,
    ) -> Page:
        """A page made from one of our templates; `path` is without the language's folder, `alternates` are the language and the whole path
        of this page in each language in which it exists."""
        path = self.prefix + path
        toc: list[markdown.Heading] = []
        body = (
            templates()
            .get_template(template)
            .render(
                site=self,
                _=self.sentence,
                ngettext=self.plural,
                path=path,
                href=lambda to: self.href(to, path),
                title=title,
                top=top,
                toc=toc,
                translations=[item for item in alternates if item[0] != self.language],
                **values,
            )
        )
        return Page(path, title, body, section, description, self.language, tuple(toc), top, head_of(self.index, path, alternates) + head)
