"""Local offices: where, when, who, what is coming."""

from __future__ import annotations

from collections.abc import Iterator

from ...agenda.days import office_id
from ..context import Site
from ..facets import group, languages_of_office
from ..happenings import coming, day_of
from ..listing import list_pages
from ..rendering import Maker


def index_pages(site: Site) -> Iterator[Maker]:
    coop = site.coop_record
    for id, office in site.settings.offices.items():
        path, spoken = f"offices/{id}/", languages_of_office(site, id)
        values = {
            "about": office,
            "entity": site.settings.entity_of(id),
            "about_html": site.texts.rich(office.about, coop, "about-", site.prefix + path, 2)
            if office.about
            else "",
            "events": [
                entry
                for entry in coming(site)
                if (day := day_of(site, entry)) and office_id(day) == id
            ][:3],
        }
        people = group(site, "offices").get(id, [])
        title = site.texts.localized(office.name)
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
