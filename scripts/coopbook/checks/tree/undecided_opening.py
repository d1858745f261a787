"""What was there and was not public is published by a decision alone, where a change opens it for
all records at once.

This check compares with the files before the change (`coopbook check --base`): both sides are
looked at as the public would see them, and what a schema, a folder or a move of files newly shows
is counted. What is to be published so stands in `coop.yml` under `openings`, each with the
decision behind it: a resolution of an assembly whose minutes are approved, or a proposal, taken as
strictly as the rules before the change ask for `coop.yml` and for the schema. A record that opens
itself, such as a member who adds a phone to `publish`, is its owner's choice, and is not told here.

## Why
One word in a schema publishes the phones of everybody, and whoever looks at the change sees one
word. What was written for members alone was written in trust.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import Message, _, ngettext
from ...decisions.openings import doubts_of_opening, is_opened
from ...records.core_kinds import COOP
from ...records.load import Book
from ...records.published import What, find_published, title_of

HELP = _(
    "Take the change back, or name the decision in coop.yml, under openings: what: {name}, with "
    "adopted_by."
)


def check_books(before: Book, after: Book) -> Iterator[Diagnostic]:
    for what, files in sorted(find_published(after, before).by_kinds.items()):
        if not is_opened(after.index, what.name):
            file = f"schemas/{what.kind}.schema.json"
            message = _describe(what, len(files), before)
            yield Diagnostic(file, message, Message(HELP.text, {"name": what.name}))
            continue
        for doubt, path in doubts_of_opening(before.index, after.index, what.name):
            coop = after.index.by_id(COOP)[COOP]
            yield coop.fault(doubt, *path, help=_describe(what, len(files), before))


def _describe(what: What, count: int, before: Book) -> Message:
    if not what.field:
        return ngettext(
            "This change publishes {count} record that was not public: {what}.",
            "This change publishes {count} records that were not public: {what}.",
            count,
            what=title_of(what, before),
        )
    return ngettext(
        "This change publishes what was not public of {count} record: {what}.",
        "This change publishes what was not public of {count} records: {what}.",
        count,
        what=title_of(what, before),
    )
