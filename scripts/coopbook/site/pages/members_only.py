"""Pages of the members' site alone: the life of the co-op, who helps on what, everybody's own page,
the secretariat.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...agenda.dated import calendar_title
from ...base.collation import sort_key
from ...base.diagnostics import Diagnostic
from ...base.messages import Message, _
from ...decisions.kinds import BODY
from ...records.core_kinds import MEMBER
from ...records.index import Entry
from ..context import Site
from ..errands import errand_rows
from ..fault_words import explain_fault
from ..forge import changes_address
from ..happenings import AHEAD, coming, deadlines
from ..listing import list_pages
from ..navigation import languages_of, speaks, title_of
from ..ordering import order, order_members
from ..rendering import Maker, defer_page
from .projects import projects

_NAMING = ("private-link", "still-named")
"""The checks that tell of texts which name somebody whom the public does not know."""


def index_pages(site: Site) -> Iterator[Maker]:
    if site.audience != "members":
        return
    members = order_members(site)
    title = site.words.say(title_of(site, "mine"))
    yield from list_pages(
        site,
        "mine/",
        title,
        members,
        "mine.html",
        languages=site.addresses.languages_of_list(members),
        section="mine",
        contents=False,
    )
    if speaks(site, "life"):
        yield _life(site)
        yield _helpers(site)
        yield _secretariat(site)


def _everywhere(site: Site, section: str) -> dict[str, Any]:
    return {"alternates": site.addresses.paths(f"{section}/", languages_of(site, section))}


def _life(site: Site) -> Maker:
    values = {
        "events": coming(site)[:3],
        "projects": projects(site, "active", "idea")[:6],
        "bodies": site.index.of(BODY),
        **_everywhere(site, "life"),
    }
    return defer_page(
        site,
        "life/",
        site.words.say(title_of(site, "life")),
        "life.html",
        section="life",
        contents=False,
        **values,
    )


def _helpers(site: Site) -> Maker:
    topics: dict[str, list[Entry]] = {}
    for entry in order_members(site):
        for topic in entry.get("referent_for") or []:
            topics.setdefault(topic[:1].upper() + topic[1:], []).append(entry)
    found = sorted(topics.items(), key=lambda item: sort_key(item[0]))
    confidential = [entry for entry in order(site, BODY) if entry.get("confidential_contact")]
    values = {"topics": found, "confidential": confidential, **_everywhere(site, "helpers")}
    return defer_page(
        site,
        "helpers/",
        site.words.say(_("Who helps on what")),
        "helpers.html",
        section="wiki",
        **values,
    )


def _secretariat(site: Site) -> Maker:
    named = _still_named(site)
    told = {id(item) for _member, items in named for item in items}
    found = [
        (item, site.index.by_file.get(item.file), explain_fault(site, item))
        for item in site.warnings
        if id(item) not in told
    ]
    values = {
        "named": [(member, list(_places(site, items))) for member, items in named],
        "found": found,
        "deadlines": list(_deadlines(site)),
        "errands": list(errand_rows(site)),
        "repository": site.settings.forge.url,
        "changes": changes_address(site),
        **_everywhere(site, "secretariat"),
    }
    return defer_page(
        site,
        "secretariat/",
        site.words.say(title_of(site, "secretariat")),
        "secretariat.html",
        section="secretariat",
        **values,
    )


def _places(site: Site, items: list[Diagnostic]) -> Iterator[tuple[Diagnostic, Entry | None]]:
    """One of the faults of each line, with the record it stands in."""
    lines = {(item.file, item.span.line if item.span else 0): item for item in items}
    return ((item, site.index.by_file.get(item.file)) for item in lines.values())


def _still_named(site: Site) -> list[tuple[Entry, list[Diagnostic]]]:
    """Who is not in the directory, each with what is told of the public texts that name them."""
    found: dict[str, list[Diagnostic]] = {}
    for item in site.warnings:
        if item.check in _NAMING:
            found.setdefault(str(item.message.values["id"]), []).append(item)
    members = site.index.entries.get(MEMBER, {})
    return [(members[who], items) for who, items in found.items() if who in members]


def _deadlines(site: Site) -> list[tuple[str, Message, Entry]]:
    """What ends in the next six months: day, what, whose."""
    today = site.index.today
    return [
        (one.day, calendar_title(one), one.entry)
        for one in deadlines(site, today + AHEAD)
        if one.day >= today.isoformat()
    ]
