"""Dates: what is coming, what has been."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...records.index import Entry
from ..context import Site
from ..navigation import title_of
from ..rendering import Maker, defer_page
from ..subscribing import head_links

PAST = 20
"""Dates gone by that are still listed."""


def dates(site: Site) -> list[Entry]:
    """Every event, the first on top."""
    events = [entry for entry in site.index.of("event") if entry.get("date")]
    return sorted(
        events,
        key=lambda entry: (str(entry.get("date") or ""), str(entry.get("starts") or ""), entry.id),
    )


def coming(site: Site) -> list[Entry]:
    """What is today or later."""
    today = site.index.today.isoformat()
    return [
        entry
        for entry in dates(site)
        if str(entry.get("until") or entry.get("date") or "") >= today
    ]


def index_pages(site: Site) -> Iterator[Maker]:
    events = dates(site)
    spoken = site.addresses.languages_of_list(events)
    if not events or site.language not in spoken:
        return
    ahead = coming(site)
    past = [entry for entry in reversed(events) if entry not in ahead][:PAST]
    title, alternates = (
        site.words.say(title_of(site, "events")),
        site.addresses.paths("events/", spoken),
    )
    values: dict[str, Any] = {
        "section": "events",
        "contents": False,
        "alternates": alternates,
        "head": head_links(site, "events/"),
    }
    yield defer_page(site, "events/", title, "lists/event.html", coming=ahead, past=past, **values)
