"""A resolution that decides a proposal is of a category as strict as the proposal's at least, and
each names the other.

The resolution names it (`proposal`), and once it is adopted the proposal says so (`ratified_by`). A
proposal that names a resolution names one that exists, was adopted, decides on it and stands in
minutes, not in a working note; of an assembly, where only a meeting can decide what it asks for.
Nothing is taken over before these minutes are approved.

## Why
What a vote between meetings prepared is decided by the resolution. Whoever reads one of them years
later must find the other, and not a weaker majority than was promised.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...base.positions import Path
from ...decisions.authority import doubts_of_confirmation, is_advisory, why_weaker
from ...decisions.types import Minutes, Proposal, Resolution
from ...decisions.votes import rules_of
from ...records.index import Entry, Index
from ...records.model import Record

KIND = ("minutes", "proposal")

LOST = ("rejected", "no_quorum", "withdrawn")


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    if record.kind.name == "proposal":
        proposal = index.by_file.get(record.file)
        for fault, where in (
            doubts_of_confirmation(index, proposal, rules_of(index)) if proposal else ()
        ):
            yield record.fault(fault, *where)
        return
    minutes = Minutes.of(record)
    for number, one in enumerate(minutes.resolutions):
        proposal = index.find("proposal", one.proposal)
        if proposal is None or not proposal.sound:
            continue
        place: Path = ("resolutions", number, "category" if one.category else "proposal")
        if one.result != "noted" and (
            message := why_weaker(rules_of(index), one.category, proposal)
        ):
            yield record.fault(message, *place, help=HELP)
        if not minutes.are_a_draft:
            yield from _agree(record, index, ("resolutions", number), one, proposal)


HELP = _(
    "A resolution is decided under the category that its proposal asked for, or a stricter one."
)


def _agree(
    record: Record, index: Index, place: Path, one: Resolution, proposal: Entry
) -> Iterator[Diagnostic]:
    """Whether the proposal says of the resolution what the minutes do."""
    asked = Proposal.of(proposal)
    said = asked.ratified_by
    mine = said.minutes == record.id and said.resolution == one.number
    if one.is_adopted and not mine:
        help = _(
            "Write in {file}: ratified_by, with minutes: {id} and resolution: {number}.",
            file=proposal.file,
            id=record.id,
            number=one.number,
        )
        other = _(
            "“{id}” says that another resolution confirmed it: {minutes}, {number}.",
            id=proposal.id,
            minutes=said.minutes,
            number=said.resolution,
        )
        message = (
            other
            if said.minutes
            else _("“{id}” does not say that this resolution confirmed it.", id=proposal.id)
        )
        yield record.fault(message, *place, "proposal", help=help)
    elif (
        one.result in LOST
        and not said.minutes
        and asked.has_passed
        and is_advisory(rules_of(index), proposal)
    ):
        message = _("“{id}” counts as adopted, and this resolution was not.", id=proposal.id)
        yield record.fault(message, *place, "result", help=_("Look at its status."))
