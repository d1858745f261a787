"""Minutes (`record: minutes`) say all that such minutes must.

They have their number, kind, hours, place, company line, notice, officers and attendance; an
assembly's names its tellers. One of a written consultation needs no hours, place and attendance;
one whose text is kept in the register alone says where. Approved ones say when, signed ones have
signatures and the register's folios. A draft may lack all but its number and kind: the meeting is
still being prepared.

## Why
Minutes that lack who chaired or how the meeting was called can be set aside by a court.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import Message, _, join_messages
from ...base.positions import Path
from ...decisions.types import Body, Minutes
from ...records.index import Index
from ...records.model import Record

KIND = "minutes"

ALWAYS: tuple[Path, ...] = (("number",), ("kind",))
WRITTEN: tuple[Path, ...] = (
    ("company_line",),
    ("notice", "sent_on"),
    ("notice", "agenda"),
    ("officers", "chair"),
    ("officers", "secretary"),
)
MET: tuple[Path, ...] = (("opened",), ("closed",), ("place",), ("mode",), ("attendance",))
STUB: tuple[Path, ...] = (("original", "date"), ("original", "sha256"), ("original", "where"))
STATES: dict[str, tuple[Path, ...]] = {
    "approved": (("approved", "on"),),
    "signed": (("signatures",), ("register", "volume"), ("register", "folios")),
}
LABELS: dict[Path, Message] = {
    ("number",): _("Number"),
    ("kind",): _("Kind"),
    ("company_line",): _("Company line"),
    ("notice", "sent_on"): _("Notice sent on"),
    ("notice", "agenda"): _("Agenda"),
    ("officers", "chair"): _("Chair"),
    ("officers", "secretary"): _("Secretary"),
    ("officers", "tellers"): _("Tellers"),
    ("opened",): _("Opened at"),
    ("closed",): _("Closed at"),
    ("place",): _("Place"),
    ("mode",): _("Held"),
    ("attendance",): _("Attendance"),
    ("original", "date"): _("Date"),
    ("original", "sha256"): _("Fingerprint"),
    ("original", "where"): _("Place"),
    ("approved", "on"): _("Day of the approval"),
    ("signatures",): _("Signatures"),
    ("register", "volume"): _("Volume"),
    ("register", "folios"): _("Folios"),
}


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    minutes = Minutes.of(record)
    if minutes.record == "note":
        return
    if absent := lacking(record, index):
        fields = ", ".join(".".join(map(str, path)) for path in absent)
        yield record.fault(
            _("These minutes lack: {words}.", words=join_messages(LABELS[path] for path in absent)),
            help=_("Write {fields}: what the register keeps.", fields=fields)
            if minutes.are_elsewhere
            else _(
                "Write {fields}; a working note without all this has “record: note”.", fields=fields
            ),
        )
    chair = minutes.officers.chair
    if chair and not chair.member and not chair.name:
        yield record.fault(_("Who is it?"), "officers", "chair", help=_("Write member or name."))


def lacking(record: Record, index: Index) -> list[Path]:
    """The fields that such minutes must have and these have not."""
    return [path for path in _wanted_fields(record, index) if record.get(*path) in (None, [], {})]


def _wanted_fields(record: Record, index: Index) -> Iterator[Path]:
    minutes = Minutes.of(record)
    yield from ALWAYS
    if minutes.are_elsewhere:
        yield from STUB
        return
    if minutes.are_a_draft:
        return
    yield from WRITTEN
    if not minutes.are_of_writing:
        yield from MET
        body = index.find("body", minutes.body)
        yield from [("officers", "tellers")] if body and Body.of(body).is_assembly else []
    yield from STATES.get(minutes.status, ())
