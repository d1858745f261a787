"""Consent: decided when nobody has an open objection with a reason, and somebody says yes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from .shapes import Consent

MEETING = "meeting"
"""Who ends an objection that its author did not: a meeting of the members."""


class Rule(Struct, frozen=True):
    max_open: int = 0
    min_yes: int = 1
    needs_reason: bool = True
    resolved_by: tuple[str, ...] = ("objector", MEETING)

    @classmethod
    def of(cls, written: Consent) -> Rule:
        by, reason = written.resolved_by, written.objection_requires_reason
        return cls(
            written.max_open_objections,
            written.min_yes,
            True if reason is None else reason,
            ("objector", MEETING) if by is None else by,
        )


class Objection(Struct, frozen=True):
    """One objection and who ended it: its author's id, `meeting`, or nobody."""

    name: str
    by: str
    at: datetime
    reason: str = ""
    resolved_by: str = ""

    @property
    def open(self) -> bool:
        return not self.resolved_by


class Said(Struct, frozen=True):
    """An objection made (`resolves` false) or ended, in the order in which it happened."""

    name: str
    by: str
    at: datetime
    reason: str = ""
    resolves: bool = False


def objections(said: Iterable[Said], rule: Rule) -> tuple[Objection, ...]:
    """Every objection by its name and author, as it stands after all that was said. Only who made
    it, or a meeting, ends it.
    """
    found: dict[tuple[str, str], Objection] = {}
    for one in said:
        if not one.resolves:
            if one.reason or not rule.needs_reason:
                found[one.name, one.by] = Objection(one.name, one.by, one.at, one.reason)
            continue
        who = MEETING if one.by == MEETING else "objector"
        for key, had in found.items():
            if had.name == one.name and who in rule.resolved_by and one.by in (had.by, MEETING):
                found[key] = replace(had, resolved_by=one.by)
    return tuple(
        sorted(found.values(), key=lambda objection: (objection.at, objection.name, objection.by))
    )
