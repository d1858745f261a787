"""What came of a poll is what its answers give, and is written after the last day.

`coopbook tally` writes `outcome`; it is counted again here from the answers, but for how many were
asked: people come and go.

## Why
Whoever asks has an interest in the answer. Figures that anybody can count again need no trust.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.kinds import POLL
from ...decisions.polls import answers_to, count_answers, is_outcome
from ...decisions.types import Poll
from ...records.index import Index
from ...records.model import Record

KIND = POLL


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    poll, entry = Poll.of(record), index.by_id(POLL).get(record.id)
    if poll.outcome is None or entry is None:
        return
    take_out = _("Take “outcome” out.")
    if poll.method == "advice":
        yield record.fault(_("Advice is not counted."), "outcome", help=take_out)
        return
    if not poll.has_closed_by(index.today.isoformat()):
        message = _("The poll is open until {date}: nothing can have come of it.", date=poll.closes)
        yield record.fault(message, "outcome", help=take_out)
        return
    if not all(one.sound for one in answers_to(index, record.id).values()):
        return
    found = count_answers(index, entry)
    if not is_outcome(poll, found):
        message = _("The answers give something else.")
        help = _("Take “outcome” out, and count again: coopbook tally {id}", id=record.id)
        yield record.fault(message, "outcome", help=help)
    elif poll.outcome["asked"] < found["answers"]:
        message = _("More answered than were asked.")
        yield record.fault(message, "outcome", "asked", help=_("Count both again."))
