"""A file that a record names as its proof has its SHA-256 beside it.

Named are the proofs of ballots and of tellers' counts (`evidence`), the annexes of minutes and the
scan of what the register keeps (`original`).

## Why
Without a fingerprint nobody can say, years later, that the paper is the same: it could be
exchanged.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...records.evidence import take_once_a_vote
from ...records.index import Index


def check_index(index: Index) -> Iterator[Diagnostic]:
    for proof in take_once_a_vote(index.proofs):
        if proof.file in index.sums and not proof.sha256:
            yield Diagnostic(
                proof.record,
                _("Nothing says what “{file}” held: it could be exchanged.", file=proof.file),
                _("Write: sha256: {sha256}", sha256=index.sums[proof.file]),
                (*proof.path, "file"),
            )
