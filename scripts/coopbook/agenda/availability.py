"""How available a member is on a day: what the member's file says of states, their days and what
comes back every year.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec import Struct

from ..base.positions import Value
from ..decisions.types import Member
from ..records.index import Entry
from ..records.model import Record

LATER = "later"
"""A state that has not begun: nothing is said of the time before it."""
UNCONFIRMED = "unconfirmed"
"""A state whose last day has passed: nothing is known of what came then."""
_FREEST = ("available", "limited", "full", "away")
_RANKS = {"available": 0, "limited": 1, "full": 3, "away": 4}
_UNKNOWN = 2


class Standing(Struct, frozen=True):
    """How available somebody is on a day.

    Attributes:
        now: A state of the member's schema, `LATER` or `UNCONFIRMED`.
        state: The state that is written: that of `now`, the one to come, or the one that is over.
        since: The first day of a state that is to come; empty for any other.
        until: The last day of a state that has begun, as far as it is known; else empty.
    """

    now: str
    state: str
    since: str = ""
    until: str = ""


def standing_of(member: Entry | Record, day: date) -> Standing | None:
    """How available a member is on a day.

    Returns:
        Of a state and a time of the year that both hold, the one that leaves less time. None where
        nothing is said, and of who has left.
    """
    if Member.of(member).has_left:
        return None
    written = _standing_written(member.value.get("availability") or {}, day.isoformat())
    season = _standing_of_season(member.value.get("seasons") or [], day)
    if written is None or season is None:
        return written or season
    if written.now == LATER:
        return written
    if written.now == UNCONFIRMED:
        return season
    return max(written, season, key=lambda one: _FREEST.index(one.now))


def rank_of(standing: Standing | None) -> int:
    """The place of somebody among others: who has time first, who says nothing of today between
    those and who has none.
    """
    return _RANKS.get(standing.now, _UNKNOWN) if standing else _UNKNOWN


def _standing_written(said: dict[str, Any], day: str) -> Standing | None:
    state, since, until = (str(said.get(name) or "") for name in ("state", "from", "until"))
    if not state:
        return None
    if until and until < day:
        return Standing(UNCONFIRMED, state)
    if since > day:
        return Standing(LATER, state, since)
    return Standing(state, state, until=until)


def _standing_of_season(seasons: list[dict[str, Value]], day: date) -> Standing | None:
    """The time of the year that a day is in; of several, the one that leaves the least."""
    today = f"{day:%m-%d}"
    found = [
        Standing(one["state"], one["state"], until=_last_day(one, day))
        for one in seasons
        if {"from", "until", "state"} <= one.keys()
        and (
            one["from"] <= today <= one["until"]
            if one["from"] <= one["until"]
            else today >= one["from"] or today <= one["until"]
        )
    ]
    return max(found, key=lambda one: _FREEST.index(one.now), default=None)


def _last_day(season: dict[str, Value], day: date) -> str:
    """The day on which a time of the year that a day is in ends."""
    until = str(season["until"])
    year = day.year + (until < f"{day:%m-%d}")
    try:
        return date.fromisoformat(f"{year}-{until}").isoformat()
    except ValueError:  # 29 February, in a year without one
        return f"{year}-02-28"
