"""Who may change what: kinds of records, not patterns of files; and fields of one's own record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..base.globs import alternatives, matches
from ..records.index import Index
from ..records.model import Kind
from .kinds import ANSWER, BALLOT, COUNT, MINUTES
from .presets import common_rules
from .types import Rules


@dataclass(frozen=True)
class Changer:
    """Who may change some kinds, as `paths` write it; `patterns` are those that mean no kind of
    records.
    """

    who: str
    kinds: list[Kind] = field(default_factory=list)
    patterns: list[str] = field(default_factory=list)


MAINTAINERS = "maintainers"
OF_VOTERS = (BALLOT, COUNT, ANSWER)
"""Kinds that are their voters' and tellers' to change, whatever `paths` says."""


def changers(rules: Rules, kinds: Iterable[Kind]) -> list[Changer]:
    """Each kind once, but for those of voters, by who may change it when the strictest line has
    been found, and the maintainers where there is none; in the order of the rules' lines.
    """
    found = {who: Changer(who) for who in rules.paths.values()}
    for kind in (kinds := list(kinds)):
        who = next((who for sample in kind.samples if (who := rules.permission(sample))), "")
        if rules.paths and kind.name not in OF_VOTERS:
            who = who or MAINTAINERS
            found.setdefault(who, Changer(who)).kinds.append(kind)
    for glob, who in rules.paths.items():
        found[who].patterns.extend(
            one
            for one in alternatives(glob)
            if not any(matches(one, path) for kind in kinds for path in kind.samples)
        )
    return [one for one in found.values() if one.kinds or one.patterns]


def own_fields(rules: Rules, kind: str) -> tuple[str, ...]:
    """The fields that somebody may change of their own record: those that `fields` of the rules
    names for its kind, and those of every preset where the rules have no `fields`.
    """
    return (rules.fields or common_rules().fields).get(kind, ())


@dataclass(frozen=True)
class OwnRecord:
    """Who may change a member's record: some fields those whom `who` names, as `paths` write it,
    the rest of them those who look after the program.
    """

    who: str
    fields: tuple[str, ...]
    rest: tuple[str, ...]

    @property
    def is_vote(self) -> bool:
        """Whether a vote alone changes all of it."""
        return self.who.startswith("vote:")

    @property
    def is_role(self) -> bool:
        """Whether who holds a role changes it, and nobody else."""
        return self.who.startswith("role:")

    def by_oneself(self, *, has_office: bool) -> tuple[str, ...]:
        """The fields that the member may change, who holds no role."""
        is_own = self.who in ("own", "any_member") or (self.who == "office" and has_office)
        return self.fields if is_own else ()


def own_record(rules: Rules, kind: Kind, file: str) -> OwnRecord:
    """Say who may change a member's record, field by field."""
    who = rules.permission(file) or MAINTAINERS
    is_closed = who == MAINTAINERS or who.startswith("vote:")
    named = () if is_closed else own_fields(rules, kind.name)
    fields = tuple(name for name in named if name in kind.properties)
    return OwnRecord(who, fields, tuple(name for name in kind.properties if name not in fields))


def minutes_keeper(rules: Rules, index: Index) -> str:
    """Who keeps the minutes, as `paths` write it: who may write them, wherever they stand."""
    return rules.permission(index.kinds[MINUTES].samples[0]) or MAINTAINERS
