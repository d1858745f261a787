"""Pages made from our own templates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from markupsafe import Markup

from ..agenda.availability import standing_of
from ..base import markdown
from ..base.messages import Stopped, _
from ..base.once import once
from ..records.core_kinds import MEMBER
from ..records.index import Entry
from ..records.model import Kind
from . import happenings, hreflang, navigation
from .context import Site
from .engine import own_template, templates
from .facets import page_of_term, terms_in_use
from .mailto import need_address
from .people import first_price, only_organisations, place_of, portrait_of
from .shells import Page
from .subscribing import ways
from .texts import relative, remove_tags
from .values import card_facts, card_terms, cover, picture_address

Maker = Callable[[], Page]
"""Makes a page when it is its turn, perhaps in another process."""


def defer_page(site: Site, path: str, title: str, template: str, **values: Any) -> Maker:
    """Prepare a page; the arguments are those of `make_page`."""
    return partial(make_page, site, path, title, template, **values)


def make_page(  # noqa: PLR0913 -- what differs from page to page, by name
    site: Site,
    path: str,
    title: str,
    template: str,
    *,
    section: str = "",
    description: str = "",
    top: str = "top",
    head: str = "",
    side: str = "",
    contents: bool = True,
    alternates: Sequence[tuple[str, str]] = (),
    **values: Any,
) -> Page:
    """Make a page from one of our templates.

    Args:
        site: the site that it belongs to.
        path: its path, without the folder of its language.
        title: plain text, or HTML of a title that says its language.
        template: the file in `templates/`.
        section: the section of the navigation that it belongs to.
        description: plain text for search engines.
        top: the id of its first heading.
        head: HTML for its head.
        side: HTML that stands beside its text.
        contents: whether it has a list of its headings.
        alternates: language and whole path of this page in each language in which it exists.
        values: what the template asks for besides.
    """
    path = site.prefix + path
    toc: list[markdown.Heading] = []
    body = render_part(site, template, path, title=title, top=top, toc=toc, **values)
    return Page(
        path,
        remove_tags(title),
        body,
        section,
        description,
        site.language,
        tuple(toc) if contents else (),
        top,
        hreflang.head_links(site.index, path, alternates) + head,
        side,
        hreflang.language_switch(site, path, alternates),
    )


def render_part(site: Site, template: str, path: str, **values: Any) -> str:
    """HTML made from one of our templates, for the page at the whole `path`."""
    names = _names(site) | {
        "path": path,
        "href": partial(_relative_from, path),
        "card_of": partial(_place_card, site, path),
        **values,
    }
    own = own_kind(site, template)
    if own is None:
        return str(templates().get_template(template).render(names))
    try:
        return str(own_template(own.template).render(names))
    except Exception as error:
        raise Stopped(
            _(
                "The template {file} cannot be filled for {page}: {reason}",
                file=own.template_file,
                page=path,
                reason=str(error),
            )
        ) from error


def own_kind(site: Site, template: str) -> Kind | None:
    """The kind of which a co-op has this template; None for ours."""
    kind = site.index.kinds.get(template.removeprefix("schemas/").removesuffix(".html"))
    return kind if kind and kind.template and kind.template_file == template else None


_ROOT = "\0"
"""Stands in a card for the way up to the root of the site; no text of a file can hold it."""


def _place_card(site: Site, path: str, entry: Entry, level: int = 2) -> Markup:
    """The card of a record, its heading of this level, on the page at the whole `path`."""
    card = _card(site, entry.kind, entry.id, level)
    return Markup(card.replace(_ROOT.encode(), b"../" * path.count("/")).decode())


@once
def _card(site: Site, kind: str, id: str, level: int) -> bytes:
    """A card as every list of the site shows it, but for the way to the root. It is kept as bytes:
    of a text, one euro sign doubles the size.
    """
    entry, parts = site.index.entries[kind][id], _card_parts(site)
    make = parts.person if kind == MEMBER else parts.card
    return str(make(entry, level)).encode()


@once
def _card_parts(site: Site) -> Any:
    names = _names(site) | {"href": _ROOT.__add__}
    return templates().get_template("macros.html").make_module(names)


def _relative_from(base: str, path: str) -> str:
    return relative(path, base)


def _other_language(site: Site) -> Markup:
    """The attribute that says in which language the site's own words are, where it has none in its
    own (https://www.w3.org/TR/WCAG22/#language-of-parts).
    """
    spoken = site.words.language
    return Markup("") if spoken == site.language else Markup(' lang="{}"').format(spoken)


@once
def _names(site: Site) -> dict[str, Any]:
    """What every template knows: the site, its words and texts, and where things are."""
    return {
        "site": site,
        "words": site.words,
        "in_language": _other_language(site),
        "texts": site.texts,
        "_": site.texts.sentence,
        "ngettext": site.words.say_plural,
        "url": site.addresses.url,
        "at": partial(navigation.at, site),
        "has": partial(navigation.has, site),
        "own_kinds": partial(navigation.own_kinds, site),
        "entry_title": partial(navigation.entry_title, site),
        "day_of": partial(happenings.day_of, site),
        "by_day": partial(happenings.by_day, site),
        "date_lists": partial(happenings.date_lists, site),
        "cover": partial(cover, site),
        "picture_address": partial(picture_address, site),
        "card_terms": partial(card_terms, site),
        "card_facts": partial(card_facts, site),
        "page_of_term": partial(page_of_term, site),
        "title_of": partial(navigation.title_of, site),
        "need": need_address(site) if navigation.has(site, "members") else "",
        "subscriptions": partial(ways, site),
        "first_price": partial(first_price, site),
        "only_organisations": only_organisations,
        "place_of": partial(place_of, site),
        "standing_of": lambda one: standing_of(one, site.index.today),
        "portrait_of": partial(portrait_of, site),
        "in_use": partial(terms_in_use, site),
    }
