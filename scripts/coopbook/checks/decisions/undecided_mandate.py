"""A mandate is given, prolonged or passed on by a decision that says how it was voted.

This check compares with the files before the change (`coopbook check --base`). Where `elected_by`
or `decided_by` of a mandate that is new, or that has another holder, role or time, names minutes
with resolutions that were adopted, one of them gives its figures or says that it was unanimous.

## Why
A bank or a court asks who gave it. “Adopted”, without a figure and without a name, is no answer.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import Message
from ...decisions.authority import FIGURES, why_unfounded
from ...decisions.types import Body, Minutes, Rules
from ...decisions.votes import rules_of
from ...records.index import Index

KIND = "body"


def check_change(before: Index, after: Index) -> Iterator[Diagnostic]:
    for entry in after.of("body"):
        old = before.find("body", entry.id)
        had = Body.of(old).mandates if old and old.sound else ()
        for number, mandate in enumerate(Body.of(entry).mandates if entry.sound else ()):
            if mandate in had:
                continue
            for word in ("elected_by", "decided_by"):
                if message := _why_unfounded(after, getattr(mandate, word), rules_of(before)):
                    yield entry.fault(message, "mandates", number, word, help=FIGURES)


def _why_unfounded(index: Index, id: str, rules: Rules) -> Message | None:
    """Why none of the resolutions of some minutes that were adopted says how it was voted."""
    minutes = index.find("minutes", id)
    if minutes is None or not minutes.sound:
        return None
    adopted = [one for one in Minutes.of(minutes).resolutions if one.is_adopted]
    found = [why_unfounded(index, minutes, one, rules) for one in adopted]
    return next(iter(found), None) if all(found) else None
