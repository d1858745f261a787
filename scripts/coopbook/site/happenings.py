"""What happens on a day: the records of every kind that says when they are, in order."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from ..agenda.dated import ACTION, Dated, list_dated
from ..agenda.days import Day, own_day
from ..base.messages import _
from ..base.once import once
from ..decisions.kinds import MINUTES
from ..decisions.mandates import RENEWAL
from ..records.index import Entry
from ..records.model import Kind
from .context import Site
from .navigation import dated_entries, page_kinds, sections, title_of

AHEAD = RENEWAL
SOON = timedelta(days=30)
"""How far ahead what ends is told to those who keep the whole, and to everybody."""


class DateList(NamedTuple):
    """A list of dates to look at: what the link says, and the section."""

    title: str
    section: str


def happens(kind: Kind) -> bool:
    """Whether the records of a kind are on a day, by which nothing is due."""
    return kind.date is not None and not kind.date.due


def day_of(site: Site, entry: Entry) -> Day | None:
    """When a record is; None where it does not say."""
    return own_day(site.index.kinds[entry.kind], entry.value)


@once
def happenings(site: Site) -> list[Entry]:
    """Every record that is on a day, the first on top."""
    found = [
        (day.at[:10], day.hours[0] or day.at[11:], entry.id, entry.kind, entry)
        for kind in page_kinds(site)
        if happens(kind)
        for entry in site.index.of(kind.name)
        if (day := day_of(site, entry))
    ]
    return [entry for *_place, entry in sorted(found, key=lambda one: one[:4])]


@once
def coming(site: Site) -> list[Entry]:
    """What is today or later, or is not over."""
    return [entry for entry in happenings(site) if not is_past(site, entry)]


def is_past(site: Site, entry: Entry) -> bool:
    """Whether a record was on a day before today."""
    day = day_of(site, entry)
    return day is not None and day.last < site.index.today.isoformat()


def is_cancelled(site: Site, entry: Entry) -> bool:
    """Whether a record says that it will not be."""
    day = day_of(site, entry)
    return day is not None and day.is_cancelled


class ByDay(NamedTuple):
    """Records of a kind: what is coming, the first on top; what says no day; what is past, the last
    on top.
    """

    coming: list[Entry]
    undated: list[Entry]
    past: list[Entry]


def by_day(site: Site, entries: list[Entry]) -> ByDay:
    """Part records that are in order already."""
    ahead = [entry for entry in entries if day_of(site, entry) and not is_past(site, entry)]
    bare = [entry for entry in entries if day_of(site, entry) is None]
    return ByDay(ahead, bare, [entry for entry in entries if is_past(site, entry)])


def in_order(site: Site, kind: Kind, entries: list[Entry]) -> list[Entry]:
    """Records of a kind: what is coming, what says no day, then what is past, the last on top."""
    if not happens(kind):
        return entries
    places = {(one.kind, one.id): number for number, one in enumerate(happenings(site))}
    timed = sorted(
        (entry for entry in entries if (entry.kind, entry.id) in places),
        key=lambda entry: places[entry.kind, entry.id],
    )
    bare = [entry for entry in entries if (entry.kind, entry.id) not in places]
    ahead = [entry for entry in timed if not is_past(site, entry)]
    return [*ahead, *bare, *(entry for entry in reversed(timed) if is_past(site, entry))]


@once
def date_lists(site: Site) -> list[DateList]:
    """The lists of all that happens: each by its name where there are several."""
    elsewhere = {name for section in sections().values() for name in section.dates}
    folders = [
        kind.folder
        for kind in page_kinds(site)
        if happens(kind)
        and kind.name not in elsewhere
        and (site.index.of(kind.name) or also_on(site, kind))
    ]
    if len(folders) == 1:
        return [DateList(site.words.say(_("All dates")), folders[0])]
    return [DateList(site.words.say(title_of(site, folder)), folder) for folder in folders]


def also_on(site: Site, kind: Kind) -> list[Entry]:
    """The records of other kinds that stand in the list of a kind, because they are on a day."""
    section = sections().get(kind.folder)
    return list(dated_entries(site, section)) if section else []


def deadlines(site: Site, last: date) -> list[Dated]:
    """What ends or is to be looked at by a day, the first on top."""
    return [one for one in _all_deadlines(site) if one.day <= last.isoformat()]


@once
def _all_deadlines(site: Site) -> list[Dated]:
    """What is due, past or to come; actions of meetings have their own list."""
    found = (
        one
        for one in list_dated(site.index, site.language, site.texts.localized)
        if one.is_due and (one.entry.kind, one.name) != (MINUTES, ACTION)
    )
    return sorted(found, key=lambda one: (one.day, one.entry.id, one.key))
