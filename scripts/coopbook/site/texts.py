"""A record's own texts on a page: in the page's language where they are written in it, else in another, which they then say."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from typing import Any

from markupsafe import Markup

from ..base import markdown
from ..base.dates import written_dates
from ..base.messages import Message, translator
from ..base.positions import Value
from ..records.index import Entry, Index, local
from ..records.links import resolve
from ..records.model import Record
from ..records.pictures import initials, tint
from .sentences import Words
from .typography import spaced

_TAG = re.compile(r"<[^>]*>")


def bare(title: str) -> str:
    """A title without the elements that say its language."""
    return html.unescape(_TAG.sub("", title)) if isinstance(title, Markup) else title


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
            Markup('<a href="{}">{}</a>').format(
                href(self.url(entry)), self.title(self.version(entry))
            )
            if entry
            else Markup(html.escape(id))
        )

    initials = staticmethod(initials)
    tint = staticmethod(tint)

    def text(self, value: Value) -> str:
        """A text in this site's language, else in another."""
        return self.index.text(value, self.language)

    def localized(self, value: Value) -> Markup:
        """A text ready for a page: in a span that says its language where that is not the page's."""
        return self._wrap(value, lambda text: html.escape(text), "span")

    def title(self, entry: Entry) -> Markup:
        """What a record is called, ready for a page."""
        written = "language" in self.index.kinds[entry.kind].schema[
            "properties"
        ] and not isinstance(entry.title, dict)
        return self.localized(
            {self.written_in(entry.value): entry.title} if written else entry.title
        )

    def plain(self, text: Value) -> Markup:
        """A text of which nobody says the language, ready for a page: it is taken to be in the co-op's first."""
        return self.localized({self.index.languages[0]: text})

    def said_in(self, value: Value) -> str:
        """The language of a text by language, where that is not the page's."""
        language = local(value, self.language, self.index.languages)[1]
        return language if self.foreign(language) else ""

    def say_with(self, message: Message) -> Markup:
        """A sentence ready for a page, of which some values are ready already, such as one that says its language."""
        return Markup(
            translator(self.usage, shown=lambda value: str(Markup.escape(self._written(value))))(
                message
            )
        )

    def sentence(self, text: str, **values: Any) -> str:
        """A sentence; one of which some values are ready for a page is ready too."""
        ready = any(isinstance(value, Markup) for value in values.values())
        return self.say_with(Message(text, values)) if ready else super().sentence(text, **values)

    def _written(self, value: Value) -> Value:
        return value if isinstance(value, Markup) else written_dates(str(value), self.usage)

    def lang(self, value: Value) -> Markup:
        """The attribute that says a text's language, for an element that cannot hold a span; nothing where it is the page's."""
        language = self.said_in(value)
        return Markup(' lang="{}"').format(language) if language else Markup("")

    def own(self, value: Value, language: str = "") -> str:
        """A text where it is in this site's language, else nothing: for what cannot say its language. `language` is a plain text's."""
        text, found = (
            local(value, self.language, self.index.languages)
            if isinstance(value, dict)
            else (value or "", language)
        )
        return "" if self.foreign(found) else str(text)

    def written_in(self, value: dict[str, Value]) -> str:
        """The language of a record's own text: the one it names, else the co-op's first."""
        return str(value.get("language") or self.index.languages[0])

    def rich(self, value: Value, record: Record, prefix: str, path: str, top: int = 3) -> Markup:
        """A Markdown text ready for the page at `path`, its headings below the page's own."""
        return self._wrap(
            value,
            lambda text: self.markdown(text, record, path, top=top, prefix=prefix).html,
            "div",
        )

    def rich_of(self, entry: Entry, field: str, path: str) -> Markup:
        """A Markdown text that the index keeps of a record, ready for the page at `path`."""
        record = Record(self.index.kinds[entry.kind], entry.id, entry.file, entry.value)
        return self.rich(entry.value.get(field), record, f"{entry.id}-", path)

    def _wrap(self, value: Value, made: Any, tag: str) -> Markup:
        text, language = local(value, self.language, self.index.languages)
        return self.in_language(language, made(text), tag)

    def in_language(self, language: str, made: str, tag: str = "div") -> Markup:
        """HTML of a text, in an element that says its language where that is not the page's."""
        made = spaced(made, language)
        return Markup(
            f'<{tag} lang="{html.escape(language)}">{made}</{tag}>'
            if self.foreign(language)
            else made
        )

    def foreign(self, language: str) -> bool:
        """Whether a text in this language must say so on a page of ours."""
        return bool(language) and language != self.language

    def spoken_in(self, language: str, text: markdown.Rendered) -> markdown.Rendered:
        """A rendered text of this language, which says so where that is not the page's, in the contents list too."""
        said = language if self.foreign(language) else ""
        headings = tuple(
            heading._replace(text=spaced(heading.text, language), language=said)
            for heading in text.headings
        )
        return markdown.Rendered(str(self.in_language(language, text.html)), headings)

    def markdown(
        self, text: str, record: Record, path: str, *, top: int = 1, prefix: str = ""
    ) -> markdown.Rendered:
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
