"""By when something is to be done before an assembly: its notice sent, questions and proxies
received. The law is in the rules of decision.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from ..records.index import Entry, Index
from .kinds import BODY, MINUTES
from .meetings import last_day_of_proxies, rules_on
from .tally.shapes import Stage
from .types import Body, Days, Minutes, Proposal, Rules


class LastDays(NamedTuple):
    """The last day of each, as an ISO date; empty where the rules set none."""

    notice: str
    questions: str
    proxies: str


def is_assembly(minutes: Minutes, index: Index) -> bool:
    """Whether they are those of a general assembly, which its members are called to."""
    body = index.find(BODY, minutes.body)
    return minutes.are_minutes and bool(body and body.sound and Body.of(body).is_assembly)


def is_coming(minutes: Minutes, index: Index) -> bool:
    """Whether an assembly is being prepared, and will be held."""
    return (
        minutes.are_a_draft
        and not minutes.cancelled
        and minutes.date >= index.today.isoformat()
        and is_assembly(minutes, index)
    )


def is_held_in_an_assembly(index: Index, id: str, asked: Proposal, round: Days) -> bool:
    """Whether a round of an election is voted in the room: the election is on the agenda of an
    assembly, and the round opens and closes on its day.
    """
    day = round.opens[:10]
    if asked.election is None or not day or round.closes[:10] != day:
        return False
    return any(
        minutes.date == day
        and not minutes.cancelled
        and any(one.proposal == id for one in minutes.resolutions)
        and is_assembly(minutes, index)
        for entry in index.of(MINUTES)
        if entry.sound
        for minutes in [Minutes.of(entry)]
    )


def coming_assemblies(index: Index) -> list[Entry]:
    """The assemblies that are being prepared, the first on top."""
    found = [
        (minutes.date, minutes.opened, entry.id, entry)
        for entry in index.of(MINUTES)
        if entry.sound and is_coming(minutes := Minutes.of(entry), index)
    ]
    return [entry for *_place, entry in sorted(found, key=lambda one: one[:3])]


def notice_days(minutes: Minutes, rules: Rules) -> int:
    """The longest delay that the categories of the resolutions ask for between notice and meeting;
    0 where none asks for one.
    """
    stage: Stage = "second" if minutes.notice.is_second_call else "first"
    known = (rules.categories.get(one.category) for one in minutes.resolutions)
    return max((one.at(stage).notice_days or 0 for one in known if one), default=0)


def day_before(day: str, count: int) -> str:
    """The day so many days before another one, as an ISO date."""
    return (date.fromisoformat(day) - timedelta(days=count)).isoformat()


def last_days(minutes: Minutes, index: Index) -> LastDays:
    """The last days before the meeting of sound minutes, under the rules that hold on its day."""
    rules = rules_on(index, minutes.date)
    notice, questions = notice_days(minutes, rules), rules.assemblies.questions_days
    return LastDays(
        day_before(minutes.date, notice) if notice else "",
        day_before(minutes.date, questions) if questions else "",
        last_day_of_proxies(minutes.date, rules),
    )
