"""A record's file has a name of small letters, digits and hyphens; a page's path may have capitals
and underscores too.

## Why
The name is the record's id and its address on the site. Accents, spaces and look-alike letters
differ from one computer to another and can pass for another member's name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.formats import slug
from ...base.messages import _
from ...records.index import Index
from ...records.model import Record

SEES_REFUSED = True

_FORMS = {
    "stem": re.compile(r"[a-z0-9]+(-[a-z0-9]+)*"),
    "path": re.compile(r"[A-Za-z0-9]+([_-][A-Za-z0-9]+)*(/[A-Za-z0-9]+([_-][A-Za-z0-9]+)*)*"),
}


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    if not record.kind.single and not _FORMS[record.kind.id_form].fullmatch(record.id):
        strange = [
            letter
            for letter in unicodedata.normalize("NFKD", record.id)
            if letter.isalpha() and letter.lower() not in "abcdefghijklmnopqrstuvwxyz"
        ]
        if strange:
            message = _(
                "The file's name holds a letter of another alphabet: “{letter}” ({code}).",
                letter=strange[0],
                code=f"U+{ord(strange[0]):04X}",
            )
            yield record.fault(
                message, help=_("Name it with Latin letters: some look alike and are not.")
            )
        else:
            help = _(
                "Name it “{name}”.",
                name="/".join(filter(None, map(slug, record.id.split("/")))) or "…",
            )
            yield record.fault(
                _("The file's name is not an id: “{name}”.", name=record.id), help=help
            )
