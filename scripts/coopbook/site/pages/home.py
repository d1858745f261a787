"""The home page: what the co-op is, where to look, three faces."""

from __future__ import annotations

from collections.abc import Iterator

from ..context import Maker, Site


def index_pages(site: Site) -> Iterator[Maker]:
    if not site.main and not _speaks(site):
        return
    faces = [entry for entry in site.ordered("member") if entry.get("listed") is True and entry.get("presence") != "left"]
    start = site.index.today.toordinal() * 3 % len(faces) if faces else 0
    chosen = (faces + faces)[start : start + min(3, len(faces))]
    trades = sorted(site.facet("trades").items(), key=lambda item: (-len(item[1]), item[0]))[:12]
    projects = [entry for entry in site.ordered("project") if entry.get("status") == "active"][:3]
    yield site.later(
        "",
        site.text(site.coop.get("name")),
        "home.html",
        section="home",
        description=site.text(site.coop.get("tagline")),
        faces=chosen,
        trades=trades,
        projects=projects,
        others=[(other.language, other.prefix) for other in site.others if other.main or _speaks(other)],
    )


def _speaks(site: Site) -> bool:
    """Whether the co-op says something of itself in this language."""
    return any(site.language in (site.coop.get(name) or {}) for name in ("tagline", "about"))
