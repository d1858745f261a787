"""A situation that needs a notice has all that the notice says.

In `coop.yml` a situation may ask for fields (`needs`) and give a sentence (`notice`) that the
member's pages carry. The co-op's name, seat and number, and the end of the contract, fill its gaps.

## Why
In France, documents that advertise somebody under a contrat d'appui au projet d'entreprise (CAPE)
name the co-op that supports them and the contract's end (Code de commerce, R127-3). Secondary
source: have a jurist confirm it before relying on it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.types import Member
from ...records.coop import Coop
from ...records.index import Index
from ...records.model import Record
from ...records.notices import find_missing

KIND = ("member", "coop")


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    if record.kind.name == "coop":
        yield from _notices(record)
    elif not Member.of(record).has_left:
        yield from _situation(record, index)


def _notices(record: Record) -> Iterator[Diagnostic]:
    coop = Coop.of(record.value)
    for name, situation in coop.situations.items():
        for field in find_missing(situation.notice, coop):
            yield record.fault(
                _("The notice of “{name}” needs “{field}”.", name=name, field=field),
                "situations",
                name,
                "notice",
                help=_("Fill it in: it stands with the legal notice."),
            )


def _situation(record: Record, index: Index) -> Iterator[Diagnostic]:
    kind = record.get("situation", "kind")
    situation = index.settings.situations.get(kind)
    for field in situation.needs if situation else ():
        if not record.get("situation", field):
            yield record.fault(
                _("The situation “{kind}” needs “{field}”.", kind=kind, field=field),
                "situation",
                help=_("Add a line: {key}: …", key=field),
            )
