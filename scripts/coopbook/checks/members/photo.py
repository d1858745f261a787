"""A photo opens, is what its ending says, and has a sensible size; a member's file and the photo go
together.

JPEG, PNG or WebP; at most 8 megabytes and 40 megapixels; at least 200 pixels each way. A photo has
a `photo:` field with a description (`alt`), and the field has a photo.

## Why
A picture that does not open leaves a hole in the page, and some pictures are traps: a small file
that fills the memory, a page that calls itself a picture. Those who cannot see the photo read its
description.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...records.index import Index
from ...records.model import Record

KIND = "member"
SEES_REFUSED = True


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    file, told = index.photo(record.id), "photo" in record.value
    if told and not file:
        yield record.error(
            _("There is a description of a photo, and no photo."),
            "photo",
            help=_("Add members/photos/{id}.jpg, or delete the field.", id=record.id),
        )
    if file and not told and not record.refused:
        yield record.error(
            _("The photo {file} has no description.", file=file),
            help=_("Add: photo: {alt: {fr: …}}."),
        )


def check_index(index: Index) -> Iterator[Diagnostic]:
    for file in index.files:
        if file.flaw:
            yield Diagnostic(file.path, *file.flaw)
