"""The ways to follow what is new and what has a date: in a page's head, and on the page."""

from __future__ import annotations

import html

from ..base.messages import _
from ..base.once import once
from ..outputs import calendar, feed
from .context import Site
from .texts import relative

TYPES = {
    "calendar": ("text/calendar", _("Dates")),
    "feed": ("application/atom+xml", _("What is new")),
}
"""The media type and the title of each way."""


@once
def ways(site: Site) -> dict[str, str]:
    """The paths of the calendar and of the feed, if the site has them."""
    index, language, found = site.index, site.language, {}
    if calendar.calendar_dates(index, language):
        found["calendar"] = calendar.calendar_path(language)
    if feed.latest_news(index, language):
        found["feed"] = feed.feed_path(language)
    return found


def head_links(site: Site, path: str, *, script: str = "") -> str:
    """HTML for the head of a page: its calendar, its feed, and perhaps a script of its own.

    Args:
        site: whose page it is.
        path: the page's path, without the folder of its language.
        script: the path of the script from the site's root.
    """
    base = site.prefix + path
    links = [
        f'<link rel="alternate" type="{TYPES[name][0]}" '
        f'title="{html.escape(site.words.say(TYPES[name][1]))}" '
        f'href="{html.escape(relative(to, base))}">'
        for name, to in ways(site).items()
    ]
    if script:
        links.append(f'<script src="{html.escape(relative(script, base))}" type="module"></script>')
    return "".join(links)
