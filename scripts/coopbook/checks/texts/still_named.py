"""No text that everybody can read names somebody who is in the directory no more.

They are the members who withdrew their consent for `directory`, and those who have left and are not
shown among the former members (`alumni`). What is looked for is the name that they show, of two
words or more, where no member whom the public knows has it too. What is settled, such as minutes
that are approved, stays as it is.

## Why
Somebody who withdraws can take back their own page, and what refers to it follows by itself. The
names in other people's sentences do not: somebody has to know of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...base.once import once
from ...base.positions import Path, Value, point_at
from ...decisions.types import Member
from ...records.audience import view
from ...records.core_kinds import MEMBER
from ...records.index import Entry, Index
from ...records.model import Record
from ..frozen import is_settled

SEVERITY = "warning"
_WORD = re.compile(r"[\w\u2019'-]+")


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    gone = _names_of_gone(index)
    entry = index.find(record.kind.name, record.id)
    if not gone or entry is None or entry.kind == MEMBER or is_settled(entry, index):
        return
    found = list(_find_names(record, gone))
    shown = view(record, index, "public") if found else None
    if shown is None:
        return
    public = {(leaf.path, leaf.value) for leaf in shown.leaves} | {(None, shown.body)}
    for path, text, at, who in found:
        if (path, text) in public:
            place = point_at(text, at)
            yield record.fault_in_text(
                _("Everybody can read this, and it names “{id}”, who is not public.", id=who.id),
                path,
                (place.line, place.column),
                help=_("Write other words, such as “a member”."),
            )


@once
def _names_of_gone(index: Index) -> dict[str, list[tuple[tuple[str, ...], Entry]]]:
    """The names of those who are in the directory no more, as words, by the first of them."""
    found: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
    known = {_words(str(entry.title)) for entry in index.of(MEMBER) if entry.public}
    for entry in index.of(MEMBER):
        words = _words(str(entry.title))
        if len(words) > 1 and words not in known and not entry.public and _was_public(entry):
            found.setdefault(words[0], []).append((words, entry))
    return found


def _was_public(entry: Entry) -> bool:
    member = Member.of(entry)
    withdrew = any(one.purpose == "directory" and one.withdrawn for one in member.consents)
    return withdrew or member.has_left


def _words(text: str) -> tuple[str, ...]:
    return tuple(match[0].casefold() for match in _WORD.finditer(text))


def _find_names(
    record: Record, gone: dict[str, list[tuple[tuple[str, ...], Entry]]]
) -> Iterator[tuple[Path | None, str, int, Entry]]:
    """Each name in the texts of a record: the field, none for the body; the text; where in it;
    whose name.
    """
    texts: list[tuple[Path | None, Value]] = [(leaf.path, leaf.value) for leaf in record.leaves]
    for path, text in [*texts, (None, record.body)]:
        places = list(_WORD.finditer(text)) if isinstance(text, str) else []
        words = [place[0].casefold() for place in places]
        for number, word in enumerate(words):
            for name, who in gone.get(word, ()):
                if tuple(words[number : number + len(name)]) == name:
                    yield path, text, places[number].start(), who
