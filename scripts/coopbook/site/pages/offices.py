"""Local offices: where, when, who, what is coming."""

from __future__ import annotations

from collections.abc import Iterator

from ...records.model import Record
from ..context import Maker, Site
from ..listing import listing
from .events import coming


def index_pages(site: Site) -> Iterator[Maker]:
    coop = Record(site.index.kinds["coop"], "coop", "coop.yml", site.coop)
    for id, office in (site.coop.get("offices") or {}).items():
        path, spoken = f"offices/{id}/", site.office_languages(id)
        values = {
            "about": office,
            "about_html": site.rich(office["about"], coop, "about-", site.prefix + path, 2)
            if office.get("about")
            else "",
            "events": [entry for entry in coming(site) if entry.get("office") == id][:3],
        }
        people = [
            entry for entry in site.facet("offices").get(id, []) if entry.get("presence") != "left"
        ]
        title = site.localized(office["name"])
        yield from listing(
            site,
            path,
            title,
            people,
            "lists/office.html",
            spoken=spoken,
            section="members",
            contents=False,
            **values,
        )
