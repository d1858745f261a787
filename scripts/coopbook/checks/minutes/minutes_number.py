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
from ...records.index import Entry, Index

KIND = "minutes"


def check_index(index: Index) -> Iterator[Diagnostic]:
    bodies: dict[str, list[Entry]] = {}
    for entry in index.of("minutes"):
        if entry.get("record") == "minutes" and entry.get("number") and entry.get("body"):
            bodies.setdefault(entry.get("body"), []).append(entry)
    for found in bodies.values():
        for before, after in pairwise(
            sorted(found, key=lambda entry: (entry.get("number"), str(entry.get("date"))))
        ):
            yield from _step(before, after)


def _step(before: Entry, after: Entry) -> Iterator[Diagnostic]:
    last, number = before.get("number"), after.get("number")
    if number == last:
        yield after.error(
            _("{file} has the same number.", file=before.file),
            "number",
            help=_("Each meeting of a body has its own."),
        )
    elif number > last + 1:
        yield after.error(
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
    elif str(after.get("date") or "9999") < str(before.get("date") or ""):
        yield after.error(
            _("Number {number} was held later, on {date}.", number=last, date=before.get("date")),
            "date",
            help=_("Numbers follow the days."),
        )
