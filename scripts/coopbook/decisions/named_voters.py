"""The names of those who voted, where the rules of decision let members know them."""

from __future__ import annotations

from dataclasses import replace

from ..records.index import Index
from ..records.model import Record, dig
from .tally.record import VoteRecord
from .tally.secret import FEW
from .types import NO_RULES, Result, Rules
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
    return replace(record, derived={"voters": _voters_by_choice(record, index)})


def _may_name(record: Record, index: Index) -> bool:
    """Whether nothing speaks against it; a result or rules of another shape than ours do."""
    entry, then = index.find("rules", "rules"), dig(record.beside, "rules", "names")
    try:
        result, rules = Result.of(record), Rules.of(entry) if entry else NO_RULES
    except ValueError:
        return False
    return not result.secret and result.cast >= FEW and rules.names == then == "members"


def _voters_by_choice(record: Record, index: Index) -> dict[str, list[str]]:
    """Count again from the vote record, whose voters bear the ids of its day; nobody where it
    cannot be read.
    """
    found: dict[str, list[str]] = {}
    try:
        for ballot in recount(VoteRecord.of(record.beside)).ballots:
            found.setdefault(ballot.choice, []).append(index.current_id("member", ballot.voter))
    except ValueError:
        return {}
    return found
