"""Rules that say several things at once: all that is written holds, and nothing is left out.

The figures are those of real rules (Enspiral, CoLab, conda, Arch Linux, conda-forge), and at random
those of `support/counter_of_deciding.py`, which knows nothing of the program.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from coopbook import check, load, tally
from coopbook.decisions.tally.record import VoteRecord
from coopbook.decisions.vote_record import figures, recount
from support import counter_of_deciding as other
from support.votes import ballot, voted

OPENS = datetime(2026, 3, 2, 9, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=14)
SEEDS = range(int(os.environ.get("COOPBOOK_CASES", "400")))
CONSENT = {"max_open_objections": 0, "min_yes": 1}
MORE_THAN_HALF = {"base": "expressed", "fraction": "1/2", "op": "gt"}


def vote(
    category: dict[str, Any],
    members: int,
    choices: str = "",
    *,
    objections: int = 0,
    stage: str = "first",
    **rest: Any,
) -> dict[str, Any]:
    """The result of a vote: of so many members the first ones vote as `choices` says, a letter
    each.
    """
    words = {"f": "for", "a": "against", "n": "abstain", "b": "blank"}
    events = [
        {"kind": "ballot_file", "member": f"m{number}", "value": words[letter]}
        for number, letter in enumerate(choices)
    ]
    events += [
        {"kind": "ballot_file", "actor": f"m{number}", "value": f"/object o{number}: non"}
        for number in range(objections)
    ]
    at = (OPENS + timedelta(days=1)).isoformat()
    record = {
        "format": 2,
        "at": CLOSES.isoformat(),
        "vote": {
            "category": "x",
            "stage": stage,
            "opens": OPENS.isoformat(),
            "closes": CLOSES.isoformat(),
            "text": "0" * 64,
            **rest.get("vote", {}),
        },
        "rules": {
            "category": {"channel": "either", **category},
            "categories": ["x"],
            "electorate": {},
            **rest.get("rules", {}),
        },
        "electorate": [
            {"id": f"m{number}", **rest.get("member", {}).get(number, {})}
            for number in range(members)
        ],
        "events": [event | {"at": at} for event in [*events, *rest.get("events", [])]],
    }
    read = VoteRecord.of(record)
    return figures(read, recount(read))


# 18. Consent together with a quorum and a majority


def test_no_block_and_more_than_half_of_those_stating_a_position() -> None:
    """Enspiral's significant decisions."""
    significant = {"consent": CONSENT, "threshold": MORE_THAN_HALF}
    assert vote(significant, 20, "fffaaaaaaaaaa")["result"] == "rejected"
    assert vote(significant, 20, "fffaa")["result"] == "adopted"
    assert vote(significant, 20, "fffaa", objections=1)["result"] == "open"


def test_no_block_and_three_quarters_take_part() -> None:
    """Enspiral's quorum decisions."""
    quorum = {"consent": CONSENT, "quorum": {"of": "cast", "fraction": "3/4"}}
    found = vote(quorum, 20, "f")
    assert (found["result"], found["quorum"]["reached"]) == ("no_quorum", "1/20")
    assert vote(quorum, 20, "f" * 15)["result"] == "adopted"
    assert vote(quorum, 20, "a" * 15)["result"] == "lapsed"
    assert "threshold" not in found


def test_consent_alone_asks_for_no_majority() -> None:
    assert vote({"consent": CONSENT}, 20, "faaa")["result"] == "adopted"


# 19. Who is not there represents nobody


def test_of_a_chain_of_proxies_only_the_last_link_but_one_is_represented() -> None:
    rules = {"proxies": {"allowed": True}}
    day = "2026-03-02"
    given = [
        {"principal": principal, "holder": holder, "received_on": day}
        for principal, holder in (("m0", "m1"), ("m1", "m2"))
    ]
    for_m1 = {"kind": "ballot_file", "member": "m1", "actor": "m2", "value": "for"}
    own = {"kind": "ballot_file", "member": "m2", "value": "for"}
    quorum = {"quorum": {"of": "represented", "fraction": "3/4"}, "threshold": MORE_THAN_HALF}
    found = vote(quorum, 4, events=[own, for_m1], rules=rules, vote={"proxies": given})
    assert (found["represented"], found["result"]) == (2, "no_quorum")
    himself = {"kind": "ballot_file", "member": "m1", "value": "for"}
    found = vote(quorum, 4, events=[own, himself], rules=rules, vote={"proxies": given})
    assert (found["represented"], found["result"]) == (3, "adopted")


