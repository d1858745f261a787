"""A list of any length, cut into pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from .context import Maker, Site

PER_PAGE = 200


def listing(
    site: Site,
    path: str,
    title: str,
    entries: Sequence[Any],
    template: str,
    *,
    spoken: list[str],
    **values: Any,
) -> Iterator[Maker]:
    """Pages of 200 entries, in each language of `spoken`."""
    if site.language not in spoken:
        return
    pages = max(1, -(-len(entries) // PER_PAGE))
    for number in range(1, pages + 1):
        part = entries[(number - 1) * PER_PAGE : number * PER_PAGE]
        name = title if number == 1 else title + f" ({number}/{pages})"
        links = [(other, _page(path, other)) for other in _near(number, pages)]
        there = _page(path, number)
        values["alternates"] = site.everywhere(there, spoken)
        yield site.later(
            there,
            name,
            template,
            entries=part,
            total=len(entries),
            number=number,
            pages=links,
            **values,
        )


def _page(path: str, number: int) -> str:
    return path if number == 1 else f"{path}page/{number}/"


def _near(number: int, pages: int) -> list[int]:
    """The page numbers offered from a page: the ends, the neighbours and some steps between, however long the list."""
    steps = {
        1,
        pages,
        *range(max(1, number - 2), min(pages, number + 2) + 1),
        *(number + 10 * step for step in (-1, 1) if 1 <= number + 10 * step <= pages),
    }
    return sorted(steps) if pages > 1 else []
