"""The wordings of an article follow each other: each names the one before (`previous`), and the
days are in order.

The first wording names none. One that calls itself `editorial` has the same words as the one
before.

## Why
With a wording missing in between, nobody can say what held on a day, and a dispute is about that
day.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.bylaws import same_words, wordings
from ...decisions.types import Article
from ...records.index import Entry, Index

KIND = "article"


def check_index(index: Index) -> Iterator[Diagnostic]:
    for document in sorted({entry.id.partition("/")[0] for entry in index.of("article")}):
        for article in wordings(index, document).values():
            if all(entry.sound for entry in article):
                yield from _first(article[0])
                for before, after in pairwise(article):
                    yield from _step(before, after)


def _first(entry: Entry) -> Iterator[Diagnostic]:
    article = Article.of(entry)
    if day := article.previous:
        yield entry.fault(
            _("The wording before, of {date}, is missing.", date=day),
            "previous",
            help=_("It stays under versions/<article>/{date}.md.", date=day),
        )
    if article.editorial:
        yield entry.fault(
            _("There is no wording before this one."), "editorial", help=_("Take out: editorial.")
        )


def _step(before: Entry, after: Entry) -> Iterator[Diagnostic]:
    day, now = Article.of(before).in_force, Article.of(after)
    if now.in_force == day:
        yield after.fault(
            _("{file} is in force from the same day.", file=before.file),
            "in_force",
            help=_("Give the later wording its own day."),
        )
    elif now.previous != day:
        path = ("previous",) if now.previous else ("in_force",)
        message = _("The wording before this one is that of {date}.", date=day)
        yield after.fault(message, *path, help=_("Write: previous: {date}", date=day))
    if now.editorial and not same_words(before, after):
        yield after.fault(
            _(
                "This wording calls itself editorial, and its words differ from those of {date}.",
                date=day,
            ),
            "editorial",
            help=_("Name the decision that changed them, or put the words back."),
        )
