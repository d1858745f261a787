"""Resolutions of meetings counted anew: the figures of real statutes, and who counts at a
moment.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from coopbook.decisions.meetings import CUSTOMARY, Meeting, meeting_of
from coopbook.decisions.resolutions import is_founded, reckon
from coopbook.decisions.tally.electorate import Electorate, Voter
from coopbook.decisions.types import Attendance, Minutes, Resolution, Rules
from coopbook.decisions.types.parts import structure
from coopbook.records.index import Index
from coopbook.records.load import load
from support.coops import TODAY

CATEGORIES: dict[str, Any] = {
    "scop-ordinary": {
        "channel": "meeting",
        "quorum": {"of": "represented", "base": "electorate", "fraction": "1/2", "op": "gt"},
        "threshold": {"base": "represented", "fraction": "1/2", "op": "gt"},
        "second": {},
    },
    "scop-extraordinary": {
        "channel": "meeting",
        "quorum": {"of": "represented", "base": "electorate", "fraction": "3/4"},
        "threshold": {"base": "represented", "fraction": "2/3", "op": "gte"},
        "second": {"quorum": {"of": "represented", "base": "electorate", "fraction": "1/2"}},
    },
    "three-quarters": {
        "channel": "meeting",
        "threshold": {"base": "represented", "fraction": "3/4", "op": "gte"},
    },
    "of-expressed": {
        "channel": "meeting",
        "threshold": {"base": "expressed", "fraction": "3/4", "op": "gte"},
    },
    "cabestan": {
        "channel": "meeting",
        "quorum": {"of": "represented", "base": "electorate", "fraction": "1/2"},
        "threshold": {"base": "expressed", "fraction": "1/2", "op": "gt"},
        "tie": "rejected",
    },
    "chair": {
        "channel": "meeting",
        "threshold": {"base": "expressed", "fraction": "1/2", "op": "gt"},
        "tie": "chair",
    },
    "all": {
        "channel": "meeting",
        "threshold": {"base": "electorate", "fraction": "1/2", "op": "gt"},
    },
    "consent": {"channel": "either", "consent": {"max_open_objections": 0, "min_yes": 1}},
    "minus-one": {
        "channel": "meeting",
        "consent": {"max_open_objections": 0, "min_yes": 1},
        "quorum": {"of": "represented", "base": "electorate", "fraction": "1/2"},
        "against": {"max": 1},
    },
    "of-all-or-most": {
        "channel": "meeting",
        "any": [
            {"threshold": {"base": "electorate", "fraction": "1/2", "op": "gt"}},
            {
                "quorum": {"of": "represented", "base": "electorate", "fraction": "1/2"},
                "threshold": {"base": "expressed", "fraction": "2/3", "op": "gte"},
            },
        ],
    },
    "active": {
        "channel": "meeting",
        "quorum": {"of": "represented", "fraction": "1/2", "except": ["emerite"]},
        "threshold": {"base": "expressed", "fraction": "1/2", "op": "gt"},
    },
    "no-show": {
        "channel": "either",
        "quorum": {"of": "cast", "base": "electorate", "fraction": "1/2"},
        "threshold": {"base": "expressed", "fraction": "1/2", "op": "gt"},
    },
}


def meeting(entitled: int, here: int, *, second: bool = False, **more: Any) -> Meeting:
    voters = tuple(Voter(f"m{number}") for number in range(entitled))
    rows = tuple(Attendance(member=voter.id, mode="present") for voter in voters[:here])
    given: dict[str, Any] = {
        "entitled": entitled,
        "rules": Rules.from_plain({"categories": CATEGORIES}),
        "holders": {},
        "attendance": rows,
    }
    given |= {"joined": Electorate(()), "assembly": True, "written": False} | more
    return Meeting(
        day=date(2026, 6, 18), opened="14:00", electorate=Electorate(voters), second=second, **given
    )


def resolution(plain: dict[str, Any]) -> Resolution:
    return msgspec.convert(plain, Resolution)


@pytest.mark.parametrize(
    ("category", "entitled", "here", "second", "votes", "result"),
    [
        ("three-quarters", 30, 30, False, (22, 4, 4), "rejected"),
        ("of-expressed", 30, 30, False, (22, 4, 4), "adopted"),
        ("scop-ordinary", 40, 20, False, (20, 0, 0), "no_quorum"),
        ("scop-ordinary", 40, 25, True, (14, 11, 0), "adopted"),
        ("scop-ordinary", 40, 25, True, (12, 11, 2), "rejected"),
        ("scop-extraordinary", 40, 25, False, (25, 0, 0), "no_quorum"),
        ("scop-extraordinary", 40, 25, True, (25, 0, 0), "adopted"),
        ("scop-extraordinary", 40, 30, False, (30, 0, 0), "adopted"),
        ("cabestan", 100, 50, False, (3, 2, 45), "adopted"),
        ("cabestan", 100, 49, False, (3, 2, 44), "no_quorum"),
        ("cabestan", 100, 50, False, (20, 20, 0), "rejected"),
        ("no-show", 20, 12, False, (6, 0, 0), "no_quorum"),
        ("no-show", 20, 12, False, (6, 5, 0), "adopted"),
        ("chair", 10, 10, False, (5, 5, 0), ""),
        ("minus-one", 10, 8, False, (6, 1, 1), "adopted"),
        ("minus-one", 10, 8, False, (6, 2, 0), "rejected"),
        ("minus-one", 10, 4, False, (4, 0, 0), "no_quorum"),
        ("of-all-or-most", 10, 6, False, (6, 0, 0), "adopted"),
        ("of-all-or-most", 10, 5, False, (4, 1, 0), "adopted"),
        ("of-all-or-most", 10, 5, False, (3, 2, 0), "rejected"),
        ("of-all-or-most", 10, 4, False, (4, 0, 0), "no_quorum"),
        ("chair", 10, 10, False, (6, 4, 0), "adopted"),
        ("consent", 10, 10, False, (9, 1, 0), "rejected"),
        ("consent", 10, 10, False, (1, 0, 9), "adopted"),
        ("unknown", 10, 10, False, (9, 1, 0), ""),
    ],
)
def test_figures_of_real_statutes(
    category: str, entitled: int, here: int, second: bool, votes: tuple[int, int, int], result: str
) -> None:
    figures = dict(zip(("for", "against", "abstain"), votes, strict=True))
    found = reckon(
        meeting(entitled, here, second=second), resolution({"category": category, **figures})
    )
    assert (found.result, found.entitled, found.represented) == (result, entitled, here)


def test_an_invalid_ballot_takes_part_and_says_nothing() -> None:
    found = reckon(meeting(20, 12), resolution({"category": "no-show", "for": 6, "null": 4}))
    assert found.result == "adopted"
    assert found.quorum
    assert found.quorum.share == "10/20"


def test_what_is_unanimous_is_counted_from_who_was_there() -> None:
    said = {"number": 1, "category": "scop-extraordinary", "result": "adopted", "unanimous": True}
    found = reckon(meeting(40, 30), resolution(said))
    assert (found.result, found.cast, found.represented) == ("adopted", 30, 30)
    assert reckon(meeting(40, 29), resolution(said)).result == "no_quorum"
    nobody = reckon(meeting(40, 0), resolution(said))
    assert (nobody.result, is_founded(nobody, resolution(said))) == ("no_quorum", False)
    elsewhere = reckon(meeting(40, 0, written=True), resolution(said))
    assert not is_founded(elsewhere, resolution(said))
    alone = resolution({"number": 1, "category": "all", "result": "adopted"})
    assert not is_founded(reckon(meeting(40, 30), alone), alone)


def test_a_quorum_leaves_out_those_whom_it_does_not_count() -> None:
    half = meeting(10, 4)
    voters = tuple(
        Voter(f"m{number}", category="emerite" if number < 4 else "") for number in range(10)
    )
    room = replace(half, electorate=Electorate(voters))
    said = resolution({"number": 1, "category": "active", "for": 4})
    assert reckon(room, said).result == "no_quorum"
    rows = tuple(Attendance(member=f"m{number}", mode="present") for number in range(3, 7))
    found = reckon(replace(room, attendance=rows), said)
    assert (found.result, found.quorum and found.quorum.share) == ("adopted", "3/6")


def test_who_does_not_take_part_leaves_the_base_and_the_room() -> None:
    found = reckon(
        meeting(40, 30),
        resolution({"category": "scop-extraordinary", "for": 29, "recused": ["m0", "nobody"]}),
    )
    assert found.quorum
    assert (found.entitled, found.represented, found.quorum.share) == (39, 29, "29/39")


def test_without_figures_a_quorum_of_those_present_can_be_counted_all_the_same() -> None:
    assert (
        reckon(meeting(40, 25), resolution({"category": "scop-extraordinary"})).result
        == "no_quorum"
    )
    assert reckon(meeting(40, 30), resolution({"category": "scop-extraordinary"})).result == ""
    assert reckon(meeting(40, 1), resolution({"category": "no-show"})).result == ""


def test_where_nothing_says_how_many_there_are_no_quorum_is_asked() -> None:
    found = reckon(
        replace(meeting(3, 3), entitled=None),
        resolution({"category": "scop-extraordinary", "for": 3}),
    )
    assert (found.result, found.quorum) == ("adopted", None)
    assert (
        reckon(
            replace(meeting(3, 3), entitled=None), resolution({"category": "all", "for": 3})
        ).result
        == ""
    )


def test_one_vote_too_many_gives_no_result() -> None:
    found = reckon(meeting(40, 30), resolution({"category": "scop-extraordinary", "for": 31}))
    assert (found.too_many, found.result) == (True, "")


def test_a_written_consultation_is_taken_part_in_by_voting() -> None:
    found = reckon(
        meeting(40, 0, written=True), resolution({"category": "cabestan", "for": 15, "against": 5})
    )
    assert (found.represented, found.result) == (20, "adopted")


@pytest.mark.parametrize(
    ("members", "cap"), [(6, 1), (19, 1), (20, 1), (39, 1), (40, 2), (59, 2), (100, 5)]
)
def test_without_rules_a_member_holds_a_twentieth_of_the_proxies(members: int, cap: int) -> None:
    """24eme SCOP, statutes: one proxy in twenty members, one at least."""
    assert CUSTOMARY.cap(members) == cap


COOP = (
    "format: 2\nname: Les Essais\nlanguages: [fr]\ncountry: CH\nrepository: private\n"
    "membership_categories: {m: {label: {fr: Membre}}}\n"
)
PERSON = (
    "type: person\nname: {{display: {id}}}\npresence: present\nlisted: false\nmembership: "
    "[{{from: {since}, category: m}}]\n"
)
BODY = "name: {fr: Assemblée}\nkind: assembly\naudience: members\nmandates: []\n"
RULES = (
    "electorate: {membership: current, snapshot: opens_at}\ncategories: {}\npaths: {'**': "
    "maintainers}\nproxies: {allowed: true, max_per_member: {value: 1}}\n"
)


@pytest.fixture
def index(coop: Callable[..., Path]) -> Index:
    people = dict.fromkeys(("ana", "bob", "cleo", "dan", "eve"), "2020-01-01") | {
        "gil": "2026-06-18"
    }
    files = {f"members/{id}.yml": PERSON.format(id=id, since=since) for id, since in people.items()}
    return load(
        coop(
            {
                "coop.yml": COOP,
                "decisions/bodies/ag.yml": BODY,
                "decisions/rules.yml": RULES,
                **files,
            }
        ),
        TODAY,
    ).index


def gathered(
    index: Index, rows: dict[str, dict[str, str]], proxies: list[dict[str, Any]], **more: Any
) -> Meeting:
    attendance = [{"member": id, "mode": "present", **row} for id, row in rows.items()]
    minutes = {
        "date": "2026-06-18",
        "body": "ag",
        "opened": "14:00",
        "attendance": attendance,
        "proxies": proxies,
        **more,
    }
    return meeting_of(structure(Minutes, minutes), index)


def test_a_proxy_counts_while_its_holder_is_there_and_who_gave_it_is_not(index: Index) -> None:
    rows = {
        "ana": {"left": "16:00"},
        "bob": {"mode": "represented"},
        "cleo": {"arrived": "15:00"},
        "dan": {},
    }
    proxies = [{"principal": "bob", "holder": "ana"}, {"principal": "cleo", "holder": "dan"}]
    found = gathered(index, rows, proxies)
    assert sorted(found.voters("14:30")) == ["ana", "bob", "cleo", "dan"], "cleo through dan"
    assert sorted(found.voters("15:30")) == ["ana", "bob", "cleo", "dan"], "cleo herself"
    assert sorted(found.voters("16:30")) == ["cleo", "dan"], "ana took bob's vote with her"


def test_proxies_above_the_cap_and_of_people_who_said_otherwise_do_not_count(index: Index) -> None:
    rows = {
        "ana": {},
        "bob": {"mode": "represented"},
        "cleo": {"mode": "represented"},
        "dan": {"mode": "excused"},
        "eve": {"mode": "postal"},
    }
    received = {"bob": "2026-06-17", "cleo": "2026-06-16", "dan": "2026-06-10", "eve": "2026-06-10"}
    proxies = [
        {"principal": id, "holder": "ana", "received_on": day} for id, day in received.items()
    ]
    assert sorted(gathered(index, rows, proxies).voters("15:00")) == ["ana", "cleo", "eve"], (
        "the first received stays"
    )


def test_one_left_blank_is_held_by_whoever_presides(index: Index) -> None:
    rows = {
        "ana": {"left": "16:00"},
        "bob": {"mode": "represented"},
        "cleo": {"mode": "represented"},
    }
    found = gathered(index, rows, [{"principal": id, "blank": True} for id in ("bob", "cleo")])
    assert sorted(found.voters("15:00")) == ["ana", "bob", "cleo"]
    assert found.voters("16:00") == {}


def test_who_is_admitted_by_a_meeting_votes_from_then_on(index: Index) -> None:
    found = gathered(
        index, {"ana": {}, "gil": {"arrived": "16:00"}}, [{"principal": "gil", "holder": "ana"}]
    )
    assert (sorted(found.voters("15:00")), found.base("15:00")) == (["ana"], 5)
    assert (sorted(found.voters("16:30")), found.base("16:30")) == (["ana", "gil"], 6)


@pytest.mark.parametrize(
    ("status", "said", "entitled"),
    [("draft", 4, 5), ("draft", 9, 9), ("approved", 4, 4), ("signed", 9, 9), ("approved", 0, 5)],
)
def test_approved_minutes_know_better_than_the_files_how_many_there_were(
    index: Index, status: str, said: int, entitled: int
) -> None:
    assert gathered(index, {"ana": {}}, [], status=status, entitled=said).entitled == entitled
