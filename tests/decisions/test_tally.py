"""The arithmetic of votes: every figure is that of a co-op, a project or a tool that is named, and
properties that hold whatever is voted.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from coopbook.decisions.tally import Electorate, Event, Outcome, Terms, tally
from coopbook.decisions.tally import colleges as weighing
from coopbook.decisions.tally.arithmetic import (
    CHOICES,
    Choice,
    Counts,
    Measure,
    Quorum,
    Threshold,
    read_fraction,
)
from coopbook.decisions.tally.consent import Rule as Consent
from coopbook.decisions.tally.counting import CountedVotes, Verdict, verdict
from coopbook.decisions.tally.electorate import Period, Person, Rule, Voter, electorate_on, standing
from coopbook.decisions.tally.gates import Gate, Say
from coopbook.decisions.tally.proxies import Mandate
from coopbook.decisions.tally.proxies import Rule as Proxies
from coopbook.decisions.tally.record import VoteRecord
from coopbook.decisions.tally.shapes import Category as WrittenCategory
from coopbook.decisions.tally.shapes import read_as
from coopbook.decisions.tally.terms import Category
from coopbook.decisions.types import Rules
from coopbook.decisions.vote_record import figures, record_events, recount
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

OPENS, CLOSES = datetime(2026, 3, 2, 9, tzinfo=UTC), datetime(2026, 3, 16, 18, tzinfo=UTC)
HOUR = timedelta(hours=1)
THIRD, HALF = Fraction(1, 3), Fraction(1, 2)
TWO_THIRDS, THREE_QUARTERS = Fraction(2, 3), Fraction(3, 4)
SIMPLE = Category("ordinary", Threshold("expressed", HALF, "gt"), tie="rejected")


def counted(
    counts: tuple[int, ...],
    electorate: int,
    category: Category,
    represented: int | None = None,
    **values: Any,
) -> Verdict:
    votes = Counts(*counts)
    return verdict(
        CountedVotes(
            votes, votes.cast if represented is None else represented, electorate, **values
        ),
        category,
    )


def members(count: int) -> Electorate:
    return Electorate.of(
        Voter(f"m{number:03}", accounts=(1000 + number,)) for number in range(count)
    )


def terms(category: Category = SIMPLE, **values: Any) -> Terms:
    return Terms(category, OPENS, CLOSES, **{"text": "t1", **values})


def vote(number: int, word: str, hours: float = 1, **values: Any) -> Event:
    """Somebody's comment, so many hours after the vote opened."""
    return Event("comment", f"/vote {word}", OPENS + hours * HOUR, actor_id=1000 + number, **values)


def paper(member: str, choice: str, hours: float = 1, **values: Any) -> Event:
    return Event("ballot_file", choice, OPENS + hours * HOUR, member=member, **values)


def outcome(
    events: Iterable[Event], electorate: Electorate, rules: Terms, at: datetime = CLOSES
) -> Outcome:
    return tally(events, electorate, rules, at)


def share(measure: Measure | None) -> str:
    assert measure is not None
    return measure.share


# 1. Exact fractions


def test_gitvote_fails_four_of_six_at_66_67_and_two_thirds_does_not() -> None:
    special = Category("special", Threshold("expressed", TWO_THIRDS, "gte"))
    assert counted((4, 2), 6, special).result == "adopted"
    gitvotes = replace(special, threshold=Threshold("expressed", Fraction("66.67") / 100, "gte"))
    assert counted((4, 2), 6, gitvotes).result == "rejected"


@pytest.mark.parametrize("text", ["66.67", "0.5", "2", "1/0", "a/b", "-1/2"])
def test_a_decimal_is_no_fraction(text: str) -> None:
    with pytest.raises((ValueError, ZeroDivisionError)):
        read_fraction(text)


# 2. Base


@pytest.mark.parametrize(
    ("base", "result", "ratio"),
    [("represented", "rejected", "22/30"), ("expressed", "adopted", "22/26")],
)
def test_22_for_4_against_4_abstain_fail_three_quarters_of_represented_and_pass_of_expressed(
    base: Any, result: str, ratio: str
) -> None:
    found = counted((22, 4, 4), 40, Category("bylaws", Threshold(base, THREE_QUARTERS, "gte")))
    assert (found.result, share(found.threshold)) == (result, ratio)


# 3. Abstention, blank, silence


def test_abstain_and_blank_count_for_quorum_and_not_in_expressed() -> None:
    half = replace(SIMPLE, quorum=Quorum("cast", HALF))
    assert counted((3, 2, 3, 2), 20, half).result == "adopted"
    assert counted((3, 2, 2, 2), 20, half).result == "no_quorum"
    assert share(counted((3, 2, 3, 2), 20, half).threshold) == "3/5"


def test_with_base_represented_abstentions_weigh_against_12_11_2() -> None:
    found = counted(
        (12, 11, 2), 40, replace(SIMPLE, threshold=Threshold("represented", HALF, "gt"))
    )
    assert (found.result, share(found.threshold)) == ("rejected", "12/25")
    assert counted((12, 11, 2), 40, SIMPLE).result == "adopted"


def test_silence_is_not_abstention() -> None:
    found = outcome([vote(0, "yes"), vote(1, "abstain")], members(5), terms())
    assert (found.counts, found.represented, len(found.electorate.voters)) == (
        Counts(1, 0, 1, 0),
        2,
        5,
    )


