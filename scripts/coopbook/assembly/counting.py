"""An election of the assembly from two tellers' sheets to its result, its mandates and the record.

A sheet is taken as soon as it adds up. When two tellers agree, the result is written as `coopbook
tally` writes it, with the mandates that it gives and the end of those that they follow; the record
then holds who stood, each round and who is elected.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from .. import checks
from ..base.messages import Message, Misuse, Remark, Stopped, _
from ..decisions.ballots.entering import BallotReader, TellerNotes, enter_count
from ..decisions.ballots.importing import write_count
from ..decisions.ballots.secret import agree_on_totals
from ..decisions.elected import sheets_of
from ..decisions.elected_mandates import fillings_of_meeting
from ..decisions.result_files import count_lock, fill_body, write_mandates, write_result
from ..decisions.tally.secret import TELLERS
from ..decisions.types import Minutes, Result
from ..decisions.vote_count import count_record, end_of_vote, faults_of_vote, require_over
from ..decisions.votes import vote_ids
from ..decisions.wording.outcomes import WAITING
from ..documents.pdf import render_pdf
from ..records.index import Entry, Index
from ..records.load import Book, load
from .ballot_papers import ballot_papers
from .count_sheet import count_sheet
from .elections import HeldElection, find_held_elections, fullest_hour, hours_of_vote
from .names import find_member
from .opening import Step, require_unsettled
from .record import Assembly
from .saving import save, set_status

_NOTED = _("Your sheet is noted; no result was written yet.")


@dataclass(frozen=True)
class HandedSheet:
    """A teller's sheet that comes back.

    Attributes:
        file: Its name, for what is said of it.
        read: Reads it.
        teller: The member who counted, by id or name.
        lot: The public value that a lot is drawn with, where one decides.
        declined: Candidates who withdrew once the papers bore their names; by id or
            name.
    """

    file: str
    read: BallotReader
    teller: str
    lot: str = ""
    declined: tuple[str, ...] = ()


def count_sheets(assembly: Assembly) -> Iterator[tuple[str, bytes]]:
    """A sheet for each election that is still to be counted, by the name of its file. Raises Misuse
    where nobody stands in one.
    """
    for held in find_held_elections(assembly):
        if not held.has_names:
            name = assembly.index.text(held.entry.title, assembly.language)
            raise Misuse(
                _("Nobody stands in “{name}” yet: there is nothing to count.", name=name),
                _(
                    "Whoever stands adds their own lines under “candidates” in {file}.",
                    file=held.entry.file,
                ),
            )
        if not held.is_counted:
            number = held.resolution.number
            yield f"{assembly.file('count')}-{number}.ods", count_sheet(assembly, held)


def papers_of_second_rounds(assembly: Assembly) -> Iterator[tuple[str, bytes]]:
    """Ballot papers, where an election is in its second round; else none, they are there."""
    elections = [held for held in find_held_elections(assembly) if held.needs_papers]
    found = ballot_papers(assembly) if any(held.is_second for held in elections) else None
    if found is not None:
        yield f"{found.name}-2.pdf", render_pdf(found)


def pick_election(assembly: Assembly, number: int | None) -> HeldElection:
    """The election of this resolution; the only one that is still to be counted where none is said.
    Raises Misuse where there is none, or several.
    """
    elections = [
        held for held in find_held_elections(assembly) if not held.is_counted or not held.is_told
    ]
    wanted = [held for held in elections if number in (None, held.resolution.number)]
    if len(wanted) == 1:
        return wanted[0]
    if not elections:
        raise Misuse(
            _("No election of this assembly is still to be counted."),
            _(
                "An election is a proposal with an “election” part, put on the agenda by its id "
                "at the step “create”."
            ),
        )
    numbers = ", ".join(str(held.resolution.number) for held in elections)
    raise Misuse(
        _("Say of which resolution this is the count (--resolution): {numbers}.", numbers=numbers)
    )


def take_count(step: Step, held: HeldElection, sheet: HandedSheet, now: datetime) -> list[Remark]:
    """Write what a teller counted; once two agree, the result and all that follows from it.

    Args:
        step: The assembly.
        held: The election.
        sheet: What the teller hands in.
        now: The present instant.

    Returns:
        What was written, and what is to be done.

    Raises:
        Misuse: Where it cannot be counted yet, or by this teller.
        Stopped: Where something in the sheet is not clear, or the tellers do not agree.
    """
    require_unsettled(step)
    if held.is_counted:  # a run before this one was cut off: what follows from the result is left
        return list(_follow(step, held))
    teller, *declined = _ids_of(step.assembly, (sheet.teller, *sheet.declined))
    told = TellerNotes(teller, _there(step.assembly, held), sheet.lot, tuple(declined))
    found = enter_count(step.book, held.entry, sheet.read, told, now)
    if not found.content:
        raise Stopped(*_doubts(sheet.file, found.faults), _("Nothing was written."))
    write_count(step.book.root, found.file, found.content)
    written = Remark(_("{file}: {count} ballots.", file=found.file, count=found.total))
    book = load(step.book.root, step.book.index.today)
    if len({teller for teller, _sheet in sheets_of(book.index, held.vote)}) < TELLERS:
        wait = _(
            "Next: have this published by itself; then the sheet of the other teller, who counts "
            "without looking at it."
        )
        return [written, Remark(wait)]
    return [written, *_settle(step, held, now)]


def _ids_of(assembly: Assembly, names: Iterable[str]) -> Iterator[str]:
    """The members whom names or ids mean. Raises Misuse where one is nobody's, or may be several
    members'.
    """
    for text in names:
        id, doubt = find_member(assembly, text.strip(), lambda _read: None)
        if doubt is not None:
            raise Misuse(doubt)
        yield id


def _there(assembly: Assembly, held: HeldElection) -> frozenset[str]:
    """Who took part: all who were there or represented while it was voted."""
    recused = frozenset(held.resolution.recused)
    hours = hours_of_vote(assembly, held)
    return frozenset(id for hour in hours for id in assembly.meeting.voters(hour, recused))


def _doubts(file: str, faults: Iterable[Any]) -> Iterator[Message]:
    for one in faults:
        said = _("{sentence} {other}", sentence=one.message, other=one.help)
        where = _("row {row}: {fault}", row=one.line, fault=said)
        yield _("{file}: {fault}", file=file, fault=where)


def _settle(step: Step, held: HeldElection, now: datetime) -> Iterator[Remark]:
    """The result of an election that two tellers counted alike, and what follows from it."""
    root, today = step.book.root, step.book.index.today
    with count_lock(root):
        book = load(root, today)
        entry = book.index.by_id("proposal")[held.entry.id]
        require_over(entry, None, now)
        record, by = agree_on_totals(book.index, entry, end_of_vote(entry, now))
        outcome = count_record(record)
        if faults := faults_of_vote(entry, checks.check(book)):
            raise Stopped(*(one.message for one in faults), _NOTED)
        if outcome.waiting:
            raise Stopped(WAITING[outcome.waiting], _NOTED)
        for message in write_result(book, entry, record, outcome, by).messages[:1]:
            yield Remark(message)
    yield from _follow(step, held)


def _follow(step: Step, held: HeldElection) -> Iterator[Remark]:
    """What follows from the result of an election: mandates, the record, the proposal's page."""
    root, today = step.book.root, step.book.index.today
    book = load(root, today)
    with count_lock(root):
        for message in write_mandates(book, book.index.by_id("proposal")[held.entry.id]):
            yield Remark(message)
    yield from _write_down(step, held, load(root, today))


