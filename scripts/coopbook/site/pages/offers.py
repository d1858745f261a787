"""Offers and wants of all members."""

from __future__ import annotations

from collections.abc import Iterator

from ...collation import sort_key
from ...index import Entry
from ...spans import Value
from ..context import PER_PAGE, Maker, Site


def offers(site: Site) -> list[tuple[Entry, Value]]:
    """Each offer that still holds, with its member, by title."""
    today = site.index.today.isoformat()
    found = [
        (entry, offer)
        for entry in site.ordered("member")
        if entry.get("presence") != "left"
        for offer in entry.get("offers") or []
        if offer.get("valid_until", "9999") >= today
    ]
    return sorted(found, key=lambda item: (item[1].get("kind") == "want", sort_key(site.text(item[1].get("title")))))


def index_pages(site: Site) -> Iterator[Maker]:
    found = offers(site)
    if not site.main and not any(site.speaks(entry) for entry, _offer in found):
        return
    pages = max(1, -(-len(found) // PER_PAGE))
    title = site.say(site.title_of("offers"))
    for number in range(1, pages + 1):
        here = "offers/" if number == 1 else f"offers/page/{number}/"
        links = (
            [
                (other, "offers/" if other == 1 else f"offers/page/{other}/")
                for other in range(max(1, number - 3), min(pages, number + 3) + 1)
            ]
            if pages > 1
            else []
        )
        part = found[(number - 1) * PER_PAGE : number * PER_PAGE]
        yield site.later(
            here,
            title if number == 1 else f"{title} ({number}/{pages})",
            "lists/offers.html",
            section="offers",
            offers=part,
            total=len(found),
            number=number,
            pages=links,
        )
