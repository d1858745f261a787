"""How a file names its record: `stem`, by the file's name alone, unique in its kind; `path`, by the
path below the kind's folder.
"""

from __future__ import annotations

from ..shared import Schema

ON = ("kind",)
REQUIRED = True
FRAGMENT = {"enum": ["stem", "path"]}


def of(schema: Schema) -> str:
    return str(schema["x-id"])