# 4. More than, at least, ties


def test_20_of_40_is_not_more_than_half_and_gitvote_passes_a_tie_at_50() -> None:
    base = Category("x", Threshold("electorate", HALF, "gt"))
    assert counted((20, 0), 40, base).result == "rejected"
    assert counted((21, 0), 40, base).result == "adopted"
    assert (
        counted((20, 20), 40, Category("x", Threshold("expressed", HALF, "gte"))).result
        == "adopted"
    ), "as gitvote does"


@pytest.mark.parametrize(
    ("tie", "chair", "result"),
    [
        ("rejected", "for", "rejected"),
        ("adopted", None, "adopted"),
        ("chair", "for", "adopted"),
        ("chair", "against", "rejected"),
        ("chair", None, "rejected"),
    ],
)
@pytest.mark.parametrize("op", ["gt", "gte"])
def test_a_tie_has_a_named_rule(tie: Any, chair: Choice | None, result: str, op: Any) -> None:
    found = counted(
        (5, 5), 20, Category("x", Threshold("expressed", HALF, op), tie=tie), chair=chair
    )
    assert (found.result, found.tie) == (result, tie)
    assert (
        counted(
            (5, 6), 20, Category("x", Threshold("expressed", HALF, op), tie=tie), chair=chair
        ).tie
        == ""
    )


def test_the_chairs_own_ballot_decides_a_tie() -> None:
    events = [vote(0, "yes"), vote(1, "no")]
    by_chair = terms(replace(SIMPLE, tie="chair"), chair="m000")
    assert outcome(events, members(2), by_chair).result == "adopted"
    assert outcome(events, members(2), replace(by_chair, chair="m001")).result == "rejected"


@pytest.mark.parametrize(
    ("base", "op", "result"),
    [
        ("electorate", "gte", "adopted"),
        ("electorate", "gt", "rejected"),
        ("represented", "gt", "rejected"),
    ],
)
@pytest.mark.parametrize("tie", ["adopted", "rejected"])
def test_half_of_the_base_is_no_tie_without_as_many_against(
    base: Any, op: Any, result: str, tie: Any
) -> None:
    found = counted(
        (7, 1, 3), 14, Category("x", Threshold(base, HALF, op), tie=tie), represented=14
    )
    assert (found.result, found.tie) == (result, "")


def test_as_many_against_is_a_tie_of_the_whole_base_only_where_all_have_voted() -> None:
    absolute = Category("x", Threshold("electorate", HALF, "gt"), tie="adopted")
    assert (counted((7, 7), 14, absolute).tie, counted((3, 3), 14, absolute).tie) == ("adopted", "")


def test_nobody_in_favour_never_adopts() -> None:
    assert (
        counted(
            (0, 0, 3), 9, Category("x", Threshold("expressed", HALF, "gte"), tie="adopted")
        ).result
        == "rejected"
    )


# 5. Two consultations

SCOP_24EME = {
    "ordinary": {
        "channel": "either",
        "threshold": {"base": "electorate", "fraction": "1/2", "op": "gt"},
        "second": {"threshold": {"base": "represented", "fraction": "1/2", "op": "gt"}},
    },
    "extraordinary": {
        "channel": "meeting",
        "quorum": {"of": "represented", "base": "electorate", "fraction": "3/4"},
        "threshold": {"base": "represented", "fraction": "3/4", "op": "gte"},
        "second": {"quorum": {"of": "represented", "base": "electorate", "fraction": "1/2"}},
    },
}


@pytest.mark.parametrize(
    ("name", "stage", "counts", "result"),
    [
        ("ordinary", "first", (20, 0), "no_quorum"),
        ("ordinary", "first", (21, 0), "adopted"),
        ("ordinary", "second", (14, 11), "adopted"),
        ("ordinary", "second", (11, 14), "rejected"),
        ("extraordinary", "first", (25, 0), "no_quorum"),
        ("extraordinary", "second", (25, 0), "adopted"),
        ("extraordinary", "second", (19, 0), "no_quorum"),
        ("extraordinary", "second", (18, 7), "rejected"),
        ("extraordinary", "first", (30, 0), "adopted"),
    ],
)
def test_24eme_scop_two_consultations_of_40(
    name: str, stage: Any, counts: tuple[int, int], result: str
) -> None:
    assert (
        counted(
            counts, 40, Category.of(name, read_as(WrittenCategory, SCOP_24EME[name]), stage)
        ).result
        == result
    )


# 6. conda/governance

CONDA = replace(SIMPLE, quorum=Quorum("cast", HALF, minimum=5))


@pytest.mark.parametrize(
    ("counts", "electorate", "result"),
    [
        ((3, 2, 1), 10, "adopted"),
        ((4, 3, 0), 10, "adopted"),
        ((3, 1, 0), 10, "no_quorum"),
        ((6, 5), 20, "adopted"),
        ((5, 5), 20, "rejected"),
        ((7, 6), 20, "adopted"),
        ((6, 6), 20, "rejected"),
        ((4, 0), 6, "no_quorum"),
    ],
)
def test_conda_governance(counts: tuple[int, ...], electorate: int, result: str) -> None:
    assert counted(counts, electorate, CONDA).result == result


