"""Unicode's codes of languages, countries and currencies, from CLDR.

`make docs` copies them from Babel, which takes ten times as long to say them.
"""

from __future__ import annotations

import json
from functools import lru_cache

from .shipped import shipped

_FILE = shipped("codes.json")


def codes(name: str) -> frozenset[str]:
    """The `languages` (ISO 639), `countries` (ISO 3166-1 alpha-2) or `currencies` (ISO 4217)."""
    return _all_codes()[name]


@lru_cache(maxsize=1)
def _all_codes() -> dict[str, frozenset[str]]:
    found: dict[str, str] = json.loads(_FILE.read_bytes())
    return {name: frozenset(some.split()) for name, some in found.items()}
