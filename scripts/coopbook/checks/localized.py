"""Texts by language, as checks compare them with what they were."""

from __future__ import annotations

from collections.abc import Mapping

from ..base.positions import Value


def says_the_same(was: Value, now: Value) -> bool:
    """Whether a text by language says what it said; a translation may come, or go where another
    stays. That of a country (`fr-CA`) is none where the language's own was read until then.
    """
    if not isinstance(was, Mapping) or not isinstance(now, Mapping):
        return bool(was == now)
    both = was.keys() & now.keys()
    new = (language.partition("-")[0] for language in now.keys() - was.keys() if "-" in language)
    return (
        bool(both)
        and all(was[language] == now[language] for language in both)
        and not any(language in was for language in new)
    )
