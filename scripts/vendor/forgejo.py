"""What the tests hold Forgejo's answers against: `python scripts/vendor/forgejo.py WHEEL`, where
WHEEL is what `pip download --no-deps pyforgejo==2.0.7` gives.

No registry gives Forgejo's own description; pyforgejo (MIT; its licence is written beside the
result) is generated from it. Kept are the fields, and their types, of the rows that our adapter
reads. Wants that pyforgejo and its pydantic are installed, which nothing else here uses.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zipfile
from importlib import import_module
from pathlib import Path
from typing import Any

SHA256 = "4456c0e3de0470d66111901101a62e623eb29713fd57599220404f1e7caa824d"
OUT = Path(__file__).parents[2] / "tests/support/forges/data"
ROWS = {
    "PullRequest": "pull_request",
    "PullReview": "pull_review",
    "Comment": "comment",
    "CommitStatus": "commit_status",
    "User": "user",
    "TimelineComment": "timeline_comment",
    "Repository": "repository",
    "Branch": "branch",
}
TALK = {"title", "description", "default"}


def silent(value: Any) -> Any:
    """Without what is only for readers; and no field but those that are named."""
    if isinstance(value, list):
        return [silent(one) for one in value]
    if not isinstance(value, dict):
        return value
    found = {
        name: silent(one)
        for name, one in value.items()
        if name not in TALK or isinstance(one, dict)
    }
    return found | ({"additionalProperties": False} if "properties" in value else {})


def main(wheel: Path) -> None:
    if hashlib.sha256(wheel.read_bytes()).hexdigest() != SHA256:
        sys.exit(
            "This is not the package that was looked at: read what changed, then write its "
            "sum here."
        )
    models = import_module("pydantic.json_schema").models_json_schema
    rows = [
        (getattr(import_module(f"pyforgejo.types.{file}"), name), "validation")
        for name, file in ROWS.items()
    ]
    found = silent(models(rows)[1])
    (OUT / "forgejo-fields.json").write_text(
        json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )
    with zipfile.ZipFile(wheel) as package:
        licence = next(name for name in package.namelist() if name.endswith("/LICENSE"))
        (OUT / "forgejo-fields.LICENSE").write_bytes(package.read(licence))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
