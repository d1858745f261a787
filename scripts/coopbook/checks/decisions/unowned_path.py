"""`paths` in the rules of decision names, for the files of each kind and for those of the program,
who may change them.

## Why
What nobody is named for, no vote and no office can change: somebody does it by hand, and nobody can
say by which right.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.globs import matches
from ...base.messages import _
from ...records.index import Index
from ...records.model import Kind, Record

KIND = "rules"
SEVERITY = "warning"
PROGRAM = ("schemas", "scripts", ".github")
"""Folders, where a co-op keeps them, of what decides how all the rest is read and counted."""


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    paths = list(record.get("paths") or {})
    kinds = sorted(index.kinds.values(), key=lambda kind: kind.files)
    wanted = [(kind.files, [_sample(kind)]) for kind in kinds] + [
        (f"{folder}/**", [f"{folder}/x", f"{folder}/x/x"])
        for folder in PROGRAM
        if folder in index.folders
    ]
    for files, samples in wanted:
        if not all(any(matches(path, file) for path in paths) for file in samples):
            yield record.error(
                _("Nothing says who may change {files}.", files=files),
                "paths",
                help=_("Add a line for them."),
            )


def _sample(kind: Kind) -> str:
    """A path such as a file of this kind has."""
    return kind.files.replace("**/", "x/").replace("*", "x")
