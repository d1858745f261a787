"""Members by trade, by skill and by local office."""

from __future__ import annotations

from typing import NamedTuple

from ..base.collation import sort_key
from ..base.messages import Message, _
from ..base.once import once
from ..records.coop import NO_OFFICE
from ..records.core_kinds import MEMBER
from ..records.index import Entry
from .context import Site
from .ordering import order_members


class Facet(NamedTuple):
    """A way to sort the directory: the field of a member, its vocabulary, the title of the list."""

    field: str
    vocabulary: str
    title: Message


FACETS = {
    "trades": Facet("trades", "trades", _("Trades")),
    "skills": Facet("skills", "skills", _("Skills")),
    "offices": Facet("office", "coop.offices", _("Local offices")),
}
"""The facets of the directory, by their folder on the site."""


@once
def group(site: Site, facet: str) -> dict[str, list[Entry]]:
    """Members by the terms of a facet, in the order of the directory; only terms that are in
    use.
    """
    found: dict[str, list[Entry]] = {}
    for entry in order_members(site):
        value = entry.get(FACETS[facet].field) or []
        for term in value if isinstance(value, list) else [value]:
            found.setdefault(term, []).append(entry)
    return found


def count_terms(site: Site, facet: str) -> list[tuple[str, int]]:
    """The terms of a facet by their label, each with how many members have it."""
    groups, vocabulary = group(site, facet), FACETS[facet].vocabulary
    terms = sorted(
        groups, key=lambda term: sort_key(site.texts.label(vocabulary, term).striptags())
    )
    return [(term, len(groups[term])) for term in terms]


def choices(site: Site, facet: str) -> list[tuple[str, int]]:
    """The terms of a facet to choose from, as `count_terms` has them; none where fewer than one
    member in ten says any: who chose one would not see the others.
    """
    members = order_members(site)
    saying = sum(bool(entry.get(FACETS[facet].field)) for entry in members)
    return count_terms(site, facet) if saying * _ONE_IN >= len(members) else []


_ONE_IN = 10


def terms_in_use(site: Site, facet: str, terms: list[str] | None) -> list[str]:
    """Those of the terms that some member has: the others have no page."""
    return [term for term in terms or [] if term in group(site, facet)]


def languages_of_office(site: Site, office: str) -> list[str]:
    """The languages in which a local office has a page.

    They are the first one, and those in which its name or one of its people is written.
    """
    name = site.settings.offices.get(office, NO_OFFICE).name
    people = site.addresses.languages_of_list(group(site, "offices").get(office, []))
    return [language for language in site.index.languages if language in people or language in name]


@once
def address(site: Site, path: str) -> str:
    """The path of a facet's list, such as `trades`, or of a term's, such as `trades/<term>`."""
    facet, _slash, term = path.partition("/")
    if facet == "offices" and term:
        prefix = site.prefix if site.language in languages_of_office(site, term) else ""
    else:
        entries = group(site, facet).get(term, []) if term else site.index.of(MEMBER)
        prefix = site.addresses.prefix_of_list(entries)
    return f"{prefix}{path}/"


def page_of_term(site: Site, vocabulary: str, term: str) -> str:
    """The path of the list of those who have a term; empty where there is none."""
    for folder, facet in FACETS.items():
        if facet.vocabulary == vocabulary:
            known = group(site, folder) if folder != "offices" else site.settings.offices
            return address(site, f"{folder}/{term}") if term in known else ""
    return ""
