"""The mandates that an election gives, and those that end with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ..records.index import Entry, Index
from .mandates import is_same_role
from .tally.shapes import Localized
from .types import Body, Mandate, Minutes, Proposal, Result, Term
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


@dataclass(frozen=True)
class Filling:
    """The mandates that an election gives: of which body and role, for how long, by which decision,
    to whom.

    Attributes:
        body: The body's id.
        role: The title of the mandates.
        term: Their days.
        by: The id of the proposal, or of the minutes.
        elected: Members' ids.
    """

    body: str
    role: Localized
    term: Term
    by: str
    elected: tuple[str, ...]


def filling_of(index: Index, proposal: Entry) -> Filling | None:
    """What a proposal that is an election gives; None where it is none."""
    asked = Proposal.of(proposal).election
    if asked is None:
        return None
    elected = all_elected(index, proposal)
    return Filling(asked.body, asked.role, asked.term, proposal.id, elected)


def fillings_of_meeting(minutes: Minutes, id: str) -> Iterator[Filling]:
    """What the elections of a meeting give that no proposal asked for."""
    for one in minutes.resolutions:
        held = one.election
        if held is not None and one.is_adopted and not one.proposal and held.term.from_:
            yield Filling(held.body, held.role, held.term, id, held.elected)


def fill_seats(plain: Mapping[str, Any], body: Body, given: Filling, today: str) -> dict[str, Any]:
    """A body's fields once those who were elected hold its mandates.

    Of the same role, a mandate ends that runs out by the day the new term begins or names no end,
    and one of whoever is elected anew; another goes on, where seats are renewed in parts. An end
    that is still to come is its last day (`until`). The same again changes nothing.

    Args:
        plain: The body's fields, as its file has them.
        body: The same, typed.
        given: What the election gives.
        today: The present day.
    """
    had = {one.member for one in body.mandates if _is_of(one, given)}
    new = [member for member in given.elected if member not in had]
    if not new:
        return dict(plain)
    last = (date.fromisoformat(given.term.from_) - timedelta(days=1)).isoformat()
    mandates = [
        {**written, "ended_on" if last <= today else "until": min(last, mandate.until or last)}
        if _ends(mandate, given)
        else dict(written)
        for written, mandate in zip(plain.get("mandates") or (), body.mandates, strict=True)
    ]
    ids = {mandate.id for mandate in body.mandates}
    return {**plain, "mandates": [*mandates, *_new_mandates(given, new, ids)]}


def _is_of(mandate: Mandate, given: Filling) -> bool:
    """Whether a mandate was given by this election: minutes may give several roles."""
    return mandate.elected_by == given.by and is_same_role(mandate.role, given.role)


def _ends(mandate: Mandate, given: Filling) -> bool:
    start = given.term.from_
    if mandate.ended_on or mandate.from_ >= start:
        return False
    runs_out = not mandate.until or mandate.until <= start
    return is_same_role(mandate.role, given.role) and (runs_out or mandate.member in given.elected)


def _new_mandates(given: Filling, members: list[str], ids: set[str]) -> Iterator[dict[str, Any]]:
    for member in members:
        start = f"{given.body}-{member}"[: _MOST_ID - 8].rstrip("-")
        id = f"{start}-{given.term.from_[:4]}"
        number = 2
        while id in ids:
            id, number = f"{start}-{given.term.from_[:4]}-{number}", number + 1
        ids.add(id)
        until = {"until": given.term.until} if given.term.until else {}
        yield {
            "id": id,
            "member": member,
            "role": dict(given.role),
            "from": given.term.from_,
            **until,
            "elected_by": given.by,
        }
