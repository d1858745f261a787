"""Of a member who is erased, a file without a name stays where minutes, ballots, counts and answers
to polls rest on them.

This check compares with the files before the change (`coopbook check --base`). Whoever was a member
in law counts in the electorates of those years; whoever voted or counted is named by the file of
the ballot. `coopbook erase` writes the file that stays. A second file of one person may go: the
other one names it in `formerly`.

## Why
Signed minutes and closed votes never change. They go on holding if somebody without a name stands
where a name stood.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.kinds import ANSWER, BALLOT, COUNT
from ...decisions.types import Member, vote_and_member
from ...records.index import Entry, Index

KIND = "member"


def check_change(before: Index, after: Index) -> Iterator[Diagnostic]:
    added = [entry for entry in after.of(KIND) if entry.id not in before.by_id(KIND)]
    new = {str(entry.title) for entry in added}
    for entry in before.of(KIND):
        if after.find(KIND, entry.id) or str(entry.title) in new:  # renamed: `lost-id` tells it
            continue
        stub = next((one for one in added if _stands_for(one, entry)), None)
        if stub and not _has_voted(entry, before):
            added.remove(stub)
            continue
        if Member.of(entry).membership or _has_voted(entry, before):
            yield Diagnostic(
                entry.file,
                _(
                    "Minutes and votes rest on “{id}”: a file without a name must stay.",
                    id=entry.id,
                ),
                _(
                    "Who was renamed has “formerly: [{id}]” in the new file. To erase them, put "
                    "the file back, then: coopbook erase {id}",
                    id=entry.id,
                ),
            )


def _stands_for(stub: Entry, gone: Entry) -> bool:
    """Whether a new file holds the years of somebody whom nothing names any more: that they were a
    member, and when it began.
    """
    return Member.of(stub).has_left and _beginnings(stub) == _beginnings(gone) != []


def _beginnings(entry: Entry) -> list[tuple[object, ...]]:
    periods = entry.get("membership") or []
    return [tuple(one.get(name) for name in ("from", "category", "college")) for one in periods]


def _has_voted(entry: Entry, before: Index) -> bool:
    return any(
        vote_and_member(cast.id)[1] == entry.id
        for kind in (BALLOT, COUNT, ANSWER)
        for cast in before.of(kind)
    )
