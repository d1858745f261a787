"""A name is what it looks like, and nobody else's.

It stands on one line, has a letter or a digit that is seen, no sign that nobody sees, and no letter
of another alphabet, or one made for formulas, inside a word. Two members whose names look the same
and are written with other letters are an error; those whose names are the same are told by
`same-name`.

## Why
Whoever reads a page, a ballot or an invoice knows others by their names. “Аna Lopes” with a
Cyrillic А passes for Ana Lopes, and a name of blanks for nobody.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.lookalikes import find_odd_letter, find_unseen
from ...base.messages import Message, _
from ...decisions.namesakes import find_look_alikes
from ...records.index import Index
from ...records.model import Record

KIND = "member"
_FIELDS = (
    ("name", "display"),
    ("name", "given"),
    ("name", "family"),
    ("legal_name",),
    ("trade_name",),
)


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    for path in _FIELDS:
        text = record.get(*path)
        if isinstance(text, str) and (found := _find_flaw(text)):
            yield record.fault(found[0], *path, help=found[1])


def _find_flaw(name: str) -> tuple[Message, Message] | None:
    if "\n" in name or "\t" in name:
        return _("A name stands on one line, without tabs."), _("Write spaces instead.")
    if unseen := find_unseen(name):
        message = _("There is a sign in this name that nobody sees ({code}).", code=_code(unseen))
        return message, _("Delete it and write the name again by hand.")
    if not any(letter.isalnum() for letter in name):
        return _("No letter of this name can be read."), _("Write the name that others know.")
    if letter := find_odd_letter(name):
        message = _(
            "A letter of this name is not what it looks like: “{letter}” ({code}).",
            letter=letter,
            code=_code(letter),
        )
        return message, _("Write the name again by hand, in one alphabet.")
    return None


def _code(sign: str) -> str:
    return f"U+{ord(sign):04X}"


def check_index(index: Index) -> Iterator[Diagnostic]:
    for entry, other in find_look_alikes(index):
        if any(_find_flaw(index.text(one.title)) for one in (entry, other)):
            continue  # told where that name stands
        yield entry.fault(
            _(
                "This name looks like that of {file} and is written with other letters.",
                file=other.file,
            ),
            "name",
            help=_("Write both with the same alphabet, or one of them so that it differs."),
        )
