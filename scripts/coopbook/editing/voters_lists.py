"""The lists of who is who in vote records: whoever is renamed is renamed there, and whoever is
erased is taken out. The records themselves stay byte for byte.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from ..base.messages import Message, _
from ..decisions.kinds import RESULT
from ..decisions.pseudonyms import Key
from ..records.index import Entry
from ..records.load import Book
from .mentions import content_of, find_words

NOBODY = "0" * 32
"""What stands for a salt in a history that was rewritten."""


def list_files(book: Book) -> list[str]:
    """The lists that are here."""
    kind = book.index.kinds[RESULT]
    files = (kind.pseudonyms_of(entry.file) for entry in book.index.of(RESULT))
    return [file for file in files if file in book.index.assets]


def rename_in_lists(book: Book, ids: Sequence[str], new: str) -> dict[str, bytes]:
    """The lists that name somebody by one of some ids, with another one."""
    return {file: key.renamed(ids, new).write() for file, key in _find_lists(book, ids)}


def cut_lists(book: Book, ids: Sequence[str]) -> dict[str, bytes]:
    """The lists that name somebody by one of some ids, without them, and without the salt."""
    return {file: key.without(ids).write() for file, key in _find_lists(book, ids)}


def _find_lists(book: Book, ids: Sequence[str]) -> Iterator[tuple[str, Key]]:
    for file in list_files(book):
        key = _read(book, file)
        if not {*ids}.isdisjoint(key.voters.values()):
            yield file, key


def _read(book: Book, file: str) -> Key:
    try:
        return Key.or_empty(json.loads(content_of(book, file)))
    except (ValueError, RecursionError):  # told by the check
        return Key()


def replacements_in_history(book: Book, ids: Sequence[str]) -> list[str]:
    """The lines of a list of replacements for git filter-repo that cut the ties in former versions
    of the lists, too; they can be read as before.
    """
    found = []
    for _file, key in _find_lists(book, ids):
        found += [f"literal:{key.salt}==>{NOBODY}"] if key.salt else []
        found += [
            f'literal:"{name}": "{id}"==>"{name}": ""'
            for name, id in key.voters.items()
            if id in ids
        ]
    return found


def find_old_records(book: Book, ids: Sequence[str]) -> list[Entry]:
    """The results whose records name somebody: those of the first format have ids."""
    naming, kind = {one.file for one in find_words(book, ids)}, book.index.kinds[RESULT]
    return [entry for entry in book.index.of(RESULT) if kind.sidecar_of(entry.file) in naming]


def tell_old_records(book: Book, ids: Sequence[str]) -> Iterator[Message]:
    """What records of the first format go on saying of somebody, why, and what could be done."""
    entries = find_old_records(book, ids)
    if not entries:
        return
    yield _("These votes were recorded with the ids of those who voted, and still name them:")
    kind = book.index.kinds[RESULT]
    for entry in entries:
        file, title = kind.sidecar_of(entry.file), book.index.text(entry.title)
        yield Message("  {file}: {title}", {"file": file, "title": title})
    yield _(
        "They stay: each result, and all after it, rests on the fingerprint of its record, and "
        "nobody could count them again without it. No site shows them. “git filter-repo” can take "
        "the id out of these files too; from then on these results, and those after them, prove "
        "nothing any more."
    )
