"""Sorting as readers expect: Émile before Zoé (the Unicode Collation Algorithm, by pyuca)."""

from __future__ import annotations

import struct
from functools import lru_cache
from typing import Any


@lru_cache(maxsize=1)
def _collator() -> Any:
    from pyuca import Collator

    return Collator()


def sort_key(text: str) -> bytes:
    """A key that sorts text as a French or English reader expects: the algorithm's 16-bit weights, one after the other."""
    weights = _collator().sort_key(text)
    return struct.pack(f">{len(weights)}H", *weights)
