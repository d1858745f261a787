"""Sorting as readers expect: Émile before Zoé (the Unicode Collation Algorithm, by pyuca)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any


@lru_cache(maxsize=1)
def _collator() -> Any:
    from pyuca import Collator

    return Collator()


def sort_key(text: str) -> tuple[int, ...]:
    """A key that sorts text as a French or English reader expects."""
    key: tuple[int, ...] = _collator().sort_key(text)
    return key
