"""From when something by which a member is known counts: an account on a forge, an e-mail address.

Whoever can write it into a member's file could vote in that member's place. So what somebody else
wrote there counts in no vote that was already open, and in none for a week, in which its owner sees
it. What the member wrote there by an account of before counts at once, and what was there before
goes on counting.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec import Struct

from ..base.positions import Value
from ..records.core_kinds import MEMBER
from ..records.load import Book

CREDENTIALS = ("email", "accounts", "formerly", "representative")
"""Fields of a member's record by which the member is known, and somebody else could be."""
WAIT = timedelta(days=7)
"""For how long something that somebody else wrote counts in no vote."""


class Arrival(Struct, frozen=True):
    """How something by which a member is known came into their file on the main branch, and whether
    it was the member who put it there.
    """

    member: str
    at: datetime
    by_self: bool = False


def counts_from(arrival: Arrival, opens: datetime) -> datetime | None:
    """From when it counts in a vote that opens at an instant; None where it does not in this one.

    What was said before then is not taken to be the member's.
    """
    if arrival.by_self:
        return arrival.at
    return None if arrival.at > opens else arrival.at + WAIT


def changed_credentials(
    before: Book, after: Book, files: Iterable[str]
) -> dict[str, dict[str, Value]]:
    """By what members would be known otherwise: the fields with what they would hold, by the
    member's id. A record that is new, or goes, is not among them.

    Args:
        before: The co-op without a change.
        after: The same with it.
        files: Those that the change touches.
    """
    touched = {*files}
    was, now = (
        {
            record.id: {name: record.value.get(name) for name in CREDENTIALS}
            for record in book.records()
            if record.kind.name == MEMBER and record.file in touched
        }
        for book in (before, after)
    )
    found = {
        id: {name: now[id][name] for name in CREDENTIALS if now[id][name] != was[id][name]}
        for id in sorted(was.keys() & now.keys())
    }
    return {id: fields for id, fields in found.items() if fields}