# 7. Cabestan


def test_cabestan_3_2_45_of_100_passes() -> None:
    cabestan = replace(SIMPLE, quorum=Quorum("represented", HALF))
    assert counted((3, 2, 45), 100, cabestan).result == "adopted"
    assert counted((3, 2, 44), 100, cabestan).result == "no_quorum"


# 8. The no-show paradox


def test_no_show_paradox_of_nodejs_node_7813() -> None:
    cast, favour = (
        replace(SIMPLE, quorum=Quorum("cast", HALF)),
        replace(SIMPLE, quorum=Quorum("for", Fraction(1, 4))),
    )
    assert counted((6, 0), 20, cast).result == "no_quorum"
    assert counted((6, 5), 20, cast).result == "adopted", "five more against make it pass"
    assert [counted((6, against), 20, favour).result for against in (0, 5)] == [
        "adopted",
        "adopted",
    ], "a quorum of those in favour cures it"
    assert [counted((4, against), 20, favour).result for against in (0, 5, 16)] == ["no_quorum"] * 3


# 9. SCANI's weighted quorum

SCANI = weighing.Rule((("actifs", 40), ("b", 25), ("c", 25), ("d", 10)))
SCANI_SIZES = {"actifs": 16, "b": 457, "c": 146, "d": 252}


def test_scani_16_active_members_are_40_percent_of_the_quorum_and_1_8_of_heads() -> None:
    assert weighing.turnout({"actifs": 16}, SCANI_SIZES, SCANI) == 40
    assert round(Fraction(16, sum(SCANI_SIZES.values())) * 100, 1) == Fraction("1.8")
    poll = CountedVotes(Counts(16), 16, 871, {"actifs": Counts(16)}, {"actifs": 16}, SCANI_SIZES)
    for needed, met in ((Fraction(2, 5), True), (HALF, False)):
        found = verdict(
            poll, replace(SIMPLE, quorum=Quorum("represented", needed, base="weights")), SCANI
        )
        assert found.quorum is not None
        assert (found.quorum.met, found.quorum.share) == (met, "40/100")


# 10. Colleges

THREE = weighing.Rule((("a", 50), ("b", 30), ("c", 20)))
VOTES = {"a": Counts(6, 4), "b": Counts(2, 8), "c": Counts(4, 6)}


def weighed(rule: weighing.Rule, votes: dict[str, Counts] = VOTES) -> Fraction:
    cast = {name: counts.cast for name, counts in votes.items()}
    return weighing.weigh(votes, cast, cast, rule, "expressed")


def test_colleges_50_30_20_proportional_44_56_and_majority_50_50() -> None:
    assert weighed(THREE) == 44
    assert weighed(replace(THREE, method="majority")) == 50


def test_weights_sum_to_100() -> None:
    with pytest.raises(ValueError, match="100"):
        weighing.Rule((("a", 50), ("b", 30)))


def test_an_empty_college_leaves_its_share_to_the_others_or_counts_against() -> None:
    votes = VOTES | {"a": Counts()}
    assert weighed(THREE, votes) == Fraction(30 * 100, 50) * Fraction(2, 10) + Fraction(
        20 * 100, 50
    ) * Fraction(4, 10)
    assert weighed(replace(THREE, empty="against"), votes) == 6 + 8


def test_a_tied_college_is_split_or_counts_against() -> None:
    votes = VOTES | {"b": Counts(5, 5)}
    assert weighed(replace(THREE, method="majority"), votes) == 50 + 15
    assert weighed(replace(THREE, method="majority", tied="against"), votes) == 50


def test_colleges_decide_in_a_whole_count() -> None:
    voters = Electorate(
        tuple(Voter(f"{name}{number}", name) for name in "abc" for number in range(10))
    )
    said = [
        (name, number, "for" if number < VOTES[name].for_ else "against")
        for name in "abc"
        for number in range(10)
    ]
    events = [paper(f"{name}{number}", choice) for name, number, choice in said]
    found = outcome(events, voters, terms(colleges=THREE))
    assert (found.result, share(found.threshold), found.counts) == (
        "rejected",
        "44/100",
        Counts(12, 18),
    )
    assert found.by_college == VOTES
    tied = outcome(
        events,
        voters,
        terms(replace(SIMPLE, tie="adopted"), colleges=replace(THREE, method="majority")),
    )
    assert (tied.result, tied.tie) == ("adopted", "adopted")


def test_colleges_tie_at_50_of_100_and_not_where_half_of_a_base_is_only_silent() -> None:
    halves = weighing.Rule((("a", 50), ("b", 50)))
    for base, second, tie in (
        ("expressed", Counts(0, 1), "adopted"),
        ("represented", Counts(0, 1), "adopted"),
        ("represented", Counts(0, 0, 1), ""),
    ):
        votes = {"a": Counts(1), "b": second}
        poll = CountedVotes(
            Counts(1, second.against, second.abstain),
            2,
            2,
            votes,
            {"a": 1, "b": 1},
            {"a": 1, "b": 1},
        )
        assert (
            verdict(poll, Category("x", Threshold(base, HALF, "gt"), tie="adopted"), halves).tie
            == tie
        ), base  # type: ignore[arg-type]


