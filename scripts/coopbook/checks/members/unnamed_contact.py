"""Who answers clients can be named to them.

The `coordinator` of the co-op, the `referent` of an office and the `lead` of a project that
everybody sees are in the directory. Where one is not, the public site says nobody in their place.

## Why
A client looks for somebody to write to, and finds an empty line. Whoever chose that person thinks
the name is there, for the members' site shows it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...base.positions import Path
from ...decisions.types import Member
from ...records.audience import is_public
from ...records.index import Index
from ...records.model import Record

KIND = ("coop", "project")
SEVERITY = "warning"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    if record.kind.name == "project" and not is_public(record.kind, record.value):
        return
    for path in _places(record):
        member = index.find("member", str(record.get(*path) or ""))
        # who has left is told by another check
        if member and member.sound and not member.public and not Member.of(member).has_left:
            yield record.fault(
                _(
                    "“{id}” is not in the directory: the public site names nobody here.",
                    id=member.id,
                ),
                *path,
                help=_("Name somebody who is in it, or take the line out."),
            )


def _places(record: Record) -> Iterator[Path]:
    if record.kind.name == "project":
        yield ("lead",)
        return
    yield ("coordinator",)
    for name in record.get("offices") or ():
        yield ("offices", name, "referent")
