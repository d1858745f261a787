"""A proposal that is decided does not change any more.

Only its status goes on, `ratified_by` and `answer` may be added once, and an `erratum` after those that are there says what was wrong;
everybody may be let read it, and it may be looked at again on another day (`review_on`). This check compares with the files before the
change (`coopbook check --base`).

## Why
What was voted is what is written there. Who mends a word afterwards decides alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.status import CLOSED
from ...records.index import Entry, Index

KIND = "proposal"

FREE = ("status", "audience", "formerly", "review_on")
ADDED = ("ratified_by", "answer")


def check_change(before: Index, after: Index) -> Iterator[Diagnostic]:
    for was in before.of("proposal"):
        if was.get("status") not in CLOSED:
            continue
        now = after.find("proposal", was.id)
        if now is None:
            yield Diagnostic(
                was.file,
                _("This proposal was decided: it cannot be deleted."),
                _("Put the file back."),
            )
        elif now.sound and was.sound:
            yield from _changes(was, now)


def _changes(was: Entry, now: Entry) -> Iterator[Diagnostic]:
    help = _("Put it back as it was; say what was wrong in a new entry of “erratum”.")
    for name in {**was.value, **now.value}:
        old, new = was.get(name), now.get(name)
        again = name == "second" and now.get("status") == "second"
        if old == new or name in FREE or (old is None and (name in ADDED or again)):
            continue
        if name != "erratum":
            yield now.error(
                _("This proposal was decided: “{name}” cannot change any more.", name=name),
                name,
                help=help,
            )
        elif (new or [])[: len(old or [])] != (old or []):
            yield now.error(_("What stands in “erratum” stays; a new entry comes after it."), name)
    if was.text != now.text:
        yield now.error(_("This proposal was decided: its text cannot change any more."), help=help)