# 11. The electorate at its date

DAY = date(2026, 3, 2)
ANA = Person("ana", (Period(date(2020, 1, 1)),))
LATER = Person("later", (Period(date(2026, 3, 3)),))
CAPE = Person("cape")
LEFT = Person("left", (Period(date(2020, 1, 1), date(2026, 3, 1)),))
RESTS = Person("rests", (Period(date(2020, 1, 1), rests=((date(2026, 3, 1), date(2026, 3, 31)),)),))
LEAVES = Person("leaves", (Period(date(2020, 1, 1), date(2026, 3, 9)),))
EVERYBODY = [RESTS, LEFT, CAPE, LATER, LEAVES, ANA]


def test_only_members_in_law_on_the_day_are_entitled() -> None:
    said = {person.id: standing(person, DAY, Rule()) for person in EVERYBODY}
    assert said == {
        "ana": "entitled",
        "later": "later",
        "cape": "never",
        "left": "ended",
        "rests": "suspended",
        "leaves": "entitled",
    }
    assert [voter.id for voter in electorate_on(DAY, EVERYBODY, Rule()).voters] == ["ana", "leaves"]
    assert standing(RESTS, date(2026, 4, 1), Rule()) == "entitled"
    assert standing(RESTS, DAY, Rule(suspended_out=False)) == "entitled"


def test_who_leaves_during_the_vote_counts_as_the_rule_says() -> None:
    assert [
        voter.id
        for voter in electorate_on(DAY, EVERYBODY, Rule(drop_leavers=True), CLOSES.date()).voters
    ] == ["ana"]


def test_days_since_admission_and_another_category_is_no_new_admission() -> None:
    rule = Rule(least_days=90)
    new = Person("new", (Period(date(2026, 1, 1)),))
    moved = Person(
        "moved", (Period(date(2025, 1, 1), date(2025, 12, 31)), Period(date(2026, 1, 1)))
    )
    assert [standing(person, DAY, rule) for person in (new, moved)] == ["recent", "entitled"]
    assert standing(new, date(2026, 4, 1), rule) == "entitled"


def test_the_recused_leave_the_base_and_their_votes_do_not_count() -> None:
    half = replace(SIMPLE, quorum=Quorum("cast", HALF))
    events = [vote(number, "yes") for number in range(3)]
    assert outcome(events, members(7), terms(half)).result == "no_quorum"
    recused = outcome(
        [*events, vote(6, "no")], members(7), terms(half, recused=frozenset(["m006"]))
    )
    assert (recused.result, share(recused.quorum), [one.why for one in recused.refused]) == (
        "adopted",
        "3/6",
        ["not_entitled"],
    )


# 12. Which ballot counts


def test_the_last_valid_ballot_before_the_close_counts() -> None:
    late = vote(0, "yes", 400)
    found = outcome(
        [vote(0, "yes", 3), vote(0, "no", 5), late], members(1), terms(), CLOSES + 200 * HOUR
    )
    assert (found.counts, [one.why for one in found.refused]) == (Counts(0, 1), ["late"])
    assert outcome([vote(0, "yes", -1)], members(1), terms()).counts == Counts()


def test_a_double_mark_in_one_message_is_refused_and_the_voter_told() -> None:
    both = replace(vote(0, "yes", 5), value="/vote yes\n\n/voter contre")
    found = outcome([vote(0, "abstain", 3), both], members(1), terms())
    assert found.counts == Counts(0, 0, 1)
    assert {(one.who, one.why) for one in found.refused} == {("m000", "double")}


def test_an_edited_comment_counts_at_its_edit() -> None:
    edited = vote(0, "no", 2, edited_at=OPENS + 9 * HOUR)
    assert outcome([edited, vote(0, "yes", 5)], members(1), terms()).counts == Counts(0, 1)
    too_late = replace(edited, edited_at=CLOSES + HOUR)
    assert outcome([too_late, vote(0, "yes", 1)], members(1), terms()).counts == Counts(1)


def test_a_review_is_one_message_with_the_commands_in_its_text() -> None:
    review = Event(
        "review", "approve", OPENS + 5 * HOUR, actor_id=1000, reason="Bien vu.\n\n/voter contre"
    )
    found = outcome([vote(0, "abstain", 3), review], members(1), terms())
    assert (found.counts, {one.why for one in found.refused}) == (Counts(0, 0, 1), {"double"})
    said_twice = outcome([replace(review, reason="/voter pour")], members(1), terms())
    assert (said_twice.counts, said_twice.refused) == (Counts(1), ())


def test_an_objection_stays_when_the_review_it_was_made_in_is_dismissed() -> None:
    consent = Category("consent", consent=Consent(0, 1))
    text = "/objection bruit : les voisins\n/voter contre"
    review = Event("review", "request_changes", OPENS + HOUR, actor_id=1000, reason=text)
    found = outcome(
        [replace(review, value="dismissed"), vote(1, "yes")], members(2), terms(consent)
    )
    assert [(one.name, one.reason, one.open) for one in found.objections] == [
        ("bruit", "les voisins", True)
    ]
    assert (found.counts, found.refused) == (Counts(1), ())


