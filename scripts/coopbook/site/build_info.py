"""The line at the foot of every page: when the site was built, and from which version of the
files.
"""

from __future__ import annotations

from ..base.messages import _
from .context import Site


def describe_build(site: Site) -> str:
    """A sentence in the site's language; no site is built from files that fail the check."""
    history, words = site.index.history, site.words
    day = words.date(site.index.today.isoformat())
    if not history.revision:
        return words.say(_("Site built on {date} (check passed).", date=day))
    if history.modified:
        message = _(
            "Site built on {date} (check passed), from version {version} with later changes.",
            date=day,
            version=history.version,
        )
    else:
        message = _(
            "Site built on {date} (check passed), from version {version}.",
            date=day,
            version=history.version,
        )
    return words.say(message)
