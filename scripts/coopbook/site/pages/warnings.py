"""What the check has to say, in words, for members."""

from __future__ import annotations

from collections.abc import Iterator

from ...messages import _
from ..context import Maker, Site


def index_pages(site: Site) -> Iterator[Maker]:
    if site.audience == "members" and site.main:
        found = [(item, site.index.by_file.get(item.file)) for item in site.warnings]
        yield site.later("warnings/", site.say(_("To look at")), "warnings.html", section="warnings", found=found)
