"""The list of each other kind, from its own template where it has one."""

from __future__ import annotations

from collections.abc import Iterator

from ..context import Maker, Site
from ..engine import templates
from .directory import listing

OWN = {"member", "page"}


def index_pages(site: Site) -> Iterator[Maker]:
    for kind in site.kinds:
        if kind.name not in OWN:
            name = f"lists/{kind.name}.html"
            template = name if name in templates().list_templates() else "lists/records.html"
            yield from listing(site, f"{kind.folder}/", site.title_of(kind.folder), site.ordered(kind.name), template, section=kind.folder)
