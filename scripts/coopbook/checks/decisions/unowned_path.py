"""`paths` in the rules of decision names, for the files of each kind and for those of programs, who
may change them.

Programs are the schemas, what the forge runs (such as `.github`), what git and the site generator
are told (`.gitattributes`, `.gitmodules`, `mkdocs.yml`), and what `coop.yml` declares under
`beside`: `requirements.txt`, for one, says which Coopbook counts the votes, and
`requirements.lock` with which programs.

## Why
What nobody is named for, no vote and no office can change: somebody does it by hand, and nobody can
say by which right.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.globs import matches
from ...base.messages import _
from ...decisions.types import Rules
from ...records.beside import find_programs
from ...records.index import Index
from ...records.model import Kind, Record

KIND = "rules"
SEVERITY = "warning"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    paths = list(Rules.of(record).paths)
    kinds = sorted(index.kinds.values(), key=lambda kind: kind.files)
    wanted = [(kind.files, [_sample(kind)]) for kind in kinds] + [
        (f"{name}/**", [f"{name}/x", f"{name}/x/x"]) if name in index.folders else (name, [name])
        for name in find_programs(index)
    ]
    for files, samples in wanted:
        if not all(any(matches(path, file) for path in paths) for file in samples):
            yield record.fault(
                _("Nothing says who may change {files}.", files=files),
                "paths",
                help=_("Add a line for them."),
            )


def _sample(kind: Kind) -> str:
    """A path such as a file of this kind has."""
    return kind.files.replace("**/", "x/").replace("*", "x")
