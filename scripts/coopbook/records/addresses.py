"""Where the records of a site have their pages, and in which languages.

The co-op's first language has the root and every record; another language has the folder of its
code, and in it only what somebody wrote in that language. A record that translates another one
takes its place in its own language.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..base.once import once
from .index import Entry, Index
from .model import Kind


@dataclass(frozen=True)
class Addresses:
    """The addresses of one audience's site, as its pages in one language give them.

    Attributes:
        index: what the audience may see.
        language: the language of the pages that ask.
    """

    index: Index
    language: str

    @property
    def prefix(self) -> str:
        """The folder of this language's pages; empty for the co-op's first language."""
        return self.prefix_of(self.language)

    def prefix_of(self, language: str) -> str:
        """The folder of a language's pages; empty for the co-op's first language."""
        return "" if language == self.index.languages[0] else f"{language}/"

    def url(self, entry: Entry) -> str:
        """The path of a record's page, from the site's root.

        It is that of its translation into this language if there is one, and of its page in this
        language if it has one; else of its page in the first language that has one.
        """
        return self.url_of_version(self.version(entry))

    def url_of_version(self, entry: Entry) -> str:
        """As `url`, but of this very record, whatever translates it."""
        kind = self.index.kinds[entry.kind]
        speaks = self.speaks(entry)
        if kind.single:
            return f"{self.prefix if speaks else ''}about/"
        home = self.language if speaks else self._first_language(entry)
        below = "" if entry.id == "index" and kind.id_form == "path" else f"{entry.id}/"
        return f"{self.prefix_of(home)}{kind.folder}/{below}"

    def _first_language(self, entry: Entry) -> str:
        return next(iter(self.languages_of(entry)), self.index.languages[0])

    def alternates(self, entry: Entry) -> list[tuple[str, str]]:
        """Language and path of each page of a record and of its translations."""
        original = original_of(self.index, entry)
        pages = [(there, there.version(original)) for there in self._in_each_language()]
        return [
            (there.language, there.url_of_version(version))
            for there, version in pages
            if there.speaks(version)
        ]

    def paths(self, path: str, languages: Iterable[str]) -> list[tuple[str, str]]:
        """Language and path of a page that lies at one path below the folder of each language."""
        return [(language, self.prefix_of(language) + path) for language in languages]

    def version(self, entry: Entry) -> Entry:
        """The translation of a record into this language, or the record itself."""
        return _translations(self.index).get((entry.kind, entry.id), {}).get(self.language, entry)

    def speaks(self, entry: Entry) -> bool:
        """Whether a record has a page in this language.

        The first language has all records, another one what is written in it. A translation has a
        page in its own language alone, and takes that of the record that it translates.
        """
        if original_of(self.index, entry) is not entry:
            return bool(self.language == entry.get("language"))
        written = self.language == self.index.languages[0] or self.language in entry.languages
        return written and self.version(entry) is entry

    def languages_of(self, entry: Entry) -> list[str]:
        """The languages in which this very record has a page."""
        return [there.language for there in self._in_each_language() if there.speaks(entry)]

    def languages_of_list(self, entries: Iterable[Entry]) -> list[str]:
        """The languages in which a list of records has a page.

        They are the first one, and each one in which one of the records has a page.
        """
        first, *others = self._in_each_language()
        listed: Sequence[Entry] = list(entries) if others else []
        return [
            first.language,
            *(there.language for there in others if any(map(there.speaks, listed))),
        ]

    def prefix_of_list(self, entries: Iterable[Entry]) -> str:
        """The folder of a list of records: this language's if the list has a page in it."""
        return self.prefix if self.language in self.languages_of_list(entries) else ""

    def _in_each_language(self) -> list[Addresses]:
        return [Addresses(self.index, language) for language in self.index.languages]


def original_of(index: Index, entry: Entry) -> Entry:
    """The record that a translation translates; of any other record, the record itself."""
    if not _may_translate(index.kinds[entry.kind]):
        return entry
    return index.find(entry.kind, entry.get("translates") or "") or entry


@once
def _translations(index: Index) -> dict[tuple[str, str], dict[str, Entry]]:
    """Translations by language, by the kind and id of the record that they translate."""
    found: dict[tuple[str, str], dict[str, Entry]] = {}
    for kind in (name for name, kind in index.kinds.items() if _may_translate(kind)):
        for entry in index.of(kind):
            original = original_of(index, entry)
            language = entry.get("language")
            if original is not entry and language:
                found.setdefault((kind, original.id), {}).setdefault(language, entry)
    return found


def _may_translate(kind: Kind) -> bool:
    return "translates" in kind.properties


def has_pages(kind: Kind) -> bool:
    """Whether the records of a kind have a page each.

    A single file speaks on pages of other sorts; what lies in `schemas/` gives words to records.
    """
    return not kind.single and not kind.files.startswith("schemas/")
