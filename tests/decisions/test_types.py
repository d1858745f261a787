"""Records of deciding as typed values: what a field that is not said means."""

from __future__ import annotations

from typing import Any

import pytest
from coopbook.decisions.tally.electorate import Rule
from coopbook.decisions.tally.record import VoteRecord
from coopbook.decisions.tally.shapes import Category, Stage, read_as
from coopbook.decisions.types import Member, Proposal, Rules
from coopbook.decisions.types.parts import structure

MAJORITY = {"base": "expressed", "fraction": "1/2", "op": "gt"}
STRICTER = {"base": "expressed", "fraction": "2/3", "op": "gte"}
CATEGORY = {
    "channel": "meeting",
    "notice_days": 15,
    "min_days": 7,
    "quorum": {"of": "represented", "fraction": "1/2"},
    "threshold": MAJORITY,
    "tie": "rejected",
}


@pytest.mark.parametrize(
    ("second", "stage", "expected"),
    [
        (None, "second", (15, 7, "1/2", "1/2", "rejected")),
        ({}, "first", (15, 7, "1/2", "1/2", "rejected")),
        ({}, "second", (15, 7, None, "1/2", "rejected")),
        ({"min_days": 0}, "second", (15, 0, None, "1/2", "rejected")),
        ({"notice_days": 8, "tie": "chair"}, "second", (8, 7, None, "1/2", "chair")),
        ({"threshold": STRICTER}, "second", (15, 7, None, "2/3", "rejected")),
        ({"quorum": {"of": "cast", "min": 3}}, "second", (15, 7, "", "1/2", "rejected")),
    ],
)
def test_a_second_consultation_is_as_the_first_where_it_is_silent_save_the_quorum(
    second: Any, stage: Stage, expected: Any
) -> None:
    category = read_as(Category, CATEGORY | ({} if second is None else {"second": second}))
    held = category.at(stage)
    quorum = held.quorum.fraction if held.quorum else None
    assert held.threshold is not None
    assert (
        held.notice_days,
        held.min_days,
        quorum,
        held.threshold.fraction,
        held.tie,
    ) == expected


def test_who_is_suspended_has_no_vote_unless_the_rules_say_so() -> None:
    silent, open_to_all = (
        Rules.from_plain({"electorate": electorate, "categories": {}})
        for electorate in ({}, {"except": []})
    )
    assert Rule.of(silent.electorate).suspended_out
    assert not Rule.of(open_to_all.electorate).suspended_out


def test_a_proposal_knows_the_days_of_each_of_its_votes() -> None:
    first = {"opens": "2026-03-02T09:00:00+01:00", "closes": "2026-03-16T18:00:00+01:00"}
    second = {"opens": "2026-04-02T09:00:00+02:00", "closes": "2026-04-16T18:00:00+02:00"}
    once = structure(Proposal, first, "roof")
    twice = structure(Proposal, {**first, "second": second}, "roof")
    assert (once.days, once.days_of("roof-2"), once.stage) == (once.first, once.first, "first")
    assert (twice.days, twice.days_of("roof-2"), twice.stage) == (
        twice.second,
        twice.second,
        "second",
    )
    assert twice.days_of("roof") == once.first
    assert not structure(Proposal, {"opens": first["opens"]}, "roof").days.are_complete


def test_a_consent_that_was_withdrawn_is_none() -> None:
    given = {"purpose": "photo", "given": "2025-01-01"}
    member = structure(Member, {"consents": [given | {"withdrawn": "2026-01-01"}]})
    assert not member.consents_to("photo")
    assert structure(Member, {"consents": [given]}).consents_to("photo")


@pytest.mark.parametrize("data", [None, [], "text", {}, {"at": "2026-01-01T00:00:00Z"}])
def test_what_is_no_vote_record_is_one_kind_of_error(data: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        VoteRecord.of(data)


def test_fields_of_another_shape_name_their_file() -> None:
    with pytest.raises(ValueError, match=r"members/ana\.yml"):
        structure(Member, {"membership": "since 2020"}, "ana", "members/ana.yml")
