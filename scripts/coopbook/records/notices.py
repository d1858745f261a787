"""The sentences that the law wants on a member's pages, filled from the co-op and the member."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..base.positions import Value

_GAP = re.compile(r"\{([a-z]+)\}")
_IN_COOP = {
    "coop": ("legal.name", "name"),
    "seat": ("legal.seat",),
    "number": ("legal.rcs", "legal.siret", "legal.bce", "legal.neq"),
}


def _filled(gap: str, coop: Value) -> str:
    legal = coop.get("legal") or {}
    for choice in _IN_COOP.get(gap, ()):
        value = (
            legal.get(choice.removeprefix("legal."))
            if choice.startswith("legal.")
            else coop.get(choice)
        )
        if value:
            return str(value)
    return ""


def missing(notice: Value, coop: Value) -> Iterator[str]:
    """What the co-op's own file must say to fill a notice and does not: fields, or a gap that
    nothing fills.
    """
    gaps = {gap for text in (notice or {}).values() for gap in _GAP.findall(text)} - {"until"}
    for gap in sorted(gaps):
        if not _filled(gap, coop):
            yield " / ".join(_IN_COOP.get(gap, (f"{{{gap}}}",)))


def fill(text: str, coop: Value, until: str) -> str:
    """A notice with its gaps filled; `until` is a date as the page writes it."""
    return _GAP.sub(
        lambda gap: until if gap[1] == "until" else _filled(gap[1], coop) or gap[0], text
    )
