"""Where a page is in other languages, for search engines and for readers; and whether it is to be found at all."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..records.index import Index

if TYPE_CHECKING:
    from .context import Site

from .navigation import speaks


def head_of(index: Index, path: str, alternates: Sequence[tuple[str, str]]) -> str:
    """HTML for the head of the page at `path`. `alternates` are the language and the path of the page in each language, the co-op's first on
    top: that one is also for all other readers (https://developers.google.com/search/docs/specialty/international/localized-versions)."""
    if index.audience == "members" or path.endswith("404.html"):
        return '<meta name="robots" content="noindex">'
    site = index.coop.get("site")
    if not site or len(alternates) < 2:
        return ""
    links = [*alternates, ("x-default", alternates[0][1])]
    return "".join(
        f'<link rel="alternate" hreflang="{html.escape(to)}" href="{html.escape(site + path)}">'
        for to, path in links
    )


def switch(site: Site, path: str, alternates: Sequence[tuple[str, str]]) -> str:
    """HTML of the way to each other language: to this page in it, else to the site's home."""
    there = dict(alternates)
    return "".join(
        f'<a href="{html.escape(site.href(there.get(other.language) or other.prefix, path))}" hreflang="{other.language}" lang="{other.language}" '
        f'title="{html.escape(site.this_page_in(other.language) if other.language in there else site.this_site_in(other.language))}">'
        f"{html.escape(other.language.partition('-')[0].upper())}</a>"
        for other in site.others
        if other.language in there or speaks(other, "home")
    )
