"""Who holds what and until when, who may speak for the co-op; and the demands of members with what
was answered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ...decisions.kinds import BODY, PROPOSAL
from ...decisions.mandates import RENEWAL, find_followers
from ...decisions.types import Body, Mandate, Proposal
from ...records.index import Entry
from ..context import Site
from ..navigation import title_of
from ..ordering import order
from ..rendering import Maker, defer_page
from .register import day_of, result_of

ENDED = 40
"""Mandates that are over, of which the page still tells."""


@dataclass(frozen=True)
class Held:
    """A mandate, the body that it is of, and whether another one follows it on its seat."""

    body: Entry
    mandate: Mandate
    is_followed: bool

    @property
    def last(self) -> str:
        return self.mandate.last

    def is_to_begin(self, day: str) -> bool:
        """Whether it begins later than a day, and is not over before."""
        return self.mandate.from_ > day and not (self.last and self.last < self.mandate.from_)


def index_pages(site: Site) -> Iterator[Maker]:
    yield from _mandates(site)
    yield from _answers(site)


def _mandates(site: Site) -> Iterator[Maker]:
    bodies = [entry for entry in order(site, BODY) if Body.of(entry).mandates]
    spoken = site.addresses.languages_of_list(bodies)
    if not bodies or site.language not in spoken:
        return
    today = site.index.today
    every = [one for entry in bodies for one in _seats(entry) if one.mandate.role]
    now = [one for one in every if one.mandate.holds_on(today.isoformat())]
    ended = sorted(
        (one for one in every if one.last and one.last < today.isoformat()),
        key=lambda one: one.last,
        reverse=True,
    )
    coming = sorted(
        (one for one in every if one.is_to_begin(today.isoformat())),
        key=lambda one: one.mandate.from_,
    )
    soon = sorted(
        (
            one
            for one in now
            if one.last and one.last <= (today + RENEWAL).isoformat() and not one.is_followed
        ),
        key=lambda one: one.last,
    )
    values: dict[str, Any] = {
        "speaking": [one for one in now if one.mandate.speaks_for_coop],
        "bodies": [
            (entry, own) for entry in bodies if (own := [one for one in now if one.body is entry])
        ],
        "waiting": [one for one in ended if not one.mandate.ended_on and not one.is_followed],
        "ended": [one for one in ended if one.mandate.ended_on or one.is_followed][:ENDED],
        "soon": soon,
        "coming": coming,
        "confidential": [entry for entry in bodies if Body.of(entry).confidential_contact],
        "alternates": site.addresses.paths("decisions/mandates/", spoken),
    }
    yield defer_page(
        site,
        "decisions/mandates/",
        site.words.say(title_of(site, "decisions/mandates")),
        "mandates.html",
        section="decisions/mandates",
        **values,
    )


def _seats(entry: Entry) -> Iterator[Held]:
    body = Body.of(entry)
    after = find_followers(body)
    return (Held(entry, one, number in after) for number, one in enumerate(body.mandates))


def _answers(site: Site) -> Iterator[Maker]:
    found = [entry for entry in site.index.of(PROPOSAL) if Proposal.of(entry).answer]
    spoken = site.addresses.languages_of_list(found)
    if not found or site.language not in spoken:
        return
    dated = [(entry, result_of(site, entry), day_of(site, entry)) for entry in found]
    dated.sort(key=lambda one: (one[2], one[0].id), reverse=True)
    values: dict[str, Any] = {
        "entries": dated,
        "alternates": site.addresses.paths("decisions/answers/", spoken),
    }
    values |= {"section": "decisions/answers", "contents": False}
    yield defer_page(
        site,
        "decisions/answers/",
        site.words.say(title_of(site, "decisions/answers")),
        "answers.html",
        **values,
    )
