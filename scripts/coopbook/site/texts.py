"""A record's own texts on a page: in the page's language if they are written in it, else in
another, which they then say.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from ..base import markdown
from ..base.dates import written_dates
from ..base.messages import Message, capitalize, translator
from ..base.once import once
from ..base.positions import Value
from ..decisions.kinds import RULES
from ..decisions.presets import usual_labels
from ..records.addresses import Addresses
from ..records.dialect import labels
from ..records.dialect.shared import Schema, field_at, field_path
from ..records.index import Entry, Index, local
from ..records.links import resolve
from ..records.model import Record
from .direction import direction, isolate
from .sentences import Words
from .typography import add_spaces

_TAG = re.compile(r"<[^>]*>")


def remove_tags(title: str) -> str:
    """A title as plain text: without the elements that say its language."""
    return html.unescape(_TAG.sub("", title)) if isinstance(title, Markup) else title


def relative(path: str, base: str) -> str:
    """The relative address of `path` on the page at `base`; both are paths from the site's root."""
    return "../" * base.count("/") + path or "./"


@dataclass(frozen=True)
class Texts:
    """What people wrote, ready for the pages of one language."""

    index: Index
    language: str
    addresses: Addresses
    words: Words

    def text(self, value: Value) -> str:
        """A text in this language if it has one, else in another; not escaped."""
        return self.index.text(value, self.language)

    def text_in_language(self, value: Value, language: str = "") -> str:
        """A text if it is in the page's language, else nothing: for what cannot say its language.

        Args:
            value: a text by language, or a plain text.
            language: the language of a plain text.
        """
        text, found = (
            local(value, self.language, self.index.languages)
            if isinstance(value, dict)
            else (value or "", language)
        )
        return "" if self.is_foreign(found) else str(text)

    def localized(self, value: Value) -> Markup:
        """A text ready for a page: in a span that says its language where that is not the
        page's.
        """
        return self._wrap(value, html.escape, "span")

    def plain(self, text: Value) -> Markup:
        """A text whose language nobody says, ready for a page: it is taken to be the co-op's
        first.
        """
        return self.localized({self.index.languages[0]: text})

    def title(self, entry: Entry) -> Markup:
        """The name of a record, ready for a page."""
        if isinstance(entry.title, dict):
            return self.localized(entry.title)
        says_language = "language" in self.index.kinds[entry.kind].properties
        return self.localized(
            {self.language_of(entry.value): entry.title} if says_language else entry.title
        )

    def excerpt(self, entry: Entry) -> Markup:
        """How a record's text begins, ready for a page; a text that names no language is in the
        co-op's first.
        """
        first = self.index.languages[0]
        return self.localized({language or first: text for language, text in entry.excerpt.items()})

    def link(self, kind: str, id: str, href: Callable[[str], str]) -> Markup:
        """A link to a record by its name; the bare id where there is no such record."""
        entry = self.index.find(kind, id)
        if entry is None:
            return Markup(html.escape(id))
        title = self.title(self.addresses.version(entry))
        return Markup('<a href="{}">{}</a>').format(href(self.addresses.url(entry)), title)

    @once
    def label(self, vocabulary: str, term: str) -> Markup:
        """A term of a vocabulary as people read it."""
        return self.localized(self.label_by_language(vocabulary, term))

    def label_by_language(self, vocabulary: str, term: str) -> Value:
        """The label of a term, by language."""
        found = (self.index.terms(vocabulary) or {}).get(term) or {}
        return found.get("label") or found.get("name") or term

    def field(self, kind: str, path: str) -> Schema:
        """The schema of a field, such as `offers.price` of a member; lists on the way are not
        named.
        """
        return field_at(self.index.kinds[kind].schema, field_path(path)) or {}

    def schema_words(self, message: Message) -> Markup:
        """Words of a schema, ready for a page; a co-op's own say their language where it is not the
        page's.
        """
        if message.own:
            return self.localized(dict(message.own))
        return Markup.escape(self.words.say(message))

    def field_name(self, part: Schema, name: str) -> Markup:
        """What a field is called, ready for a page; `part` is its schema."""
        return self.schema_words(labels.title_of(part, name))

    def choice(self, kind: str, path: str, choice: str) -> Markup:
        """What one of a field's choices is called, ready for a page."""
        return self.choice_of(self.field(kind, path), choice)

    def choice_of(self, part: Schema, choice: str) -> Markup:
        """What one of the choices of a field with this schema is called, ready for a page."""
        return self.schema_words(labels.choice_of(part, choice))

    def category(self, name: str) -> Markup:
        """The label of a category of decisions."""
        rules = self.index.find(RULES, "rules")
        label = rules.get("categories", name, "label") if rules else None
        label = label or usual_labels().get(name)
        return self.localized(label) if label else Markup.escape(capitalize(name))

    def say(self, message: Message) -> Markup:
        """A sentence ready for a page; values that are ready already, such as a title, stay so."""

        def show(value: Value) -> str:
            written = (
                value if isinstance(value, Markup) else written_dates(str(value), self.words.usage)
            )
            return str(Markup.escape(written))

        return Markup(translator(self.words.usage, shown=show)(message))

    def sentence(self, text: str, **values: Any) -> str:
        """A sentence of our catalogue; one with a value that is ready for a page is ready too."""
        if not values:
            return self._bare_sentence(text)
        ready = any(isinstance(value, Markup) for value in values.values())
        message = Message(text, values)
        return self.say(message) if ready else self.words.say(message)

    @once
    def _bare_sentence(self, text: str) -> str:
        return self.words.say(Message(text))

    def rich(self, value: Value, record: Record, prefix: str, path: str, top: int = 3) -> Markup:
        """A Markdown text ready for the page at `path`, its headings below the page's own."""
        return self._wrap(
            value,
            lambda text: self.render(text, record, path, top=top, prefix=prefix).html,
            "div",
        )

    def rich_field(self, entry: Entry, field: str, path: str) -> Markup:
        """A Markdown text that the index keeps of a record, ready for the page at `path`."""
        record = Record(self.index.kinds[entry.kind], entry.id, entry.file, entry.value)
        return self.rich(entry.value.get(field), record, f"{entry.id}-", path)

    def render(
        self, text: str, record: Record, path: str, *, top: int = 1, prefix: str = ""
    ) -> markdown.Rendered:
        """Render a Markdown text of a record, its links and pictures pointing into this site.

        Args:
            text: the Markdown.
            record: whose text it is: links are relative to its file.
            path: the page's path from the site's root.
            top: the level of the text's first headings.
            prefix: stands before each id, so that several texts can share a page.
        """

        def link(url: str) -> str:
            target = resolve(url, record.file, self.index)
            if target.place == "outside":
                return url
            if target.place == "here":
                return f"#{prefix}{target.anchor}"
            if target.entry:
                to = relative(self.addresses.url_of_version(target.entry), path)
                return to + (f"#{target.anchor}" if target.anchor else "")
            given = target.place in {"asset", "attachment"}
            return relative(f"files/{target.asset}", path) if given else ""

        def picture(url: str) -> str:
            target = resolve(url, record.file, self.index)
            return relative(f"files/{target.asset}", path) if target.place == "asset" else ""

        return markdown.render(text, link, picture, top=top, prefix=prefix)

    def body(self, record: Record, path: str, *, top: int) -> markdown.Rendered:
        """A record's text below its fields, which says its language where that is not the page's;
        `path` and `top` are those of `render`.
        """
        rendered = self.render(record.body, record, path, top=top)
        return self.mark_rendered(self.language_of(record.value), rendered)

    def language_of(self, value: dict[str, Value]) -> str:
        """The language of a record's own text: the one that it names, else the co-op's first."""
        return str(value.get("language") or self.index.languages[0])

    def is_foreign(self, language: str) -> bool:
        """Whether a text in this language must say so on a page of ours."""
        return bool(language) and language != self.language

    def foreign_language(self, value: Value) -> str:
        """The language in which a text by language is shown; empty if it is the page's."""
        language = local(value, self.language, self.index.languages)[1]
        return language if self.is_foreign(language) else ""

    def lang(self, value: Value) -> Markup:
        """The `lang` attribute of an element that holds a text by language; empty if not needed."""
        language = self.foreign_language(value)
        return Markup(self._language_attributes(language)) if language else Markup("")

    def _language_attributes(self, language: str) -> str:
        """The attributes that say a language which is not the page's, and its direction."""
        way = direction(language)
        turned = f' dir="{way}"' if way != direction(self.language) else ""
        return f' lang="{html.escape(language)}"{turned}'

    def mark_language(self, language: str, html_text: str, tag: str = "div") -> Markup:
        """Put HTML into an element that says its language, if that is not the page's."""
        html_text = add_spaces(html_text, language)
        return Markup(
            f"<{tag}{self._language_attributes(language)}>{html_text}</{tag}>"
            if self.is_foreign(language)
            else html_text
        )

    def mark_rendered(self, language: str, text: markdown.Rendered) -> markdown.Rendered:
        """As `mark_language`, for a rendered text and its entries in the contents list."""
        foreign = language if self.is_foreign(language) else ""
        headings = tuple(
            heading._replace(text=add_spaces(heading.text, language), language=foreign)
            for heading in text.headings
        )
        return markdown.Rendered(str(self.mark_language(language, text.html)), headings)

    def _wrap(self, value: Value, convert: Callable[[str], str], tag: str) -> Markup:
        text, language = local(value, self.language, self.index.languages)
        own = convert(text)
        return self.mark_language(
            language, own if self.is_foreign(language) else isolate(own, self.language), tag
        )
