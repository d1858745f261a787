"""A result never changes, nor do the ballots of a vote that is closed, nor what tellers counted of it: none is altered, added or deleted.

In a result, only an `erratum` may be added. This check compares with the files before the change (`coopbook check --base`).

## Why
A count proves something only if what was counted stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.result_chain import FREE
from ...decisions.votes import is_closed
from ...records.index import Entry, Index

KIND = ("result", "ballot", "count")


def check_change(before: Index, after: Index) -> Iterator[Diagnostic]:
    for was in before.of("result"):
        yield from _result(was, after.entries.get("result", {}).get(was.id))
    for kind in ("ballot", "count"):
        yield from _ballots(before.entries.get(kind, {}), after.entries.get(kind, {}), before)


def _result(was: Entry, now: Entry | None) -> Iterator[Diagnostic]:
    if now is None:
        yield Diagnostic(was.file, _("A result cannot be deleted."), _("Put the file back."))
        return
    help = _("Put it back as it was; say what was wrong in a new entry of “erratum”.")
    if now.sound and was.sound and now.digest != was.digest:
        changed = [
            name
            for name in {**was.value, **now.value}
            if name not in FREE and was.get(name) != now.get(name)
        ]
        yield from (
            now.error(
                _("A result never changes: “{name}” is not what it was.", name=name),
                name,
                help=help,
            )
            for name in changed
        )
        errata = was.get("erratum") or []
        if (now.get("erratum") or [])[: len(errata)] != errata:
            yield now.error(
                _("What stands in “erratum” stays; a new entry comes after it."), "erratum"
            )


def _ballots(old: dict[str, Entry], new: dict[str, Entry], before: Index) -> Iterator[Diagnostic]:
    for id in sorted({*old, *new}):
        was, now = old.get(id), new.get(id)
        if (was and now and was.digest == now.digest) or not is_closed(
            before, id.rpartition("/")[0]
        ):
            continue
        message = (
            _("This vote is closed: a ballot cannot be deleted.")
            if now is None
            else _("This vote is closed: its ballots cannot change.")
        )
        file = (now or was or next(iter(old.values()))).file
        yield Diagnostic(file, message, _("Put it back as it was."))
