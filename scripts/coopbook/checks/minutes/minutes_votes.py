"""A resolution has no more votes than there were voters at that moment, and its figures by college
add up.

Voters are members in law on that day (in a board, those who hold a mandate) who were there at the
time of the vote (arrived, not yet left), those they represented with a proxy that counts, and votes
by post, less those who did not take part. A resolution that was adopted has votes for it; what its
category asks for besides is looked at by `minutes-result`.

## Why
One vote too many, and whoever lost can have the whole resolution set aside.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...base.positions import Value
from ...decisions.meetings import meeting_of
from ...decisions.resolutions import FIGURES, Reckoning, counted, reckon
from ...records.index import Index
from ...records.model import Record

KIND = "minutes"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    seen: set[int] = set()
    meeting = meeting_of(record.value, index)
    for number, one in enumerate(record.get("resolutions") or []):
        if one["number"] in seen or (
            number and one["number"] != record.get("resolutions", number - 1, "number") + 1
        ):
            yield record.error(
                _(
                    "Resolutions are numbered one after the other: this one is {number}.",
                    number=one["number"],
                ),
                "resolutions",
                number,
                "number",
                help=_("Number them 1, 2, 3…"),
            )
        seen.add(one["number"])
        yield from _figures(record, number, one, reckon(meeting, one))


def _figures(
    record: Record, number: int, one: dict[str, Value], found: Reckoning
) -> Iterator[Diagnostic]:
    here = ("resolutions", number)
    if found.too_many:
        yield record.error(
            _(
                "{said} votes, and {most} voters were present or represented at that moment.",
                said=found.cast,
                most=found.represented,
            ),
            *here,
            next(name for name in FIGURES if name in one),
            help=_(
                "Look at arrivals, departures, proxies, and at who is a member in law on that day."
            ),
        )
    if (
        not found.result
        and one.get("result") == "adopted"
        and counted(one)
        and int(one.get("for") or 0) <= int(one.get("against") or 0)
    ):
        yield record.error(
            _("Adopted without more votes for than against?"),
            *here,
            "result",
            help=_("Look at the figures."),
        )
    yield from _colleges(record, number, one)


def _colleges(record: Record, number: int, one: dict[str, Value]) -> Iterator[Diagnostic]:
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
                "resolutions",
                number,
                "by_college",
                help=_("One of the two is wrong."),
            )
