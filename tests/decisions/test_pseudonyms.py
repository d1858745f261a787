"""Who is who in a vote record: pseudonyms hide it, a list resolves them, and all else stays."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
from coopbook.decisions.pseudonyms import Key, hide, names_of, show
from coopbook.decisions.record_comparison import has_voters, is_same
from coopbook.decisions.tally.record import VoteRecord
from coopbook.decisions.vote_record import figures, has_record_form, in_order, recount
from support import pseudonyms as specified
from support.vote_records import IDS, STRANGERS, record_2

SEEDS = range(300)
KEY = Key(salt=specified.SALT)


def gathered(seed: int) -> VoteRecord:
    """A record as it is gathered from files, with ids."""
    plain = record_2(seed, with_ids=True)
    plain.pop("salt", None)
    for name in ("proxies", "standing"):
        if name in plain["vote"]:
            plain["vote"][name] = in_order(plain["vote"][name])
    return VoteRecord.of(plain)


def counted(record: VoteRecord) -> dict[str, Any]:
    found = figures(record, recount(record))
    return {name: value for name, value in found.items() if name != "hashes"}


def now(id: str) -> str:
    return id


def test_it_is_hidden_as_the_document_says_and_gives_the_same_figures() -> None:
    for seed in SEEDS:
        record = gathered(seed)
        kept, key = hide(record, KEY)
        assert kept.plain == specified.hide(record.plain), seed
        assert has_record_form(kept.plain), seed
        assert counted(kept) == counted(record), seed
        assert key.voters.keys() == names_of(kept), seed
        text = json.dumps({**kept.plain, "events": []})
        assert not [id for id in (*IDS, *STRANGERS) if f'"{id}"' in text], seed
        assert hide(record, key) == (kept, key), "the same again"


def test_shown_with_its_list_it_says_who_and_gives_the_same_figures() -> None:
    for seed in SEEDS:
        record = gathered(seed)
        kept, key = hide(record, KEY)
        shown = show(kept, key, now)
        assert {one.id for one in shown.electorate} == {one.id for one in record.electorate}
        assert counted(shown) == counted(record), seed


@pytest.mark.parametrize("gone", [(), ("ana",), ("ana", "eve"), tuple(IDS)])
def test_it_is_the_files_record_whoever_was_erased(gone: tuple[str, ...]) -> None:
    stubs = {id: f"former-{number}" for number, id in enumerate(gone)}
    for seed in SEEDS:
        record = gathered(seed)
        kept, key = hide(record, KEY)
        key = key.without(gone)
        files = renamed(record, stubs)
        for row in files.plain["electorate"]:
            if row["id"].startswith("former-"):
                row.pop("accounts", None)
        assert is_same(kept, key, files, now), seed
        assert has_voters(kept, key, files.voters, now), seed


def renamed(record: VoteRecord, ids: dict[str, str]) -> VoteRecord:
    """The record once some people have other ids in all files, and forges know them no more."""
    text = json.dumps(record.plain)
    for id, new in ids.items():
        text = text.replace(f'"{id}"', f'"{new}"').replace(f"@{id}", f"@{new}")
    plain = json.loads(text)
    names = ("proxies", "standing")
    plain["vote"] |= {
        name: in_order(plain["vote"][name]) for name in names if name in plain["vote"]
    }
    return VoteRecord.of(plain)


def test_another_ballot_another_voter_and_another_teller_are_found() -> None:
    found = 0
    for seed in SEEDS:
        record = gathered(seed)
        kept, key = hide(record, KEY)
        for change in (other_ballot, other_teller, other_proxy):
            plain = deepcopy(record.plain)
            if change(plain):
                found += 1
                assert not is_same(kept, key, VoteRecord.of(plain), now), (seed, change)
    assert found > 300


def other_ballot(plain: dict[str, Any]) -> bool:
    cast = [row for row in plain.get("events", ()) if row.get("value") in ("for", "against")]
    if cast:
        cast[0]["value"] = {"for": "against", "against": "for"}[cast[0]["value"]]
    return bool(cast)


def other_teller(plain: dict[str, Any]) -> bool:
    if "zoe" in (*plain["vote"].get("tellers", ()), *plain["rules"].get("tellers", ())):
        return False
    plain["vote"]["tellers"] = [*plain["vote"].get("tellers", ()), "zoe"]
    return True


def other_proxy(plain: dict[str, Any]) -> bool:
    if plain["vote"].get("proxies"):
        plain["vote"]["proxies"][0]["received_on"] = "2026-03-20"
    return bool(plain["vote"].get("proxies"))


@pytest.mark.parametrize(
    "data",
    [
        [],
        {"salt": "a"},
        {"salt": 1, "voters": {}},
        {"voters": {"ana": "ana"}},
        {"voters": {"0123456789abcdef": 1}},
        {"voters": []},
    ],
)
def test_what_is_no_list_is_refused_in_a_word(data: Any) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any words
        Key.of(data)


def test_the_order_of_the_list_of_voters_says_nothing() -> None:
    """Of ids it would say whose a pseudonym is to whoever knows the members."""
    record = next(one for one in map(gathered, SEEDS) if len(one.electorate) == len(IDS))
    orders = set()
    for salt in range(20):
        kept, key = hide(record, Key(salt=f"{salt:032x}"))
        orders.add(tuple(key.voters[row.id] for row in kept.electorate))
    assert len(orders) > 15


def test_which_proxy_is_one_too_many_no_salt_decides() -> None:
    """Two received on one day: the first by id counts, whatever their pseudonyms."""
    plain = deepcopy(gathered(1).plain)
    plain["vote"] |= {
        "proxies": [
            {"principal": one, "holder": "gil", "received_on": "2026-03-02"}
            for one in ("ana", "bob", "cleo")
        ],
        "recused": [],
    }
    plain["vote"].pop("standing", None)
    plain["rules"]["proxies"] = {"allowed": True, "max_per_member": {"value": 1}}
    plain["electorate"] = [{"id": id} for id in IDS]
    record = VoteRecord.of(plain)
    for salt in range(20):
        kept, key = hide(record, Key(salt=f"{salt:032x}"))
        refused = {key.voters[one.principal] for one, _why in recount(kept).proxies_refused}
        assert refused == {"bob", "cleo"}
