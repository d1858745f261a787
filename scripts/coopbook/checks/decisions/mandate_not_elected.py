"""A mandate that names an election is of somebody who was elected there, to that body.

`elected_by` and `decided_by` may name a proposal that is an election, or its result, or minutes
that hold one to this body and role. `coopbook tally` and `coopbook assembly` write these mandates;
one that was written by hand is held to the same.

## Why
The mandate is what a bank reads. It must be the one that was voted.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic, suggestion
from ...base.messages import _
from ...decisions.elected_mandates import all_elected, fillings_of_meeting
from ...decisions.mandates import is_same_role
from ...decisions.types import Body, Mandate, Minutes, Proposal
from ...decisions.votes import proposal_of
from ...records.index import Index
from ...records.model import Record

KIND = "body"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    for number, mandate in enumerate(Body.of(record).mandates):
        for field in ("elected_by", "decided_by"):
            yield from _mandate(record, index, mandate, number, field)


def _mandate(
    record: Record, index: Index, mandate: Mandate, number: int, field: str
) -> Iterator[Diagnostic]:
    yield from _by_meeting(record, index, mandate, number, field)
    proposal = proposal_of(index, getattr(mandate, field))
    election = Proposal.of(proposal).election if proposal and proposal.sound else None
    if proposal is None or election is None:
        return
    elected = all_elected(index, proposal)
    if election.body != record.id:
        message = _("This election was to another body: {body}.", body=election.body)
        yield record.fault(message, "mandates", number, field)
    elif mandate.member not in elected:
        message = _("“{member}” was not elected there.", member=mandate.member)
        near = suggestion(mandate.member, elected)
        yield record.fault(message, "mandates", number, field, help=near)
    elif mandate.from_ < election.term.from_:
        message = _("The term begins on {date}.", date=election.term.from_)
        yield record.fault(message, "mandates", number, "from")
    elif election.term.until and (mandate.until or "9999") > election.term.until:
        message = _("The term ends on {date}.", date=election.term.until)
        yield record.fault(message, "mandates", number, "until" if mandate.until else field)


def _by_meeting(
    record: Record, index: Index, mandate: Mandate, number: int, field: str
) -> Iterator[Diagnostic]:
    """Whether minutes that elect to this role elected whoever holds the mandate."""
    entry = index.find("minutes", getattr(mandate, field))
    if entry is None or not entry.sound:
        return
    mine = [
        one
        for one in fillings_of_meeting(Minutes.of(entry), entry.id)
        if one.body == record.id and is_same_role(one.role, mandate.role)
    ]
    elected = [index.current_id("member", id) for one in mine for id in one.elected]
    if mine and mandate.member not in elected:
        message = _("“{member}” was not elected there.", member=mandate.member)
        near = suggestion(mandate.member, elected)
        yield record.fault(message, "mandates", number, field, help=near)
