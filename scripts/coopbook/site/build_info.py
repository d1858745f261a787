"""What the foot of every page says: when the site was made, and of which version of the files."""

from __future__ import annotations

from ..base.messages import _
from .context import Site


def built_from(site: Site) -> str:
    """A sentence in the site's language; no site is made from files that have not passed the check."""
    history, day = site.index.history, site.date(site.index.today.isoformat())
    if not history.revision:
        return site.say(_("Site built on {date} (check passed).", date=day))
    if history.modified:
        return site.say(
            _(
                "Site built on {date} (check passed), from version {version} with later changes.",
                date=day,
                version=history.version,
            )
        )
    return site.say(
        _(
            "Site built on {date} (check passed), from version {version}.",
            date=day,
            version=history.version,
        )
    )
