"""The co-op, its legal notice, its open data, and the page for addresses that do not exist."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from ...base import markdown
from ...base.messages import _
from ...decisions.kinds import BODY
from ...records.addresses import has_pages
from ...records.index import local
from ...records.model import Kind
from ..context import Site
from ..navigation import has, languages_of, page_kinds, speaks, title_of
from ..ordering import order, order_members
from ..rendering import Maker, defer_page


def index_pages(site: Site) -> Iterator[Maker]:
    yield from _words(site, "about", "about.html", **_describe_coop(site))
    yield from _words(site, "contact", "contact.html")
    if has(site, "credentials"):
        yield from _words(
            site,
            "credentials",
            "credentials.html",
            contents=False,
            entities=site.settings.entities.values(),
        )
    yield from _words(site, "legal", "legal.html", contents=False, **_describe_legal(site))
    if site.main:
        yield defer_page(
            site,
            "data/",
            site.words.say(title_of(site, "data")),
            "data.html",
            section="data",
            kinds=page_kinds(site),
            lists=[kind for kind in site.index.kinds.values() if _is_data(kind)],
        )
        base = "/" + html.escape(urlsplit(site.settings.site or "/").path.lstrip("/"))
        head = f'<base href="{base}">'
        yield defer_page(
            site,
            "404.html",
            site.words.say(_("This page does not exist")),
            "404.html",
            contents=False,
            head=head,
        )


def _is_data(kind: Kind) -> bool:
    """Whether the records of a kind are in the open data and on no page of their own."""
    return not kind.single and not has_pages(kind)


def _words(site: Site, section: str, template: str, **values: Any) -> Iterator[Maker]:
    """A page of the co-op's own words, in each language in which it says some of them."""
    if not speaks(site, section):
        return
    title, alternates = (
        site.words.say(title_of(site, section)),
        site.addresses.paths(f"{section}/", languages_of(site, section)),
    )
    yield defer_page(
        site, f"{section}/", title, template, section=section, alternates=alternates, **values
    )


def _describe_coop(site: Site) -> dict[str, Any]:
    coop = site.coop_record
    text, language = local(site.settings.about, site.language, site.index.languages)
    body = site.texts.mark_rendered(
        language, site.texts.render(text, coop, f"{site.prefix}about/", top=2)
    )
    return {
        "description": markdown.plain(text),
        "body": body,
        "bodies": order(site, BODY),
        "members": len(order_members(site)),
    }


def _describe_legal(site: Site) -> dict[str, Any]:
    """Who stands behind the co-op in law; `foreign` is the language of those words of the notice
    that are the co-op's own, where it is not the page's: nobody can translate them but the co-op.
    """
    legal, entities = site.settings.legal, site.settings.entities
    own_words = [legal.publisher, legal.privacy.title]
    for entity in entities.values():
        form = entity.form_words.own or {}
        own_words += [*form.values(), entity.insurance, entity.privacy.title]
    foreign = site.texts.foreign_language({site.index.languages[0]: any(own_words)})
    return {
        "entities": entities,
        "legal": legal,
        "foreign": foreign if any(own_words) else "",
    }
