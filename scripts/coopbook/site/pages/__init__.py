"""Pages that list and tell, one module each: `index_pages(site)` yields makers of what needs only
the index.

Pages of single records are made in `record_page`, from `templates/kinds/<kind>.html` where a kind
has its own, else from the kind's schema alone.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

from ..context import Site
from ..rendering import Maker


def index_pages(site: Site) -> Iterator[Maker]:
    """Every page that is not a record's own, to be made when it is its turn."""
    for module in sorted(found.name for found in pkgutil.iter_modules(__path__)):
        make = getattr(importlib.import_module(f"{__name__}.{module}"), "index_pages", None)
        if make:
            yield from make(site)
