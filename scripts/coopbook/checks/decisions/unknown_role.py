"""A role that may change files is one that a mandate gives, or has given.

A role in `paths` (`role:secretary`), or the one under `maintainers`, is one that a mandate has or
had, in its `role` or its `id`, or one of those that a young co-op has before any mandate:
secretary, administrator, maintainers.

## Why
A letter too many, and nobody may change a file any more: no mandate has the role, and nothing says
so.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic, suggestion
from ...base.formats import slug
from ...base.messages import _
from ...decisions.mandates import mandates_of_role
from ...decisions.types import Body, Rules
from ...records.index import Index
from ...records.model import Record

KIND = "rules"
SEVERITY = "warning"
USUAL = frozenset(["administrator", "maintainers", "secretary"])
"""Roles that the presets and the guides speak of."""


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    rules = Rules.of(record)
    named: dict[tuple[str, ...], str] = {
        ("paths", path): who.removeprefix("role:")
        for path, who in rules.paths.items()
        if who.startswith("role:")
    }
    if "maintainers" in rules.plain:
        named["maintainers",] = rules.maintainers
    for path, role in named.items():
        if role not in USUAL and not any(mandates_of_role(index, role)):
            help = suggestion(role, sorted({*USUAL, *_words(index)})) or _(
                "Name a role that a mandate in decisions/bodies gives."
            )
            yield record.fault(
                _("No mandate has or had the role “{name}”.", name=role), *path, help=help
            )


def _words(index: Index) -> Iterator[str]:
    """What roles might be called: the words of mandates' ids, and their titles in small letters
    without accents.
    """
    for body in index.of("body"):
        for mandate in Body.of(body).mandates:
            yield from mandate.id.split("-")
            yield from (slug(text) for text in mandate.role.values())
