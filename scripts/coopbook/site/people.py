"""What the cards of members show besides their fields."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from ..base.messages import _
from ..base.once import once
from ..outputs.api import offers_of
from ..records.coop import NO_OFFICE
from ..records.index import Entry
from ..records.model import Record
from .context import Site
from .ordering import order_members

ORGANISATION = "organisation"
"""The `type` of a member that is no person."""


def first_price(site: Site, entry: Entry) -> str:
    """The price of a member's first priced offer, for those who compare; empty if there is none,
    and for who has left.
    """
    prices = (
        offer["price"]
        for offer in offers_of(entry)
        if offer.get("price") and offer.get("kind") == "offer"
    )
    price = next(prices, None)
    return site.words.price(price, site.texts.field(entry.kind, "offers.price")) if price else ""


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


def place_of(site: Site, entry: Entry) -> Markup:
    """Where a member is, in a word or two: the town, else the region, else the area, else the local
    office, else the country; empty where nothing is said.
    """
    place, office = entry.value.get("place") or {}, entry.value.get("office")
    if found := place.get("city") or place.get("region"):
        return Markup.escape(found)
    if area := entry.value.get("area"):
        return site.texts.localized(area)
    if office in site.settings.offices:
        return site.texts.label("coop.offices", office)
    return Markup.escape(site.words.country_name(place["country"]) if "country" in place else "")


def portrait_of(site: Site, entry: Entry | Record) -> str:
    """Which picture stands for a member: an organisation's logo, else a photo, else a logo; empty
    where initials do.
    """
    pictures = {"photo": site.index.photo, "logo": site.index.logo}
    is_organisation = entry.value.get("type") == ORGANISATION
    order = ("logo", "photo") if is_organisation else ("photo", "logo")
    return next((one for one in order if one in entry.value and pictures[one](entry.id)), "")


def only_organisations(entries: Iterable[Entry]) -> bool:
    """Whether there are members in a list, and none is a person."""
    types = {entry.get("type") for entry in entries}
    return types == {ORGANISATION}
