"""All that has a date, as a calendar to subscribe to (iCalendar, RFC 5545):
`calendar/<language>.ics`.

The public calendar has public dates and votes; the members' one also has what ends, what is to be
reviewed and what is to be done. Each entry keeps its UID. Its DTSTAMP is the day of its file's last
change if a history was given, else its own day: no clock is read. Instants are in UTC, so that no
table of zones is needed; hours at a place whose zone nobody wrote float, as RFC 5545 has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from ..agenda import dated
from ..agenda.dated import Dated
from ..agenda.days import Day, office_of
from ..base.formats import slug
from ..base.messages import Translator, _, translator
from ..base.version import __version__
from ..records.index import Entry, Index
from .api import url_of

if TYPE_CHECKING:
    from icalendar import Event

FOLDER = "calendar"
PAST = timedelta(days=400)
"""How long a past entry stays."""


def index_files(index: Index) -> Iterator[tuple[str, bytes]]:
    """The calendar in each language, if anything has a date."""
    for language in index.languages:
        dates = calendar_dates(index, language)
        if dates:
            yield calendar_path(language), _write_calendar(index, language, dates)


def calendar_path(language: str) -> str:
    """The path of a language's calendar, from the site's root."""
    return f"{FOLDER}/{language}.ics"


def calendar_dates(index: Index, language: str) -> list[Dated]:
    """The entries of a calendar, the earliest first."""
    first = (index.today - PAST).isoformat()
    recent = (
        one
        for one in dated.list_dated(index, language)
        if one.day >= first and (index.audience != "public" or not one.is_due)
    )
    return sorted(recent, key=lambda one: (one.day, one.key))


def id_host(index: Index) -> str:
    """The host name in ids: the public site's, so that an id is the same on both sites."""
    coop = index.settings
    name = slug(coop.name) or "coopbook"
    return urlsplit(coop.site or coop.members_site).hostname or f"{name}.invalid"


def _write_calendar(index: Index, language: str, dates: list[Dated]) -> bytes:
    from icalendar import Calendar

    say = translator(index.usage(language), shown=str)
    calendar = Calendar()
    calendar.add("prodid", f"-//Coopbook {__version__}//{language}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    # a line break cannot stand in a name: in what icalendar does not know it would be one
    name = " ".join(say(_("{coop}: dates", coop=index.settings.name)).split())
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=12), parameters={"value": "DURATION"})
    for one in dates:
        calendar.add_component(_make_event(index, language, one, say))
    return bytes(calendar.to_ical())


def _make_event(index: Index, language: str, one: Dated, say: Translator) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{one.key}@{id_host(index)}")
    event.add("dtstamp", _last_change(index, one.entry, one.day))
    event.add("summary", say(dated.calendar_title(one)))
    address = url_of(one.entry, index)
    if address.startswith("https://"):
        event.add("url", address + (f"#{one.anchor}" if one.anchor else ""))
    about = index.text(one.entry.get("summary"), language)
    if about:
        event.add("description", about)
    happens = one.day_of if not one.is_due else None
    if happens:
        _add_happening(event, index, language, happens)
        return event
    if "T" in one.at:
        event.add("dtstart", datetime.fromisoformat(one.at).astimezone(UTC))
    else:
        _add_days(event, date.fromisoformat(one.at), date.fromisoformat(one.at))
    event.add("transp", "TRANSPARENT")
    return event


def _last_change(index: Index, entry: Entry, day: str) -> datetime:
    """When a record was last changed, as far as the data say; else the given day."""
    return datetime.combine(
        date.fromisoformat(index.history.changed(entry.file) or day), time(), UTC
    )


def _add_happening(event: Any, index: Index, language: str, day: Day) -> None:
    """Add when and where something is."""
    office = office_of(index, day)
    first, last = date.fromisoformat(day.at[:10]), date.fromisoformat(day.last)
    zone = _zone(office.timezone or index.settings.timezone)
    starts, ends = day.hours
    if starts:
        start = datetime.combine(first, time.fromisoformat(starts), zone)
        end = datetime.combine(last, time.fromisoformat(ends), zone) if ends else start
        begins, stops = ((one.astimezone(UTC) if zone else one) for one in (start, end))
        event.add("dtstart", begins)
        if end > start:
            # In the night of the change of clocks an hour of the face has no length.
            event.add("dtend", stops if stops > begins else begins + (end - start))
    elif "T" in day.at:
        event.add("dtstart", datetime.fromisoformat(day.at).astimezone(UTC))
    else:
        _add_days(event, first, last)
    place = office.address or office.city
    if not place and day.place:
        place = index.text(day.place[1], language)
    if place:
        event.add("location", place)
    event.add("status", "CANCELLED" if day.is_cancelled else "CONFIRMED")


def _zone(name: str | None) -> ZoneInfo | None:
    return ZoneInfo(name) if name else None


def _add_days(event: Any, first: date, last: date) -> None:
    """Add whole days, the last one included."""
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(days=1))
