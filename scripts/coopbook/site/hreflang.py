"""Where a page is in other languages, for search engines and for readers."""

from __future__ import annotations

import html
from collections.abc import Sequence

from ..records.index import Index
from .context import Site
from .navigation import languages_of
from .sentences import OTHER_PAGE, OTHER_SITE, in_own_language
from .texts import relative


def head_links(index: Index, path: str, alternates: Sequence[tuple[str, str]]) -> str:
    """HTML for the head of the page at `path`: where it is in each language, or that no robot reads
    it.

    The first of `alternates` also serves readers of every other language
    (https://developers.google.com/search/docs/specialty/international/localized-versions).

    Args:
        index: what the audience may see.
        path: the page's path from the site's root.
        alternates: language and path of the page in each language, the co-op's first one first.
    """
    if index.audience == "members" or path.endswith("404.html"):
        return '<meta name="robots" content="noindex">'
    site = index.settings.site
    if not site or len(alternates) < 2:
        return ""
    links = [*alternates, ("x-default", alternates[0][1])]
    return "".join(
        f'<link rel="alternate" hreflang="{html.escape(to)}" href="{html.escape(site + path)}">'
        for to, path in links
    )


def language_switch(site: Site, path: str, alternates: Sequence[tuple[str, str]]) -> str:
    """HTML of the way to each other language: to this page in it, else to the site's home."""
    there = dict(alternates)
    return "".join(
        _language_link(other, relative(there.get(other.language) or other.prefix, path), there)
        for other in site.others
        if other.language in there or other.language in languages_of(site, "home")
    )


def _language_link(other: Site, href: str, there: dict[str, str]) -> str:
    language = other.language
    title = in_own_language(language, OTHER_PAGE if language in there else OTHER_SITE)
    return (
        f'<a href="{html.escape(href)}" hreflang="{language}" lang="{language}" '
        f'title="{html.escape(title)}">'
        f"{html.escape(language.partition('-')[0].upper())}</a>"
    )
