"""Pages of the members' site alone: the life of the co-op, who helps on what, everybody's own page, the secretariat."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from ...agenda import dated
from ...base.collation import sort_key
from ...base.messages import Message, _
from ...records.index import Entry
from ..context import Maker, Site
from ..fields import told
from ..listing import listing
from ..navigation import TITLES, speaks, spoken
from .events import coming

AHEAD = timedelta(days=183)
ENDING = frozenset(["mandate", "contract", "offer", "page", "review"])


def index_pages(site: Site) -> Iterator[Maker]:
    if site.audience != "members":
        return
    members = [entry for entry in site.ordered("member") if entry.get("presence") != "left"]
    title = site.say(site.title_of("mine"))
    yield from listing(
        site,
        "mine/",
        title,
        members,
        "mine.html",
        spoken=site.spoken(members),
        section="mine",
        contents=False,
    )
    if speaks(site, "life"):
        yield _life(site)
        yield _helpers(site)
        yield _secretariat(site)


def _everywhere(site: Site, section: str) -> dict[str, Any]:
    return {"alternates": site.everywhere(f"{section}/", spoken(site, section))}


def _life(site: Site) -> Maker:
    projects = [
        entry for entry in site.ordered("project") if entry.get("status") in {"active", "idea"}
    ][:6]
    own = [kind for kind in site.kinds if kind.folder not in TITLES and site.index.of(kind.name)]
    values = {
        "events": coming(site)[:3],
        "projects": projects,
        "bodies": site.index.of("body"),
        "own": own,
        **_everywhere(site, "life"),
    }
    return site.later(
        "life/",
        site.say(site.title_of("life")),
        "life.html",
        section="life",
        contents=False,
        **values,
    )


def _helpers(site: Site) -> Maker:
    topics: dict[str, list[Entry]] = {}
    for entry in site.ordered("member"):
        for topic in entry.get("referent_for") or [] if entry.get("presence") != "left" else []:
            topics.setdefault(topic[:1].upper() + topic[1:], []).append(entry)
    found = sorted(topics.items(), key=lambda item: sort_key(item[0]))
    confidential = [entry for entry in site.ordered("body") if entry.get("confidential_contact")]
    values = {"topics": found, "confidential": confidential, **_everywhere(site, "helpers")}
    return site.later(
        "helpers/", site.say(_("Who helps on what")), "helpers.html", section="wiki", **values
    )


def _secretariat(site: Site) -> Maker:
    found = [(item, site.index.by_file.get(item.file), told(site, item)) for item in site.warnings]
    repository = (site.coop.get("forge") or {}).get("url")
    values = {
        "found": found,
        "deadlines": list(_deadlines(site)),
        "repository": repository,
        **_everywhere(site, "secretariat"),
    }
    return site.later(
        "secretariat/",
        site.say(site.title_of("secretariat")),
        "secretariat.html",
        section="secretariat",
        **values,
    )


def _deadlines(site: Site) -> list[tuple[str, Message, Entry]]:
    """What ends in the next six months: day, what, whose."""
    today, last = site.index.today.isoformat(), (site.index.today + AHEAD).isoformat()
    found = (
        one
        for one in dated.dated(site.index, site.language, site.localized)
        if one.kind in ENDING and today <= one.day <= last
    )
    return [
        (one.day, dated.title(one), one.entry)
        for one in sorted(found, key=lambda one: (one.day, one.entry.id, one.key))
    ]
