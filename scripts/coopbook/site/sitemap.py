"""What search engines may read: `sitemap.xml` and `robots.txt`.

A sitemap (https://www.sitemaps.org/protocol.html) holds at most 50,000 addresses; a larger site
gets several and an index of them. Members' sites ask not to be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from ..records.index import Index

MOST = 50_000
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemap_files(index: Index, paths: list[str]) -> Iterator[tuple[str, str]]:
    """The files for search engines; `paths` are those of the pages, from the site's root."""
    site = index.settings.site
    if index.audience != "public":
        yield "robots.txt", "User-agent: *\nDisallow: /\n"
        return
    yield (
        "robots.txt",
        "User-agent: *\nAllow: /\n" + (f"Sitemap: {site}sitemap.xml\n" if site else ""),
    )
    if not site:
        return
    pages = [site + path for path in sorted(paths) if path.endswith("/") or not path]
    parts = [pages[start : start + MOST] for start in range(0, len(pages), MOST)] or [[]]
    if len(parts) == 1:
        yield "sitemap.xml", _document("urlset", "url", parts[0])
        return
    for number, part in enumerate(parts, 1):
        yield f"sitemap-{number}.xml", _document("urlset", "url", part)
    yield (
        "sitemap.xml",
        _document(
            "sitemapindex",
            "sitemap",
            [f"{site}sitemap-{number}.xml" for number in range(1, len(parts) + 1)],
        ),
    )


def _document(outer: str, inner: str, pages: list[str]) -> str:
    rows = "".join(f"<{inner}><loc>{escape(page)}</loc></{inner}>\n" for page in pages)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{outer} {_NAMESPACE}>\n{rows}</{outer}>\n'
