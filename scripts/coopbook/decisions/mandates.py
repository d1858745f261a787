"""Who holds a role on a day, and which mandate follows which on a seat. Rules name roles by a word
(`tresorerie`); it means a body by its id, or a mandate by its title, its id, or a word of its id.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from ..base.formats import slug
from ..records.index import Entry, Index
from .tally.shapes import Localized
from .types import Body, Mandate

RENEWAL = timedelta(days=183)
"""A seat is given anew within so many days before it is free: this far ahead its end is told, and
what begins earlier is another seat of the same role.
"""
_YEAR = re.compile(r"(-[0-9]+)+$")


def mandates_of_role(index: Index, role: str) -> Iterator[tuple[Entry, Mandate]]:
    """The mandates of a role, each with its body, whenever they are held."""
    for body in index.of("body"):
        for mandate in Body.of(body).mandates:
            if has_role(body, mandate, role):
                yield body, mandate


def mandates_held(index: Index, role: str, day: date) -> Iterator[tuple[Entry, Mandate]]:
    """Those that are held on a day."""
    return (
        (body, mandate)
        for body, mandate in mandates_of_role(index, role)
        if mandate.holds_on(day.isoformat())
    )


def has_role(body: Entry, mandate: Mandate, role: str) -> bool:
    """Whether a mandate of a body is of a role, as the rules name it."""
    wanted = role.replace("_", "-")
    return (
        wanted == body.id
        or f"-{wanted}-" in f"-{mandate.id}-"
        or wanted in map(slug, mandate.role.values())
    )


def is_same_role(role: Localized, other: Localized) -> bool:
    """Whether two titles of a role have a language in which they are the same."""
    return bool({*map(slug, role.values())} & {*map(slug, other.values())})


def followed(body: Body) -> dict[int, int]:
    """Which mandates of a body are followed by another on the same seat: their numbers in the file,
    and the number of the one that follows each.

    A mandate follows one of the same role that began before it and that no other follows: its own
    holder's; else one that is over when it begins, or nearly (`RENEWAL`): of those that are over,
    the one that ended last, then the one that ends next. So of three seats that end and two
    that are given, one stays open; a seat left early and given to somebody else is no renewal of a
    colleague's; and however long a seat stood empty, whoever takes it follows on it. Whether a
    mandate holds on a day is never asked of this, but of its own days (`Mandate.holds_on`): what
    an entry means must not change with what is guessed of others.
    """
    every = list(enumerate(body.mandates))
    found: dict[int, int] = {}
    for day in sorted({one.from_ for _number, one in every if one.from_}):
        new = [(number, one) for number, one in every if one.from_ == day]
        for own in (True, False):
            for number, one in new:
                if number in found.values():
                    continue
                free = [
                    (then, was)
                    for then, was in every
                    if then not in found and _may_follow(one, was, own=own)
                ]
                if free:
                    best = min(free, key=lambda seat: _nearness(seat[1], day))
                    found[best[0]] = number
    return found


def _may_follow(one: Mandate, was: Mandate, *, own: bool) -> bool:
    """Whether a mandate may be that of a seat which another one had; `own`: of the same holder."""
    if not was.from_ or not was.last or one.from_ <= was.from_ or not _is_same_seat(one, was):
        return False
    if own:
        return (one.member, one.outside_name) == (was.member, was.outside_name)
    return date.fromisoformat(was.last) - date.fromisoformat(one.from_) < RENEWAL


def _is_same_seat(one: Mandate, was: Mandate) -> bool:
    """Whether two mandates have one role: the same title, or the same id but for its year, since
    many a title says whether a woman or a man holds it (`Présidente`).
    """
    if is_same_role(one.role, was.role):
        return True
    stem = _YEAR.sub("", one.id)
    names_holder = any(f"-{stem}-".endswith(f"-{x.member}-") for x in (one, was) if x.member)
    return stem == _YEAR.sub("", was.id) and not names_holder


def _nearness(was: Mandate, day: str) -> tuple[bool, int]:
    """Which of the seats that a mandate may take from a day on is taken first: the least."""
    days = (date.fromisoformat(was.last) - date.fromisoformat(day)).days
    return days >= 0, abs(days)
