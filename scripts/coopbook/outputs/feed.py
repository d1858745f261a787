"""What is new, as a feed (Atom, RFC 4287): `feed/<language>.xml`.

It has decisions, votes that open, minutes of meetings and dates. Ids never change, whatever the
address of the site; every instant comes from the data, so that the same files give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from ..base.messages import Translator, _, translator
from ..base.version import __version__
from ..decisions.status import VOTING
from ..decisions.wording.outcomes import RESULTS, numbered
from ..records.addresses import Addresses
from ..records.index import Entry, Index
from .api import url_of
from .calendar import id_host

FOLDER = "feed"
MOST = 50
DRAFT = "draft"


class News(NamedTuple):
    """An entry of the feed.

    Attributes:
        at: when it happened.
        changed: when it was last corrected.
        key: names it for ever, below the host of the site.
        title: in the feed's language.
        about: a summary in plain text; may be empty.
        entry: the record whose page tells more.
    """

    at: datetime
    changed: datetime
    key: str
    title: str
    about: str
    entry: Entry


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
    found = [
        *_results(index, language, say),
        *_votes(index, language, say),
        *_minutes(index, language),
        *_dates(index, language),
    ]
    return sorted(found, key=lambda one: (one.at, one.key), reverse=True)[:MOST]


def _results(index: Index, language: str, say: Translator) -> Iterator[News]:
    for entry in index.of("result"):
        if not {"result", "counted_at"} <= entry.value.keys():
            continue
        proposal = index.find("proposal", entry.get("proposal") or "")
        words = [numbered(entry.get("number")), RESULTS[entry.get("result")]]
        at = datetime.fromisoformat(entry.get("counted_at"))
        changed = max(
            [at, *(_midnight(one["on"]) for one in entry.get("errata") or [] if one.get("on"))]
        )
        about = " · ".join(say(word) for word in words if word)
        more = index.text(proposal.get("summary"), language) if proposal else ""
        yield News(
            at,
            changed,
            f"result/{entry.id}",
            index.text(entry.title, language),
            f"{about}. {more}".strip(),
            proposal or entry,
        )


def _votes(index: Index, language: str, say: Translator) -> Iterator[News]:
    today = index.today.isoformat()
    for entry in index.of("proposal"):
        opened = entry.get("opens")
        if opened and opened[:10] <= today and entry.get("status") in VOTING:
            title = say(_("Open to vote: {words}", words=index.text(entry.title, language)))
            about = index.text(entry.get("summary"), language)
            at = datetime.fromisoformat(opened)
            yield News(at, at, f"proposal/{entry.id}", title, about, entry)


def _minutes(index: Index, language: str) -> Iterator[News]:
    for entry in index.of("minutes"):
        if entry.get("date") and entry.get("status") != DRAFT:
            at = _midnight(entry.get("date"))
            changed = max(
                [at, *(_midnight(one["on"]) for one in entry.get("errata") or [] if one.get("on"))]
            )
            yield News(
                at, changed, f"minutes/{entry.id}", index.text(entry.title, language), "", entry
            )


def _dates(index: Index, language: str) -> Iterator[News]:
    """Announced dates: news on the day of their file's last change, if a history was given."""
    for entry in index.of("event"):
        changed = index.history.changed(entry.file)
        if changed:
            about = (
                f"{entry.get('date') or ''} {index.text(entry.get('summary'), language)}".strip()
            )
            yield News(
                _midnight(changed),
                _midnight(changed),
                f"event/{entry.id}",
                index.text(entry.title, language),
                about,
                entry,
            )


def _midnight(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(), UTC)


def _id(index: Index, key: str) -> str:
    """A lasting id for what has this key in the co-op (RFC 9562, version 5)."""
    return uuid5(NAMESPACE_URL, f"https://{id_host(index)}/{key}").urn


def _write_feed(index: Index, language: str, news: list[News]) -> bytes:
    from feedgen.feed import FeedGenerator  # type: ignore[import-untyped]

    coop, name = index.coop, str(index.coop.get("name") or "")
    start = coop.get("site" if index.audience == "public" else "members_site") or ""
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
