"""A resolution has no more votes than there were voters at that moment, and its figures by college add up.

Voters are members in law on that day who were there at the time of the vote (arrived, not yet left), those they represented, and votes by
post, less those who did not take part. A resolution that was adopted has votes for it.

## Why
One vote too many, and whoever lost can have the whole resolution set aside.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Diagnostic
from ..index import Index
from ..meetings import FIGURES, cast, counted, votes_at
from ..messages import _
from ..records import Record
from ..spans import Value


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    if record.kind.name != "minutes" or record.refused:
        return
    seen: set[int] = set()
    for number, one in enumerate(record.get("resolutions") or []):
        if one["n"] in seen or (number and one["n"] != record.get("resolutions", number - 1, "n") + 1):
            yield record.error(
                _("Resolutions are numbered one after the other: this one is {number}.", number=one["n"]),
                "resolutions",
                number,
                "n",
                help=_("Number them 1, 2, 3…"),
            )
        seen.add(one["n"])
        yield from _figures(record, index, number, one)


def _figures(record: Record, index: Index, number: int, one: dict[str, Value]) -> Iterator[Diagnostic]:
    here, said = ("resolutions", number), cast(one)
    if counted(one) and record.get("attendance"):
        most = votes_at(record, index, one)
        if said > most:
            yield record.error(
                _("{said} votes, and {most} voters were present or represented at that moment.", said=said, most=most),
                *here,
                next(name for name in FIGURES if name in one),
                help=_("Look at arrivals, departures, proxies, and at who is a member in law on that day."),
            )
    if one.get("result") == "adopted" and counted(one) and int(one.get("for") or 0) <= int(one.get("against") or 0):
        yield record.error(_("Adopted without more votes for than against?"), *here, "result", help=_("Look at the figures."))
    colleges = one.get("by_college") or {}
    for name in FIGURES if colleges else ():
        total = sum(int(figures.get(name) or 0) for figures in colleges.values())
        if total != int(one.get(name) or 0):
            yield record.error(
                _(
                    "The colleges add up to {total} for “{field}”, the resolution says {said}.",
                    total=total,
                    field=name,
                    said=one.get(name) or 0,
                ),
                *here,
                "by_college",
                help=_("One of the two is wrong."),
            )
