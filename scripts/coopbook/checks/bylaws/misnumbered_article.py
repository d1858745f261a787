"""The articles of a text are numbered 1, 2, 3…, none twice, none left out; unnumbered ones are
counted before and after them apart.

One that stands among them (`place: within`) has the number of the article after it; of several
there, `suffix` says which comes first: a, b, c.

A suffix (4 bis) makes room between two. An article that no longer holds keeps its number.

## Why
“As article 9 says” must mean one article, today and in ten years.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.bylaws import last_wordings, order, place_of
from ...decisions.types import Article
from ...records.index import Entry, Index

KIND = "article"


def check_index(index: Index) -> Iterator[Diagnostic]:
    found: dict[tuple[str, str], list[Entry]] = {}
    for entry in last_wordings(index):
        place, article = place_of(entry.id), Article.of(entry)
        if place and article.number:
            found.setdefault((place.document, article.place), []).append(entry)
    for articles in found.values():
        yield from _sequence(sorted(articles, key=order))


def _sequence(articles: list[Entry]) -> Iterator[Diagnostic]:
    before, last = None, Article()
    for entry in articles:
        article = Article.of(entry)
        if before and (article.number, article.suffix) == (last.number, last.suffix):
            yield entry.fault(
                _("{file} has the same number.", file=before.file),
                "number",
                help=_("Number one of the two anew."),
            )
        elif article.place != "within" and article.number > last.number + 1:
            yield entry.fault(
                _("There is no article {number}.", number=last.number + 1),
                "number",
                help=_(
                    "Number the articles without a gap; one that no longer holds keeps its "
                    "number, with repealed: true."
                ),
            )
        before, last = entry, article
