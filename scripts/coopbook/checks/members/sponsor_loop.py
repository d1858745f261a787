"""Nobody is their own sponsor, not even through others.

## Why
A sponsor welcomes a newcomer. A loop means that one of the files names the wrong person.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.types import Member
from ...records.index import Entry, Index

KIND = "member"


def check_index(index: Index) -> Iterator[Diagnostic]:
    done: set[str] = set()
    for entry in index.of("member"):
        trail: dict[str, None] = {}
        current: Entry | None = entry
        while current and current.id not in done and current.id not in trail:
            trail[current.id] = None
            current = index.find("member", Member.of(current).sponsor)
        if current and current.id in trail:
            yield _describe_loop(list(trail)[list(trail).index(current.id) :], index)
        done.update(trail)


def _describe_loop(loop: list[str], index: Index) -> Diagnostic:
    """The loop, told once, beginning with the first of its ids."""
    start = loop.index(min(loop))
    names = [*loop[start:], *loop[:start], loop[start]]
    message = _("Sponsors go round in a circle: {names}.", names=" → ".join(names))
    return index.by_id("member")[names[0]].fault(
        message, "sponsor", help=_("Take one of these sponsors out.")
    )
