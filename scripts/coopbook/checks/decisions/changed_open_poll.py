"""A poll that somebody has answered stays the question it was.

Its words, its method, its options, who is asked and when it opened do not change any more, and it
stays. The last day may be put off while it is open, never brought forward. Where answers were given
without names, names stay out. A conclusion may end it (`conclusion`). This check compares with the
files before the change (`coopbook check --base`).

## Why
An answer to one question is no answer to another, and who answered without a name relied on it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.kinds import POLL
from ...decisions.polls import answers_to
from ...decisions.types import Poll
from ...records.index import Entry, Index

KIND = POLL

KEPT = ("title", "method", "options", "asked", "asked_bodies", "asked_roles", "opens")
PUT_BACK = _("Put it back as it was, or ask again in a poll of its own.")


def check_change(before: Index, after: Index) -> Iterator[Diagnostic]:
    for old in before.of(POLL):
        if not old.sound or Poll.of(old).is_settled or not answers_to(before, old.id):
            continue
        new = after.find(POLL, old.id)
        if new is None:
            message = _("This poll is gone, and people have answered it.")
            yield Diagnostic(old.file, message, _("Put it back; a conclusion may end it."))
        elif new.sound:
            yield from _find_changes(old, new, after)


def _find_changes(old: Entry, new: Entry, after: Index) -> Iterator[Diagnostic]:
    was, now = Poll.of(old), Poll.of(new)
    for name in KEPT:
        if old.get(name) != new.get(name):
            message = _("People have answered this: “{name}” cannot change any more.", name=name)
            yield new.fault(message, name if name in new.value else "title", help=PUT_BACK)
    if old.text != new.text:
        message = _("People have answered this: its text cannot change any more.")
        yield new.fault(message, help=PUT_BACK)
    if now.names and not was.names:
        message = _("People have answered this without their names.")
        yield new.fault(message, "shown", help=_("Write: {example}", example="shown: totals"))
    late = was.has_closed_by(after.today.isoformat())
    if now.closes < was.closes or (late and now.closes != was.closes):
        message = _("The last day was {date}.", date=was.closes)
        help = _("Put it back: it can be put off while it is open, never brought forward.")
        yield new.fault(message, "closes", help=help)
