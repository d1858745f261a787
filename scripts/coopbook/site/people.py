"""What the cards of members show besides their fields."""

from __future__ import annotations

from ..base.messages import _
from ..base.once import once
from ..records.coop import NO_OFFICE
from ..records.index import Entry
from .context import Site
from .ordering import order_members


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


@once
def search_example(site: Site) -> str:
    """What one may type to find somebody: the main trade and the town of the first member who has
    both, else of the first who has a trade; words for it where there is none.
    """
    skilled = [entry for entry in order_members(site) if entry.get("trades")]
    first = next((entry for entry in skilled if _town(site, entry)), next(iter(skilled), None))
    if not first:
        return site.words.say(_("a trade, a town"))
    trade = site.texts.label("trades", first.get("trades")[0]).striptags()
    return f"{trade[:1].lower()}{trade[1:]} {_town(site, first)}".rstrip()


def _town(site: Site, entry: Entry) -> str:
    """Where a member is, or the local office."""
    office = site.settings.offices.get(entry.get("office") or "", NO_OFFICE)
    return str(entry.get("place", "city") or office.city)
