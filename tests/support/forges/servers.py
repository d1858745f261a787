"""Little forges: each keeps one proposed change and answers, over a real socket, the requests that
its adapter makes.

    with FakeGitHub() as forge:
        forge.say(1001, "ana", "/voter pour")
        adapter = forge.adapter()

All three have the same methods. What a forge would not know (a route, a field, a query) is noted in
`faults`, and leaving the `with` fails on it. GitHub's requests and answers are held against its own
OpenAPI description as well, the rows of Forgejo's against its fields. `script()` puts other answers
first.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from support.forges.base import BOT, HEAD, START, TOKEN, FakeForge
from support.forges.gitlab import FakeGitLab
from support.forges.pulls import FakeForgejo, FakeGitHub

FORGES: dict[str, type[FakeForge]] = {
    "github": FakeGitHub,
    "forgejo": FakeForgejo,
    "gitlab": FakeGitLab,
}


@contextmanager
def forge(name: str, **how: Any) -> Iterator[FakeForge]:
    """A forge by its name, for as long as the block lasts."""
    with FORGES[name](**how) as found:
        yield found


__all__ = [
    "BOT",
    "FORGES",
    "HEAD",
    "START",
    "TOKEN",
    "FakeForge",
    "FakeForgejo",
    "FakeGitHub",
    "FakeGitLab",
    "forge",
]
