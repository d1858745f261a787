"""Who holds a role on a day, and which mandate follows which on a seat. Rules name roles by a word
(`tresorerie`); it means a body by its id, or a mandate by its title, its id, or a word of its id.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

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


def find_followers(body: Body) -> dict[int, int]:
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
    seats = [_Seat.of(number, one) for number, one in enumerate(body.mandates) if one.from_]
    free: list[_Seat] = []
    found: dict[int, int] = {}
    for day, beginning in groupby(sorted(seats), lambda seat: seat.begins):
        waiting = list(beginning)
        began = [seat for seat in waiting if seat.ends]
        for own in (True, False):
            for seat in list(waiting):
                left = [was for was in free if seat.may_follow(was, own=own)]
                if left:
                    best = min(left, key=lambda was: (was.ends >= day, abs(was.ends - day)))
                    found[best.number] = seat.number
                    free.remove(best)
                    waiting.remove(seat)
        free += began
    return found


class _Seat(NamedTuple):
    """A mandate as it takes a seat. Days are counted as Python counts them, `ends` is 0 where none
    is said; `roles` are what it may be called, of which two of one seat have one in common.
    """

    begins: int
    number: int
    ends: int
    holder: tuple[str, str]
    roles: frozenset[str]

    @classmethod
    def of(cls, number: int, mandate: Mandate) -> _Seat:
        """The seat of a mandate that has a first day, by its number in the file."""
        return cls(
            date.fromisoformat(mandate.from_).toordinal(),
            number,
            date.fromisoformat(mandate.last).toordinal() if mandate.last else 0,
            (mandate.member, mandate.outside_name),
            frozenset(_roles(mandate)),
        )

    def may_follow(self, was: _Seat, *, own: bool) -> bool:
        """Whether it may be the seat that another one had; `own`: of the same holder."""
        is_free = self.holder == was.holder if own else was.ends - self.begins < RENEWAL.days
        return is_free and not self.roles.isdisjoint(was.roles)


def _roles(mandate: Mandate) -> Iterator[str]:
    """What a role may be known by: each of its titles, and its id but for the year, since many a
    title says whether a woman or a man holds it (`Présidente`). An id that names its holder names
    no role.
    """
    yield from (f"title {slug(title)}" for title in mandate.role.values())
    stem = _YEAR.sub("", mandate.id)
    if not (mandate.member and f"-{stem}-".endswith(f"-{mandate.member}-")):
        yield f"id {stem}"
