"""Who has left is not in the directory any more, nor the one who answers clients.

No client sees the page of somebody whose presence is `left`, whatever `listed` says; so it should
say `false`. Who agreed to it (`alumni: true`) is shown among the former members, with no offer and
no way to write to them. The `coordinator` of the co-op and the `referent` of an office are among
those who are here.

## Why
A client who writes to somebody who has left gets no answer, and one who hires them pays somebody
who is no member.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...base.positions import Path
from ...decisions.types import Member
from ...records.index import Entry, Index
from ...records.model import Record

KIND = ("member", "coop")
SEVERITY = "warning"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    if record.kind.name == "coop":
        for path, member in _who_answers(record, index):
            if member and Member.of(member).has_left:
                yield record.fault(
                    _("“{id}” has left, and clients are sent to them.", id=member.id),
                    *path,
                    help=_("Name somebody who is here."),
                )
    elif Member.of(record).has_left and Member.of(record).listed and not Member.of(record).alumni:
        yield record.fault(
            _("This member has left: nobody sees this page in the directory any more."),
            "listed",
            help=_("Write: listed: false. “coopbook leave {id}” does all of it.", id=record.id),
        )


def _who_answers(record: Record, index: Index) -> Iterator[tuple[Path, Entry | None]]:
    yield ("coordinator",), index.find("member", record.get("coordinator") or "")
    for name in record.get("offices") or ():
        path = ("offices", name, "referent")
        yield path, index.find("member", record.get(*path) or "")
