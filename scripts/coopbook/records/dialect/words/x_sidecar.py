"""How the name of the data file ends that stands beside each record, such as `events.json`:
`results/1.yml` has `results/1.events.json`.

No site shows what it holds.
"""

from __future__ import annotations

from ..shared import Schema

ON = ("kind",)
FRAGMENT = {"type": "string", "pattern": "^[a-z]+[.]json$"}


def of(schema: Schema) -> str:
    """The ending; empty where there is no such file."""
    return str(schema.get("x-sidecar", ""))
