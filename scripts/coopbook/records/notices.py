"""The sentences that the law wants on a member's pages, filled from the co-op and the member."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from .coop import VAT, Coop, Entity

_GAP = re.compile(r"\{([a-z]+)\}")


def _values_of(coop: Coop, entity: Entity) -> dict[str, str]:
    """What fills each gap."""
    number = next((text for identifier, text in entity.numbers if identifier.code != VAT), "")
    return {"coop": entity.name or coop.name, "seat": entity.seat, "number": number}


def find_missing(notice: Mapping[str, str], coop: Coop) -> Iterator[str]:
    """What the co-op's own file must say to fill a notice and does not: fields of the entities that
    members belong to, or a gap that nothing fills.
    """
    gaps = {gap for text in notice.values() for gap in _GAP.findall(text)} - {"until"}
    for id, entity in coop.entities_in_use.items():
        numbers = [code for code in entity.law.identifiers if code != VAT]
        fields = {"coop": ["name"], "seat": ["seat"], "number": numbers}
        for gap in sorted(gaps):
            if not _values_of(coop, entity).get(gap):
                places = (coop.place_in(id, name) for name in fields.get(gap, ()))
                yield " / ".join(".".join(map(str, place)) for place in places) or f"{{{gap}}}"


def fill(text: str, coop: Coop, entity: Entity, until: str) -> str:
    """A notice with its gaps filled from the entity behind it; `until` is a date as the page writes
    it.
    """
    filling = _values_of(coop, entity)
    return _GAP.sub(lambda gap: until if gap[1] == "until" else filling.get(gap[1]) or gap[0], text)
