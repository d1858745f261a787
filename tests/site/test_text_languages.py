"""A text in another language than the page's says so, so that it is read aloud as it is spoken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from coopbook.base import markdown
from coopbook.records.load import Book, load
from support.coops import TODAY, copied_example
from support.invented import MUTE, TEXT_ATTRIBUTES
from support.sites import VOID, build

OWN_WORDS = {"label", "reason", "decided_by"}
"""Plain texts that are sentences of somebody's and no names."""

WORDS = re.compile(r"([^\W\d]{2,}\W+){2}[^\W\d]{2,}")
"""Shorter texts may be anything: the name of a town, a year."""

UNTRANSLATED = """type: person
name: {display: Ana Lopes}
trades: [photographe]
headline: {fr: Des portraits d'équipes au travail}
bio: {en: Portraits of teams at work.}
office: rennes
presence: present
listed: true
offers:
  - {id: portraits, title: {fr: Une journée de portraits chez vous}, kind: offer, audience: public, summary: {en: A whole day.}}
consents: [{purpose: directory, given: 2026-03-01, how: form}]
"""  # noqa: E501


class Spoken(HTMLParser):
    """Each text of a page with the language it is said to be in."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._open: list[tuple[str, str]] = [("", "")]
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        language = values.get("lang") or self._open[-1][1]
        self.found += [
            (language, value) for name, value in attrs if name in TEXT_ATTRIBUTES and value
        ]
        if tag == "meta" and values.get("name") == "description":
            self.found.append((language, values.get("content") or ""))
        if tag not in VOID:
            self._open.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        while len(self._open) > 1 and tag not in VOID:
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        if self._open[-1][0] not in {*MUTE, "title", "code"} and data.strip():
            self.found.append((self._open[-1][1], " ".join(data.split())))


def texts(book: Book, language: str) -> tuple[set[str], set[str]]:
    """The texts of a co-op's files in a language, as they stand on a page, without those that
    another language has too; and, of these, those that a page may put among words of its own.
    """
    found: dict[bool, set[str]] = {True: set(), False: set()}
    fields: set[str] = set()
    main = book.index.languages[0]
    for record in book.records():
        own = str(record.get("language") or main)
        found[own == language].update(_plain(record.body))
        for leaf in record.leaves:
            said = (
                leaf.path[-1]
                if leaf.path[-1] in book.index.languages
                else main
                if leaf.path[-1] in OWN_WORDS
                else None
            )
            said = own if leaf.path == ("title",) else said
            if said and isinstance(leaf.value, str):
                found[said == language].update(_plain(leaf.value))
                fields.add(leaf.value)
    mine = {text for text in found[True] - found[False] if WORDS.search(text)}
    return mine, mine & fields


def _plain(text: str) -> Iterator[str]:
    for part in re.split(r"<code.*?</code>|<[^>]*>", markdown.render(text).html, flags=re.S):
        if part.strip() and "@" not in part:
            yield " ".join(part.replace("&quot;", '"').replace("&amp;", "&").split())


def _names(lines: list[str]) -> set[int]:
    """The lines two below `tagline:` and below the name of each office: their English."""
    return {
        number + 2
        for number, line in enumerate(lines)
        if line == "tagline:\n" or line == "    name:\n"
    }


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Book, Path]:
    root = copied_example(tmp_path_factory.mktemp("spoken") / "example")
    (root / "members" / "ana-lopes.yml").write_text(UNTRANSLATED, encoding="utf-8")
    page = (
        "---\ntitle: The charter in English\nlanguage: en\naudience: public\n---\nEverybody signs "
        "this page on the first day.\n"
    )
    (root / "wiki" / "charter.md").write_text(page, encoding="utf-8")
    coop = root / "coop.yml"
    lines = coop.read_text(encoding="utf-8").splitlines(keepends=True)
    left_out = [
        number
        for number, line in enumerate(lines)
        if line.strip().startswith("en: ") and number in _names(lines)
    ]
    coop.write_text(
        "".join(line for number, line in enumerate(lines) if number not in left_out),
        encoding="utf-8",
    )
    out = build(root, root / "out")
    return load(root, TODAY), out


@pytest.mark.parametrize("audience", ["public", "members"])
@pytest.mark.parametrize(("language", "other"), [("en", "fr"), ("fr", "en")])
def test_a_text_in_another_language_says_so(
    told: tuple[Book, Path], audience: str, language: str, other: str
) -> None:
    book, out = told
    foreign, fields = texts(book, other)
    wrong: dict[str, str] = {}
    seen = 0
    for file in sorted((out / audience).rglob("*.html")):
        name = file.relative_to(out / audience).as_posix()
        if name.startswith("en/") is not (language == "en"):
            continue
        for said, text in Spoken(file.read_text(encoding="utf-8")).found:
            if text in foreign or any(field in text for field in fields):
                seen += 1
                if said.partition("-")[0] != other:
                    wrong.setdefault(text, name)
    assert wrong == {}
    assert seen > 3, "this co-op has texts of the other language on these pages"
