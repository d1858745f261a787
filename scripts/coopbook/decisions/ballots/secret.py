"""A secret vote's count: what two tellers wrote down, each alone, when they agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import pairwise

from ...base.messages import Message, Misuse, Stopped, _, join_messages
from ...records.index import Entry, Index
from ..elected import JUDGED, count_sheet, marks_of, sheet_of, sheets_of
from ..tally import Totals
from ..tally.record import VoteRecord
from ..tally.secret import FEW, TELLERS
from ..types import Member, Proposal, vote_and_member
from ..vote_record import recount
from ..votes import gather_totals, secret_counts, tellers, vote_id, voters
from ..wording.elections import GRADES

FIGURES = {
    "for": _("For"),
    "against": _("Against"),
    "abstain": _("Abstain"),
    "blank": _("Blank"),
    "null": _("Invalid"),
    "participants": _("Took part"),
}


def agree_on_totals(index: Index, entry: Entry, at: datetime) -> tuple[VoteRecord, tuple[str, ...]]:
    """The record of a secret vote as of an instant, and the ids of those who counted.

    Raises:
        Misuse: Where a sheet has faults, or too few tellers wrote one.
        Stopped: Where the sheets differ, with each figure; where their figures cannot be.
    """
    faulty = [
        sheet.file
        for sheet in index.of("count")
        if vote_and_member(sheet.id)[0] == vote_id(entry) and not sheet.sound
    ]
    if faulty:
        raise Misuse(_("{file} has faults: “coopbook check” tells them.", file=faulty[0]))
    named = tellers(index, entry)
    counted = {
        id: totals for id, totals in secret_counts(index, vote_id(entry)).items() if id in named
    }
    if len(counted) < TELLERS:
        raise Misuse(
            _(
                "This vote is secret: two tellers write what they counted, each in {folder}. "
                "There are {count}.",
                folder=f"decisions/counts/{vote_id(entry)}/",
                count=len(counted),
            )
        )
    differing = [
        message
        for (one, mine), (other, theirs) in pairwise(counted.items())
        for message in _differences(one, mine, other, theirs)
    ]
    differing += _differing_ballots(index, vote_id(entry), counted)
    if differing:
        again = _("The tellers do not agree: they count again, and no result was written.")
        raise Stopped(*differing, again)
    totals = next(iter(counted.values()))
    for message in _impossible(index, entry, totals):
        raise Stopped(message)
    record = gather_totals(index, entry, totals, at)
    _require_decided(index, entry, next(iter(counted)), record)
    return record, tuple(counted)


def _require_decided(index: Index, entry: Entry, teller: str, record: VoteRecord) -> None:
    """Raises Misuse where an election's ballots cannot be counted, Stopped where a tie waits. Where
    too few voted, nobody is elected and no tie is waited for.
    """
    vote = vote_id(entry)
    sheet = sheet_of(index, vote, [teller])
    try:
        found = count_sheet(index, entry, vote, sheet) if sheet else None
    except ValueError as error:
        file = f"decisions/counts/{vote}/{teller}.yml"
        raise Misuse(_("{file} has faults: “coopbook check” tells them.", file=file)) from error
    election = Proposal.of(entry).election
    if found is None or election is None or not found.undecided:
        return
    if recount(record).result not in JUDGED:
        return
    tied = _("The same votes: {names}.", names=", ".join(found.undecided))
    if election.lot is None:
        raise Stopped(tied, _("Nothing in {file} parts them.", file=entry.file))
    raise Stopped(
        tied,
        _(
            "A lot decides: once it is published, both tellers write its value under “lot”: "
            "{source}",
            source=election.lot.source,
        ),
    )


def _differences(one: str, mine: Totals, other: str, theirs: Totals) -> Iterator[Message]:
    for name, left, right in mine.differences(theirs):
        yield _(
            "{figure}: {left} ({one}), {right} ({other})",
            figure=FIGURES[name],
            left=left,
            one=one,
            right=right,
            other=other,
        )
    for who, names, others in (
        (one, mine.took_part, theirs.took_part),
        (other, theirs.took_part, mine.took_part),
    ):
        if only := sorted({*names} - {*others}):
            yield _(
                "Took part according to {teller} alone: {members}",
                teller=who,
                members=", ".join(only),
            )


def _differing_ballots(index: Index, vote: str, counted: Iterable[str]) -> Iterator[Message]:
    """What the sheets of an election say otherwise beside their figures."""
    sheets = [(id, sheet) for id, sheet in sheets_of(index, vote) if id in counted]
    for (one, mine), (other, theirs) in pairwise(sheets):
        left, right = dict(marks_of(mine)), dict(marks_of(theirs))
        by, other_by = _name(index, one), _name(index, other)
        for marks in sorted({*left, *right}):
            if left.get(marks, 0) != right.get(marks, 0):
                yield _(
                    "Ballots that say {marks} – {left} ({one}), {right} ({other})",
                    marks=join_messages(_mark(index, *each) for each in marks),
                    left=left.get(marks, 0),
                    one=by,
                    right=right.get(marks, 0),
                    other=other_by,
                )
        if {*mine.declined} != {*theirs.declined}:
            yield _(
                "Who withdrew (“declined”): {left} ({one}), {right} ({other})",
                left=", ".join(_name(index, id) for id in mine.declined) or "–",
                one=by,
                right=", ".join(_name(index, id) for id in theirs.declined) or "–",
                other=other_by,
            )
        if mine.lot != theirs.lot:
            yield _(
                "The value of the lot (“lot”): {left} ({one}), {right} ({other})",
                left=mine.lot or "–",
                one=by,
                right=theirs.lot or "–",
                other=other_by,
            )


def _mark(index: Index, candidate: str, mark: str) -> Message:
    words = {"yes": _("yes"), "no": _("no"), "abstain": _("abstain"), **GRADES}
    said = words.get(mark, mark)
    return _("{name}: {mark}", name=_name(index, candidate), mark=said)


def _name(index: Index, id: str) -> str:
    """What a member is called, else the id."""
    entry = index.find("member", id)
    return (Member.of(entry).name.display if entry and entry.sound else "") or id


def _impossible(index: Index, entry: Entry, totals: Totals) -> Iterator[Message]:
    """Why the figures cannot be those of this vote."""
    electorate = voters(index, entry).without(Proposal.of(entry).recused)
    for id in totals.took_part:
        if electorate.find(id) is None:
            yield _("“{member}” may not vote on this.", member=id)
    if totals.papers > totals.participants:
        yield _(
            "There are {papers} ballots, and {participants} took part.",
            papers=totals.papers,
            participants=totals.participants,
        )
    if totals.participants > len(electorate.voters):
        yield _(
            "{participants} took part, and {size} were entitled.",
            participants=totals.participants,
            size=len(electorate.voters),
        )
    if totals.few and totals.took_part:
        yield _("With fewer than {few} ballots, who took part would tell who voted what.", few=FEW)
