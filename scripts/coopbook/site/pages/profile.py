"""A member's page: what stands on it besides the record."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from ...agenda.availability import standing_of
from ...base.formats import phone_link
from ...base.identifiers import SHAPES
from ...base.messages import _
from ...base.once import once
from ...records.coop import NO_OFFICE
from ...records.core_kinds import MEMBER
from ...records.legal import Identifier, form_in
from ...records.model import Record
from ...records.notices import fill
from ..context import Site
from ..mailto import mailto
from ..navigation import address
from ..people import portrait_of

KIND = MEMBER
SHOWN = frozenset(
    [
        "type",
        "name",
        "legal_form",
        "ids",
        "trade_name",
        "trades",
        "skills",
        "headline",
        "bio",
        "photo",
        "languages",
        "place",
        "area",
        "remote",
        "availability",
        "seasons",
        "office",
        "offers",
        "references",
        "credentials",
        "billing",
        "links",
        "contact",
        "people",
        "pronouns",
        "logo",
        "website",
        "engagements",
        "email",
        "phone",
        "address",
        "formerly",
        "listed",
        "presence",
        "open_data",
        "situation",
    ]
)
"""The fields that the template places itself; what is left stands at the end."""


def record_values(site: Site, record: Record, path: str) -> dict[str, Any]:
    """What the page of a member shows."""
    return {"contents": False, "sharing": _sharing(site, record), **profile(site, record)}


def _sharing(site: Site, record: Record) -> dict[str, str]:
    """What the page is where somebody shares its address, and the picture of it."""
    picture = {"photo": "400.jpg", "logo": "logo-400.png"}.get(portrait_of(site, record))
    image = f"files/members/{record.id}/{picture}" if picture else ""
    return {"type": "profile", "image": image}


def profile(site: Site, record: Record) -> dict[str, Any]:
    """What the template of a profile wants."""
    return {
        "record": record,
        "value": record.value,
        "standing": standing_of(record, site.index.today),
        "notice": notice(site, record),
        "entity": site.settings.entity_of(record.get("office") or ""),
        "billing": _billing(site, record.get("office") or ""),
        "contact": _contact(site, record),
        "legal_form": _legal_form(site, record),
        "numbers": _numbers(record),
        "engagements": _newest_first(record.get("engagements") or []),
        "shown_address": show_address,
        "shown": SHOWN,
    }


def _legal_form(site: Site, record: Record) -> Markup:
    """What its legal form is called where it is; empty where it says none."""
    words = record.get("legal_form") or ""
    office = site.settings.offices.get(record.get("office") or "", NO_OFFICE)
    country = record.get("place", "country") or office.country or site.settings.country
    form = form_in(country, words)
    return Markup.escape(site.words.say(form.label)) if form else site.texts.plain(words)


def _numbers(record: Record) -> list[tuple[str, str]]:
    """Its numbers of registers, by field, as they are printed."""
    return [
        (name, SHAPES[name].show(number) if name in SHAPES else number)
        for name, number in (record.get("ids") or {}).items()
        if isinstance(number, str)
    ]


@once
def _billing(site: Site, office: str) -> list[tuple[Identifier, str]]:
    """The number that a client looks for on a quote of a member of this local office."""
    return site.settings.entity_of(office).billing


def _newest_first(engagements: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What goes on, then what is over, the newest first; among equals as in the file."""
    return sorted(
        engagements,
        key=lambda one: ("until" not in one, str(one.get("until", "")), str(one.get("from", ""))),
        reverse=True,
    )


def show_address(url: str) -> str:
    """An address on the web as it is printed: without its scheme and the last slash."""
    return url.partition("://")[2].removesuffix("/")


def notice(site: Site, record: Record) -> Markup:
    """The sentence that the member's situation asks for, filled."""
    situation = site.settings.situations.get(record.get("situation", "kind") or "")
    until = record.get("situation", "contract_until")
    end = site.words.date(until) if until else "…"
    entity = site.settings.entity_of(record.get("office") or "")
    return site.texts.localized(
        {
            language: fill(text, site.settings, entity, end)
            for language, text in (situation.notice if situation else {}).items()
        }
    )


def _contact(site: Site, record: Record) -> dict[str, Any]:
    """The first way to reach somebody, the way through the co-op where it is wanted or the only
    one, and where to tell of a mistake.
    """
    name, prefers = site.texts.text(record.title), record.get("contact", "prefers")
    coop, address_of_site = site.settings.email, site.settings.site
    through = mailto(coop, site.words.say(_("For {name}", name=name))) if coop else ""
    own = {
        "phone": phone_link(record.get("phone")) if record.get("phone") else "",
        "mail": mailto(
            record.get("email"),
            site.words.say(_("Your page at {coop}", coop=site.settings.name)),
        )
        if record.get("email")
        else "",
    }
    wished = [through] if prefers == "coordinator" else [own[prefers]] if prefers in own else []
    page = address_of_site + site.addresses.url(site.index.entries[KIND][record.id])
    words = {
        own["phone"]: _("Call"),
        own["mail"]: _("Write"),
        through: _("Write through the co-op"),
    }
    ways = [way for way in dict.fromkeys((*wished, own["mail"], own["phone"])) if way] or [
        through
    ] * bool(through)
    return {
        "ways": [(site.words.say(words[way]), way) for way in ways],
        "coop": through if prefers == "coordinator" or not any(own.values()) else "",
        "report": mailto(
            coop, site.words.say(_("A mistake on the page of {name}", name=name)), f"{page}\n\n"
        )
        if coop
        else "",
        "clients": address(site, "clients") or "",
    }
