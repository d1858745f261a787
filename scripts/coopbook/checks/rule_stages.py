"""The consultations that the rules of decision know, and for how many people they are made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..base.positions import Path
from ..decisions.tally.electorate import Rule, electorate_on
from ..decisions.tally.shapes import Alternative
from ..decisions.types import Category, Consultation, Rules
from ..decisions.votes import people
from ..records.index import Index
from ..records.model import Record


class Stage(NamedTuple):
    """One consultation of a category: where it stands in the rules, what it says itself, and what
    holds there, also where it is silent.
    """

    path: Path
    own: Consultation
    held: Category


def stages(rules: Record) -> Iterator[Stage]:
    """Each category of the rules, and its second consultation."""
    for name, category in Rules.of(rules).categories.items():
        yield Stage(("categories", name), category, category)
        if category.second is not None:
            held = category.at("second")
            yield Stage(("categories", name, "second"), category.second, held)


class Way(NamedTuple):
    """A consultation, or one of its ways (`any`): where it stands, what it says itself, and what
    holds there.
    """

    path: Path
    own: Alternative
    held: Alternative


def ways(rules: Record) -> Iterator[Way]:
    """Each consultation of each category, and after it each of its ways."""
    for stage in stages(rules):
        yield Way(*stage)
        for number, way in enumerate(stage.own.any):
            yield Way((*stage.path, "any", number), way, way)


def count_entitled(rules: Record, index: Index) -> int:
    """How many people have a vote today."""
    rule = Rule.of(Rules.of(rules).electorate)
    return len(electorate_on(index.today, people(index), rule).voters)
