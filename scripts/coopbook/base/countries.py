"""Where countries lie: boxes computed by `scripts/vendor/country_boxes.py` from Natural Earth
(public domain).
"""

from __future__ import annotations

import json
from functools import lru_cache

from .shipped import shipped

_FILE = shipped("country_boxes.json")


@lru_cache(maxsize=1)
def country_boxes() -> dict[str, list[list[float]]]:
    """West, south, east and north in degrees, box by box, by country code."""
    found: dict[str, list[list[float]]] = json.loads(_FILE.read_text())
    return found
