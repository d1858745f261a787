"""The articles of a text are numbered 1, 2, 3…, none twice, none left out; unnumbered ones are
counted before and after them apart.

A suffix (4 bis) makes room between two. An article that no longer holds keeps its number.

## Why
“As article 9 says” must mean one article, today and in ten years.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.bylaws import last_wordings, order, place_of
from ...records.index import Entry, Index

KIND = "article"


def check_index(index: Index) -> Iterator[Diagnostic]:
    found: dict[tuple[str, str], list[Entry]] = {}
    for entry in last_wordings(index):
        place = place_of(entry.id)
        if place and entry.get("number"):
            found.setdefault((place.document, str(entry.get("place") or "")), []).append(entry)
    for articles in found.values():
        yield from _sequence(sorted(articles, key=order))


def _sequence(articles: list[Entry]) -> Iterator[Diagnostic]:
    before: Entry | None = None
    for entry in articles:
        last = before.get("number") if before else 0
        if before and (entry.get("number"), entry.get("suffix")) == (last, before.get("suffix")):
            yield entry.error(
                _("{file} has the same number.", file=before.file),
                "number",
                help=_("Number one of the two anew."),
            )
        elif entry.get("number") > last + 1:
            yield entry.error(
                _("There is no article {number}.", number=last + 1),
                "number",
                help=_(
                    "Number the articles without a gap; one that no longer holds keeps its "
                    "number, with repealed: true."
                ),
            )
        before = entry
