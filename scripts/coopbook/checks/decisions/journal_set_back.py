"""What was noted of the journal of a vote goes on and never back, and its result rests on it.

What is seen on the page of a proposed change while it is voted is kept in a journal
(`docs/VOTE-JOURNAL.md`), beside the files. Once a day `decisions/journals.yml` notes how far each
has come, and the vote record of a result how far it had come at the count. With the files before
the change (`coopbook check --base`): what is noted of a journal has at least as many entries as
before, and is not taken away. Each journal is noted once.

## Why
Whoever may push could write a journal anew, and with it what was voted. A note that everybody has
tells it, as long as nobody takes the note back.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.anchors import FILE, Anchor, anchor_of, anchors_entry, read_anchors
from ...decisions.types import Proposal, Result
from ...decisions.votes import vote_id
from ...records.index import Index
from ...records.model import Record, dig

KIND = ("journals", "result")

PUT_BACK = _("Put it back as it was: “coopbook vote anchor” alone writes this file.")


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    if record.kind.name != "result":
        yield from _find_twice(record, index)
        return
    result = Result.of(record)
    proposal = index.by_id("proposal").get(result.proposal)
    asked = Proposal.of(proposal).pull_request if proposal is not None else None
    anchor = anchor_of(index, asked.forge, asked.number) if asked is not None else None
    if proposal is None or anchor is None:
        return
    entries, head = (dig(record.beside, "journal", name) for name in ("entries", "head"))
    if not isinstance(entries, int):
        entries = 0
    behind = entries < anchor.entries and result.id == vote_id(proposal)
    if behind or (entries == anchor.entries and head != anchor.head):
        message = _(
            "This was not counted from the journal that {file} notes for the change {number}.",
            file=FILE,
            number=str(anchor.change),
        )
        yield record.fault(message, help=_("Put both files back as they were."))


def _find_twice(record: Record, index: Index) -> Iterator[Diagnostic]:
    """A journal that is noted twice: nobody could tell which of the two lines holds."""
    seen: set[tuple[str, int]] = set()
    for number, one in enumerate(read_anchors(index).votes):
        if one.place in seen:
            message = _(
                "The journal of the change {number} is noted twice.", number=str(one.change)
            )
            yield record.fault(message, "votes", number, "change", help=PUT_BACK)
        seen.add(one.place)


def check_change(before: Index, after: Index) -> Iterator[Diagnostic]:
    now = {one.place: one for one in read_anchors(after).votes}
    entry = anchors_entry(after)
    for old in read_anchors(before).votes:
        if entry is not None and not entry.sound:
            return
        if _goes_on(old, now.get(old.place)):
            continue
        message = _(
            "What was noted of the journal of the change {number} is taken back.",
            number=str(old.change),
        )
        yield (
            entry.fault(message, "votes", help=PUT_BACK)
            if entry
            else Diagnostic(FILE, message, PUT_BACK)
        )


def _goes_on(old: Anchor, new: Anchor | None) -> bool:
    return new is not None and (new.entries > old.entries or new == old)
