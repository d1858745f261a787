"""The pages of a site, one module a subject, found by looking.

A module may have

* `index_pages(site)`: makers of pages that need only the index,
* `KIND`: the kind that it is about. Its `index_pages` then make the list of that kind, too, which
  otherwise `lists` makes from the schema's words,
* `record_values(site, record, path)`: what the page of a record of that kind shows besides its
  fields and its text.

Pages of single records are made in `records`, from `templates/kinds/<kind>.html` where a kind has
its own template, else from the kind's schema alone.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from functools import lru_cache
from types import ModuleType
from typing import Any

from ...records.model import Record
from ..context import Site
from ..rendering import Maker

RecordValues = Callable[[Site, Record, str], dict[str, Any]]


@lru_cache(maxsize=1)
def _modules() -> list[ModuleType]:
    names = sorted(found.name for found in pkgutil.iter_modules(__path__))
    return [importlib.import_module(f"{__name__}.{name}") for name in names]


def index_pages(site: Site) -> Iterator[Maker]:
    """Every page that is not a record's own, to be made when it is its turn."""
    for module in _modules():
        if hasattr(module, "index_pages"):
            yield from module.index_pages(site)


@lru_cache(maxsize=1)
def listed_kinds() -> frozenset[str]:
    """The kinds whose list a module of their own makes."""
    own = (module for module in _modules() if hasattr(module, "index_pages"))
    return frozenset(module.KIND for module in own if hasattr(module, "KIND"))


@lru_cache(maxsize=1)
def record_values() -> dict[str, RecordValues]:
    """What the pages of records show besides, by kind."""
    own = (module for module in _modules() if hasattr(module, "KIND"))
    return {module.KIND: module.record_values for module in own if hasattr(module, "record_values")}
