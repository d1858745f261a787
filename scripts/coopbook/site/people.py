"""What the cards of members show besides their fields."""

from __future__ import annotations

from ..records.index import Entry
from .context import Site


def first_price(site: Site, entry: Entry) -> str:
    """The price of a member's first priced offer, for those who compare; empty if there is none."""
    prices = (
        offer["price"]
        for offer in entry.get("offers") or []
        if offer.get("price") and offer.get("kind") == "offer"
    )
    price = next(prices, None)
    return site.words.price(price, site.texts.field(entry.kind, "offers.price")) if price else ""


def has_portrait(site: Site, entry: Entry) -> bool:
    """Whether a member's photo is shown."""
    return "photo" in entry.value and site.index.photo(entry.id) is not None
