"""Texts in force: the whole as it stands and as it stood on each day it changed, an article with
its wordings and what changed in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from ...decisions.bylaws import (
    Step,
    days,
    heading,
    language_of,
    outline,
    place_of,
    wordings,
    wordings_on,
)
from ...decisions.bylaws.wording import Piece, differences
from ...decisions.kinds import ARTICLE, TEXT
from ...decisions.types import Article as ArticleText
from ...records.index import Entry
from ...records.model import Record
from ..context import Site
from ..navigation import title_of
from ..ordering import order
from ..rendering import Maker, defer_page, make_page
from ..shells import Page

KIND = TEXT

_DEEPEST = 6


@dataclass(frozen=True)
class Wording:
    """One wording of an article. `replaced`: the day another one took its place; `changes`: its
    words against those before, line by line.
    """

    entry: Entry
    since: str
    replaced: str
    changes: list[list[Piece]] | None

    @property
    def last(self) -> str:
        """The last day on which it held; nothing for one that still does."""
        return (
            (date.fromisoformat(self.replaced) - timedelta(days=1)).isoformat()
            if self.replaced
            else ""
        )


@dataclass(frozen=True)
class Article:
    """An article in the whole text. `begins`: the headings of parts that begin above it, with their
    depth; `level`: that of its own heading; `next`: the day from which it reads otherwise, when
    that is decided and still ahead.
    """

    id: str
    entry: Entry
    words: str
    begins: tuple[tuple[int, str], ...]
    level: int
    text: Markup
    wordings: list[Wording]
    next: str


def index_pages(site: Site) -> Iterator[Maker]:
    documents = order(site, TEXT)
    spoken = site.addresses.languages_of_list(documents)
    if documents and site.language in spoken:
        title, alternates = (
            site.words.say(title_of(site, "decisions/bylaws")),
            site.addresses.paths("decisions/bylaws/", spoken),
        )
        shown = [(entry, _last(site, entry.id)) for entry in documents]
        values: dict[str, Any] = {
            "section": "decisions/bylaws",
            "contents": False,
            "alternates": alternates,
            "documents": shown,
        }
        yield defer_page(site, "decisions/bylaws/", title, "lists/bylaws.html", **values)
    for document in documents:
        if site.addresses.speaks(document):
            for day in days(site.index, document.id):
                yield partial(_page_on, site, document, day)


def _last(site: Site, document: str) -> str:
    """The last day on which something in a text changed, up to today."""
    return max(
        (day for day in days(site.index, document) if day <= site.index.today.isoformat()),
        default="",
    )


def record_values(site: Site, record: Record, path: str) -> dict[str, Any]:
    """What the page of a text shows: it as it stands today, and the days on which it changed."""
    document = site.index.entries[TEXT][record.id]
    return _text(site, document, site.index.today.isoformat(), path) | {"today": True}


def _page_on(site: Site, document: Entry, day: str) -> Page:
    """A text as it stood on a day on which it changed, with what changed."""
    path = f"decisions/bylaws/{document.id}/on/{day}/"
    values = _text(site, document, day, site.prefix + path)
    changed = [
        (article, one)
        for article in values["articles"]
        for one in article.wordings
        if one.since == day
    ]
    values |= {
        "entry": document,
        "value": document.value,
        "today": False,
        "day": day,
        "changed": changed,
    }
    alternates = site.addresses.paths(path, site.addresses.languages_of(document))
    title = Markup("{}, {}").format(site.texts.title(document), site.words.date(day))
    return make_page(
        site,
        path,
        title,
        "bylaws_on.html",
        section="decisions/bylaws",
        alternates=alternates,
        **values,
    )


def _text(site: Site, document: Entry, day: str, path: str) -> dict[str, Any]:
    histories = wordings(site.index, document.id)
    held = wordings_on(site.index, document.id, day)
    articles = [
        _article(site, document, entry, histories, path, step)
        for entry, step in zip(held, outline(held), strict=True)
    ]
    found = {"articles": articles, "language": foreign_language(site, document)}
    return found | {
        "days": list(reversed(days(site.index, document.id))),
        "last": _last(site, document.id),
    }


def _article(
    site: Site,
    document: Entry,
    entry: Entry,
    histories: dict[str, list[Entry]],
    path: str,
    step: Step,
) -> Article:
    place = place_of(entry.id)
    id = place.article if place else entry.id
    ahead = [
        ArticleText.of(one).in_force
        for one in histories[id]
        if ArticleText.of(one).in_force > site.index.today.isoformat()
    ]
    level = min(_DEEPEST, 2 + step.depth)
    words, text = (
        heading(site.index, document, entry),
        render_article(site, document, entry, path, min(_DEEPEST, level + 1), f"{id}-"),
    )
    history = history_of(histories[id])
    return Article(id, entry, words, step.begins, level, text, history, next(iter(ahead), ""))


def foreign_language(site: Site, document: Entry | None) -> str:
    """The language of a text where that is not the page's."""
    language = language_of(site.index, document)
    return language if site.texts.is_foreign(language) else ""


def render_article(
    site: Site, document: Entry | None, entry: Entry, path: str, top: int, prefix: str = ""
) -> Markup:
    """An article's own text; nothing for one that no longer holds."""
    if ArticleText.of(entry).repealed:
        return Markup("")
    record = Record(site.index.kinds[ARTICLE], entry.id, entry.file, entry.value, entry.body)
    made = site.texts.render(entry.body, record, path, top=top, prefix=prefix).html
    return site.texts.mark_language(language_of(site.index, document), made)


def history_of(found: list[Entry]) -> list[Wording]:
    """An article's wordings, the last one first."""
    ends = [*(ArticleText.of(entry).in_force for entry in found[1:]), ""]
    changes: list[list[list[Piece]] | None] = [
        None,
        *(_changes(before, after) for before, after in pairwise(found)),
    ]
    return [
        Wording(entry, ArticleText.of(entry).in_force, end, lines)
        for entry, end, lines in zip(found, ends, changes, strict=True)
    ][::-1]


def _changes(before: Entry, after: Entry) -> list[list[Piece]]:
    """What differs between two wordings, in their headings too where these differ."""
    titled = ArticleText.of(before).title != ArticleText.of(after).title

    def wording(entry: Entry) -> str:
        said = ArticleText.of(entry)
        return f"{said.title if titled else ''}\n\n{'' if said.repealed else entry.body}"

    return differences(wording(before), wording(after))
