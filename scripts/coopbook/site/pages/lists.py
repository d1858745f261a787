"""The list of each other kind, from its own template where it has one."""

from __future__ import annotations

from collections.abc import Iterator

from ..context import Maker, Site
from ..engine import template_for
from ..listing import listing

OWN = {"member", "page", "event", "bylaws", "article", "minutes", "proposal", "result"}


def index_pages(site: Site) -> Iterator[Maker]:
    for kind in site.kinds:
        if kind.name not in OWN:
            template = template_for("lists", kind.name, "lists/records.html")
            entries, title = site.ordered(kind.name), site.say(site.title_of(kind.folder))
            yield from listing(
                site,
                f"{kind.folder}/",
                title,
                entries,
                template,
                spoken=site.spoken(entries),
                section=kind.folder,
                contents=False,
            )
