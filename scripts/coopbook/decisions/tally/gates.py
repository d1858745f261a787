"""Gates: a named role that must let a proposal pass. None unless the rules write one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from . import shapes

State = Literal["passed", "waiting", "vetoed"]


class Gate(Struct, frozen=True):
    """`on` names subjects or categories; after `delay_days` silence passes, without them it
    never does.
    """

    role: str
    on: frozenset[str]
    stage: Literal["before_vote", "after_vote"] = "before_vote"
    delay_days: int | None = None
    needs_reason: bool = False
    overridable_by: str = ""

    @classmethod
    def of(cls, written: shapes.Gate) -> Gate:
        return cls(
            written.role,
            frozenset(written.on),
            written.stage,
            written.delay_days,
            "reason" in written.needs,
            written.overridable_by,
        )


class Say(Struct, frozen=True):
    """What a role said."""

    role: str
    at: datetime
    vetoes: bool
    reason: str = ""

    @classmethod
    def of(cls, word: shapes.GateWord) -> Say:
        at = datetime.fromisoformat(word.at)
        return cls(word.role, at, word.decision == "vetoed", word.reason)


class Question(Struct, frozen=True):
    """What is asked, and when: its subjects, the category's place among all (from the weakest), and
    since when a gate may be passed, before the vote (`since`) or after it (`closed`).
    """

    names: frozenset[str]
    category: str
    categories: Sequence[str]
    since: datetime
    closed: datetime


def is_stopped_by(
    gates: Iterable[Gate],
    said: Iterable[Say],
    names: frozenset[str],
    category: str,
    categories: Sequence[str],
) -> bool:
    """Whether a role has stopped a proposal for good, whatever its days."""
    every = list(said)
    last = max((say.at for say in every), default=None)
    return (
        last is not None
        and state_of_gates(gates, every, Question(names, category, categories, last, last), last)
        == "vetoed"
    )


def state_of_gates(
    gates: Iterable[Gate], said: Iterable[Say], question: Question, at: datetime
) -> State:
    """Whether all gates are passed at an instant. One veto stops; a category as strict as
    `overridable_by`, or stricter, needs no leave.
    """
    every = list(said)
    found = [
        _one(gate, every, question, at)
        for gate in gates
        if gate.on & question.names and not _overridden(gate, question)
    ]
    return "vetoed" if "vetoed" in found else "waiting" if "waiting" in found else "passed"


def _overridden(gate: Gate, question: Question) -> bool:
    order = list(question.categories)
    if gate.overridable_by not in order or question.category not in order:
        return False
    return order.index(question.category) >= order.index(gate.overridable_by)


def _one(gate: Gate, said: list[Say], question: Question, at: datetime) -> State:
    """The role's last word; a veto without the reason it needs is none."""
    words = [
        say
        for say in said
        if say.role == gate.role
        and say.at <= at
        and (say.reason or not (say.vetoes and gate.needs_reason))
    ]
    if words:
        return "vetoed" if max(words, key=lambda say: (say.at, say.vetoes)).vetoes else "passed"
    since = question.closed if gate.stage == "after_vote" else question.since
    silent = gate.delay_days is not None and at >= since + timedelta(days=gate.delay_days)
    return "passed" if silent else "waiting"
