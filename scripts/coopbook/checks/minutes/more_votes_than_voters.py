"""A resolution has no more votes than there were voters at that moment, and its figures by college
add up.

Voters are members in law on that day (in a board, those who hold a mandate) who were there at the
time of the vote (arrived, not yet left), those they represented with a proxy that counts, and votes
by post, less those who did not take part. A resolution that was adopted has votes for it; what its
category asks for besides is looked at by `wrong-resolution-result`.

## Why
One vote too many, and whoever lost can have the whole resolution set aside.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.meetings import meeting_of
from ...decisions.resolutions import FIGURES, Reckoning, figures_by_choice, reckon
from ...decisions.types import Minutes, Resolution
from ...records.index import Index
from ...records.model import Record

KIND = "minutes"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    seen: set[int] = set()
    minutes = Minutes.of(record)
    meeting = meeting_of(minutes, index)
    for number, one in enumerate(minutes.resolutions):
        last = minutes.resolutions[number - 1].number if number else one.number - 1
        if one.number in seen or one.number != last + 1:
            yield record.fault(
                _(
                    "Resolutions are numbered one after the other: this one is {number}.",
                    number=one.number,
                ),
                "resolutions",
                number,
                "number",
                help=_("Number them 1, 2, 3…"),
            )
        seen.add(one.number)
        yield from _figures(record, number, one, reckon(meeting, one))


def _figures(
    record: Record, number: int, one: Resolution, found: Reckoning
) -> Iterator[Diagnostic]:
    here = ("resolutions", number)
    if found.too_many:
        yield record.fault(
            _(
                "{said} votes, and {most} voters were present or represented at that moment.",
                said=found.cast,
                most=found.represented,
            ),
            *here,
            next(iter(figures_by_choice(one))),
            help=_(
                "Look at arrivals, departures, proxies, and at who is a member in law on that day."
            ),
        )
    if (
        not found.result
        and one.is_adopted
        and one.are_told
        and (one.for_ or 0) <= (one.against or 0)
    ):
        yield record.fault(
            _("Adopted without more votes for than against?"),
            *here,
            "result",
            help=_("Look at the figures."),
        )
    yield from _colleges(record, number, one)


def _colleges(record: Record, number: int, one: Resolution) -> Iterator[Diagnostic]:
    colleges = [figures_by_choice(figures) for figures in one.by_college.values()]
    for name in FIGURES if colleges else ():
        total, said = sum(one.get(name, 0) for one in colleges), figures_by_choice(one).get(name, 0)
        if total != said:
            yield record.fault(
                _(
                    "The colleges add up to {total} for “{field}”, the resolution says {said}.",
                    total=total,
                    field=name,
                    said=said,
                ),
                "resolutions",
                number,
                "by_college",
                help=_("One of the two is wrong."),
            )
