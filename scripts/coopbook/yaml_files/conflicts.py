"""Marks that git leaves in a file where two changes met and nobody has chosen yet.

They are looked for before anything is read: to YAML they are slips of the pen, and Markdown shows
them on the page, with both texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..base.messages import _
from ..base.positions import Fault, Span

_MARK = re.compile(r"<{7}(?: .*)?|>{7}(?: .*)?|={7}|\|{7}(?: .*)?")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_MAY_BE_MARKED = re.compile(r"^(?:<{7}|>{7})(?:[ \r]|$)", re.M)


class Conflict(NamedTuple):
    """Two changes that met: the lines of the first mark and of the last, from 1."""

    first: int
    last: int

    @property
    def fault(self) -> Fault:
        """What is said of it, at its first line."""
        return Fault(
            Span(self.first, 1, self.first, 8),
            _("Two changes meet here, and nobody has chosen."),
            _(
                "Keep one or both texts, then delete the lines that begin with <<<<<<<, ======= "
                "and >>>>>>>."
            ),
        )


def find_conflicts(text: str) -> Iterator[Conflict]:
    """Find where two changes met. What a page shows as code, between its fences, is none.

    Args:
        text: A whole file.

    Yields:
        Each conflict; a mark of one that was mended by halves, too.
    """
    if not _MAY_BE_MARKED.search(text):
        return
    first = 0
    fence = above = ""
    for number, written in enumerate(text.split("\n"), 1):
        line = written.removesuffix("\r")
        mark = line[:7] if not fence and _MARK.fullmatch(line) else ""
        if mark == "<" * 7:
            if first:
                yield Conflict(first, number - 1)
            first = number
        elif mark == ">" * 7 and (first or not above.startswith(">")):
            yield Conflict(first or number, number)
            first = 0
        elif found := _FENCE.match(line):
            fence = "" if fence and found[1].startswith(fence) else fence or found[1]
        above = line
    if first:
        yield Conflict(first, number)
