"""The fields of a file in another order: whole blocks of lines move, with the comments above
them.
"""

from __future__ import annotations

from collections.abc import Sequence

from .nodes import Part, compose


def reorder(text: str, names: Sequence[str], newline: str = "\n") -> str:
    """Move the fields of a text into an order.

    Args:
        text: Fields, one below the other; any other text stays as it is.
        names: The names of fields in the wanted order; those it lacks come last, as they stand.
        newline: How its lines end.

    Returns:
        The same lines. What stands above the first field stays at the top.
    """
    node = compose(text)
    if node is None or node.style != ":":
        return text
    rank = {name: number for number, name in enumerate(names)}
    starts = [
        _with_comments(text, part) if number else part.start
        for number, part in enumerate(node.parts)
    ]
    whole = text if text.endswith("\n") else text + newline
    chunks = [
        whole[start:end] for start, end in zip(starts, [*starts[1:], len(whole)], strict=True)
    ]
    order = sorted(range(len(chunks)), key=lambda at: rank.get(str(node.parts[at].key), len(rank)))
    if order == list(range(len(chunks))):
        return text
    return whole[: starts[0]] + "".join(chunks[at] for at in order)


def _with_comments(text: str, part: Part) -> int:
    """Where a field begins, with the lines of comments right above it."""
    start = part.start
    while start:
        above = text.rfind("\n", 0, start - 1) + 1
        if not text[above:start].startswith("#"):
            break
        start = above
    return start
