"""A resolution that was adopted in a category that counts votes gives its figures, or says that it
was unanimous (`unanimous: true`): then those count who were there or represented.

One of a meeting before the rules came into force (`in_force`) is not judged.

## Why
“Adopted” alone can be neither counted again nor contested. No article, no rule and no mandate
changes on it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...decisions.authority import FIGURES, why_unfounded
from ...decisions.types import Minutes
from ...records.index import Index
from ...records.model import Record

KIND = "minutes"
SEVERITY = "warning"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    entry = index.by_file.get(record.file)
    for number, one in enumerate(Minutes.of(record).resolutions):
        if entry and entry.sound and (message := why_unfounded(index, entry, one)):
            yield record.fault(message, "resolutions", number, "result", help=FIGURES)
