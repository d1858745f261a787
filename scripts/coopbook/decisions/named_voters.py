"""The names of those who voted, where the rules of decision let members know them."""

from __future__ import annotations

from dataclasses import replace

from ..records.index import Index
from ..records.model import Record, dig
from .tally.record import VoteRecord
from .tally.secret import FEW
from .types import Result, Rules
from .vote_record import recount


def with_named_voters(record: Record, index: Index) -> Record:
    """Add to a result who voted what, for members' eyes.

    Args:
        record: any record; only a result that was not secret gets anything.
        index: the whole index, for the rules of today.

    Returns:
        The record with `derived["voters"]`, members' ids by choice, where today's rules and those
        the vote was counted by both name voters to members and at least `FEW` ballots were cast;
        else the record as it is.
    """
    if record.kind.name != "result" or not _may_name(record, index):
        return record
    return replace(record, derived={"voters": _voters_by_choice(record)})


def _may_name(record: Record, index: Index) -> bool:
    rules, then = index.find("rules", "rules"), dig(record.beside, "rules", "names")
    if rules is None or not Rules.of(rules).names == then == "members":
        return False
    result = Result.of(record)
    return not result.secret and result.cast >= FEW


def _voters_by_choice(record: Record) -> dict[str, list[str]]:
    """Count again from the vote record; nobody where it cannot be read."""
    found: dict[str, list[str]] = {}
    try:
        for ballot in recount(VoteRecord.of(record.beside)).ballots:
            found.setdefault(ballot.choice, []).append(ballot.voter)
    except ValueError:
        return {}
    return found
