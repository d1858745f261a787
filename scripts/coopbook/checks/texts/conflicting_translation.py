"""A page that translates another (`translates`) is written in another language of the co-op, and is
the only one in it.

It names its `language`, one of the sites' and not the original's. A translation of a translation is
refused: it names the original.

## Why
The page takes the original's place in the site of its language, and each leads to the other. Two
translations in one language, or one in the original's, would fight for that place, and one would
never be found.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import Message, _
from ...records.addresses import Addresses
from ...records.index import Entry, Index


def check_index(index: Index) -> Iterator[Diagnostic]:
    for kind in (name for name, kind in index.kinds.items() if "translates" in kind.properties):
        for entry in index.of(kind):
            if entry.sound and entry.get("translates"):
                yield from _wrong(entry, index)


def _wrong(entry: Entry, index: Index) -> Iterator[Diagnostic]:
    original = index.find(entry.kind, entry.get("translates"))
    if original is None:
        return
    language, main = entry.get("language"), index.languages[0]
    if original is entry:
        yield entry.fault(
            _("A page is not its own translation."), "translates", help=_("Delete the line.")
        )
    elif original.get("translates"):
        help = _("Write: {line}.", line=f"translates: {original.get('translates')}")
        yield entry.fault(
            _("“{id}” is a translation itself.", id=original.id), "translates", help=help
        )
    elif not language:
        yield entry.fault(
            _("A translation says which language it is in."),
            "translates",
            help=_("Add a line such as: language: en"),
        )
    elif language not in index.languages:
        yield entry.fault(
            _("The sites are not made in this language."), "language", help=_languages(index)
        )
    elif language == (original.get("language") or main):
        yield entry.fault(
            _("“{id}” is in this language already.", id=original.id),
            "language",
            help=_languages(index),
        )
    elif (first := Addresses(index, language).version(original)) is not entry:
        message = _(
            "“{id}” has a translation into this language already: {file}.",
            id=original.id,
            file=first.file,
        )
        yield entry.fault(message, "translates", help=_("Keep one of the two."))


def _languages(index: Index) -> Message:
    return _("Languages of the co-op: {languages}.", languages=", ".join(index.languages))
