"""A file that proves a decision holds what it held when its fingerprint was noted.

Named with their SHA-256 are the proofs of ballots and of tellers' counts (`evidence`), the annexes
of minutes and the scan of what the register keeps (`original`). With the files before the change
(`coopbook check --base`): what proves a closed vote, or approved minutes, does not change and does
not go, and neither do the fingerprints.

## Why
Years later a vote can be proved by the papers behind it alone, and only if they are still the same
papers.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.protected_files import protected_sums
from ...records.evidence import FOLDER, take_once_a_vote
from ...records.index import Index


def check_index(index: Index) -> Iterator[Diagnostic]:
    for proof in take_once_a_vote(index.proofs):
        now = index.sums.get(proof.file)
        if now and proof.sha256 and now != proof.sha256:
            yield Diagnostic(
                proof.record,
                _("“{file}” is not what it was when its fingerprint was noted.", file=proof.file),
                _(
                    "Put the file back as it was. If its fingerprint was noted wrongly: sha256: "
                    "{sha256}",
                    sha256=now,
                ),
                (*proof.path, "file"),
            )


def check_change(before: Index, after: Index) -> Iterator[Diagnostic]:
    """What is named with its fingerprint as before is told by `check_index`; what no record names
    any more, with the record.
    """
    named = {(proof.file, proof.sha256) for proof in after.proofs}
    for file, was in protected_sums(before).items():
        now = after.sums.get(file, "")
        if now == was or (file, was) in named or not file.startswith(FOLDER):
            continue
        gone = _("“{file}” proves what was decided, and is gone.", file=file)
        changed = _("“{file}” proves what was decided, and is not what it was.", file=file)
        yield Diagnostic(file, changed if now else gone, _("Put it back as it was."))
