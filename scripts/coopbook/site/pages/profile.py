"""A member's page: what stands on it besides the record, and the member's own view of it."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from ...base.formats import phone_link
from ...base.messages import _
from ...records.model import Record
from ...records.notices import fill
from ..context import Site
from ..navigation import address
from ..shells import Page

SHOWN = frozenset(
    [
        "type",
        "name",
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
        "email",
        "phone",
        "address",
        "formerly",
        "listed",
        "open_data",
        "situation",
    ]
)
"""The fields that the template places itself; what is left stands at the end."""


def profile(site: Site, record: Record) -> dict[str, Any]:
    """What the template of a profile wants."""
    return {
        "record": record,
        "value": record.value,
        "notice": notice(site, record),
        "photo": site.index.photo(record.id) if "photo" in record.value else None,
        "contact": _contact(site, record),
        "shown": SHOWN,
    }


def notice(site: Site, record: Record) -> Markup:
    """The sentence that the member's situation asks for, filled."""
    situation = (site.coop.get("situations") or {}).get(record.get("situation", "kind") or "") or {}
    until = record.get("situation", "contract_until")
    end = site.date(until) if until else "…"
    return site.localized(
        {
            language: fill(text, site.coop, end)
            for language, text in (situation.get("notice") or {}).items()
        }
    )


def _contact(site: Site, record: Record) -> dict[str, Any]:
    """The first way to reach somebody, the way through the co-op where it is wanted or the only one, and where to tell of a mistake."""
    name, prefers = site.text(record.title), record.get("contact", "prefers")
    coop, address_of_site = site.coop.get("email"), site.coop.get("site") or ""
    through = site.mail(coop, site.say(_("For {name}", name=name))) if coop else ""
    own = {
        "phone": phone_link(record.get("phone")) if record.get("phone") else "",
        "mail": site.mail(
            record.get("email"), site.say(_("Your page at {coop}", coop=site.coop.get("name")))
        )
        if record.get("email")
        else "",
    }
    wished = [through] if prefers == "coordinator" else [own[prefers]] if prefers in own else []
    page = address_of_site + site.url(site.index.entries["member"][record.id])
    words = {
        own["phone"]: _("Call"),
        own["mail"]: _("Write"),
        through: _("Write through the co-op"),
    }
    ways = [way for way in dict.fromkeys((*wished, own["mail"], own["phone"])) if way] or [
        through
    ] * bool(through)
    return {
        "ways": [(site.say(words[way]), way) for way in ways],
        "coop": through if prefers == "coordinator" or not any(own.values()) else "",
        "report": site.mail(
            coop, site.say(_("A mistake on the page of {name}", name=name)), f"{page}\n\n"
        )
        if coop
        else "",
        "clients": address(site, "clients") or "",
    }


def views(site: Site, record: Record, seen: Record | None, public: Site) -> Page:
    """The member's own page: `seen` is the record as the public sees it, None where it does not."""
    name, coop = site.text(record.title), site.coop.get("email")
    subject, text = (
        site.say(_("Please change my page: {name}", name=name)),
        site.say(_("What is wrong, and what should be there instead:")),
    )
    left = (
        _("You have left the co-op: your page is kept as it was.")
        if record.get("presence") == "left"
        else None
    )
    entry = site.index.entries["member"][record.id]
    return site.page(
        f"members/{record.id}/views/",
        site.say(_("My page: {name}", name=name)),
        "views.html",
        section="mine",
        contents=False,
        alternates=site.everywhere(f"members/{record.id}/views/", site.index.spoken(entry)),
        edit=site.edit(record.file),
        entry=entry,
        by_mail=site.mail(coop, subject, f"{text}\n\n") if coop else "",
        left=site.say(left) if left else "",
        public={"site": public, **profile(public, seen)} if seen else None,
        **profile(site, record),
    )
