"""What is published of a person has their consent, given and not withdrawn.

A page in the directory needs a consent for `directory`, a place in the open data for `reuse`, a
photo for `photo`, a published phone or e-mail for `phone` or `email`. The co-op's clients who are
named have given theirs (`permission: given`), and the member one for `references`.

## Why
Consent by purpose is what data protection law asks for, and what members expect. A consent is
recorded with its date and can be withdrawn; the next build takes the page away.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...base.positions import Path
from ...records.index import Index
from ...records.model import Record

KIND = "member"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    if record.get("type") != "person":
        return
    given = {
        item.get("purpose") for item in record.get("consents") or [] if "withdrawn" not in item
    }
    for purpose, path in _needed(record):
        if purpose not in given:
            yield record.error(
                _("There is no consent for “{purpose}”.", purpose=purpose),
                *path,
                help=_("Add it to consents, or write listed: false.")
                if path == ("listed",)
                else _("Add it to consents, or take the line out."),
            )


def _needed(record: Record) -> Iterator[tuple[str, Path]]:
    """Purposes that need a consent, with the value that asks for it."""
    if record.get("listed") is not True:
        return
    yield "directory", ("listed",)
    if record.get("open_data") is True:
        yield "reuse", ("open_data",)
    if "photo" in record.value:
        yield "photo", ("photo",)
    for number, name in enumerate(record.get("publish") or []):
        if name in {"email", "phone"}:
            yield name, ("publish", number)
    if any(item.get("permission") == "given" for item in record.get("references") or []):
        yield "references", ("references",)
