"""A page's headings as the theme's contents list takes them."""

from __future__ import annotations

import html
from types import SimpleNamespace
from typing import Any

from ..base.markdown import Heading


def item_of(heading: Any) -> Any:
    """A heading as the theme's contents list takes it."""
    if isinstance(heading, SimpleNamespace):
        return heading
    title = html.escape(heading.text)
    said = (
        f'<span lang="{html.escape(heading.language)}">{title}</span>'
        if heading.language
        else title
    )
    return SimpleNamespace(
        title=said,
        url=f"#{html.escape(heading.id)}",
        level=heading.level,
        children=[],
        typeset=None,
    )


def nest(headings: tuple[Heading, ...]) -> list[Any]:
    """Headings as a tree, three levels deep at most: what lies deeper is left out."""
    roots: list[Any] = []
    trail: list[Any] = []
    for heading in headings:
        item = item_of(heading)
        while trail and trail[-1].level >= item.level:
            trail.pop()
        if len(trail) < 3:
            (trail[-1].children if trail else roots).append(item)
            trail.append(item)
    return roots
