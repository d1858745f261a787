"""The home page: what the co-op is, where to look, three faces."""

from __future__ import annotations

from collections.abc import Iterator

from ..context import Maker, Site
from .directory import facet_terms

MOST_TRADES = 30


def index_pages(site: Site) -> Iterator[Maker]:
    spoken = [language for language in site.index.languages if language == site.index.languages[0] or _speaks(site, language)]
    if site.language not in spoken:
        return
    faces = [entry for entry in site.ordered("member") if entry.get("listed") is True and entry.get("presence") != "left"]
    start = site.index.today.toordinal() * 3 % len(faces) if faces else 0
    chosen = (faces + faces)[start : start + min(3, len(faces))]
    most = sorted(facet_terms(site, "trades"), key=lambda item: -item[1])[:MOST_TRADES]
    trades = [item for item in facet_terms(site, "trades") if item in most]
    tagline = site.text(site.coop.get("tagline"))
    projects = [entry for entry in site.ordered("project") if entry.get("status") == "active"][:3]
    yield site.later(
        "",
        tagline or site.text(site.coop.get("name")),
        "home.html",
        section="home",
        description=tagline,
        faces=chosen,
        trades=trades,
        projects=projects,
        offices=facet_terms(site, "offices"),
        alternates=site.everywhere("", spoken),
    )


def _speaks(site: Site, language: str) -> bool:
    """Whether the co-op says something of itself in this language."""
    return any(language in (site.coop.get(name) or {}) for name in ("tagline", "about"))
