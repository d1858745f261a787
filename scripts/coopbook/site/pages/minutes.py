"""Minutes of meetings, the actions that came out of them, and where deciding happens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from msgspec.structs import replace

from ...agenda.dated import ACTION, Dated, dated_of
from ...base.collation import sort_key
from ...decisions.kinds import MINUTES
from ...decisions.meetings import Meeting, meeting_of
from ...decisions.resolutions import is_founded, reckon
from ...decisions.set_aside import REASONS
from ...decisions.types import HERE, Minutes, Resolution
from ...decisions.wording.outcomes import sentence_of_count
from ...records.core_kinds import MEMBER
from ...records.index import Entry
from ...records.model import Record
from ..assemblies import coming_assembly
from ..context import Site
from ..navigation import title_of
from ..rendering import Maker, defer_page
from ..subscribing import head_links

KIND = MINUTES
"""Decisions of late, on the page where deciding happens."""
MODES = ("present", "remote", "represented", "postal", "excused", "absent")


def open_actions(site: Site) -> list[Dated]:
    """What is still to be done, the first day on top."""
    kind = site.index.kinds.get(KIND)
    found = dated_of(site.index, kind, site.language) if kind else ()
    actions = (one for one in found if one.name == ACTION)
    return sorted(actions, key=lambda one: (one.at, one.members, one.key))


def due(site: Site, last: date) -> list[Dated]:
    """What is to be done up to a day."""
    return [action for action in open_actions(site) if action.day <= last.isoformat()]


def index_pages(site: Site) -> Iterator[Maker]:
    found = latest(site)
    spoken = site.addresses.languages_of_list(found)
    if found and site.language in spoken:
        years = [
            (year, list(of))
            for year, of in groupby(found, key=lambda entry: Minutes.of(entry).date[:4])
        ]
        title, alternates = (
            site.words.say(title_of(site, "decisions/minutes")),
            site.addresses.paths("decisions/minutes/", spoken),
        )
        values: dict[str, Any] = {
            "section": "decisions/minutes",
            "contents": False,
            "alternates": alternates,
            "years": years,
        }
        values["head"] = head_links(site, "decisions/minutes/")
        yield defer_page(site, "decisions/minutes/", title, "lists/minutes.html", **values)
    if site.audience == "members" and found and site.language in spoken:
        yield _board(site, spoken)


def latest(site: Site) -> list[Entry]:
    """All minutes, the last meeting on top."""
    return sorted(
        site.index.of(MINUTES),
        key=lambda entry: (Minutes.of(entry).date, entry.id),
        reverse=True,
    )


def _board(site: Site, spoken: list[str]) -> Maker:
    actions = open_actions(site)
    people: dict[str, list[Dated]] = {}
    for action in actions:
        people.setdefault(next(iter(action.members), ""), []).append(action)
    named = {id: site.index.find(MEMBER, id) for id in people}
    owners = sorted(
        people,
        key=lambda id: sort_key(site.texts.text(entry.title) if (entry := named[id]) else id),
    )
    values: dict[str, Any] = {
        "actions": actions,
        "owners": [(named[id], people[id]) for id in owners],
    }
    values["alternates"] = site.addresses.paths("actions/", spoken)
    return defer_page(
        site,
        "actions/",
        site.words.say(title_of(site, "actions")),
        "actions.html",
        section="actions",
        **values,
    )


def record_values(site: Site, record: Record, path: str) -> dict[str, Any]:
    """What the page of minutes shows besides their fields: who was there, counted, and how many had
    a vote.
    """
    minutes = Minutes.of(record)
    attendance = [one for one in minutes.attendance if one.member]
    counts = [(mode, [one for one in attendance if one.mode == mode]) for mode in MODES]
    values: dict[str, Any] = {
        "counts": [(mode, of) for mode, of in counts if of],
        "entitled": 0,
        "reckoned": {},
        "set_aside": [(one, REASONS[one.set_aside]) for one in minutes.proxies if one.set_aside],
        "coming": coming_assembly(site, record.id),
        "voted": any(one.result for one in minutes.resolutions),
    }
    # of a meeting that is to come nobody was there: no quorum is missed yet
    if site.audience == "public" or record.refused or not minutes.are_minutes or values["coming"]:
        return values
    meeting = meeting_of(minutes, site.index)
    voting = sum(
        one.mode in {*HERE, "represented", "postal"}
        and meeting.electorate.find(one.member) is not None
        for one in attendance
    )
    values |= {
        "voting": voting,
        "entitled": (meeting.entitled or 0) if attendance and meeting.assembly else 0,
    }
    reckoned = {one.number: _reckon(meeting, one) for one in minutes.resolutions}
    return values | {"reckoned": reckoned}


def _reckon(meeting: Meeting, resolution: Resolution) -> dict[str, Any]:
    """Quorum and majority of a resolution that was put to the vote, in words."""
    if not resolution.is_for_a_vote:
        return {}
    found = reckon(meeting, resolution)
    if not is_founded(found, resolution):
        found = replace(
            found, quorum=found.quorum_of_attendance, threshold=None, against=None, any=()
        )
    return {"found": sentence_of_count(found)}
