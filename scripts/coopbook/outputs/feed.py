"""What is new, as a feed (Atom, RFC 4287): `feed/<language>.xml`.

It has decisions, votes that open, polls, minutes of meetings and dates. Ids never change, whatever
the address of the site; every instant comes from the data, so that the same files give the same
bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from ..agenda.days import own_day
from ..base.messages import _, translator
from ..base.version import __version__
from ..decisions.news import News, midnight, news_of_deciding
from ..records.addresses import Addresses
from ..records.index import Index
from .api import url_of
from .calendar import id_host

FOLDER = "feed"
MOST = 50


def index_files(index: Index) -> Iterator[tuple[str, bytes]]:
    """The feed in each language, if there is any news."""
    for language in index.languages:
        news = latest_news(index, language)
        if news:
            yield feed_path(language), _write_feed(index, language, news)


def feed_path(language: str) -> str:
    """The path of a language's feed, from the site's root."""
    return f"{FOLDER}/{language}.xml"


def latest_news(index: Index, language: str) -> list[News]:
    """The last things that happened, the newest first."""
    say = translator(index.usage(language), shown=str)
    found = [*news_of_deciding(index, language, say), *_dates(index, language)]
    return sorted(found, key=lambda one: (one.at, one.key), reverse=True)[:MOST]


def _dates(index: Index, language: str) -> Iterator[News]:
    """Announced dates: news on the day of their file's last change, if a history was given."""
    for kind in index.kinds.values():
        word = kind.date
        for entry in index.of(kind.name) if word and not word.due else ():
            changed, day = index.history.changed(entry.file), own_day(kind, entry.value)
            # a record that has no day by its schema's conditions, such as minutes, is no date
            if changed and (day or (word and word.when is None)):
                summary = index.text(entry.get("summary"), language)
                yield News(
                    midnight(changed),
                    midnight(changed),
                    f"{kind.name}/{entry.id}",
                    index.text(entry.title, language),
                    f"{day.at if day else ''} {summary}".strip(),
                    entry,
                )


def _id(index: Index, key: str) -> str:
    """A lasting id for what has this key in the co-op (RFC 9562, version 5)."""
    return uuid5(NAMESPACE_URL, f"https://{id_host(index)}/{key}").urn


def _write_feed(index: Index, language: str, news: list[News]) -> bytes:
    from feedgen.feed import FeedGenerator  # type: ignore[import-untyped]

    name, start = index.settings.name, index.settings.site_of(index.audience)
    feed = FeedGenerator()
    feed.id(_id(index, f"{FOLDER}/{index.audience}/{language}"))
    feed.title(translator(index.usage(language), shown=str)(_("{coop}: what is new", coop=name)))
    feed.language(language)
    feed.author({"name": name or "Coopbook"})
    feed.generator("Coopbook", version=__version__)
    feed.updated(max(one.changed for one in news))
    if start:
        feed.link(
            [
                {"href": start + feed_path(language), "rel": "self"},
                {"href": start + Addresses(index, language).prefix, "rel": "alternate"},
            ]
        )
    for one in news:
        _add_entry(feed.add_entry(order="append"), one, index, bool(start))
    return bytes(feed.atom_str(pretty=True))


def _add_entry(entry: Any, one: News, index: Index, addressed: bool) -> None:
    entry.id(_id(index, one.key))
    entry.title(one.title)
    entry.published(one.at)
    entry.updated(one.changed)
    if not addressed:  # RFC 4287, 4.1.2: an entry without an address has its content in itself
        entry.content(one.about or one.title)
        return
    entry.link({"href": url_of(one.entry, index), "rel": "alternate"})
    if one.about:
        entry.summary(one.about)
