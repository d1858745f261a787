"""What ends, ends after it began; what is called past is not in the future.

`from` and `until`, `date` and `until`, `started` and `ended`, `given` and `withdrawn`, `since` and
`contract_until`, `reviewed` and `review_on` are compared, and the day of a meeting with the day its
minutes were approved; a consent's date, a review and the day somebody was listed cannot lie ahead.

## Why
Two dates the wrong way round make a mandate that never ran or a consent withdrawn before it was
given.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.formats import is_partial_date
from ...base.messages import _
from ...base.positions import Path, Value
from ...records.index import Index
from ...records.model import Record

SEES_REFUSED = True

PAIRS = (
    ("from", "until"),
    ("from", "ended_on"),
    ("date", "until"),
    ("started", "ended"),
    ("given", "withdrawn"),
    ("since", "contract_until"),
    ("reviewed", "review_on"),
)
PAST = ("given", "withdrawn", "reviewed", "listed_since", "ended_on")


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    yield from _walk(record, index, record.value, ())
    date, approved = record.get("date"), record.get("approved", "on")
    if _is_date(date) and _is_date(approved) and approved < date:
        yield _tell_swapped(record, ("approved", "on"), "date", date)


def _walk(record: Record, index: Index, value: Value, path: Path) -> Iterator[Diagnostic]:
    if isinstance(value, dict):
        for first, last in PAIRS:
            if last in value and _is_before(value[last], value.get(first)):
                yield _tell_swapped(record, (*path, last), first, value[first])
        for name in PAST:
            # a mandate that nobody will hold ends on the day on which it would have begun
            if name == "ended_on" and value.get(name) == value.get("from"):
                continue
            if name in value and _is_date(value[name]) and value[name] > index.today.isoformat():
                yield record.fault(
                    _("“{name}” lies in the future.", name=name),
                    *path,
                    name,
                    help=_("Look at the year."),
                )
    for step, item in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(item, dict) or (
            isinstance(item, list) and item and isinstance(item[0], dict)
        ):
            yield from _walk(record, index, item, (*path, step))


def _tell_swapped(record: Record, path: Path, first: str, day: str) -> Diagnostic:
    return record.fault(
        _("{last} is before {first}: {first_date}.", last=path[-1], first=first, first_date=day),
        *path,
        help=_("Are the two dates swapped?"),
    )


def _is_before(one: Value, other: Value) -> bool:
    """Whether a day, a month or a year lies before another, as far as both are known."""
    dates = (
        isinstance(one, str) and isinstance(other, str) and all(map(is_partial_date, (one, other)))
    )
    known = min(len(one), len(other)) if dates else 0
    return known > 0 and one[:known] < other[:known]


def _is_date(value: Value) -> bool:
    return isinstance(value, str) and len(value) == 10 and value[4] == "-"
