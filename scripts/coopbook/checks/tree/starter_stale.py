"""The files that Coopbook laid for git and the forge are those of the Coopbook that checks.

`.coopbook/starter.json` notes what was laid. Whoever proposes a change of something else is not
told (`coopbook check --base`): those who look after the program are.

## Why
A newer Coopbook lays files that keep votes, publication and proofs whole. Where the old ones stay,
nothing fails at first, and nobody learns that something is missing.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _, ngettext
from ...records.beside import FORGES
from ...records.index import Index
from ...records.starter_files import MARK, REQUIREMENTS, find_stale

SEVERITY = "warning"
OF_CHANGES = False


def check_index(index: Index) -> Iterator[Diagnostic]:
    if index.mark is None:
        has_forge = any(name in index.folders or name in index.assets for name in FORGES)
        if has_forge and REQUIREMENTS in index.assets:
            yield Diagnostic(
                REQUIREMENTS,
                _("Nothing here says which Coopbook laid the files for the forge."),
                _("Run: {command}", command="coopbook upgrade"),
            )
        return
    if stale := find_stale(index.mark):
        yield Diagnostic(
            MARK,
            ngettext(
                "This Coopbook lays {count} file for git or the forge otherwise: {file}.",
                "This Coopbook lays {count} files for git and the forge otherwise, {file} among "
                "them.",
                len(stale),
                file=stale[0],
            ),
            _("Run: {command}", command="coopbook upgrade"),
        )
