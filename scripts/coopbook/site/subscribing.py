"""The ways to follow what is new and what has a date: named in a page's head for programs, and on it for people."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from ..base.messages import _
from ..outputs import calendar, feed

if TYPE_CHECKING:
    from .context import Site


def ways(site: Site) -> dict[str, str]:
    """The calendar's and the feed's path, of those that the site has."""
    key = ("subscribing", site.language)
    if key not in site.cache:
        found = (
            {"calendar": calendar.path(site.language)}
            if calendar.shown(site.index, site.language)
            else {}
        )
        site.cache[key] = found | (
            {"feed": feed.path(site.language)} if feed.news(site.index, site.language) else {}
        )
    found_ways: dict[str, str] = site.cache[key]
    return found_ways


def links(site: Site, path: str, *, script: str = "") -> str:
    """HTML for the head of the page at `path`, without its language's folder: its calendar and feed, and a script of its own."""
    types = {
        "calendar": ("text/calendar", _("Dates")),
        "feed": ("application/atom+xml", _("What is new")),
    }
    found = [
        f'<link rel="alternate" type="{types[name][0]}" title="{html.escape(site.say(types[name][1]))}" href="{html.escape(site.href(to, site.prefix + path))}">'
        for name, to in ways(site).items()
    ]
    own = (
        f'<script src="{html.escape(site.href(script, site.prefix + path))}" type="module"></script>'
        if script
        else ""
    )
    return "".join(found) + own
