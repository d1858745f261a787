"""How the tool is used: our own guides, on the members' site."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...base import markdown
from .. import guides
from ..context import Site
from ..navigation import at, title_of
from ..rendering import Maker, defer_page
from ..texts import relative

_OTHER = re.compile(r"([a-z-]+)\.[a-z]{2}\.md(#.*)?")
"""A link from one guide to another, as it is written in the files."""


def index_pages(site: Site) -> Iterator[Maker]:
    if site.audience != "members":
        return
    if site.main or guides.speaks(site.language):
        yield _list(site)
    for name in guides.guides():
        if site.language in _spoken(site, name):
            yield _guide(site, name)


def _spoken(site: Site, name: str) -> list[str]:
    """The languages in which a guide has a page: the main one always, the others where it is
    written in them.
    """
    main, *others = site.index.languages
    return [main, *(other for other in others if guides.is_written(name, other))]


def _address(site: Site, name: str) -> str:
    return f"{site.prefix if site.language in _spoken(site, name) else ''}guides/{name}/"


def _list(site: Site) -> Maker:
    main, *others = site.index.languages
    alternates = site.addresses.paths(
        "guides/", [main, *(other for other in others if guides.speaks(other))]
    )
    found = [(_address(site, name), *_summary(site, name)) for name in guides.guides()]
    title = site.words.say(title_of(site, "guides"))
    return defer_page(
        site,
        "guides/",
        title,
        "guides.html",
        section="wiki",
        contents=False,
        alternates=alternates,
        guides=found,
    )


def _summary(site: Site, name: str) -> tuple[str, str]:
    """A guide's title and its first paragraph, ready for a page."""
    text, language = guides.text(name, site.language)
    first, rest = text.split("\n\n", 2)[:2]
    title, words = markdown.plain(first), markdown.plain(rest)
    return site.texts.localized({language: title}), site.texts.localized({language: words})


def _guide(site: Site, name: str) -> Maker:
    path = f"guides/{name}/"
    body, language = _render_guide(site, name, site.prefix + path)
    title, alternates = body.headings[0], site.addresses.paths(path, _spoken(site, name))
    values = {
        "body": site.texts.mark_rendered(language, body),
        "all": at(site, "guides"),
        "top": title.id,
        "section": "wiki",
    }
    return defer_page(site, path, title.text, "guide.html", alternates=alternates, **values)


def _render_guide(site: Site, name: str, path: str) -> tuple[markdown.Rendered, str]:
    """A guide's HTML for the page at `path`, and the language it is in; links to other guides lead
    to their pages.
    """
    text, language = guides.text(name, site.language)

    def link(url: str) -> str:
        other = _OTHER.fullmatch(url)
        if other:
            return (
                relative(_address(site, other[1]), path) + (other[2] or "")
                if other[1] in guides.guides()
                else ""
            )
        return url if url.startswith("#") or ":" in url else ""

    return markdown.render(text, link), language
