"""The value is a term of this list: `trades` and `skills` are files of `schemas/vocabularies/`,
`coop.offices` a map of `coop.yml`.

`self`: a term of the same vocabulary file.
"""

from __future__ import annotations

from ..shared import Schema

ON = ("string",)
FRAGMENT = {"type": "string", "pattern": "^([a-z][a-z-]*|coop[.][a-z_]+|self)$"}


def of(schema: Schema) -> str:
    """The list; empty where any text may stand."""
    return str(schema.get("x-vocabulary", ""))
