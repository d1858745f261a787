"""Fingerprints of contents: SHA-256 of what a text or a value says, whatever it looks like in its
file.

A text is taken in Unicode's composed form (NFC) without the blanks that end its lines and the empty
lines around it; a value as JSON with sorted keys and without spaces. Two files that say the same
have the same fingerprint, on any system.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from typing import Any


def normalise(text: str) -> str:
    """A text as it is compared: same words, same lines."""
    lines = [line.rstrip() for line in unicodedata.normalize("NFC", text).splitlines()]
    return "\n".join(lines).strip("\n")


def of_text(text: str) -> str:
    """The fingerprint of a text, in 64 hexadecimal digits."""
    return hashlib.sha256(normalise(text).encode()).hexdigest()


def of_value(value: Any) -> str:
    """The fingerprint of plain values: the order of keys means nothing, that of lists does."""
    return of_text(
        json.dumps(_compose(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    )


def _compose(value: Any) -> Any:
    if isinstance(value, str):
        return normalise(value)
    if isinstance(value, dict):
        return {unicodedata.normalize("NFC", key): _compose(item) for key, item in value.items()}
    return [_compose(item) for item in value] if isinstance(value, list | tuple) else value
