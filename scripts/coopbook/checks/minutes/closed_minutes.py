"""Minutes that were approved never change and never go; what was wrong in them is said in `errata`.

This check compares with the files before the change (`coopbook check --base`). Signing is the one step left after approval: it adds
`signatures`, `register`, `formalities` and `annexes`. An action may be done, dropped or put off to another day, nothing else of it changes;
an annex keeps its title and its fingerprint, wherever it is kept. Numbered minutes (pv) that were circulated, or amended since, may still
be mended, and keep their number, their body and their place: they do not go, nor become a draft again.

## Why
Approved minutes are what everybody has agreed was said. A change made later, however small, makes the whole doubtful.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...base.positions import Value
from ...decisions.status import READ, SETTLED
from ...records.index import Entry, Index
from ...records.model import Record

KIND = "minutes"

FREE = {
    "approved": frozenset(
        ["errata", "formerly", "status", "signatures", "register", "formalities"]
    ),
    "signed": frozenset(["errata", "formerly"]),
}
KEPT = ("record", "body", "number")


def check_change(before: Index, after: Index) -> Iterator[Diagnostic]:
    for was in before.of("minutes"):
        now = after.find("minutes", was.id)
        settled = was.get("status") in SETTLED
        if now is None and settled:
            yield Diagnostic(was.file, _("Approved minutes are gone."), _("Put the file back."))
        elif now is None and _known(was):
            yield Diagnostic(
                was.file, _("Minutes that were circulated are gone."), _("Put the file back.")
            )
        elif now and now.sound and not settled and _known(was):
            yield from _taken_back(was, now)


def _known(entry: Entry) -> bool:
    """Whether these are numbered minutes that somebody has read."""
    return bool(
        entry.get("record") == "pv"
        and entry.get("number")
        and entry.get("status") in (*READ, *SETTLED)
    )


def _taken_back(was: Entry, now: Entry) -> Iterator[Diagnostic]:
    for name in KEPT:
        if was.get(name) != now.get(name):
            message = _("These minutes were circulated: “{field}” cannot change.", field=name)
            yield now.error(message, name, help=_("Put it back as it was."))
    if now.get("status") not in (*READ, *SETTLED):
        message = _("These minutes were circulated: they are no draft any more.")
        yield now.error(
            message, "status", help=_("Put back: status: {status}", status=was.get("status"))
        )


def check_record_change(before: Record, after: Record) -> Iterator[Diagnostic]:
    status = before.get("status")
    if status not in SETTLED:
        return
    if after.get("status") not in SETTLED[SETTLED.index(status) :]:
        yield after.error(
            _("These minutes were approved: they cannot go back."),
            "status",
            help=_("Put back: status: {status}", status=status),
        )
    for name in sorted(before.value.keys() | after.value.keys()):
        if not _same(name, status, before.value.get(name), after.value.get(name)):
            yield after.error(
                _("Approved minutes have changed: “{field}”.", field=name),
                name,
                help=_("Put it back, and say what was wrong in errata."),
            )
    if before.body.strip() != after.body.strip():
        message = _("The text of approved minutes has changed.")
        yield after.error_in_text(
            message, None, (1, 1), help=_("Put it back, and say what was wrong in errata.")
        )
    yield from _errata(before.get("errata") or [], after)


def _same(name: str, status: str, before: Value, after: Value) -> bool:
    """Whether a field is what it was, as far as it must be: signed minutes get no other annex, and any may be moved."""
    if name == "actions":
        return [_decided(one) for one in before or []] == [_decided(one) for one in after or []]
    if name == "annexes":
        old, new = [_unmoved(one) for one in before or []], [_unmoved(one) for one in after or []]
        return all(one in new for one in old) if status == "approved" else old == new
    return name in FREE[status] or before == after


def _decided(action: dict[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in action.items() if name not in ("status", "due")}


def _unmoved(annex: dict[str, Value]) -> dict[str, Value]:
    moved = ("file", "where") if "sha256" in annex else ()
    return {name: value for name, value in annex.items() if name not in moved}


def _errata(before: list[Value], after: Record) -> Iterator[Diagnostic]:
    if (after.get("errata") or [])[: len(before)] != before:
        yield after.error(_("An erratum has changed."), "errata", help=_("Add another one below."))
