"""The co-op, its legal notice, its open data, and the page for addresses that do not exist."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from ... import markdown
from ...index import local
from ...messages import _
from ...records import Record
from ..context import Maker, Site


def index_pages(site: Site) -> Iterator[Maker]:
    about = site.coop.get("about") or {}
    spoken = [language for language in site.index.languages if language == site.index.languages[0] or language in about]
    if site.language in spoken:
        coop = Record(site.index.kinds["coop"], "coop", "coop.yml", site.coop)
        text, language = local(about, site.language, site.index.languages)
        body = site.markdown(text, coop, f"{site.prefix}about/", top=2)
        body = replace(body, html=str(site.in_language(language, body.html)))
        yield site.later(
            "about/",
            site.say(site.title_of("about")),
            "about.html",
            section="about",
            description=markdown.plain(text),
            body=body,
            bodies=site.ordered("body"),
            alternates=site.everywhere("about/", spoken),
        )
    if site.main:
        yield site.later(
            "legal/",
            site.say(_("Legal notice")),
            "legal.html",
            section="legal",
            legal=site.coop.get("legal") or {},
            schema=site.index.kinds["coop"].schema["properties"]["legal"],
        )
        yield site.later("data/", site.say(_("Open data")), "data.html", section="data")
        base = "/" + html.escape(urlsplit(site.coop.get("site") or "/").path.lstrip("/"))
        yield site.later(
            "404.html",
            site.say(_("This page does not exist")),
            "404.html",
            head=f'<base href="{base}">',
        )