def test_a_teller_who_enters_the_ballot_of_whom_they_hold_a_proxy_of_is_not_there() -> None:
    rules = {"proxies": {"allowed": True}, "tellers": ["m1"]}
    given = [{"principal": "m0", "holder": "m1", "received_on": "2026-03-02"}]
    entered = {"kind": "ballot_file", "member": "m0", "actor": "m1", "value": "for"}
    quorum = {"threshold": MORE_THAN_HALF}
    paper = entered | {"evidence": "5c" * 32}
    assert vote(quorum, 4, events=[paper], rules=rules, vote={"proxies": given})["represented"] == 1
    found = vote(quorum, 4, events=[entered], rules=rules, vote={"proxies": given})
    assert found["represented"] == 2


# 20. The cap of proxies, and the least number


def test_the_cap_of_proxies_is_a_share_of_all_also_of_those_recused() -> None:
    rules = {
        "proxies": {
            "allowed": True,
            "max_per_member": {"below": 20, "value": 1, "else_fraction": "1/20"},
        }
    }
    given = [
        {"principal": f"m{number}", "holder": "m0", "received_on": "2026-03-02"}
        for number in (1, 2)
    ]
    events = [
        {"kind": "ballot_file", "member": f"m{number}", "actor": "m0", "value": "for"}
        for number in (1, 2)
    ]
    for recused in ([], ["m39"]):
        asked = {"proxies": given, "recused": recused}
        found = vote({"threshold": MORE_THAN_HALF}, 40, events=events, rules=rules, vote=asked)
        assert found["counts"]["for"] == 2


def test_a_council_of_fewer_than_its_least_number_has_its_own_size_as_quorum() -> None:
    """conda/governance: fewer than 5 members, then all of them."""
    conda = {
        "quorum": {"of": "cast", "fraction": "1/2", "min": 5, "min_or_all": True},
        "threshold": MORE_THAN_HALF,
    }
    assert vote(conda, 3, "fff")["result"] == "adopted"
    assert vote(conda, 3, "ff")["result"] == "no_quorum"
    assert vote(conda, 3, "fff")["quorum"]["min"] == 3
    assert vote(conda, 8, "ffff")["result"] == "no_quorum"
    conda["quorum"]["min_or_all"] = False
    assert vote(conda, 3, "fff")["result"] == "no_quorum"


# 21. Several ways, a ceiling on those against, members whom the quorum does not count, proxies that
# stand

ARCH = {
    "any": [
        {"threshold": {"base": "electorate", "fraction": "1/2", "op": "gt"}},
        {"quorum": {"of": "cast", "fraction": "2/3"}, "threshold": MORE_THAN_HALF},
    ]
}


@pytest.mark.parametrize(
    ("choices", "result"),
    [
        ("f" * 16, "adopted"),
        ("f" * 15, "no_quorum"),
        ("f" * 11 + "a" * 9, "adopted"),
        ("f" * 10 + "a" * 10, "rejected"),
        ("f" * 11 + "a" * 8, "no_quorum"),
        ("", "no_quorum"),
    ],
)
def test_arch_linux_more_than_half_of_all_or_quorum_and_majority(choices: str, result: str) -> None:
    found = vote(ARCH, 30, choices)
    assert found["result"] == result
    assert any(way["adopts"] for way in found["any"]) == (result == "adopted")
    assert "threshold" not in found


def test_what_stands_beside_the_ways_must_hold_as_well() -> None:
    both = ARCH | {"against": {"max": 1}}
    assert vote(both, 30, "f" * 16 + "a")["result"] == "adopted"
    assert vote(both, 30, "f" * 16 + "aa")["result"] == "rejected"


