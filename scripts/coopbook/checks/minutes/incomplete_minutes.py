"""Minutes (`record: minutes`) say all that such minutes must.

What they must say is in the rules of decision (`minutes.required`); where these are silent, it is
what is usual for the co-op's legal form in its country: as a rule company line, notice, agenda,
officers, hours, place, attendance, an assembly's tellers, and the volume and folios of a register
on paper; in a French SARL no secretary, tellers, hours or day of the notice. Those of a written
consultation need no hours, place and attendance, a board's resolution in writing no notice and
officers either; one whose text is kept in the register alone says where. Approved ones say when,
signed ones have signatures. A draft may lack all but its number and kind: the meeting is still
being prepared. Of meetings before the rules kept here, `incomplete-old-minutes` tells the same.

## Why
Minutes that lack who chaired or how the meeting was called can be set aside by a court.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _, join_messages
from ...decisions.minutes_duties import LABELS, are_older_than_the_book, lacking
from ...decisions.types import Minutes
from ...records.index import Index
from ...records.model import Record

KIND = "minutes"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    minutes = Minutes.of(record)
    if minutes.record == "note":
        return
    absent = [] if are_older_than_the_book(minutes, index) else lacking(record, index)
    if absent:
        fields = ", ".join(".".join(map(str, path)) for path in absent)
        yield record.fault(
            _("These minutes lack: {words}.", words=join_messages(LABELS[path] for path in absent)),
            help=_("Write {fields}: what the register keeps.", fields=fields)
            if minutes.are_elsewhere
            else _(
                "Write {fields}; what your minutes need not say, take out of minutes.required in "
                "decisions/rules.yml. A working note without all this has “record: note”.",
                fields=fields,
            ),
        )
    chair = minutes.officers.chair
    if chair and not chair.member and not chair.name:
        yield record.fault(_("Who is it?"), "officers", "chair", help=_("Write member or name."))
