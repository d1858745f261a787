"""When each file last changed, and of which version the files are: made by the caller (`coopbook
history`), never asked of git here.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from ..base.messages import Message, _

SHOWN = 7
"""Characters of a version's name that people read."""

_DATE = {"type": "string", "format": "date"}
_SCHEMA = {
    "type": "object",
    "required": ["revision", "date", "files"],
    "additionalProperties": False,
    "properties": {
        "revision": {"type": "string", "pattern": "^[0-9a-f]{7,64}$"},
        "date": _DATE,
        "modified": {"type": "boolean"},
        "files": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "required": ["changed"],
                "additionalProperties": False,
                "properties": {"changed": _DATE},
            },
        },
    },
}


@dataclass(frozen=True)
class History:
    """A version's name and day (ISO 8601), and the day of each file's last change; all empty where
    nobody gave a history.

    `modified`: the files are not quite those of the version, somebody has changed some since.
    """

    revision: str = ""
    date: str = ""
    modified: bool = False
    files: dict[str, str] = field(default_factory=dict, repr=False)

    def changed(self, file: str) -> str | None:
        """The day of a file's last change, where it is known."""
        return self.files.get(file)

    @property
    def version(self) -> str:
        """The version's name as people read it."""
        return self.revision[:SHOWN]

    def of(self, files: Collection[str]) -> History:
        """The same for these files alone."""
        return replace(self, files={file: day for file, day in self.files.items() if file in files})


NO_HISTORY = History()


def read_history(data: bytes, name: object) -> History | Message:
    """What `coopbook history` printed; a sentence on what is wrong with it. `name` is the
    file's.
    """
    from jsonschema_rs import Draft202012Validator

    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return _(
            "“{file}” is not a history: it is not JSON. Make it with `coopbook history`.", file=name
        )
    wrong = next(Draft202012Validator(_SCHEMA, validate_formats=True).iter_errors(value), None)
    if wrong is not None:
        place = " → ".join(map(str, wrong.instance_path)) or "…"
        return _(
            "“{file}” is not a history: look at {place}. Make it with `coopbook history`.",
            file=name,
            place=place,
        )
    files = {file: known["changed"] for file, known in value["files"].items()}
    return History(value["revision"], value["date"], value.get("modified", False), files)
