"""Whether a vote record that was kept is what the files say today. The record calls people by
pseudonyms and the files by ids, which change: both are brought to the ids of now, as far as the
record's list says who is who.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from .pseudonyms import Key, Now, account_pseudonym, rewrite, rewrite_vote
from .tally.electorate import Electorate
from .tally.record import VoteRecord

NOBODY: Mapping[str, str] = {}


def has_voters(kept: VoteRecord, key: Key, voters: Electorate, now: Now) -> bool:
    """Whether those who had a vote in a record that was kept are these, of the same colleges, as
    far as its list says who is who.
    """
    one, other = _named_in(key, now), _known_to(key, now)
    had = sorted((one(voter.id), voter.college) for voter in kept.electorate)
    return had == sorted((other(voter.id), voter.college) for voter in voters.voters)


def is_same(kept: VoteRecord, key: Key, gathered: VoteRecord, now: Now) -> bool:
    """Whether a record that was kept is what the files give, as far as its list says who is who:
    those who are in it no more are told apart by their colleges alone.

    Args:
        kept: The record.
        key: Its list.
        gathered: What the files give, with ids.
        now: Gives the ids of now.
    """
    salt = key.salt
    had = _normal(kept, _named_in(key, now, _colleges(kept)), int if salt else None)
    return had == _normal(
        gathered,
        _known_to(key, now, _colleges(gathered)),
        (lambda number: account_pseudonym(salt, number)) if salt else None,
    )


def names_in_both(kept: VoteRecord, key: Key, now: Now) -> tuple[Now, Now]:
    """What people become where a record and the files are compared: those of the record, and those
    of the files. The first format has ids itself.
    """
    return (now, now) if kept.format == 1 else (_named_in(key, now), _known_to(key, now))


def _named_in(key: Key, now: Now, unnamed: Mapping[str, str] = NOBODY) -> Now:
    """What pseudonyms become where a record is compared: ids of now. Those whom its list does not
    name become what `unnamed` says, which is the same of all where it says nothing.
    """
    return lambda name: now(key.voters[name]) if name in key.voters else f"?{unnamed.get(name, '')}"


def _known_to(key: Key, now: Now, unnamed: Mapping[str, str] = NOBODY) -> Now:
    """The same of the ids that files have: whom the list does not name has none."""
    named = {now(id) for id in key.voters.values()}
    return lambda id: now(id) if now(id) in named else f"?{unnamed.get(id, '')}"


def _colleges(record: VoteRecord) -> dict[str, str]:
    return {voter.id: voter.college for voter in record.electorate}


def normal_vote(vote: Mapping[str, Any], person: Now) -> dict[str, Any]:
    """What a vote asks, with other names and its lists in an order that says nothing."""
    return _sorted_lists(rewrite_vote(vote, (), person))


def _normal(
    record: VoteRecord, person: Now, account: Callable[[int], int] | None
) -> dict[str, Any]:
    found = rewrite(record.plain, person, account or (lambda _number: 0))
    if account is None:
        for row in found["electorate"]:
            row.pop("accounts", None)
    found["vote"] = _sorted_lists(found["vote"])
    return _sorted_lists(found)


def _sorted_lists(value: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: sorted(part, key=_as_json) if isinstance(part, list) else part
        for name, part in value.items()
    }


def _as_json(value: Any) -> str:
    return json.dumps(value, sort_keys=True)
