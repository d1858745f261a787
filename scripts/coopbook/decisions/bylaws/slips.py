"""Slips of whoever copied a text that was adopted on paper: a word lost, a word misread.

An erratum quotes the words as they stood here and as the original has them. What an article said
before its errata follows from it, so that nothing is lost and nothing else can change with them.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..types.bylaws import CopyErratum


def undo(text: str, errata: Sequence[CopyErratum]) -> str | None:
    """What a text said before errata were made, the last one first.

    Returns:
        The text; None where the right words of one do not stand in it exactly once, so that nobody
        knows which of them it put right.
    """
    for one in reversed(errata):
        if not one.now or text.count(one.now) != 1:
            return None
        text = text.replace(one.now, one.was)
    return text
