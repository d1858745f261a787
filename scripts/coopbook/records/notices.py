"""The sentences that the law wants on a member's pages, filled from the co-op and the member."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from .coop import Coop

_GAP = re.compile(r"\{([a-z]+)\}")
_WRITTEN_IN = {
    "coop": "legal.name / name",
    "seat": "legal.seat",
    "number": "legal.rcs / legal.siret / legal.bce / legal.neq",
}
"""The fields of coop.yml that fill each gap, the first that it says."""


def _values_of(coop: Coop) -> dict[str, str]:
    """What fills each gap."""
    legal = coop.legal
    number = legal.rcs or legal.siret or legal.bce or legal.neq
    return {"coop": coop.legal_name, "seat": legal.seat, "number": number}


def find_missing(notice: Mapping[str, str], coop: Coop) -> Iterator[str]:
    """What the co-op's own file must say to fill a notice and does not: fields, or a gap that
    nothing fills.
    """
    gaps = {gap for text in notice.values() for gap in _GAP.findall(text)} - {"until"}
    for gap in sorted(gaps):
        if not _values_of(coop).get(gap):
            yield _WRITTEN_IN.get(gap, f"{{{gap}}}")


def fill(text: str, coop: Coop, until: str) -> str:
    """A notice with its gaps filled; `until` is a date as the page writes it."""
    filling = _values_of(coop)
    return _GAP.sub(lambda gap: until if gap[1] == "until" else filling.get(gap[1]) or gap[0], text)
