"""Known forms of keys and tokens, vendored by `scripts/vendor/secret_patterns.py`."""

from __future__ import annotations

import json
import re
from functools import lru_cache

from .shipped import shipped


@lru_cache(maxsize=1)
def secret_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Compile the shipped patterns.

    Returns:
        What a secret is called and the form it has, in the order of the file; several forms may
        have one name.
    """
    data = json.loads((shipped("secret_patterns") / "patterns.json").read_bytes())
    flags = {"i": re.IGNORECASE, "x": re.VERBOSE}
    return tuple(
        (
            entry["name"],
            re.compile(entry["pattern"], sum(flags[flag] for flag in entry.get("flags", ""))),
        )
        for entry in data["patterns"]
    )
