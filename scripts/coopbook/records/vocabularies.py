"""The vocabularies that ship, as the build compiled them: every command reads them, and their YAML
takes longer than all files of a small co-op.
"""

from __future__ import annotations

import hashlib
import json

from ..base.positions import Source
from ..base.shipped import shipped
from ..yaml_files.reader import parse


def parse_shipped(name: str, data: bytes) -> Source:
    """Read a vocabulary of ours.

    Args:
        name: The stem of its file, such as `skills`.
        data: What the file holds.

    Returns:
        What `parse` gives for the file; from what was compiled, unless the file has been edited
        since.
    """
    try:
        compiled = json.loads((shipped("compiled") / f"{name}.json").read_bytes())
    except (OSError, ValueError):
        compiled = {}
    if compiled.get("sha256") == hashlib.sha256(data).hexdigest():
        return Source(compiled["value"])
    return parse(data, front_matter=False)
