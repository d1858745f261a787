"""Who holds a role on a day. Rules name roles by a word (`tresorerie`); it means a body by its id, or a mandate by its title, its id, or a
word of its id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from ..base.formats import slug
from ..records.index import Entry, Index


def holds(mandate: Mapping[str, Any], today: date) -> bool:
    """Whether a mandate is held on a day: begun, and not over. One that passed its last day without an end is not."""
    last = str(mandate.get("ended_on") or mandate.get("until") or "9999")
    return str(mandate.get("from") or "") <= today.isoformat() <= last


def named(index: Index, role: str) -> Iterator[tuple[Entry, Mapping[str, Any]]]:
    """The mandates of a role, each with its body, whenever they are held."""
    wanted = role.replace("_", "-")
    for body in index.of("body"):
        for mandate in body.get("mandates") or ():
            if wanted == body.id or _is(mandate, wanted):
                yield body, mandate


def held(index: Index, role: str, day: date) -> Iterator[tuple[Entry, Mapping[str, Any]]]:
    """Those that are held on a day."""
    return ((body, mandate) for body, mandate in named(index, role) if holds(mandate, day))


def _is(mandate: Mapping[str, Any], role: str) -> bool:
    return f"-{role}-" in f"-{mandate.get('id') or ''}-" or role in map(
        slug, (mandate.get("role") or {}).values()
    )
