"""Which item of an old list becomes which of the new one, so that as few lines as can be differ."""

from __future__ import annotations

from ..base.positions import Value
from .values import same

_MOST_PAIRED = 200


def pair_items(old: list[Value], new: list[Value]) -> list[int | None]:
    """For each new item the old one whose place it takes, in order, so that as little as can be
    differs.
    """
    head = 0
    while head < min(len(old), len(new)) and same(old[head], new[head]):
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and same(old[-1 - tail], new[-1 - tail]):
        tail += 1
    inner = _pair_inner(old[head : len(old) - tail], new[head : len(new) - tail])
    return [
        *range(head),
        *(None if place is None else head + place for place in inner),
        *range(len(old) - tail, len(old)),
    ]


def _pair_inner(old: list[Value], new: list[Value]) -> list[int | None]:
    """As `pair_items`, by the best sum of likenesses."""
    if len(old) > _MOST_PAIRED or len(new) > _MOST_PAIRED:
        return [number if number < len(old) else None for number in range(len(new))]
    alike = [[_likeness(one, other) for other in new] for one in old]
    best = [[0.0] * (len(new) + 1) for _row in range(len(old) + 1)]
    for row in reversed(range(len(old))):
        for column in reversed(range(len(new))):
            paired = alike[row][column] + best[row + 1][column + 1]
            best[row][column] = max(best[row + 1][column], best[row][column + 1], paired)
    pairs: list[int | None] = [None] * len(new)
    row = column = 0
    while row < len(old) and column < len(new):
        likeness = alike[row][column]
        if likeness and best[row][column] == likeness + best[row + 1][column + 1]:
            pairs[column] = row
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            row += 1
        else:
            column += 1
    return pairs


def _likeness(one: Value, other: Value) -> float:
    """How much two items are one: 0 for not at all, more than 1 for the same."""
    if same(one, other):
        return 2.0
    if isinstance(one, dict) and isinstance(other, dict):
        equal = sum(same(value, other[name]) for name, value in one.items() if name in other)
        common = len(one.keys() & other.keys())
        return 0.2 * bool(common) + equal / max(len(one), len(other), 1)
    if isinstance(one, list) and isinstance(other, list):
        return 0.2
    return 0.1 * (not isinstance(one, dict | list) and not isinstance(other, dict | list))
