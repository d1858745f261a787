"""Results are numbered one after the other, and each holds the fingerprint of the one before
(`previous`).

The program writes both. The fingerprint is that of all that a result says but who may read it and
its errata.

## Why
Whoever changes an old result would have to change all that came after it, in every copy of the
book, and on the paper where somebody wrote the last fingerprint down.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...decisions.result_chain import breaks
from ...records.index import Index

KIND = "result"


def check_index(index: Index) -> Iterator[Diagnostic]:
    yield from breaks(index)
