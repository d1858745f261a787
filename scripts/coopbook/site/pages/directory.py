"""The directory: everybody, then by trade and by skill, page by page; a trade at each local office,
too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from markupsafe import Markup

from ...agenda.availability import rank_of, standing_of
from ...base.collation import sort_key
from ...base.messages import _
from ...records.core_kinds import MEMBER
from ...records.index import Entry
from ..context import Site
from ..facets import FACETS, choices, count_terms, group
from ..listing import list_pages
from ..navigation import title_of
from ..ordering import order_former_members, order_members
from ..people import only_organisations, search_example
from ..rendering import Maker, defer_page
from ..texts import remove_tags

KIND = MEMBER

TEMPLATE = "lists/member.html"
FORMER = "former/"


def index_pages(site: Site) -> Iterator[Maker]:
    members = order_members(site)
    spoken, title = (
        site.addresses.languages_of_list(members),
        site.words.say(title_of(site, "members")),
    )
    facets = {name: choices(site, name) for name in FACETS}
    former = order_former_members(site)
    yield from _people(
        site,
        "members/",
        title,
        members,
        facets=facets,
        search=_search(site),
        former=_former_address(site, former),
    )
    if former:
        yield from _former_members(site, former)
    for name in FACETS if site.language in spoken else ():
        yield _terms(site, name, spoken)
    for name in ("trades", "skills") if site.language in spoken else ():
        yield from _facet_pages(site, name)


def _people(
    site: Site, path: str, title: str, entries: list[Entry], **values: Any
) -> Iterator[Maker]:
    spoken, coop = site.addresses.languages_of_list(entries), site.settings.name
    said = (
        site.words.say(title_of(site, "members")) if "<span lang=" in title else remove_tags(title)
    )  # a description cannot say that a word is foreign
    values["description"] = site.words.say(
        _("{title}: members of {coop}, their prices, and who is free.", title=said, coop=coop)
    )
    yield from list_pages(
        site,
        path,
        title,
        entries,
        TEMPLATE,
        languages=spoken,
        section="members",
        contents=False,
        **values,
    )


def _former_members(site: Site, former: list[Entry]) -> Iterator[Maker]:
    yield from list_pages(
        site,
        FORMER,
        site.words.say(_("Former members")),
        former,
        "lists/former.html",
        languages=site.addresses.languages_of_list(former),
        section="members",
        contents=False,
    )


def _former_address(site: Site, former: list[Entry]) -> str:
    """Where the former members are listed; empty where there is none."""
    return f"{site.addresses.prefix_of_list(former)}{FORMER}" if former else ""


def _terms(site: Site, name: str, spoken: list[str]) -> Maker:
    """The terms of a facet, in the languages of the directory."""
    _field, vocabulary, title = FACETS[name]
    values = {
        "vocabulary": vocabulary,
        "folder": name,
        "terms": count_terms(site, name),
        "alternates": site.addresses.paths(f"{name}/", spoken),
    }
    return defer_page(
        site,
        f"{name}/",
        site.words.say(title),
        "lists/terms.html",
        section="members",
        contents=False,
        **values,
    )


def _facet_pages(site: Site, name: str) -> Iterator[Maker]:
    """The members of each term; of a trade, those of each local office, too."""
    for term, _count in count_terms(site, name):
        entries = _available_first(group(site, name)[term], site.index.today)
        label = site.texts.label(name, term)
        places = _by_office(entries) if name == "trades" else {}
        above = [
            ("members", site.words.say(title_of(site, "members"))),
            (name, site.words.say(FACETS[name][2])),
        ]
        near = (
            [
                (office, len(there), _near(site, term, office, there))
                for office, there in places.items()
            ]
            if len(places) > 1
            else []
        )
        yield from _people(
            site,
            f"{name}/{term}/",
            label,
            entries,
            places=near,
            above=above,
            by_availability=_is_any_free(site, entries),
        )
        for office, _count, _path in near:
            title = Markup(
                site.words.say(
                    _(
                        "{trade}, {office}",
                        trade=label,
                        office=site.texts.label("coop.offices", office),
                    )
                )
            )
            yield from _people(
                site,
                f"{name}/{term}/{office}/",
                title,
                places[office],
                above=[*above, (f"{name}/{term}", label)],
                by_availability=_is_any_free(site, places[office]),
            )


def _available_first(entries: list[Entry], day: date) -> list[Entry]:
    """Those who are free, then the others; alphabetical among equals, and those who say nothing
    after those who have some time.
    """
    return sorted(
        entries,
        key=lambda entry: rank_of(standing_of(entry, day)),
    )


def _is_any_free(site: Site, entries: list[Entry]) -> bool:
    """Whether anybody says how free they are."""
    return any(standing_of(entry, site.index.today) for entry in entries)


def _near(site: Site, term: str, office: str, there: list[Entry]) -> str:
    """The address of a trade at a local office, in this language where one of its people is written
    in it.
    """
    written = site.language in site.addresses.languages_of_list(there)
    return f"{site.prefix if written else ''}trades/{term}/{office}/"


def _by_office(entries: list[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.get("office"):
            found.setdefault(entry.get("office"), []).append(entry)
    return found


def _search(site: Site) -> dict[str, Any]:
    """What the search in the browser has to know: where its rows are, the words for what it finds,
    words that say nothing.
    """
    members = order_members(site)
    return {
        "file": f"search/{site.language}.json",
        "organisations": only_organisations(members),
        "mixed": len({entry.get("type") for entry in members}) > 1,
        "regions": _regions(members),
        "free": _is_any_free(site, members),
        "stop": site.words.say(_("a an and at for from in near of on or the to with")),
        "example": search_example(site),
    }


def _regions(members: list[Entry]) -> list[tuple[str, int]]:
    """The regions that members name, each with how many do; nothing where there is but one."""
    counts = Counter(str(region) for entry in members if (region := entry.get("place", "region")))
    return sorted(counts.items(), key=lambda one: sort_key(one[0])) if len(counts) > 1 else []
