"""Text of one direction on a page of the other: what is not kept apart is torn up by the Unicode
Bidirectional Algorithm (https://www.w3.org/International/articles/inline-bidi-markup/).
"""

from __future__ import annotations

import re
from functools import lru_cache

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LEFT_TO_RIGHT = re.compile("[A-Za-z\u00c0-\u024f\u0370-\u0587]|[0-9]")


@lru_cache
def direction(language: str) -> str:
    """`rtl` for a language that is written from right to left, else `ltr`."""
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(language.partition("-")[0]).text_direction)
    except (UnknownLocaleError, ValueError):
        return "ltr"


def isolate(html: str, language: str) -> str:
    """Keep a short text apart from what stands around it, if it has letters, or numbers, of the
    other direction than its page's language.
    """
    other = _LEFT_TO_RIGHT if direction(language) == "rtl" else _RIGHT_TO_LEFT
    return f"<bdi>{html}</bdi>" if other.search(html) else html