@pytest.mark.parametrize(
    ("members", "choices", "result"),
    [
        (20, "fffaaaaa", "adopted"),
        (20, "fff" + "a" * 6, "rejected"),
        (5, "faa", "adopted"),
        (5, "faaa", "rejected"),
        (20, "", "rejected"),
    ],
)
def test_colab_no_more_than_two_or_a_quarter_are_opposed(
    members: int, choices: str, result: str
) -> None:
    found = vote({"against": {"max": 2, "fraction": "1/4"}}, members, choices)
    assert found["result"] == result
    assert found["against"]["most"] == max(2, members // 4)


def test_consensus_minus_one() -> None:
    minus_one = {"consent": CONSENT, "against": {"max": 1}}
    assert vote(minus_one, 12, "ffffa")["result"] == "adopted"
    assert vote(minus_one, 12, "ffffaa")["result"] == "rejected"


def test_emeriti_vote_and_the_quorum_does_not_count_them() -> None:
    member = {number: {"category": "emerite"} for number in range(6)}
    rule = {
        "quorum": {"of": "cast", "fraction": "1/2", "except": ["emerite"]},
        "threshold": MORE_THAN_HALF,
    }
    found = vote(rule, 10, "ffffff", member=member)
    assert (found["quorum"]["reached"], found["result"]) == ("0/4", "no_quorum")
    found = vote(rule, 10, "aaafffff", member=member)
    assert (found["quorum"]["reached"], found["result"]) == ("2/4", "adopted")
    assert (found["counts"]["against"], found["electorate"]) == (3, 10)


@pytest.mark.parametrize(
    ("scope", "until", "counts"),
    [
        ("for_a_time", "2026-03-16", True),
        ("for_a_time", "2026-03-15", False),
        ("one_meeting", "2026-03-16", False),
    ],
)
def test_a_standing_proxy_holds_until_its_last_day(scope: str, until: str, counts: bool) -> None:
    rules = {"proxies": {"allowed": True, "scope": scope}}
    given = {"principal": "m0", "holder": "m1", "received_on": "2025-01-01", "until": until}
    event = {"kind": "ballot_file", "member": "m0", "actor": "m1", "value": "for"}
    asked = {"standing": [given]}
    found = vote({}, 3, events=[event], rules=rules, vote=asked)
    assert found["counts"]["for"] == counts


def test_a_standing_proxy_of_the_assemblys_page_is_counted(coop: Callable[..., Path]) -> None:
    files = voted()
    del files["decisions/ballots/samedi/bob.yml"]
    files["decisions/bodies/ag.yml"] = (
        "name: {fr: AG}\nkind: assembly\naudience: members\nmandates: []\nproxies:\n"
        "  - {principal: bob, holder: ana, received_on: 2026-01-01, until: 2026-12-31}\n"
    )
    files["decisions/ballots/samedi/bob.yml"] = ballot("for") + "cast_by: ana\n"
    rules = files["decisions/rules.yml"]
    for scope, counts in (("for_a_time", 2), ("one_meeting", 1)):
        files["decisions/rules.yml"] = rules + f"proxies: {{allowed: true, scope: {scope}}}\n"
        book = load(coop(files), date(2026, 3, 20))
        assert tally(book, "samedi", CLOSES + timedelta(days=1)).counts.for_ == counts
        refused = [one for one in check(book) if one.check == "ballot-for-another"]
        assert bool(refused) == (scope == "one_meeting")


def test_a_proxy_for_one_vote_goes_before_a_standing_one() -> None:
    rules = {"proxies": {"allowed": True, "scope": "for_a_time"}}
    standing = {
        "principal": "m0",
        "holder": "m1",
        "received_on": "2026-03-04",
        "until": "2026-12-31",
    }
    once = {"principal": "m0", "holder": "m2", "received_on": "2026-03-03"}
    event = {"kind": "ballot_file", "member": "m0", "actor": "m2", "value": "for"}
    found = vote(
        {}, 3, events=[event], rules=rules, vote={"standing": [standing], "proxies": [once]}
    )
    assert found["counts"]["for"] == 1


def test_a_second_consultation_says_its_own_ways_or_majority() -> None:
    second = {"threshold": MORE_THAN_HALF}
    assert vote(ARCH | {"second": second}, 30, "ff", stage="second")["result"] == "adopted"
    own = {"min_days": 8, "any": [{"threshold": MORE_THAN_HALF}, {"against": {"max": 0}}]}
    first = {"threshold": {"base": "electorate", "fraction": "1/2", "op": "gt"}, "second": own}
    found = vote(first, 30, "ffa", stage="second")
    assert (found["result"], "threshold" in found) == ("adopted", False)


# At random, beside a counter that was written from what must hold alone


def differences(seeds: range) -> tuple[list[int], Counter[str]]:
    """The cases in which the program and the other counter differ, and what was seen."""
    found, seen = [], Counter[str]()
    for seed in seeds:
        case = other.made_up(seed)
        read = VoteRecord.of(other.record_of(case))
        result = figures(read, recount(read))
        mine = (result["result"], result["represented"], result["counts"]["for"])
        if mine != other.count(case):
            found.append(seed)
        words = [word for word in ("consent", "quorum", "against", "any") if word in case.rule]
        seen.update([result["result"], *(f"{word} {result['result']}" for word in words)])
        seen.update(["colleges"] if case.weights else [])
        seen.update(["recused"] if case.recused else [])
        seen.update(["chain"] if {*case.proxies} & {*case.proxies.values()} else [])
    return found, seen


def test_another_counter_finds_the_same() -> None:
    found, seen = differences(SEEDS)
    assert found == []
    kinds = {"colleges", "recused", "chain", "consent rejected", "consent no_quorum"}
    assert kinds | {"consent adopted", "any adopted", "any rejected", "against rejected"} <= {*seen}
