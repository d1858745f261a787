"""A text with headings, such as bylaws written as one page -> its title and its articles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from ...base import markdown
from ..types.bylaws import SUFFIXES
from .notes import add_definitions, take_definitions

_NUMBERED = re.compile(
    rf"(?:(?P<label>[^\W\d_]+\.?|§)\s+)?(?P<number>[0-9]{{1,3}})(?:er|re|st)?(?:\s*(?P<suffix>{'|'.join(SUFFIXES[1:])}))?(?![\w.]*\d)"
    r"\s*(?:[.:)–—-]+\s*|$|\s+)(?P<title>.*)",
    re.IGNORECASE,
)
_BEFORE, _AFTER = "before", "after"


class Article(NamedTuple):
    """An article as it was found; `place` as in its record, nothing for a numbered one."""

    number: int
    title: str
    text: str
    suffix: str = ""
    place: str = ""
    part: str = ""


@dataclass(frozen=True)
class Text:
    """A text cut into articles. `label`: the word before their numbers; `numbered`: whether their
    headings have some.
    """

    title: str
    articles: tuple[Article, ...]
    label: str = ""
    numbered: bool = True


class _Section(NamedTuple):
    level: int
    heading: str
    text: str


def cut_articles(written: str) -> Text:
    """The articles of a text. They are what stands under the headings of the level that has most
    numbers, else of the highest level; what stands before the first and after the last one is kept
    unnumbered, footnotes go where they are named.
    """
    plain, definitions = take_definitions(written.replace("\r\n", "\n"))
    first, *sections = _sections(plain)
    title = ""
    if (
        sections
        and sections[0].level == 1
        and not first.text
        and sum(section.level == 1 for section in sections) == 1
    ):
        title, first, sections = sections[0].heading, sections[0], sections[1:]
    numbered = _level(sections)
    level = numbered or min((section.level for section in sections), default=0)
    labels = Counter(
        number["label"] or ""
        for section in sections
        if section.level == level and (number := _number(section.heading))
    )
    found = list(_articles(sections, level, bool(numbered)))
    if first.text:
        found = [Article(1, "", first.text, place=_BEFORE), *(_later(article) for article in found)]
    articles = tuple(_with_definitions(article, definitions) for article in found)
    return Text(title, articles, labels.most_common(1)[0][0] if numbered else "", bool(numbered))


def _later(article: Article) -> Article:
    return article._replace(number=article.number + 1) if article.place == _BEFORE else article


def _sections(text: str) -> Iterator[_Section]:
    """What stands before the first heading, then each heading with its text."""
    lines = text.split("\n")
    places = [*markdown.heading_lines(text), (0, len(lines) + 1, len(lines) + 1)]
    yield _Section(0, "", _body(lines[: places[0][1] - 1]))
    for (level, start, end), (_level, until, _end) in pairwise(places):
        heading = markdown.plain("\n".join(lines[start - 1 : end]), 10_000)
        yield _Section(level, heading, _body(lines[end : until - 1]))


def _body(lines: list[str]) -> str:
    return re.sub(r"\A(\s*\n)+", "", "\n".join(lines)).rstrip()


def _level(sections: list[_Section]) -> int:
    """The level of the headings with numbers, if there are any."""
    counts = Counter(section.level for section in sections if _number(section.heading))
    return max(counts, key=lambda level: (counts[level], -level), default=0)


def _number(heading: str) -> re.Match[str] | None:
    return _NUMBERED.fullmatch(heading)


def _articles(sections: list[_Section], level: int, numbered: bool) -> Iterator[Article]:
    last = max(
        (place for place, section in enumerate(sections) if _starts(section, level, numbered)),
        default=-1,
    )
    article, part, counts, above = None, "", Counter[str](), ""
    for place, section in enumerate(sections):
        outside = (
            section.level == level
            and not _starts(section, level, numbered)
            and (article is None or place > last)
        )
        if section.level < level:
            part, above = (
                section.heading,
                "\n\n".join(text for text in (above, section.text) if text),
            )
        elif outside or _starts(section, level, numbered):
            if article:
                yield article
            article = _article(section, part, counts, _place(outside, place > last), above)
            above = ""
        elif article:
            inner = f"{'#' * section.level} {section.heading}"
            article = article._replace(
                text="\n\n".join(text for text in (article.text, inner, section.text) if text)
            )
    if article:
        yield article


def _starts(section: _Section, level: int, numbered: bool) -> bool:
    return section.level == level and (not numbered or _number(section.heading) is not None)


def _place(outside: bool, after: bool) -> str:
    return (_AFTER if after else _BEFORE) if outside else ""


def _article(section: _Section, part: str, counts: Counter[str], place: str, above: str) -> Article:
    found = None if place else _number(section.heading)
    counts[place] += 1
    text = "\n\n".join(text for text in (above, section.text) if text)
    if found is None:
        return Article(counts[place], section.heading, text, place=place, part=part)
    return Article(
        int(found["number"]),
        found["title"].strip(),
        text,
        (found["suffix"] or "").lower(),
        part=part,
    )


def _with_definitions(article: Article, definitions: dict[str, str]) -> Article:
    own = [text for name, text in definitions.items() if f"[{name}]" in article.text]
    return article._replace(text=add_definitions(article.text, own))
