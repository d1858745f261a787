"""The mandates that an election gives, and those that end with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from ..base.formats import slug
from ..records.index import Entry, Index
from .types import Body, Election, Mandate, Proposal, Result
from .votes import vote_ids

_MOST_ID = 64


def all_elected(index: Index, proposal: Entry) -> tuple[str, ...]:
    """Who was elected, in one round or in two, by the results that are there; whoever was renamed
    since by the id of today.
    """
    found: list[str] = []
    for vote in vote_ids(proposal.id):
        entry = index.by_id("result").get(vote)
        chosen = Result.of(entry).election if entry else None
        found += chosen.elected if chosen else ()
    return tuple(dict.fromkeys(index.current_id("member", id) for id in found))


def fill_seats(
    plain: Mapping[str, Any], body: Body, proposal: Entry, elected: tuple[str, ...]
) -> dict[str, Any]:
    """A body's fields once those who were elected hold its mandates.

    Of the same role, a mandate ends that runs out by the day the new term begins or names no end,
    and one of whoever is elected anew; another goes on, where seats are renewed in parts. The same
    again changes nothing.

    Args:
        plain: The body's fields, as its file has them.
        body: The same, typed.
        proposal: The election.
        elected: Who was elected.
    """
    election = Proposal.of(proposal).election
    assert election is not None
    given = {one.member for one in body.mandates if one.elected_by == proposal.id}
    new = [member for member in elected if member not in given]
    if not new:
        return dict(plain)
    last = (date.fromisoformat(election.term.from_) - timedelta(days=1)).isoformat()
    mandates = [
        {**written, "ended_on": min(last, mandate.until or last)}
        if _ends(mandate, election, elected)
        else dict(written)
        for written, mandate in zip(plain.get("mandates") or (), body.mandates, strict=True)
    ]
    ids = {mandate.id for mandate in body.mandates}
    return {**plain, "mandates": [*mandates, *_new_mandates(proposal, election, new, ids)]}


def _ends(mandate: Mandate, election: Election, elected: tuple[str, ...]) -> bool:
    if mandate.ended_on or mandate.from_ >= election.term.from_:
        return False
    same = {*map(slug, mandate.role.values())} & {*map(slug, election.role.values())}
    runs_out = not mandate.until or mandate.until <= election.term.from_
    return bool(same) and (runs_out or mandate.member in elected)


def _new_mandates(
    proposal: Entry, election: Election, members: list[str], ids: set[str]
) -> Iterator[dict[str, Any]]:
    for member in members:
        start = f"{election.body}-{member}"[: _MOST_ID - 8].rstrip("-")
        id = f"{start}-{election.term.from_[:4]}"
        number = 2
        while id in ids:
            id, number = f"{start}-{election.term.from_[:4]}-{number}", number + 1
        ids.add(id)
        until = {"until": election.term.until} if election.term.until else {}
        yield {
            "id": id,
            "member": member,
            "role": dict(election.role),
            "from": election.term.from_,
            **until,
            "elected_by": proposal.id,
        }
