"""Offers and wants of all members."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ...base.collation import sort_key
from ...records.index import Entry
from ..context import Site
from ..listing import list_pages
from ..navigation import title_of
from ..ordering import order_members
from ..rendering import Maker


class Offered(NamedTuple):
    """An offer that still holds: its member, its number there, offer or want."""

    member: Entry
    number: int
    kind: str


def offers(site: Site) -> list[Offered]:
    """Each offer that still holds: offers first, then wants, by title."""
    today = site.index.today.isoformat()
    found = []
    for entry in order_members(site):
        for number, offer in enumerate(entry.get("offers") or []):
            if offer.get("valid_until", "9999") >= today:
                found.append(
                    (
                        sort_key(site.texts.text(offer.get("title"))),
                        Offered(entry, number, str(offer.get("kind") or "offer")),
                    )
                )
    return [
        offered
        for _key, offered in sorted(
            found, key=lambda item: (item[1].kind, item[0], item[1].member.id, item[1].number)
        )
    ]


def index_pages(site: Site) -> Iterator[Maker]:
    found = offers(site)
    spoken = site.addresses.languages_of_list(offered.member for offered in found)
    title = site.words.say(title_of(site, "offers"))
    yield from list_pages(
        site,
        "offers/",
        title,
        found,
        "lists/offers.html",
        section="offers",
        contents=False,
        languages=spoken,
    )
