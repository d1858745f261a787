"""An election of the co-op's files, counted from tellers' sheets, and as its result says it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from msgspec.structs import replace

from ..base.hashing import of_value
from ..records.index import Entry, Index
from ..records.model import Record
from .elections import Ballot, Contest, Duel, Figure, Outcome, Round, begin_second_round, count
from .elections.ballots import rank
from .elections.grades import median_grade
from .tally.shapes import TellerCount, read_as
from .types import Proposal, Result, vote_and_member
from .vote_record import text_hash
from .votes import text_of, vote_ids

FEW = 10
"""With fewer ballots, a result tells the totals of its rounds and no more."""

JUDGED = ("adopted", "rejected")
"""What the totals of a vote give where enough took part: then the ballots say who is elected."""

Marks = list[tuple[tuple[tuple[str, str], ...], int]]


def read_count(sheet: Entry | Record) -> TellerCount:
    """A teller's sheet. ValueError: it has another shape."""
    return read_as(TellerCount, sheet.value)


def marks_of(sheet: TellerCount) -> Marks:
    """The ballots of a sheet, alike ones together, in an order that says nothing of time."""
    found: dict[tuple[tuple[str, str], ...], int] = {}
    for one in sheet.ballots or ():
        marks = tuple(sorted(one.marks.items()))
        found[marks] = found.get(marks, 0) + one.count
    return sorted(found.items())


def plain_marks(marks: Marks) -> list[dict[str, Any]]:
    """Ballots as a sheet writes them."""
    return [{"count": many, "marks": dict(one)} for one, many in marks]


def marks_hash(sheet: TellerCount) -> str:
    """The fingerprint of the ballots of a sheet."""
    return of_value(plain_marks(marks_of(sheet)))


def sheet_of(index: Index, vote: str, tellers: Iterable[str]) -> TellerCount | None:
    """The first of these tellers' sheets that can be read."""
    wanted = {f"{vote}/{teller}" for teller in tellers}
    for entry in index.of("count"):
        if entry.id in wanted and entry.sound:
            return read_count(entry)
    return None


def sheets_of(index: Index, vote: str) -> Iterator[tuple[str, TellerCount]]:
    """Each teller's sheet of a vote."""
    for entry in index.of("count"):
        if vote_and_member(entry.id)[0] == vote and entry.sound:
            yield vote_and_member(entry.id)[1], read_count(entry)


def contest_of(index: Index, proposal: Entry, vote: str) -> Contest | None:
    """What a vote of an election counts, without what its tellers read; None where it is none, or
    where the first round that it follows is not there.
    """
    election = Proposal.of(proposal).election
    if election is None:
        return None
    first, second = vote_ids(proposal.id)
    contest = _as_written(election.contest(first), _written_ids(index, (first, vote)))
    if vote != second:
        return contest
    before = count_counted(index, proposal, first)
    return begin_second_round(contest, before, second) if before else None


def _written_ids(index: Index, votes: Iterable[str]) -> dict[str, str]:
    """The ids that results of these votes call people by, each by the id of now: ballots and lots
    go on saying those of their day.
    """
    found: dict[str, str] = {}
    for vote in votes:
        entry = index.by_id("result").get(vote)
        for one in (entry.get("election", "rounds") if entry else None) or ():
            names = [figure["candidate"] for figure in one["figures"]]
            found |= {index.current_id("member", name): name for name in names}
    return found


def text_as_voted(index: Index, proposal: Entry) -> str:
    """The fingerprint of the text that was voted, which names the candidates of an election by the
    ids of that day.
    """
    ids = _written_ids(index, vote_ids(proposal.id))
    election = proposal.get("election")
    if not ids or not isinstance(election, dict):
        return text_of(proposal)
    written = {
        **election,
        **{
            name: [_write_member(one, ids) for one in election[name]]
            for name in ("candidates", "by_age", "reserved")
            if name in election
        },
    }
    return text_hash({**proposal.value, "election": written}, proposal.text)


def _write_member(part: Any, ids: Mapping[str, str]) -> Any:
    """A candidate, a group or an id, with the ids of the day of the vote."""
    if isinstance(part, str):
        return ids.get(part, part)
    member = {"member": ids.get(part["member"], part["member"])} if "member" in part else {}
    group = (
        {"candidates": [ids.get(one, one) for one in part["candidates"]]}
        if "candidates" in part
        else {}
    )
    return {**part, **member, **group}


