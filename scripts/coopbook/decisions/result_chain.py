"""Results in the order in which their votes were closed, each with the fingerprint of the one
before: none can be changed, taken out or slipped in without the next one telling.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from ..base.diagnostics import Diagnostic
from ..base.hashing import of_value
from ..base.messages import _
from ..base.once import once
from ..records.index import Entry, Index
from .types import Result

FREE = ("audience", "errata")
"""What may change in a result: who may read it, and what is said of it later."""


def seal(entry: Entry) -> str:
    """The fingerprint of a result, in 64 hexadecimal digits; through `previous`, of all those
    before it as well.
    """
    return of_value({name: value for name, value in entry.value.items() if name not in FREE})


def results(index: Index) -> list[Entry]:
    """The results that have a number, in its order; those of which something was refused are left
    out.
    """
    found = [entry for entry in index.of("result") if entry.sound and number_of(entry)]
    return sorted(found, key=_place)


def number_of(entry: Entry) -> int:
    """The number of a result in the order of all; 0 where it has none, or where a schema of the
    co-op's own gives results another shape.
    """
    try:
        return Result.of(entry).number
    except ValueError:
        return 0


def _place(entry: Entry) -> tuple[int, str, str]:
    result = Result.of(entry)
    return result.number, result.counted_at, result.id


def next_link(index: Index) -> dict[str, Any]:
    """The number of the next result, and the fingerprint of the last one."""
    last = next(reversed(results(index)), None)
    if last is None:
        return {"number": 1}
    return {"number": Result.of(last).number + 1, "previous": seal(last)}


@once
def ids_after_fork(index: Index) -> frozenset[str]:
    """The results that come after another one with the same number, and all that follow: two
    changes, each sound, closed two votes at the same time.
    """
    there = results(index)
    numbers = list(map(number_of, there))
    first = next((n for n in range(1, len(there)) if numbers[n] == numbers[n - 1]), len(there))
    return frozenset(entry.id for entry in there[first:])


def breaks(index: Index) -> Iterator[Diagnostic]:
    """Where the chain does not hold: at the later of two results. Beside a result that cannot be
    read whole, nothing is said.
    """
    there = results(index)
    for entry in index.of("result"):
        if entry.sound and not number_of(entry):
            yield entry.fault(
                _("This result has no number in the order of all."),
                "number",
                help=_("Put the file back."),
            )
    if not there or len(there) < len(index.of("result")):
        return
    first = Result.of(there[0])
    if first.previous:
        message = _(
            "This follows a result that is not here: number {number}.",
            number=first.number - 1,
        )
        yield there[0].fault(message, "previous", help=_("Put the file back."))
    for before, after in pairwise(there):
        yield from _step(before, after)


def _step(before: Entry, after: Entry) -> Iterator[Diagnostic]:
    last, number = Result.of(before).number, Result.of(after).number
    if number == last:
        help = _(
            "Two changes took this number. Write here number: {number} and previous: "
            "{fingerprint}, and change nothing else; then look at the check again.",
            number=last + 1,
            fingerprint=seal(before),
        )
        yield after.fault(_("{file} has the same number.", file=before.file), "number", help=help)
    elif number > last + 1:
        message = _(
            "Number {number} is missing: before this one comes {file}.",
            number=last + 1,
            file=before.file,
        )
        yield after.fault(
            message, "number", help=_("A result is never taken away: put the file back.")
        )
    elif Result.of(after).previous != seal(before):
        message = _("{file} is not what it was when this was written.", file=before.file)
        yield after.fault(message, "previous", help=_("Put both files back as they were."))
