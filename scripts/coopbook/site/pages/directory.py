"""The directory: everybody, then by trade, by skill and by local office, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...index import Entry
from ...messages import Message
from ..context import FACETS, PER_PAGE, Maker, Site


def index_pages(site: Site) -> Iterator[Maker]:
    members = site.ordered("member")
    yield from listing(
        site,
        "members/",
        site.title_of("members"),
        members,
        "lists/member.html",
        section="members",
        facets={name: facet_terms(site, name) for name in FACETS},
    )
    for name, (_field, vocabulary, title) in FACETS.items():
        if site.main or any(site.speaks(entry) for entry in members):
            yield site.later(
                f"{name}/",
                site.say(title),
                "lists/terms.html",
                section="members",
                vocabulary=vocabulary,
                folder=name,
                terms=facet_terms(site, name),
            )
        for term, entries in sorted(site.facet(name).items()):
            about = {"about": (site.coop.get("offices") or {}).get(term)} if name == "offices" else {}
            yield from listing(
                site,
                f"{name}/{term}/",
                site.label(vocabulary, term).striptags(),
                entries,
                "lists/member.html",
                section="members",
                facets={},
                **about,
            )


def facet_terms(site: Site, name: str) -> list[tuple[str, int]]:
    """Terms and how many have them, by label."""
    from ...collation import sort_key

    vocabulary = FACETS[name][1]
    groups = site.facet(name)
    return [(term, len(groups[term])) for term in sorted(groups, key=lambda term: sort_key(site.label(vocabulary, term).striptags()))]


def listing(
    site: Site, path: str, title: str | Message, entries: list[Entry], template: str, *, section: str, **values: Any
) -> Iterator[Maker]:
    """A list cut into pages of 200; in another language only where somebody on it is translated."""
    if not site.main and not any(site.speaks(entry) for entry in entries):
        return
    title = title if isinstance(title, str) else site.say(title)
    pages = max(1, -(-len(entries) // PER_PAGE))
    for number in range(1, pages + 1):
        part = entries[(number - 1) * PER_PAGE : number * PER_PAGE]
        here = path if number == 1 else f"{path}page/{number}/"
        name = title if number == 1 else f"{title} ({number}/{pages})"
        links = [(other, path if other == 1 else f"{path}page/{other}/") for other in _near(number, pages)]
        yield site.later(
            here, name, template, section=section, entries=part, total=len(entries), number=number, pages=links, first=number == 1, **values
        )


def _near(number: int, pages: int) -> list[int]:
    """The page numbers offered from a page: the ends, the neighbours and some steps between, however long the list."""
    steps = {
        1,
        pages,
        *range(max(1, number - 2), min(pages, number + 2) + 1),
        *(number + 10 * step for step in (-1, 1) if 1 <= number + 10 * step <= pages),
    }
    return sorted(steps) if pages > 1 else []