def test_withdrawn_and_dismissed_votes_are_none() -> None:
    review = Event("review", "approve", OPENS + HOUR, actor_id=1000)
    dismissed = replace(review, value="dismissed", at=OPENS + 2 * HOUR)
    assert outcome(
        [review, vote(1, "yes"), vote(1, "none", 2)], members(2), terms()
    ).counts == Counts(1)
    assert outcome([review, dismissed], members(1), terms()).counts == Counts()
    assert outcome(
        [replace(review, value="request_changes")], members(1), terms()
    ).counts == Counts(0, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/voter pour", Counts(1)),
        ("Merci !\n/voter contre\nÀ jeudi.", Counts(0, 1)),
        ("/Voter Abstention", Counts(0, 0, 1)),
        ("/vote blank", Counts(0, 0, 0, 1)),
        ("> /vote yes", Counts()),
        ("```\n/vote yes\n```", Counts()),
        ("I would /vote yes", Counts()),
        ("/voter oui", Counts(1)),
        ("/vote non !", Counts(0, 1)),
        ("/vote for", Counts(1)),
        ("/vote against.", Counts(0, 1)),
        ("/voter pour.", Counts(1)),
        ("`/voter pour`", Counts(1)),
        ("Écrivez `/voter pour` ici", Counts()),
    ],
)
def test_comments_in_both_languages(text: str, expected: Counts) -> None:
    assert outcome([replace(vote(0, ""), value=text)], members(1), terms()).counts == expected


@pytest.mark.parametrize(
    "text",
    [
        "/vote maybe",
        "/vote",
        "/vote yes please",
        "/object no slug!",
        "/voter pour, si c'est moins cher",
        "`/vote maybe`",
    ],
)
def test_what_is_not_understood_is_told(text: str) -> None:
    assert [
        one.why for one in outcome([replace(vote(0, ""), value=text)], members(1), terms()).refused
    ] == ["unclear"]


@pytest.mark.parametrize("text", ["/voter oui", "/vote for", "/voter pour.", "`/voter pour`"])
def test_the_first_edition_reads_as_it_did(text: str) -> None:
    """What was counted then is counted again to the same figures."""
    then = replace(terms(), edition=1)
    assert outcome([replace(vote(0, ""), value=text)], members(1), then).counts == Counts()


@pytest.mark.parametrize("kind", ["comment", "review"])
def test_of_two_messages_of_one_second_the_forge_says_which_was_later(kind: Any) -> None:
    word = {"comment": ("/vote yes", "/vote no"), "review": ("request_changes", "approve")}[kind]
    for (first, last), expected in ((word, (0, 1)), (word[::-1], (1, 0))):
        both = [
            Event(kind, value, OPENS + HOUR, 1000, number=number)
            for value, number in ((first, 99), (last, 100))
        ]
        wanted = Counts(*expected) if kind == "comment" else Counts(*expected[::-1])
        assert outcome(both, members(1), terms()).counts == wanted


def test_the_number_on_the_forge_is_kept_and_an_event_without_one_keeps_its_bytes() -> None:
    numbered = replace(vote(0, "yes"), number=12)
    assert Event.from_plain(numbered.to_plain()) == numbered
    assert "number" not in vote(0, "yes").to_plain()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<!-- /vote yes -->", Counts()),
        ("<!--\n/vote yes\n-->", Counts()),
        ("Bonjour <!--\n\n/vote yes\n--> à tous", Counts()),
        ("<!-- jamais fermé\n/vote yes", Counts()),
        ("<!--\n```\n-->\n/vote no", Counts(0, 1)),
        ("```\n<!--\n```\n/vote no", Counts(0, 1)),
        ("<!-- modèle --> /vote yes", Counts(1)),
        ("/vote yes <!-- modèle -->", Counts(1)),
        ("<!-- a --><!--\n/vote yes\n-->\n/vote no", Counts(0, 1)),
        ("Un `<!--` seul.\n\n/vote yes", Counts(1)),
    ],
)
def test_what_a_comment_hides_from_its_readers_is_no_vote(text: str, expected: Counts) -> None:
    found = outcome([replace(vote(0, ""), value=text)], members(1), terms())
    assert (found.counts, found.refused) == (expected, ())


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": 5},
        {"text_hash": 5},
        {"actor_id": "1007"},
        {"actor_id": True},
        {"number": "1"},
        {"number": 1.0},
        {"login": None},
        {"at": 5},
        {"edited_at": 0},
        {"edited_at": ["x"]},
        {"reason": "\ud800"},
        {"value": "\udfff"},
        {"kind": []},
        {"kind": {}},
        {"unknown": 1},
        {"value": 1},
    ],
)
def test_what_has_a_wrong_type_is_no_event(wrong: dict[str, Any]) -> None:
    with pytest.raises((ValueError, TypeError)):
        Event.from_plain(vote(0, "yes").to_plain() | wrong)


# 13. A changed text


def test_votes_on_an_earlier_text_are_stale_and_asked_again() -> None:
    events = [
        vote(0, "yes", text_hash="t0"),
        vote(1, "yes", 1),
        vote(2, "yes", 30),
        vote(3, "no", 1, text_hash="t0"),
        vote(3, "yes", 40),
    ]
    found = outcome(events, members(4), terms(text_since=OPENS + 24 * HOUR))
    assert (found.counts, found.stale) == (Counts(2), ("m000", "m001"))


