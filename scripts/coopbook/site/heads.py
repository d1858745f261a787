"""What the head of a page tells search engines: whether to read it, and where it is in other languages."""

from __future__ import annotations

import html
from collections.abc import Sequence

from ..index import Index


def head_of(index: Index, path: str, alternates: Sequence[tuple[str, str]]) -> str:
    """HTML for the head of the page at `path`. `alternates` are the language and the path of the page in each language, the co-op's first on
    top: that one is also for all other readers (https://developers.google.com/search/docs/specialty/international/localized-versions)."""
    if index.audience == "members" or path.endswith("404.html"):
        return '<meta name="robots" content="noindex">'
    site = index.coop.get("site")
    if not site or len(alternates) < 2:
        return ""
    links = [*alternates, ("x-default", alternates[0][1])]
    return "".join(f'<link rel="alternate" hreflang="{html.escape(to)}" href="{html.escape(site + path)}">' for to, path in links)
