"""Local offices: where, when, who, what is coming."""

from __future__ import annotations

from collections.abc import Iterator

from ...records.model import Record
from ..context import Site
from ..facets import group, languages_of_office
from ..listing import list_pages
from ..rendering import Maker
from .events import coming


def index_pages(site: Site) -> Iterator[Maker]:
    coop = Record(site.index.kinds["coop"], "coop", "coop.yml", site.coop)
    for id, office in (site.coop.get("offices") or {}).items():
        path, spoken = f"offices/{id}/", languages_of_office(site, id)
        values = {
            "about": office,
            "about_html": site.texts.rich(office["about"], coop, "about-", site.prefix + path, 2)
            if office.get("about")
            else "",
            "events": [entry for entry in coming(site) if entry.get("office") == id][:3],
        }
        people = [
            entry for entry in group(site, "offices").get(id, []) if entry.get("presence") != "left"
        ]
        title = site.texts.localized(office["name"])
        yield from list_pages(
            site,
            path,
            title,
            people,
            "lists/office.html",
            languages=spoken,
            section="members",
            contents=False,
            **values,
        )
