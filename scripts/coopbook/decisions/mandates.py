"""Who holds a role on a day. Rules name roles by a word (`tresorerie`); it means a body by its id,
or a mandate by its title, its id, or a word of its id.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..base.formats import slug
from ..records.index import Entry, Index
from .types import Body, Mandate


def mandates_of_role(index: Index, role: str) -> Iterator[tuple[Entry, Mandate]]:
    """The mandates of a role, each with its body, whenever they are held."""
    for body in index.of("body"):
        for mandate in Body.of(body).mandates:
            if has_role(body, mandate, role):
                yield body, mandate


def mandates_held(index: Index, role: str, day: date) -> Iterator[tuple[Entry, Mandate]]:
    """Those that are held on a day."""
    return (
        (body, mandate)
        for body, mandate in mandates_of_role(index, role)
        if mandate.holds_on(day.isoformat())
    )


def has_role(body: Entry, mandate: Mandate, role: str) -> bool:
    """Whether a mandate of a body is of a role, as the rules name it."""
    wanted = role.replace("_", "-")
    return (
        wanted == body.id
        or f"-{wanted}-" in f"-{mandate.id}-"
        or wanted in map(slug, mandate.role.values())
    )
