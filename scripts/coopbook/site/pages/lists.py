"""The list of each other kind, from its own template where it has one."""

from __future__ import annotations

from collections.abc import Iterator

from ..context import Site
from ..engine import template_for
from ..listing import list_pages
from ..navigation import page_kinds, title_of
from ..ordering import order
from ..rendering import Maker

OWN = {"member", "page", "event", "bylaws", "article", "minutes", "proposal", "result"}


def index_pages(site: Site) -> Iterator[Maker]:
    for kind in page_kinds(site):
        if kind.name not in OWN:
            template = template_for("lists", kind.name, "lists/records.html")
            entries, title = order(site, kind.name), site.words.say(title_of(site, kind.folder))
            yield from list_pages(
                site,
                f"{kind.folder}/",
                title,
                entries,
                template,
                languages=site.addresses.languages_of_list(entries),
                section=kind.folder,
                contents=False,
            )
