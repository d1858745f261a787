"""The directory: everybody, then by trade, by skill and by local office, page by page."""

from __future__ import annotations

from collections.abc import Iterator

from ...collation import sort_key
from ..context import FACETS, Maker, Site
from ..listing import listing

TEMPLATE = "lists/member.html"


def index_pages(site: Site) -> Iterator[Maker]:
    members = site.ordered("member")
    spoken, title = site.spoken(members), site.say(site.title_of("members"))
    facets = {name: facet_terms(site, name) for name in FACETS}
    yield from listing(site, "members/", title, members, TEMPLATE, spoken=spoken, section="members", facets=facets)
    for name in FACETS if site.language in spoken else ():
        yield from _facet_pages(site, name, spoken)


def _facet_pages(site: Site, name: str, spoken: list[str]) -> Iterator[Maker]:
    """The terms of a facet, in the languages of the directory, and the members of each."""
    _field, vocabulary, title = FACETS[name]
    terms = facet_terms(site, name)
    values = {"vocabulary": vocabulary, "folder": name, "terms": terms, "alternates": site.everywhere(f"{name}/", spoken)}
    yield site.later(f"{name}/", site.say(title), "lists/terms.html", section="members", **values)
    for term, _count in terms:
        entries, label = site.facet(name)[term], site.label(vocabulary, term).striptags()
        office = (site.coop.get("offices") or {}).get(term) if name == "offices" else None
        there = site.spoken(entries)
        yield from listing(site, f"{name}/{term}/", label, entries, TEMPLATE, spoken=there, section="members", facets={}, about=office)


def facet_terms(site: Site, name: str) -> list[tuple[str, int]]:
    """Terms and how many have them, by label."""
    vocabulary, groups = FACETS[name][1], site.facet(name)
    return [(term, len(groups[term])) for term in sorted(groups, key=lambda term: sort_key(site.label(vocabulary, term).striptags()))]
