"""The list of every kind that has no module of its own: in the order that its schema says, from a
template of its own where it has one.

What is on a day is in order of date, with what is past below.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...records.model import Kind
from ..context import Site
from ..engine import template_for
from ..happenings import also_on, happens, in_order
from ..listing import list_pages
from ..navigation import has, page_kinds, title_of
from ..ordering import order
from ..rendering import Maker
from ..subscribing import head_links
from . import listed_kinds


def index_pages(site: Site) -> Iterator[Maker]:
    made: set[str] = {kind.folder for kind in page_kinds(site) if kind.name in listed_kinds()}
    for kind in page_kinds(site):
        if kind.folder not in made and has(site, kind.folder):
            made.add(kind.folder)
            yield from _list(site, kind)


def _list(site: Site, kind: Kind) -> Iterator[Maker]:
    dated = happens(kind)
    path, entries = f"{kind.folder}/", [*order(site, kind.name), *also_on(site, kind)]
    yield from list_pages(
        site,
        path,
        site.words.say(title_of(site, kind.folder)),
        in_order(site, kind, entries),
        template_for("lists", kind.name, "lists/dated.html" if dated else "lists/records.html"),
        languages=site.addresses.languages_of_list(entries),
        section=kind.folder,
        contents=False,
        head=head_links(site, path) if dated else "",
    )
