"""An article stands in the folder of its text, a replaced wording under `versions/`, and both are
open to those to whom the text is.

`decisions/bylaws/<text>.yml` is the text itself, `decisions/bylaws/<text>/<article>.md` an article,
`decisions/bylaws/<text>/versions/<article>/<day>.md` a wording that was replaced, named after the
day from which it held.

## Why
Elsewhere an article belongs to no text and would be missing from it. A text with one article hidden
reads as if that article did not exist.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic, suggestion
from ...base.messages import _
from ...decisions.bylaws import Place, place_of
from ...decisions.types import Article, BylawsText
from ...records.index import Index
from ...records.model import Record

KIND = "article"
SEES_REFUSED = True


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    place = place_of(record.id)
    if place is None:
        yield record.fault(
            _("No article can stand here."),
            help=_(
                "Put it at decisions/bylaws/<text>/<article>.md, or under "
                "versions/<article>/<day>.md."
            ),
        )
        return
    yield from _document(record, index, place.document)
    if place.since:
        yield from _wording(record, index, place)


def _document(record: Record, index: Index, id: str) -> Iterator[Diagnostic]:
    """The text that the article belongs to exists, and has the same readers."""
    document = index.find("bylaws", id)
    if document is None:
        help = suggestion(id, index.by_id("bylaws")) or _(
            "Write the file decisions/bylaws/<text>.yml, too."
        )
        yield record.fault(_("There is no text “{id}”.", id=id), help=help)
        return
    text, article = BylawsText.of(document), Article.of(record)
    if document.sound and article.audience and article.audience != text.audience:
        message = _(
            "The text is for “{text}”, this article for “{article}”.",
            text=text.audience,
            article=article.audience,
        )
        yield record.fault(message, "audience", help=_("Give both the same audience."))


def _wording(record: Record, index: Index, place: Place) -> Iterator[Diagnostic]:
    """A wording that is kept is named after its day, beside the article that replaced it."""
    since = Article.of(record).in_force
    if since and since != place.since:
        message = _(
            "The file is named {name}, the wording is in force from {date}.",
            name=place.since,
            date=since,
        )
        yield record.fault(
            message, "in_force", help=_("Name the file after the day from which this wording held.")
        )
    if index.find("article", f"{place.document}/{place.article}") is None:
        yield record.fault(
            _(
                "The article itself is missing: {file}.",
                file=f"decisions/bylaws/{place.document}/{place.article}.md",
            ),
            help=_("An article that no longer holds stays there, with repealed: true."),
        )
