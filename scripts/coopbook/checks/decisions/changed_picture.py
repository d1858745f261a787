"""A picture, or a file that a text leads to, stays what it was while the text that shows it may not
change: approved minutes, a decided proposal or one that people vote on, a wording of an article.

This check compares with the files before the change (`coopbook check --base`), byte for byte. An
article that is decided anew may show another picture.

## Why
A table, a plan or a list of names is often kept as a picture. Words that nobody can change prove
little when the picture between them can be exchanged.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.markdown import links
from ...base.messages import _
from ...decisions.bylaws import last_wordings
from ...decisions.kinds import ARTICLE, PROPOSAL
from ...decisions.types import Article, Proposal
from ...records.evidence import sum_files
from ...records.index import Entry, Index
from ...records.links import resolve
from ...records.load import Book
from ...records.model import Record
from ..frozen import is_settled

SHOWN = ("asset", "attachment")


def check_books(before: Book, after: Book) -> Iterator[Diagnostic]:
    shown = list(_find_shown(before, after.index))
    was = sum_files(before.root, [old for _text, old, _new in shown])
    now = sum_files(after.root, [new for _text, _old, new in shown])
    for text, old, new in shown:
        if old in was and new in now and was[old] != now[new]:
            yield Diagnostic(
                text.file,
                _("“{file}”, which is part of this text, is not what it was.", file=new),
                _("Put the file back as it was. A new one has another name, in a new text."),
            )


def _find_shown(before: Book, after: Index) -> Iterator[tuple[Entry, str, str]]:
    """Each file that a text shows that may not change: the text as it is now, the file's path
    before the change and its path now.
    """
    kept = _find_kept_texts(before.index, after)
    for record in before.records() if kept else ():
        new = kept.get((record.kind.name, record.id))
        if new is None:
            continue
        for url in dict.fromkeys(_addresses(record)):
            old = resolve(url, record.file, before.index)
            now = resolve(url, new.file, after)
            if old.place in SHOWN and now.place in SHOWN:
                yield new, old.asset, now.asset


def _addresses(record: Record) -> Iterator[str]:
    for _path, text in record.markdown():
        yield from (link.url for link in links(text))


def _find_kept_texts(before: Index, after: Index) -> dict[tuple[str, str], Entry]:
    """The texts that may not change, by kind and id before the change, as they are after it."""
    open_votes = [one for one in before.of(PROPOSAL) if Proposal.of(one).is_put_to_the_vote]
    settled = [
        entry
        for of in before.entries.values()
        for entry in of.values()
        if is_settled(entry, before)
    ]
    found = {}
    for old in [*settled, *open_votes, *last_wordings(before)]:
        new = after.find(old.kind, old.id)
        if new is not None and not _is_decided_anew(old, new):
            found[old.kind, old.id] = new
    return found


def _is_decided_anew(old: Entry, new: Entry) -> bool:
    return (
        old.kind == ARTICLE
        and old.sound
        and new.sound
        and Article.of(old).adopted_by != Article.of(new).adopted_by
    )
