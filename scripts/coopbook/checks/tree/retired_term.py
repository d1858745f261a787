"""No record has a word that its list has retired.

A list retires a word by `retired: true`: whoever has it keeps it, and nobody is offered it.

## Why
A word that is no longer used leads visitors to a part of the people alone. Taken out of the list at
once, it would be an error in each file that has it; retired, those files change when their owners
come by.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import NOTHING, _
from ...records.core_kinds import VOCABULARY
from ...records.dialect.words import x_vocabulary
from ...records.index import Index
from ...records.model import Record
from ...records.vocabularies import is_retired

SEVERITY = "warning"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    if record.kind.name == VOCABULARY:
        return
    for path, value, schema in record.leaves:
        name = x_vocabulary.of(schema)
        term = (index.terms(name) or {}).get(value) if name else None
        if is_retired(term):
            broader = (term or {}).get("broader")
            yield record.fault(
                _("“{value}” is no longer chosen in the list “{name}”.", value=value, name=name),
                *path,
                help=_("Did you mean “{near}”?", near=broader) if broader else NOTHING,
            )
