"""Minutes that change what holds for all have something that proves them.

This check compares with the files before the change (`coopbook check --base`). Minutes that are
approved in it, and whose resolutions change an article of bylaws or the rules of decision, have a
fingerprint at least: of the attendance sheet or of the signed original, under `annexes`, or of a
signature.

## Why
Whoever may write minutes can write those of a meeting that never was. A fingerprint in the book
says which paper must be shown when somebody doubts.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.types import Minutes
from ...records.index import Index

KIND = "minutes"
SEVERITY = "warning"


def check_change(before: Index, after: Index) -> Iterator[Diagnostic]:
    for entry in after.of("minutes") if before.find("rules", "rules") else ():
        minutes, old = Minutes.of(entry), before.find("minutes", entry.id)
        if not entry.sound or not minutes.is_settled or (old and Minutes.of(old).is_settled):
            continue
        changes = any(one.is_adopted and (one.amends or one.rules) for one in minutes.resolutions)
        proofs = [
            *(one.sha256 for one in minutes.annexes),
            *(one.sha256 for one in minutes.signatures),
        ]
        if changes and not any(proofs):
            message = _("These minutes change what holds for all, and nothing proves them.")
            help = _(
                "Give the fingerprint (sha256) of the attendance sheet or of the signed original "
                "under “annexes”."
            )
            yield entry.fault(message, "status", help=help)