def test_other_rules_or_voters_make_a_ballot_stale_too() -> None:
    events = [paper("m000", "for", rules_hash="old"), paper("m001", "for", electorate_hash="old")]
    assert outcome(events, members(2), terms(rules_hash="new")).stale == ("m000", "m001")


def test_the_clock_restarts_if_the_rule_says_so() -> None:
    changed = CLOSES - 24 * HOUR
    for restart, result in ((False, "adopted"), (True, "open")):
        category = replace(SIMPLE, min_days=7, restart_on_change=restart)
        found = outcome([vote(0, "yes", 330)], members(1), terms(category, text_since=changed))
        assert (found.result, found.projected) == (result, "adopted")
    later = outcome(
        [vote(0, "yes", 330)],
        members(1),
        terms(category, text_since=changed),
        changed + timedelta(days=7),
    )
    assert later.result == "adopted"


# 14. Proxies

TWENTIETH = Proxies(True, True, True, 20, 1, Fraction(1, 20))


@pytest.mark.parametrize(
    ("electorate", "cap"), [(5, 1), (19, 1), (20, 1), (39, 1), (40, 2), (59, 2), (100, 5)]
)
def test_proxies_are_capped_at_one_twentieth(electorate: int, cap: int) -> None:
    assert TWENTIETH.cap(electorate) == cap
    given_to_m0 = tuple(Mandate(f"m{number:03}", "m000", DAY) for number in range(1, 5))
    events = [vote(0, f"yes for @m{number:03}") for number in range(1, 5)] + [vote(0, "yes")]
    found = outcome(events, members(electorate), terms(proxies=TWENTIETH, mandates=given_to_m0))
    assert found.counts == Counts(1 + min(cap, 4))
    assert [why for _mandate, why in found.proxies_refused] == ["cap"] * (4 - min(cap, 4))


def test_who_votes_oneself_overrides_the_proxy_and_both_are_stored() -> None:
    base = terms(proxies=TWENTIETH, mandates=(Mandate("m001", "m000", DAY),))
    for_other = replace(vote(0, "", 9), value="/voter pour au nom de @m001")
    found = outcome([for_other], members(3), base)
    assert [(one.voter, one.caster, one.choice) for one in found.ballots] == [
        ("m001", "m000", "for")
    ]
    assert outcome([vote(1, "no", 2), for_other], members(3), base).counts == Counts(0, 1)


def test_who_gave_a_proxy_is_represented_for_the_quorum() -> None:
    half = replace(SIMPLE, quorum=Quorum("represented", HALF))
    base = terms(half, proxies=TWENTIETH, mandates=(Mandate("m001", "m000", DAY),))
    assert outcome([vote(0, "yes")], members(4), base).result == "adopted"
    assert outcome([vote(0, "yes")], members(4), terms(half)).result == "no_quorum"


def test_some_laws_allow_no_proxies_and_nobody_votes_for_another_without() -> None:
    mandates = (Mandate("m001", "m000", DAY),)
    found = outcome([vote(0, "yes for @m001")], members(3), terms(mandates=mandates))
    assert ([one.why for one in found.refused], [why for _one, why in found.proxies_refused]) == (
        ["for_another"],
        ["not_allowed"],
    )
    assert (
        outcome(
            [vote(0, "yes for @m002")], members(3), terms(proxies=TWENTIETH, mandates=mandates)
        ).counts
        == Counts()
    )


def test_a_teller_enters_ballots_with_what_proves_them() -> None:
    entered = paper("m001", "for", actor="m000", evidence="e" * 64)
    assert outcome([entered], members(2), terms(tellers=frozenset(["m000"]))).counts == Counts(1)
    for event, tellers in (
        (entered, frozenset[str]()),
        (replace(entered, evidence=""), frozenset(["m000"])),
    ):
        assert [
            one.why for one in outcome([event], members(2), terms(tellers=tellers)).refused
        ] == ["for_another"]


def test_a_teller_who_only_enters_ballots_is_not_there_and_a_holder_who_casts_one_is() -> None:
    half = replace(SIMPLE, quorum=Quorum("represented", HALF))
    entered = paper("m001", "for", actor="m000", evidence="e" * 64)
    found = outcome([entered], members(4), terms(half, tellers=frozenset(["m000"])))
    assert (found.represented, found.result) == (1, "no_quorum")
    holder = terms(half, proxies=TWENTIETH, mandates=(Mandate("m001", "m000", DAY),))
    assert outcome([vote(0, "yes for @m001")], members(4), holder).represented == 2


# 15. Consent

CONSENT = Category("consent", consent=Consent(), min_days=10)


def said(number: int, text: str, hours: float) -> Event:
    return replace(vote(number, "", hours), value=text)


def test_consent_needs_no_open_objection_and_one_yes() -> None:
    assert outcome([], members(5), terms(CONSENT)).result == "lapsed"
    assert outcome([vote(0, "yes")], members(5), terms(CONSENT)).result == "adopted"
    objected = [vote(0, "yes"), said(1, "/object prix : trop cher", 3)]
    found = outcome(objected, members(5), terms(CONSENT))
    assert (found.result, found.waiting, [one.name for one in found.objections if one.open]) == (
        "open",
        "objections",
        ["prix"],
    )


