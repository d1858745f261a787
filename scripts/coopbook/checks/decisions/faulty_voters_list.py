"""The list of who is who in what was counted names members, each once, under pseudonyms that stand
there; it changes only where somebody is renamed or erased.

Beside `decisions/results/<id>.yml` stands `<id>.voters.json`: whose each pseudonym is in
`<id>.events.json`. `coopbook tally` writes it, `coopbook rename` and `coopbook erase` change it:
nobody else does. A result comes with the names of all. While the list has its salt, each pseudonym
is what that gives for the member's id, or for a former one, and no other vote has the same salt.
With the files before the change (`coopbook check --base`), no line may name somebody else, and none
may go while its member is here.

## Why
Whoever could put another name on a ballot, or take one off, could say of anybody how they had
voted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ...base.diagnostics import Diagnostic, suggestion
from ...base.messages import Message, _
from ...decisions.pseudonyms import Key, names_of
from ...decisions.tally.record import VoteRecord
from ...records.core_kinds import MEMBER
from ...records.index import Index
from ...records.load import Book
from ...records.model import Record

KIND = "result"

PUT_BACK = _("Put it back as it was.")


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    file = record.kind.pseudonyms_of(record.file)
    if file not in index.assets:
        return
    if record.pseudonyms is None:
        yield _fault_of(file, _("This list of voters cannot be read."), PUT_BACK)
        return
    try:
        key, kept = Key.of(record.pseudonyms), VoteRecord.of(record.beside)
    except ValueError:
        yield _fault_of(file, _("This list of voters cannot be read."), PUT_BACK)
        return
    there, seen = names_of(kept), set[str]()
    for name, id in key.voters.items():
        if name not in there:
            message = _("“{name}” stands nowhere in what was counted.", name=name)
            yield _fault_of(file, message, _("Delete the line."))
        elif (member := index.find(MEMBER, id)) is None:
            near = suggestion(id, index.by_id(MEMBER))
            yield _fault_of(file, _("There is no member “{id}”. {help}", id=id, help=near), ERASED)
        elif not key.may_mean(name, (id, member.id, *member.formerly)):
            message = _("“{name}” is not the pseudonym of “{id}”.", name=name, id=id)
            yield _fault_of(file, message, PUT_BACK)
        elif (now := index.current_id(MEMBER, id)) in seen:
            yield _fault_of(file, _("“{id}” has two pseudonyms.", id=id), PUT_BACK)
        else:
            seen.add(now)


ERASED = _("Of somebody who was erased, the line goes, and “salt” with it: coopbook erase.")


def check_books(before: Book, after: Book) -> Iterator[Diagnostic]:
    was, now = before.index.by_id(KIND), after.index.by_id(KIND)
    results = {(KIND, id) for id in now}
    changed = {
        (kind, id) for kind, id in results if id not in was or was[id].digest != now[id].digest
    }
    if not changed:
        return
    had = {
        record.id: Key.or_empty(record.pseudonyms)
        for record in before.records()
        if (record.kind.name, record.id) in changed
    }
    lists = {
        record.id: (record, Key.or_empty(record.pseudonyms))
        for record in after.records()
        if (record.kind.name, record.id) in results
    }
    salts = Counter(key.salt for _record, key in lists.values())
    for record, key in lists.values():
        if (record.kind.name, record.id) not in changed:
            continue
        yield from _compare(record, had.get(record.id), before.index, after.index)
        if key.salt and salts[key.salt] > 1:
            message = _("Another vote has this salt, which is drawn anew for each.")
            help = _("Whoever is in both could be followed: let “coopbook tally” write the list.")
            yield _fault_of(record.kind.pseudonyms_of(record.file), message, help)


def _compare(record: Record, had: Key | None, before: Index, after: Index) -> Iterator[Diagnostic]:
    file, key = record.kind.pseudonyms_of(record.file), Key.or_empty(record.pseudonyms)
    if had is None:
        yield from _find_unnamed(record, key, after)
        return
    for name, id in had.voters.items():
        new = key.voters.get(name)
        if new is None and id in after.by_id(MEMBER):
            yield _fault_of(
                file, _("“{id}” was taken out of this list, and is here.", id=id), PUT_BACK
            )
        elif new is not None and after.current_id(MEMBER, new) != after.current_id(MEMBER, id):
            message = _("“{name}” was “{id}”, and is now “{new}”.", name=name, id=id, new=new)
            yield _fault_of(file, message, PUT_BACK)
    for name in key.voters.keys() - had.voters.keys():
        message = _("“{name}” was nobody's, and is now “{new}”.", name=name, new=key.voters[name])
        yield _fault_of(file, message, PUT_BACK)


def _find_unnamed(record: Record, key: Key, after: Index) -> Iterator[Diagnostic]:
    """Whom the list of a new result does not name."""
    try:
        kept = VoteRecord.of(record.beside)
    except ValueError:  # told by `miscounted-result`
        return
    unnamed = names_of(kept) - key.voters.keys() if kept.format > 1 else set()
    if unnamed:
        file = record.kind.pseudonyms_of(record.file)
        message = _("This list does not say whose “{name}” is.", name=min(unnamed))
        yield _fault_of(
            file if file in after.assets else record.file,
            message,
            _("A result comes with the list that “coopbook tally” wrote: {file}.", file=file),
        )


def _fault_of(file: str, message: Message, help: Message) -> Diagnostic:
    return Diagnostic(file, message, help)
