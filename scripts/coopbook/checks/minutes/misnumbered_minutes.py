"""Each body numbers its minutes without a gap, none twice, in the order of their days.

The first number kept here may be any: what came before is in the paper register.

## Why
A missing number is a missing meeting, and the register proves nothing any more.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.types import Minutes
from ...records.index import Entry, Index

KIND = "minutes"


def check_index(index: Index) -> Iterator[Diagnostic]:
    bodies: dict[str, list[tuple[int, str, Entry]]] = {}
    for entry in index.of("minutes"):
        minutes = Minutes.of(entry)
        if minutes.are_minutes and minutes.number and minutes.body:
            numbered = (minutes.number, minutes.date, entry)
            bodies.setdefault(minutes.body, []).append(numbered)
    for found in bodies.values():
        for before, after in pairwise(sorted(found, key=lambda one: one[:2])):
            yield from _compare(before, after)


def _compare(
    earlier: tuple[int, str, Entry], later: tuple[int, str, Entry]
) -> Iterator[Diagnostic]:
    (last, held, before), (number, day, after) = earlier, later
    if number == last:
        yield after.fault(
            _("{file} has the same number.", file=before.file),
            "number",
            help=_("Each meeting of a body has its own."),
        )
    elif number > last + 1:
        yield after.fault(
            _(
                "Number {number} is missing: before this one comes {file}.",
                number=last + 1,
                file=before.file,
            ),
            "number",
            help=_(
                "Add the minutes that are missing; text: register is enough where they are "
                "kept elsewhere."
            ),
        )
    elif (day or "9999") < held:
        yield after.fault(
            _("Number {number} was held later, on {date}.", number=last, date=held),
            "date",
            help=_("Numbers follow the days."),
        )
