"""A member's photo and its description go together, and so do a logo and its own.

A photo has a `photo:` field with a description (`alt`), and the field has a photo. A logo
(`members/photos/<member>.logo.png`) has `logo:`.

## Why
Those who cannot see the picture read its description; a description alone leaves a hole in the
page.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...records.index import Index
from ...records.member_pictures import PHOTOS
from ...records.model import Record

KIND = "member"
SEES_REFUSED = True


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    file, told = index.photo(record.id), "photo" in record.value
    if told and not file and not _is_misnamed(record.id, index):
        yield record.fault(
            _("There is a description of a photo, and no photo."),
            "photo",
            help=_("Add members/photos/{id}.jpg, or delete the field.", id=record.id),
        )
    if file and not told and not record.refused:
        yield record.fault(
            _("The photo {file} has no description.", file=file),
            help=_("Add: photo: {{alt: {{fr: …}}}}. To show it no more, delete {file}.", file=file),
        )
    file, told = index.logo(record.id), "logo" in record.value
    if told and not file:
        yield record.fault(
            _("There is a description of a logo, and no logo."),
            "logo",
            help=_("Add members/photos/{id}.logo.png, or delete the field.", id=record.id),
        )
    if file and not told and not record.refused:
        yield record.fault(
            _("The logo {file} has no description.", file=file),
            help=_("Add: logo: {alt: {fr: …}}."),
        )


def _is_misnamed(member: str, index: Index) -> bool:
    """Whether a file in the folder of photos has a member's name, with another ending or in
    capitals: what is wrong with it is told there.
    """
    names = (path.removeprefix(PHOTOS) for path in index.assets if path.startswith(PHOTOS))
    return any(name.rpartition(".")[0].casefold() == member for name in names)
