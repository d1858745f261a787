"""A record's own texts on a page: in the page's language where they are written in it, else in another, which they then say."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from typing import Any

from markupsafe import Markup

from .. import markdown
from ..index import Entry, Index, local
from ..links import resolve
from ..pictures import initials, tint
from ..records import Record
from ..spans import Value
from .words import Words


class Texts(Words):
    """What a site shows of texts that somebody wrote."""

    index: Index

    def url(self, entry: Entry) -> str:
        raise NotImplementedError

    def href(self, path: str, base: str) -> str:
        raise NotImplementedError

    def version(self, entry: Entry) -> Entry:
        raise NotImplementedError

    def link(self, kind: str, id: str, href: Callable[[str], str]) -> Markup:
        """A link to a record by its name; the bare id where there is none."""
        entry = self.index.find(kind, id)
        return (
            Markup('<a href="{}">{}</a>').format(href(self.url(entry)), self.title(self.version(entry)))
            if entry
            else Markup(html.escape(id))
        )

    initials = staticmethod(initials)
    tint = staticmethod(tint)

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