def _as_written(contest: Contest, ids: Mapping[str, str]) -> Contest:
    def write(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(ids.get(name, name) for name in names)

    return replace(
        contest,
        candidates=write(contest.candidates),
        by_age=write(contest.by_age),
        declined=write(contest.declined),
        reserved=tuple(replace(one, candidates=write(one.candidates)) for one in contest.reserved),
    )


def count_counted(index: Index, proposal: Entry, vote: str) -> Outcome | None:
    """A vote of an election that has a result, counted again from its tellers' sheets."""
    entry = index.by_id("result").get(vote)
    if entry is None:
        return None
    sheet = sheet_of(index, vote, Result.of(entry).counted_by)
    return count_sheet(index, proposal, vote, sheet) if sheet else None


def count_sheet(index: Index, proposal: Entry, vote: str, sheet: TellerCount) -> Outcome | None:
    """A vote of an election, counted from a teller's sheet; None where it is none.

    Raises:
        ValueError: a ballot cannot be one of this election.
    """
    contest = contest_of(index, proposal, vote)
    if contest is None:
        return None
    ids = _written_ids(index, (vote,))
    said = _as_written(replace(contest, lot=sheet.lot, declined=sheet.declined), ids)
    papers = [Ballot(marks=marks, count=many) for marks, many in marks_of(sheet)]
    papers += [Ballot(count=sheet.blank)] if sheet.blank else []
    papers += [Ballot(count=sheet.null, null=True)] if sheet.null else []
    return count(said, papers)


def elected_before(index: Index, proposal: Entry, vote: str) -> tuple[str, ...]:
    """Who was elected in the round before a vote; nobody where it is the first."""
    first, second = vote_ids(proposal.id)
    entry = index.by_id("result").get(first) if vote == second else None
    found = Result.of(entry).election if entry else None
    return found.elected if found else ()


def election_fields(
    index: Index, proposal: Entry, vote: str, fields: dict[str, Any], sheet: TellerCount
) -> dict[str, Any]:
    """A result's fields, with those of the election that it is. No majority and no tie of the
    category's judges an election, which has its own; an acclamation has no quorum either.

    Args:
        index: The co-op's records.
        proposal: The proposal.
        vote: The name of the vote.
        fields: What the totals give: the quorum above all.
        sheet: What two tellers wrote.

    Raises:
        ValueError: it cannot be counted, or a tie is not decided yet.
    """
    found = count_sheet(index, proposal, vote, sheet)
    if found is None:
        return fields
    hashes = {"hashes": fields["hashes"] | {"marks": marks_hash(sheet)}}
    acclaimed = found.method == "acclamation"
    if fields["result"] not in (*JUDGED, *(("no_quorum",) if acclaimed else ())):
        return fields | hashes
    if found.undecided:
        raise ValueError("a tie is not decided")
    elected = found.elected or elected_before(index, proposal, vote)
    result = "second_round" if found.second_round else "adopted" if elected else "rejected"
    contest = contest_of(index, proposal, vote)
    told = _plain(found, contest.seats if contest else 0, tells_all(found, sheet), sheet)
    off = ("threshold", "tie", "against", "any", *(("quorum",) if acclaimed else ()))
    without = {name: value for name, value in fields.items() if name not in off}
    last = {"hashes": without.pop("hashes")} | hashes
    return without | {"result": result, "election": told} | last


def tells_all(found: Outcome, sheet: TellerCount) -> bool:
    """Whether more may be told than the totals of rounds: not of few ballots, nor where an order of
    all candidates stands on one ballot alone, which its voter could have been asked for.
    """
    if found.ballots < FEW:
        return False
    standing = {one.candidate for one in found.rounds[0].figures} if found.rounds else set()
    full = (
        many
        for marks, many in marks_of(sheet)
        if found.method in ("stv", "schulze")
        and len({*dict(marks)} & standing) == len(standing) == len(rank(dict(marks)))
    )
    return min(full, default=2) > 1


def _plain(found: Outcome, seats: int, whole: bool, sheet: TellerCount) -> dict[str, Any]:
    ties = [{"order": list(tie.order), "by": tie.by} for tie in found.ties]
    fields: dict[str, Any] = {
        "method": found.method,
        "seats": seats,
        "elected": list(found.elected),
    }
    more: dict[str, Any] = {
        "empty": found.empty,
        "unfilled": [{"group": group, "seats": many} for group, many in found.unfilled],
        "second_round": list(found.second_round),
        "left": found.left,
        "declined": list(sheet.declined),
        "lot": sheet.lot if any(tie.by == "lot" for tie in found.ties) else "",
        "ties": ties,
    }
    fields |= {name: value for name, value in more.items() if value}
    fields |= {"rounds": [_plain_round(found, one, whole) for one in found.rounds]}
    return fields | ({"duels": _plain_duels(found.duels)} if found.duels and whole else {})


def _plain_round(found: Outcome, one: Round, whole: bool) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "figures": [_plain_figure(found, each, whole) for each in one.figures]
    }
    more: dict[str, Any] = {
        "needed": write_exact(one.needed) if one.needed is not None else "",
        "elected": list(one.elected),
        "excluded": list(one.excluded),
        "transferred": list(one.transferred),
        "exhausted": write_exact(one.exhausted) if one.exhausted else "",
    }
    return fields | {name: value for name, value in more.items() if value}


def _plain_figure(found: Outcome, one: Figure, whole: bool) -> dict[str, Any]:
    fields: dict[str, Any] = {"candidate": one.candidate}
    if found.method == "majority_judgment":
        fields |= {"median": median_grade(one)} if median_grade(one) else {}
        return fields | ({"grades": list(one.grades)} if whole else {})
    if found.method == "schulze":
        return fields | {"beats": list(one.beats)}
    fields |= {"votes": write_exact(one.votes)}
    return fields | ({"against": one.against} if one.against is not None else {})


def _plain_duels(duels: Sequence[Duel]) -> list[dict[str, Any]]:
    return [
        {
            "one": duel.one,
            "other": duel.other,
            "votes": duel.votes,
            "against": duel.against,
            "strength": duel.strength,
            "back": duel.back,
        }
        for duel in duels
    ]


def write_exact(number: Fraction) -> str:
    """A number as a result writes it: `7`, or `15/2`."""
    return str(number)
