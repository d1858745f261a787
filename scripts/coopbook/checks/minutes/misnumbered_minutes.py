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
from ...decisions.minutes_numbers import numbered_minutes
from ...decisions.types import Minutes
from ...records.index import Entry, Index

KIND = "minutes"


def check_index(index: Index) -> Iterator[Diagnostic]:
    for found in numbered_minutes(index).values():
        for before, after in pairwise(found):
            yield from _compare(before, after)


def _compare(before: Entry, after: Entry) -> Iterator[Diagnostic]:
    earlier, later = Minutes.of(before), Minutes.of(after)
    last, number = earlier.number or 0, later.number or 0
    if number == last:
        yield after.fault(
            _("{file} has the same number.", file=before.file),
            "number",
            help=_(
                "Each meeting of a body has its own. Write number: {number} here, for the later "
                "meeting; minutes after it that have this number get the next one.",
                number=last + 1,
            ),
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
    elif (later.date or "9999") < earlier.date:
        yield after.fault(
            _("Number {number} was held later, on {date}.", number=last, date=earlier.date),
            "date",
            help=_("Numbers follow the days."),
        )