def test_an_objection_needs_a_reason() -> None:
    found = outcome([vote(0, "yes"), said(1, "/object prix", 3)], members(5), terms(CONSENT))
    assert (found.result, [one.why for one in found.refused]) == ("adopted", ["no_reason"])


def test_only_the_objector_or_a_meeting_resolves() -> None:
    objected = [vote(0, "yes"), said(1, "/objection prix : trop cher", 3)]
    assert (
        outcome([*objected, said(2, "/lever prix", 4)], members(5), terms(CONSENT)).result == "open"
    )
    assert (
        outcome([*objected, said(1, "/lever prix", 4)], members(5), terms(CONSENT)).result
        == "adopted"
    )
    meeting = paper("", "/resolve prix", 4, actor="meeting")
    assert outcome([*objected, meeting], members(5), terms(CONSENT)).result == "adopted"
    strict = replace(CONSENT, consent=Consent(resolved_by=("objector",)))
    assert outcome([*objected, meeting], members(5), terms(strict)).result == "open"


def test_a_new_objection_bars_closing_but_does_not_restart_the_clock() -> None:
    events = [
        vote(0, "yes"),
        said(1, "/object tard : un motif", 335),
        said(1, "/resolve tard", 336),
    ]
    assert outcome(events[:2], members(5), terms(CONSENT)).result == "open"
    assert outcome(events, members(5), terms(CONSENT)).result == "adopted", "at the same close"


def test_an_objection_that_is_open_at_the_close_can_still_end_and_nothing_else_comes_in() -> None:
    late = [
        vote(2, "no", 346),
        said(3, "/object aussi : trop tard", 346),
        said(1, "/resolve prix", 347),
    ]
    events = [vote(0, "yes"), said(1, "/object prix : trop cher", 3), *late]
    assert outcome(events, members(5), terms(CONSENT)).result == "open", "as of the close"
    found = outcome(events, members(5), terms(CONSENT), CLOSES + 10 * HOUR)
    assert (found.result, found.counts, [one.why for one in found.refused]) == (
        "adopted",
        Counts(1),
        ["late", "late"],
    )


# 16. Gates

GATE = Gate(
    "manager", frozenset(["admission"]), delay_days=20, needs_reason=True, overridable_by="special"
)
ADMISSION: dict[str, Any] = {
    "gates": (GATE,),
    "names": frozenset(["admission"]),
    "categories": ("ordinary", "special"),
}


def test_a_gate_waits_for_its_role_or_its_delay() -> None:
    events = [vote(0, "yes")]
    assert outcome(events, members(1), terms()).result == "adopted", "off by default"
    assert (outcome(events, members(1), terms(**ADMISSION)).waiting) == "gate"
    assert (
        outcome(events, members(1), terms(**ADMISSION | {"names": frozenset(["budget"])})).result
        == "adopted"
    )
    passed = (Say("manager", OPENS, vetoes=False),)
    assert outcome(events, members(1), terms(**ADMISSION, said=passed)).result == "adopted"
    assert (
        outcome(events, members(1), terms(**ADMISSION), OPENS + timedelta(days=20)).result
        == "adopted"
    )
    assert (
        outcome(
            events,
            members(1),
            terms(**ADMISSION, said=(Say("chair", OPENS, vetoes=True, reason="Non."),)),
        ).waiting
        == "gate"
    )


def test_the_delay_of_a_gate_after_the_vote_runs_from_its_close() -> None:
    after = {**ADMISSION, "gates": (replace(GATE, stage="after_vote", delay_days=5),)}
    assert outcome([vote(0, "yes")], members(1), terms(**after)).waiting == "gate"
    assert (
        outcome(
            [vote(0, "yes")], members(1), terms(**after), CLOSES + timedelta(days=5) - HOUR
        ).waiting
        == "gate"
    )
    assert (
        outcome([vote(0, "yes")], members(1), terms(**after), CLOSES + timedelta(days=5)).result
        == "adopted"
    )


def test_a_veto_needs_its_reason_and_a_stricter_category_overrides_it() -> None:
    bare, reasoned = (Say("manager", OPENS, True),), (Say("manager", OPENS, True, "Assurance."),)
    assert outcome([vote(0, "yes")], members(1), terms(**ADMISSION, said=bare)).result == "open"
    assert (
        outcome([vote(0, "yes")], members(1), terms(**ADMISSION, said=reasoned)).result == "vetoed"
    )
    special = replace(SIMPLE, name="special")
    assert (
        outcome([vote(0, "yes")], members(1), terms(special, **ADMISSION, said=reasoned)).result
        == "adopted"
    )


# What is kept


def kept_vote() -> dict[str, Any]:
    rules: dict[str, Any] = {
        "electorate": {},
        "categories": {
            "ordinary": {
                "channel": "either",
                "min_days": 7,
                "threshold": {"base": "expressed", "fraction": "1/2", "op": "gt"},
            }
        },
    }
    asked = {
        "category": "ordinary",
        "stage": "first",
        "opens": OPENS.isoformat(),
        "closes": CLOSES.isoformat(),
        "text": "t1",
    }
    return record_events(Rules.from_plain(rules), asked, members(3), [vote(0, "yes")], CLOSES).plain


def _figures_of(data: Any) -> dict[str, Any]:
    record = VoteRecord.of(data)
    return figures(record, recount(record))


