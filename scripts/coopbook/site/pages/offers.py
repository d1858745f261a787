"""Offers and wants of all members."""

from __future__ import annotations

from collections.abc import Iterator

from ...collation import sort_key
from ...index import Entry
from ..context import Maker, Site
from ..listing import listing


def offers(site: Site) -> list[tuple[Entry, int]]:
    """Each offer that still holds, as its member and its number there: offers first, then wants, by title."""
    today = site.index.today.isoformat()
    found = []
    for entry in site.index.of("member"):
        for number, offer in enumerate(entry.get("offers") or [] if entry.get("presence") != "left" else []):
            if offer.get("valid_until", "9999") >= today:
                found.append((offer.get("kind") == "want", sort_key(site.text(offer.get("title"))), entry, number))
    return [(entry, number) for _want, _key, entry, number in sorted(found, key=lambda item: (*item[:2], item[2].id, item[3]))]


def index_pages(site: Site) -> Iterator[Maker]:
    found = offers(site)
    spoken = site.spoken(entry for entry, _number in found)
    yield from listing(site, "offers/", site.say(site.title_of("offers")), found, "lists/offers.html", section="offers", spoken=spoken)
