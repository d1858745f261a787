"""A list of any length, cut into pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from .context import Site
from .rendering import Maker, defer_page

PER_PAGE = 200


def list_pages(
    site: Site,
    path: str,
    title: str,
    entries: Sequence[Any],
    template: str,
    *,
    languages: list[str],
    **values: Any,
) -> Iterator[Maker]:
    """The pages of a list, 200 entries each.

    Args:
        site: the site that they belong to.
        path: the path of the first page, without the folder of its language.
        title: plain text, or HTML of a title that says its language.
        entries: what the template lists.
        template: the file in `templates/`.
        languages: those in which the list exists; in another one it has no page.
        values: what the template asks for besides.
    """
    if site.language not in languages:
        return
    pages = max(1, -(-len(entries) // PER_PAGE))
    for number in range(1, pages + 1):
        part = entries[(number - 1) * PER_PAGE : number * PER_PAGE]
        yield defer_page(
            site,
            _page_path(path, number),
            title if number == 1 else title + f" ({number}/{pages})",
            template,
            entries=part,
            total=len(entries),
            number=number,
            pages=[(other, _page_path(path, other)) for other in _nearby_pages(number, pages)],
            alternates=site.addresses.paths(_page_path(path, number), languages),
            **values,
        )


def _page_path(path: str, number: int) -> str:
    return path if number == 1 else f"{path}page/{number}/"


def _nearby_pages(number: int, pages: int) -> list[int]:
    """The page numbers that a page offers, however long the list.

    They are the ends, the neighbours and some steps between.
    """
    steps = {
        1,
        pages,
        *range(max(1, number - 2), min(pages, number + 2) + 1),
        *(number + 10 * step for step in (-1, 1) if 1 <= number + 10 * step <= pages),
    }
    return sorted(steps) if pages > 1 else []