def _write_down(step: Step, held: HeldElection, book: Book) -> Iterator[Remark]:
    """The record of the assembly and the page of the proposal, as the result says."""
    entry = book.index.by_id("proposal")[held.entry.id]
    result = Result.of(book.index.by_id("result")[held.vote])
    again = result.result == "second_round"
    changed = {
        **_fields(book.index, entry, held),
        "at": fullest_hour(step.assembly, held),
        "result": "" if again else result.result,
    }
    resolutions = [
        {name: value for name, value in {**plain, **changed}.items() if value != ""}
        if plain["number"] == held.resolution.number
        else plain
        for plain in step.assembly.value["resolutions"]
    ]
    told = replace(step, book=book)  # the result is in the book of now, not in the one of before
    yield from save(told, told.assembly.with_fields(resolutions=resolutions).value)
    if again:
        yield Remark(
            _(
                "A seat is left: nobody has the majority for it, or several have the same votes. "
                "Write “status: second” and the hours of the second round in {file}, and make "
                "papers anew.",
                file=entry.file,
            )
        )
        return
    yield set_status(step, entry, result.result)


def _fields(index: Index, entry: Entry, held: HeldElection) -> dict[str, Any]:
    """What the record says of an election: the ballots of its last round, who stood, each round."""
    found = [one for vote in vote_ids(entry.id) if (one := index.by_id("result").get(vote))]
    last = Result.of(found[-1])
    counts = {
        "for": last.counts.for_,
        "blank": last.counts.blank or "",
        "null": last.counts.null or "",
    }
    told = [(number, one.get("election") or {}) for number, one in enumerate(found, 1)]
    if not any(plain for _number, plain in told):
        return counts
    rounds = [
        {**({"vote": number} if number > 1 else {}), **plain}
        for number, each in told
        for plain in each.get("rounds") or ()
    ]
    away = {id for _number, each in told for id in each.get("declined") or ()}
    candidates = [
        {"member": one.member, "answer": "withdrew" if one.member in away else "accepted"}
        for one in held.election.candidates
    ]
    nominated = [
        {"member": one.member, "by": one.by, "answer": "declined"}
        for one in held.election.nominated
        if one.declined_on
    ]
    empty = told[-1][1].get("empty")
    election = {
        **({"method": held.election.method} if held.election.method == "acclamation" else {}),
        **({"candidates": [*candidates, *nominated]} if candidates or nominated else {}),
        **({"rounds": rounds} if rounds else {}),
        "elected": [id for _number, each in told for id in each.get("elected") or ()],
        **({"empty": empty} if empty else {}),
    }
    return {**counts, "election": election}


def give_mandates(step: Step) -> list[Remark]:
    """Write the mandates that the elections of an assembly give, once its record says so: of
    proposals and of nominations in the room.
    """
    book = load(step.book.root, step.book.index.today)
    minutes = book.index.by_id("minutes")[step.record.id]
    said: list[Message] = []
    for one in Minutes.of(minutes).resolutions:
        entry = book.index.find("proposal", one.proposal)
        if entry is not None and entry.sound:
            said += write_mandates(book, entry)
    for given in fillings_of_meeting(Minutes.of(minutes), minutes.id):
        said += fill_body(load(book.root, book.index.today), given)
    return [Remark(message) for message in said]
