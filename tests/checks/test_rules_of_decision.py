"""Every rule of decision changes by a decision alone, whatever is added to its file later."""

from __future__ import annotations

import json

import pytest
from coopbook.checks.decisions.undecided_rules import BEYOND_RULES, RULING, substance
from coopbook.decisions.tally.terms import APPLIED, rules_that_apply
from coopbook.records.kinds import SHIPPED

FIELDS = set(json.loads((SHIPPED / "rules.schema.json").read_text())["properties"])
PLAIN = {"electorate": {"membership": "current"}, "categories": {"ordinary": {"channel": "either"}}}


def test_every_field_rules_or_says_nothing() -> None:
    assert {*RULING, *BEYOND_RULES} == FIELDS
    assert not set(RULING) & set(BEYOND_RULES)


@pytest.mark.parametrize("field", sorted(FIELDS))
def test_what_rules_is_part_of_the_substance(field: str) -> None:
    changed = PLAIN | {field: {"other": {"channel": "meeting"}}}
    assert (substance(changed) != substance(PLAIN)) == (field in RULING)


@pytest.mark.parametrize("field", APPLIED)
def test_what_a_decision_is_taken_under_is_fingerprinted(field: str) -> None:
    assert field in RULING
    assert rules_that_apply(PLAIN | {field: {"x": 1}}, "ordinary") != rules_that_apply(
        PLAIN, "ordinary"
    )
