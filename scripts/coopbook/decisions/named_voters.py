"""The names of those who voted, where the rules of decision let members know them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from ..records.core_kinds import MEMBER
from ..records.index import Index
from ..records.model import Record, dig
from .pseudonyms import Key
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
        The record with `derived["voters"]`, members' ids by choice, and `derived["erased"]`, how
        many more there are by choice who were erased since, where today's rules and those the vote
        was counted by both name voters to members and at least `FEW` ballots were cast; else the
        record as it is.
    """
    if record.kind.name != "result" or not _may_name(record, index):
        return record
    voters, erased = _voters_by_choice(record, index)
    return replace(
        record, derived={"voters": voters} | ({"erased": dict(erased)} if erased else {})
    )


def _may_name(record: Record, index: Index) -> bool:
    """Whether nothing speaks against it; a result or rules of another shape than ours do."""
    entry, then = index.find("rules", "rules"), dig(record.beside, "rules", "names")
    try:
        result, rules = Result.of(record), Rules.of(entry) if entry else NO_RULES
    except ValueError:
        return False
    return not result.secret and result.cast >= FEW and rules.names == then == "members"


def _voters_by_choice(record: Record, index: Index) -> tuple[dict[str, list[str]], Counter[str]]:
    """Count again from the vote record, whose list says who is who; nobody where it cannot be
    read. How many of each choice the list names no more stands apart.
    """
    found: dict[str, list[str]] = {}
    erased: Counter[str] = Counter()
    try:
        kept = VoteRecord.of(record.beside)
        key = Key.or_empty(record.pseudonyms)
        for ballot in recount(kept).ballots:
            voter = ballot.voter if kept.format == 1 else key.voters.get(ballot.voter)
            if voter is None:
                erased[ballot.choice] += 1
            else:
                now = index.current_id(MEMBER, voter)
                found.setdefault(ballot.choice, []).append(now)
    except ValueError:
        return {}, Counter()
    return {choice: sorted(voters) for choice, voters in found.items()}, erased
