"""A teller's sheet of an election holds what its ballots say, and no other sheet does.

Each line of `ballots` is what so many ballots say of the candidates: `yes`, `no` or `abstain`; `x`;
`1`, `2`, `3`; or a grade. What cannot count by the method stands under `null`, what says nothing
under `blank`. Once there is a result, the sheets stay as they were counted. A vote that is no
election has `for`, `against` and `abstain` instead.

## Why
A ballot that names somebody who does not stand, or more people than there are seats, would be found
when it is too late to look at the paper again.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic, suggestion
from ...base.messages import _
from ...decisions.elected import contest_of, marks_hash, read_count, sheets_of
from ...decisions.elections import Ballot, Contest, is_mark
from ...decisions.elections.ballots import open_box
from ...decisions.tally.shapes import Marked, TellerCount
from ...decisions.types import Proposal, Result, vote_and_member
from ...decisions.votes import proposal_of
from ...records.index import Index
from ...records.model import Record

KIND = ("count", "result")


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    if record.kind.name == "result":
        yield from _check_settled(record, index)
    else:
        yield from _sheet(record, index)


def _check_settled(record: Record, index: Index) -> Iterator[Diagnostic]:
    """Whether the sheets still hold the ballots that were counted."""
    result = Result.of(record)
    for teller, sheet in sheets_of(index, record.id) if result.hashes.marks else ():
        if teller in result.counted_by and marks_hash(sheet) != result.hashes.marks:
            yield Diagnostic(
                f"decisions/counts/{record.id}/{teller}.yml",
                _("These are not the ballots that the result was counted from."),
                _("Put the file back as it was."),
            )


def _sheet(record: Record, index: Index) -> Iterator[Diagnostic]:
    vote = vote_and_member(record.id)[0]
    proposal, sheet = proposal_of(index, vote), read_count(record)
    if proposal is None or not proposal.sound:
        return
    if Proposal.of(proposal).election is None:
        yield from _plain(record, sheet)
        return
    if sheet.ballots is None:
        message = _("This is an election: its sheet holds what the ballots say.")
        yield record.fault(message, help=_("Write “ballots”."))
    elif (contest := contest_of(index, proposal, vote)) is not None:
        for number, one in enumerate(sheet.ballots):
            yield from _ballot(record, number, one, contest)
    if sheet.ballots is not None and sheet.for_ is not None:
        yield record.fault(_("An election counts ballots."), "for", help=_("Delete the line."))


def _plain(record: Record, sheet: TellerCount) -> Iterator[Diagnostic]:
    if sheet.ballots is not None:
        message = _("This vote is no election: a sheet says for, against and abstain.")
        yield record.fault(message, "ballots")
        return
    figures = {"for": sheet.for_, "against": sheet.against, "abstain": sheet.abstain}
    for name, figure in figures.items():
        if figure is None:
            yield record.fault(_("“{name}” is missing.", name=name))


def _ballot(record: Record, number: int, one: Marked, contest: Contest) -> Iterator[Diagnostic]:
    sound = True
    for candidate, mark in one.marks.items():
        path = ("ballots", number, "marks", candidate)
        if contest.method != "without_candidates" and candidate not in contest.candidates:
            sound = False
            message = _("“{member}” is no candidate.", member=candidate)
            yield record.fault(message, *path, help=suggestion(candidate, contest.candidates))
        elif not is_mark(contest.method, mark):
            sound = False
            yield record.fault(_("No ballot of this election says “{mark}”.", mark=mark), *path)
    if not sound:
        return
    box = open_box(contest, [Ballot(marks=tuple(one.marks.items()))])
    if box.null:
        message = _("By this method such a ballot is invalid.")
        yield record.fault(message, "ballots", number, help=_("Count it under “null”."))
    elif box.blank:
        message = _("Such a ballot is blank: it is for nobody and against nobody.")
        yield record.fault(message, "ballots", number, help=_("Count it under “blank”."))
