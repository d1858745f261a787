"""A wording that was replaced never changes and never goes.

This check compares with the files before the change (`coopbook check --base`).

## Why
It is the proof of what held then. Whoever could rewrite it could rewrite what others had agreed to.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.bylaws import place_of
from ...records.index import Entry, Index

KIND = "article"


def check_change(before: Index, after: Index) -> Iterator[Diagnostic]:
    for old in before.of("article"):
        place = place_of(old.id)
        if not place or not place.since:
            continue
        new = after.find("article", old.id)
        if new is None:
            yield Diagnostic(
                old.file, _("A wording that was replaced is gone."), _("Put the file back.")
            )
        elif _content(new) != _content(old):
            yield new.error(
                _("A wording that was replaced has changed."),
                help=_("Put it back as it was: it says what held then."),
            )


def _content(entry: Entry) -> tuple[object, str]:
    return {name: value for name, value in entry.value.items() if name != "formerly"}, entry.body
