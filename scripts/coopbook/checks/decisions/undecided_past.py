"""What a change says of the past rests on a decision that is kept here.

With the files before the change (`coopbook check --base`), two things that are new and older than
today name minutes or a proposal, not a few words alone: a replaced wording (`versions/`) of a text
that was here before, unless it is the one that was in force until this change; and second articles
of association. Whoever begins a book brings in what held until then before anything is compared, or
text by text. Of mandates, `undecided-mandate` asks the same.

## Why
What held in the past is asked of this book by people who were not there. A past that anybody can
add to proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.authority import cites_decision
from ...decisions.bylaws import place_of, same_words
from ...decisions.types import Article, BylawsText
from ...records.index import Entry, Index

KIND = ("article", "bylaws")

HELP = _("Name the minutes and their resolution, or the proposal, that decided it.")


def check_change(before: Index, after: Index) -> Iterator[Diagnostic]:
    today = after.today.isoformat()
    for entry in after.of("article"):
        place = place_of(entry.id)
        if place is None or not place.since or not entry.sound:
            continue
        if before.find("article", entry.id):
            continue
        known = place.document in before.by_id("bylaws")
        if known and _is_past(Article.of(entry).in_force, today) and not _was_here(entry, before):
            message = _(
                "This wording of {date} was not here, and names no decision that is.",
                date=Article.of(entry).in_force,
            )
            yield entry.fault(message, "in_force", help=HELP)
    yield from _find_second_texts(before, after)


def _is_past(day: str, today: str) -> bool:
    return bool(day) and day < today


def _was_here(entry: Entry, before: Index) -> bool:
    """Whether a wording cites a decision, or is the one that was in force and is replaced."""
    place = place_of(entry.id)
    old = before.find("article", f"{place.document}/{place.article}") if place else None
    replaced = (
        old is not None
        and Article.of(old).in_force == Article.of(entry).in_force
        and same_words(old, entry)
    )
    return replaced or cites_decision(entry)


def _find_second_texts(before: Index, after: Index) -> Iterator[Diagnostic]:
    had = {BylawsText.of(entry).kind: entry for entry in before.of("bylaws") if entry.sound}
    for entry in after.of("bylaws"):
        kind = BylawsText.of(entry).kind if entry.sound else ""
        first = had.get(kind)
        if kind != "articles" or first is None or before.find("bylaws", entry.id):
            continue
        articles = [one for one in after.of("article") if one.id.startswith(f"{entry.id}/")]
        if not articles or not all(cites_decision(one) for one in articles):
            message = _("The co-op has articles of association already: {file}.", file=first.file)
            yield entry.fault(
                message, "kind", help=_("Change those, by a decision; or take this file out.")
            )
