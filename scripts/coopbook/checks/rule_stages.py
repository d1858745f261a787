"""The consultations that the rules of decision know, and for how many people they are made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ..base.positions import Path
from ..decisions.tally.electorate import Rule, electorate_on
from ..decisions.types import Rules
from ..decisions.votes import people
from ..records.index import Index
from ..records.model import Record


class Stage(NamedTuple):
    """One consultation of a category: where it stands in the rules, what it says itself, and what
    its category says where it is silent.
    """

    path: Path
    own: dict[str, Any]
    category: dict[str, Any]

    def get(self, name: str) -> Any:
        """What holds at this consultation."""
        return self.own.get(name) or self.category.get(name)


def stages(rules: Record) -> Iterator[Stage]:
    """Each category of the rules, and its second consultation."""
    for name, category in (rules.get("categories") or {}).items():
        yield Stage(("categories", name), category, category)
        if "second" in category:
            yield Stage(("categories", name, "second"), category["second"], category)


def count_entitled(rules: Record, index: Index) -> int:
    """How many people have a vote today."""
    rule = Rule.of(Rules.of(rules).electorate)
    return len(electorate_on(index.today, people(index), rule).voters)