def deep() -> Any:
    found: Any = []
    for _step in range(100_000):
        found = [found]
    return found


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("vote",), []),
        (("vote",), None),
        (("vote", "opens"), 5),
        (("vote", "gates"), [1]),
        (("vote", "closes"), "9999-12-31T23:59:59-12:00"),
        (("rules",), []),
        (("rules", "category"), []),
        (("rules", "proxies"), [1]),
        (("rules", "category", "threshold", "fraction"), 5),
        (("rules", "category", "threshold", "fraction"), "1/0"),
        (("rules", "category", "min_days"), 10**30),
        (("rules", "category", "extra"), deep),
        (("electorate",), 5),
        (("electorate",), [1]),
        (("electorate",), [{"id": "a", "accounts": [[]]}]),
        (("events",), {"a": 1}),
        (("events",), None),
        (("at",), None),
        (("totals",), []),
        (("totals",), {"for": "1"}),
        (("beside",), deep),
        (("vote", "category"), []),
    ],
)
def test_what_was_kept_and_cannot_be_read_is_one_kind_of_error(
    path: tuple[str, ...], value: Any
) -> None:
    data = kept_vote()
    assert _figures_of(data)["result"] == "adopted"
    place = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value() if callable(value) else value
    if path[-1] == "closes":
        data["rules"]["category"]["min_days"], data["vote"]["opens"] = 366, value
    with pytest.raises(ValueError):  # noqa: PT011 - any words
        _figures_of(data)


# Whatever is voted

SIZE = 12
WORDS = st.sampled_from(["yes", "no", "abstain", "blank", "none", "maybe"])
EVENTS = st.lists(
    st.builds(
        vote,
        st.integers(0, SIZE + 3),
        WORDS,
        st.integers(-5, 360),
        text_hash=st.sampled_from(["", "t0", "t1"]),
    ),
    max_size=40,
)
FRACTIONS = st.sampled_from([THIRD, HALF, TWO_THIRDS, THREE_QUARTERS, Fraction(1)])
THRESHOLDS = st.builds(
    Threshold,
    st.sampled_from(["expressed", "represented", "electorate"]),
    FRACTIONS,
    st.sampled_from(["gt", "gte"]),
)
QUORUMS = st.none() | st.builds(
    Quorum,
    st.sampled_from(["cast", "represented", "for"]),
    FRACTIONS,
    st.sampled_from(["gt", "gte"]),
    st.integers(0, SIZE),
)
CATEGORIES = st.builds(
    Category, st.just("x"), THRESHOLDS, QUORUMS, st.sampled_from(["", "rejected", "adopted"])
)


@settings(deadline=None)
@given(EVENTS, CATEGORIES, st.randoms())
def test_the_order_of_events_does_not_matter_nor_that_one_is_told_twice(
    events: list[Event], category: Category, random: Any
) -> None:
    mixed = events + events[:3]
    random.shuffle(mixed)
    first, second = (outcome(some, members(SIZE), terms(category)) for some in (events, mixed))
    assert replace(first, refused=()) == replace(second, refused=())


@settings(deadline=None)
@given(EVENTS, EVENTS, CATEGORIES)
def test_ballots_of_those_who_are_not_entitled_change_nothing(
    events: list[Event], others: list[Event], category: Category
) -> None:
    strangers = [replace(event, actor_id=event.actor_id + 5000) for event in others]
    first, second = (
        outcome(some, members(SIZE), terms(category)) for some in (events, events + strangers)
    )
    assert replace(first, refused=()) == replace(second, refused=())


@settings(deadline=None)
@given(EVENTS, CATEGORIES, st.integers(0, SIZE - 1))
def test_one_more_in_favour_never_turns_adopted_into_rejected(
    events: list[Event], category: Category, number: int
) -> None:
    last = CLOSES + 90 * HOUR  # some of the events come after CLOSES: both counts must have them
    asked = replace(terms(category), closes=last)
    before, after = (
        outcome(some, members(SIZE), asked, last)
        for some in (events, [*events, vote(number, "yes", 361)])
    )
    if before.result == "adopted":
        assert after.result == "adopted"


@given(*[st.integers(0, 60)] * 4, THRESHOLDS)
def test_shares_are_exact(
    for_: int, against: int, abstain: int, blank: int, threshold: Threshold
) -> None:
    found = counted((for_, against, abstain, blank), 240, Category("x", threshold)).threshold
    assert found is not None
    whole = {
        "expressed": for_ + against,
        "represented": for_ + against + abstain + blank,
        "electorate": 240,
    }[threshold.base]
    wanted, needed = for_ * threshold.fraction.denominator, threshold.fraction.numerator * whole
    assert found.met == (
        for_ > 0 and (wanted > needed if threshold.op == "gt" else wanted >= needed)
    )


@settings(deadline=None)
@given(EVENTS)
def test_every_ballot_is_of_one_voter_and_counted_once(events: list[Event]) -> None:
    found = outcome(events, members(SIZE), terms())
    assert (
        len({ballot.voter for ballot in found.ballots}) == len(found.ballots) == found.counts.cast
    )
    assert (
        Counts.of(ballot.choice for ballot in found.ballots if ballot.choice in CHOICES)
        == found.counts
    )
