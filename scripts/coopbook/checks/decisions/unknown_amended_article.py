"""A proposal changes articles that exist; one that adds an article says so.

`amends` names a text and an article of it. With `new: true` the article is one that the proposal
adds: it is there once the decision is in force.

## Why
A slip in a name, and the vote decides on an article that is not there: the change that everybody
wanted cannot be written into the text.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic, suggestion
from ...base.messages import NOTHING, _
from ...decisions.bylaws import last_wordings, place_of
from ...decisions.types import Proposal
from ...records.index import Index
from ...records.model import Record

KIND = "proposal"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    proposal = Proposal.of(record)
    if not proposal.amends:
        return
    there = [place for entry in last_wordings(index) if (place := place_of(entry.id))]
    passed = proposal.has_passed
    for number, one in enumerate(proposal.amends):
        known = [place.article for place in there if place.document == one.document]
        path = ("amends", number, "article")
        names = {"document": one.document, "article": one.article}
        if not index.find("bylaws", one.document):
            continue
        if one.article not in known and not (one.new and not passed):
            help = suggestion(one.article, known)
            help = (
                help
                if help != NOTHING or passed
                else _("If the proposal adds it, write: new: true")
            )
            yield record.fault(
                _("“{document}” has no article “{article}”.", **names), *path, help=help
            )
        elif one.article in known and one.new and not passed:
            message = _("“{document}” has an article “{article}” already.", **names)
            yield record.fault(
                message, *path, help=_("Take out: new: true, or give the new article another name.")
            )
