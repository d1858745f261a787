"""The home page: for visitors what the co-op is and where to look; for members what today asks of
them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from math import gcd

from ...agenda.availability import LATER, standing_of
from ...agenda.dated import calendar_title
from ...decisions.votes import open_votes
from ...records.index import Entry
from ..assemblies import coming_assemblies
from ..context import Site
from ..facets import choices, count_terms
from ..first_steps import steps_to_do
from ..happenings import SOON, coming, deadlines, is_cancelled
from ..navigation import languages_of, speaks, title_of
from ..ordering import order_members
from ..people import search_example
from ..rendering import Maker, defer_page
from .minutes import due
from .offers import offers
from .projects import projects

MOST_TRADES = 12
FACES, MOSAIC = 3, 6
"""Portraits with words, and without, on the home page."""
MOST_DEADLINES = 6
NEW = timedelta(days=120)
"""How long somebody is new among us."""


def index_pages(site: Site) -> Iterator[Maker]:
    if speaks(site, "home"):
        yield (_today if site.audience == "members" else _home)(
            site, site.addresses.paths("", languages_of(site, "home"))
        )


def _home(site: Site, alternates: list[tuple[str, str]]) -> Maker:
    faces, terms = _faces(site), choices(site, "trades")
    most = sorted(terms, key=lambda item: -item[1])[:MOST_TRADES]
    tagline = site.texts.text(site.settings.tagline)
    return defer_page(
        site,
        "",
        tagline or site.texts.text(site.settings.name),
        "home.html",
        section="home",
        contents=False,
        description=site.texts.text_in_language(site.settings.tagline),
        example=search_example(site),
        faces=faces[:FACES],
        mosaic=faces[FACES : FACES + MOSAIC] if len(faces) >= FACES + MOSAIC else [],
        trades=[item for item in terms if item in most],
        events=[entry for entry in coming(site) if not is_cancelled(site, entry)][:3],
        projects=projects(site, "active", "done")[:3],
        offices=count_terms(site, "offices"),
        alternates=alternates,
    )


def _faces(site: Site) -> list[Entry]:
    """Members who may be called, others each day; those with a portrait where there are enough."""
    here = [entry for entry in order_members(site) if _may_be_called(entry, site.index.today)]
    seen = [entry for entry in here if "photo" in entry.value]
    faces = seen if len(seen) >= FACES else here
    return _spread(faces, site.index.today.toordinal() * FACES)


def _spread(entries: list[Entry], start: int) -> list[Entry]:
    """All of them, each far in the alphabet from the one before: neighbours begin alike, and a row
    of the same initials says nothing.
    """
    size = len(entries)
    far = (step for step in range(max(1, size * 5 // 13), size) if gcd(step, size) == 1)
    step = next(far, 1)
    return [entries[(start + number * step) % size] for number in range(size)]


def _may_be_called(entry: Entry, day: date) -> bool:
    standing = standing_of(entry, day)
    return standing is None or standing.now not in ("away", LATER)


def _today(site: Site, alternates: list[tuple[str, str]]) -> Maker:
    since = (site.index.today - NEW).isoformat()
    new = [entry for entry in order_members(site) if str(entry.get("listed_since") or "") >= since]
    wants = [offered for offered in offers(site) if offered.kind == "want"]
    assemblies = coming_assemblies(site)
    above = [one.entry for one in assemblies]
    values = {
        "assemblies": assemblies,
        "votes": open_votes(site.index),
        "actions": due(site, site.index.today + SOON),
        "events": [entry for entry in coming(site) if entry not in above][:3],
        "deadlines": [
            (one, calendar_title(one))
            for one in deadlines(site, site.index.today + SOON)
            if not one.is_for_one
        ][:MOST_DEADLINES],
        "newcomers": new[:6],
        "wants": wants[:4],
        "steps": steps_to_do(site),
        "alternates": alternates,
    }
    return defer_page(
        site,
        "",
        site.words.say(title_of(site, "home")),
        "today.html",
        section="home",
        contents=False,
        **values,
    )
