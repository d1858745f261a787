"""What the co-op's records say of a poll: who is asked, who answered, and what the answers give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ..base.once import once
from ..records.core_kinds import MEMBER
from ..records.index import Entry, Index
from ..records.model import Record
from .kinds import ANSWER, BODY, POLL
from .mandates import mandates_of_role
from .poll_count import count_poll
from .types import Answer, Body, Member, Poll, vote_and_member

FOLDER = "decisions/answers"


def answer_file(poll: str, member: str) -> str:
    """Where a member's answer to a poll stands."""
    return f"{FOLDER}/{poll}/{member}.yml"


def asked_members(index: Index, poll: Entry | Record) -> list[str]:
    """Who is asked, by their present ids: the members who are named, who hold a mandate in the
    bodies or the role on the day it opens; where it names nobody, everybody who has not left, or
    had answered before.
    """
    asks = Poll.of(poll)
    if asks.asks_everybody:
        given = answers_to(index, poll.id)
        people = index.of(MEMBER)
        return [one.id for one in people if one.id in given or not Member.of(one).has_left]
    named = {*asks.asked, *_holders(index, asks)}
    return sorted({index.current_id(MEMBER, id) for id in named if index.find(MEMBER, id)})


def _holders(index: Index, poll: Poll) -> Iterator[str]:
    for id in poll.asked_bodies:
        body = index.find(BODY, id)
        mandates = Body.of(body).mandates if body else ()
        yield from (one.member for one in mandates if one.holds_on(poll.opens))
    for role in poll.asked_roles:
        held = mandates_of_role(index, role)
        yield from (one.member for _body, one in held if one.holds_on(poll.opens))


def members_concerned(index: Index, poll: Entry) -> tuple[str, ...] | None:
    """Whom the last day of a poll concerns: who is asked; after it, who asks. None: everybody."""
    asks = Poll.of(poll)
    if asks.has_closed_by(index.today.isoformat()):
        return asks.asked_by
    return None if asks.asks_everybody else tuple(asked_members(index, poll))


def open_polls(index: Index) -> list[Entry]:
    """The polls that one can answer today, the first to close on top."""
    today = index.today.isoformat()
    found = [one for one in index.of(POLL) if one.sound and Poll.of(one).is_open_on(today)]
    return sorted(found, key=lambda one: (Poll.of(one).closes, one.id))


def answers_to(index: Index, poll: str) -> dict[str, Entry]:
    """The answers to a poll, one a member, by the ids that members have now. Of two by one person,
    under a former id and the present one, that under the present one counts.
    """
    return _answers(index).get(poll, {})


@once
def _answers(index: Index) -> dict[str, dict[str, Entry]]:
    """The answers by poll and member, by the ids of now."""
    found: dict[str, dict[str, Entry]] = {}
    for entry in index.of(ANSWER):
        asked, member = vote_and_member(entry.id)
        own = found.setdefault(index.current_id(POLL, asked), {})
        now = index.current_id(MEMBER, member)
        if now not in own or member == now:
            own[now] = entry
    return {poll: dict(sorted(own.items())) for poll, own in found.items()}


def count_answers(index: Index, poll: Entry) -> dict[str, Any]:
    """What the answers to a poll give, as its file says it."""
    asks = Poll.of(poll)
    given = [Answer.of(one).given for one in answers_to(index, poll.id).values() if one.sound]
    counted = count_poll(asks.question, given, named=asks.names)
    many = len(asked_members(index, poll))
    return {"asked": max(many, counted.answers)} | counted.to_plain()


def is_outcome(poll: Poll, counted: dict[str, Any]) -> bool:
    """Whether what a poll's file says came of it is what its answers give, but for how many were
    asked: people come and go.
    """
    return poll.outcome is not None and {**poll.outcome, "asked": 0} == {**counted, "asked": 0}


def with_answers(record: Record, index: Index) -> Record:
    """Add to a poll what members may see of its answers, beside what came of it.

    Args:
        record: Any record; only a poll gets anything.
        index: The whole index.

    Returns:
        The record with `derived["given"]`, how many answered, and where it names people
        `derived["answers"]`, who said what, and `derived["running"]`, what that gives so far; else
        the record as it is.
    """
    poll = index.by_id(POLL).get(record.id) if record.kind.name == POLL else None
    if poll is None or not poll.sound:
        return record
    found = answers_to(index, poll.id)
    derived: dict[str, Any] = {"given": len(found)}
    if Poll.of(poll).names:
        told = [(member, Answer.of(one)) for member, one in found.items() if one.sound]
        derived["answers"] = [
            {"member": member, "marks": one.marks, "says": one.says, "word": one.word}
            for member, one in told
        ]
        derived["running"] = count_answers(index, poll)
    return replace(record, derived=derived)
