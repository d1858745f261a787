"""How the name of the data file ends that says who is meant by the pseudonyms in the data file
beside each record (`x-sidecar`), such as `voters.json`: `results/1.yml` has
`results/1.voters.json`.

No site shows what it holds. It may change: whoever is renamed is renamed in it, and whoever is
erased is taken out of it.
"""

from __future__ import annotations

from ..shared import Schema

ON = ("kind",)
FRAGMENT = {"type": "string", "pattern": "^[a-z]+[.]json$"}


def of(schema: Schema) -> str:
    """The ending; empty where there is no such file."""
    return str(schema.get("x-pseudonyms", ""))
