"""A list of words has a title and its words have labels; one that adds to Coopbook's takes these
from there.

`extends: coopbook` in `schemas/vocabularies/trades.yml` adds words, labels and synonyms to the list
that ships under the same name, and retires words (`retired: true`). Without it the file takes that
list's place.

## Why
A word without a label would be shown by its id, which is for files; and a list that adds to one
that is not there is shorter than whoever wrote it thinks.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic, suggestion
from ...base.messages import _
from ...records.core_kinds import VOCABULARY
from ...records.index import Index
from ...records.model import Record
from ...records.vocabularies import EXTENDS, shipped_names

KIND = VOCABULARY


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    if record.get(EXTENDS) and record.id not in shipped_names():
        help = suggestion(record.id, shipped_names()) or _(
            "One of: {choices}.", choices=", ".join(shipped_names())
        )
        yield record.fault(
            _("Coopbook has no list “{name}” to add to.", name=record.id), EXTENDS, help=help
        )
        return
    if not record.get("title"):
        yield record.fault(
            _("This list has no title."), help=_("Write: {example}", example="title: {fr: …}")
        )
    for id, term in record.get("terms").items():
        if not term.get("label"):
            yield record.fault(
                _("The word “{id}” has no label.", id=id),
                *("terms", id),
                help=_("Write: {example}", example="label: {fr: …}"),
            )
