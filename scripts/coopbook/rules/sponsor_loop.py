"""Nobody is their own sponsor, not even through others.

## Why
A sponsor welcomes a newcomer. A loop means that one of the files names the wrong person.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Diagnostic
from ..messages import _
from ..records import Index


def check_index(index: Index) -> Iterator[Diagnostic]:
    done: set[str] = set()
    for entry in index.of("member"):
        trail: dict[str, None] = {}
        current = entry
        while current.id not in done and current.id not in trail:
            trail[current.id] = None
            following = index.find("member", current.get("sponsor") or "")
            if following is None:
                break
            current = following
        if current.id in trail and current.get("sponsor"):
            loop = list(trail)[list(trail).index(current.id) :]
            first = index.entries["member"][min(loop)]
            around = [*loop[loop.index(first.id) :], *loop[: loop.index(first.id)], first.id]
            yield first.error(
                _("Sponsors go round in a circle: {names}.", names=" → ".join(around)), "sponsor", help=_("Take one of these sponsors out.")
            )
        done.update(trail)
