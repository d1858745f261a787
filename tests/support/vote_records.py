"""Vote records made up at random, of every shape that docs/VOTE-RECORD.md describes: the same for
the same seed.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from random import Random
from typing import Any

from .pseudonyms import hide

OPENS = datetime(2026, 3, 2, 9, tzinfo=UTC)
ZONES = [UTC, timezone(timedelta(hours=2)), timezone(timedelta(hours=-9))]
IDS = ["ana", "bob", "cleo", "dan", "eve", "gil", "hugo", "ines"]
STRANGERS = ["fay", "zoe"]
COLLEGES = ["equipe", "partenaires", ""]
FRACTIONS = ["1/2", "2/4", "1/3", "2/3", "3/4", "1/1"]
DIGEST = "0" * 64
LINES = [
    "/vote yes",
    "/voter pour",
    "/VOTE Contre",
    "/vote abstain",
    "/vote blanc",
    "/vote none",
    "/vote maybe",
    "/votes yes",
    "  /vote no  ",
    "/vote yes for @%s",
    "/vote no for @%s",
    "/voter pour au nom de @%s",
    "/object prix",
    "/object prix: trop cher",
    "/objection Prix\u00a0: cher",
    "/resolve prix",
    "/lever prix",
    "/object délai: non",
    "```",
    "  ~~~ text",
    "<!-- /vote no",
    "-->",
    "<!-- --> /vote no",
    "/vote yes <!-- oui -->",
    "a <!-- b",
    "> /vote no",
    "Bonjour",
    "/object bruit : le soir",
    "/resolve bruit",
    "/vote\tyes",
    "/vote yes\u2028/vote no",
    "/voter oui",
    "/vote non !",
    "/vote for",
    "/voter pour.",
    "/voter pour, bien sûr",
    "`/voter contre`",
    "` /lever prix. `",
    "`/vote yes` `/vote no`",
    "/object prix.",
    "",
]


def record(seed: int) -> dict[str, Any]:
    """A record; of one in seven the vote is secret."""
    random = Random(seed)
    voters = sorted(random.sample(IDS, random.randint(1, len(IDS))))
    rules = _rules(random)
    vote = _vote(random, voters, rules)
    at = OPENS + timedelta(
        days=random.choice([10, 14, 14, 15, 22, 30, 40, 40, 40]), hours=random.randint(0, 9)
    )
    found: dict[str, Any] = {
        "format": 1,
        "at": at.astimezone(random.choice(ZONES)).isoformat(),
        "vote": vote,
        "rules": rules,
    }
    found["electorate"] = [_voter(random, id) for id in voters]
    if (
        seed % 7 == 0
        and "consent" not in rules["category"]
        and not rules.get("colleges", {}).get("enabled")
    ):
        return found | {"totals": _totals(random, voters), "salt": f"{seed:032x}"}
    events = [_event(random, voters, vote) for _turn in range(random.randint(0, 16))]
    for event in events:
        if random.random() < 0.1:
            event["electorate_hash"] = DIGEST
        if "text_since" in vote and random.random() < 0.5:
            event["text_hash"] = random.choice([vote["text"], DIGEST])
    return found | {"events": events}


def record_2(seed: int, *, with_ids: bool = False) -> dict[str, Any]:
    """A record of format 2, with the words that it adds; or what it is written from, with ids."""
    random = Random(f"2-{seed}")
    found = record(seed) | {"format": 2}
    if "events" in found and seed % 3 == 0:
        found["journal"] = {"entries": seed + 1, "head": DIGEST}
    category = found["rules"]["category"]
    if "totals" not in found and random.random() < 0.25:
        yes = {"max_open_objections": random.choice([0, 0, 1]), "min_yes": random.randint(0, 3)}
        category.setdefault("consent", yes)
    for rule in (category, category.get("second")):
        if rule is not None:
            _add_words(random, rule, secret="totals" in found)
    for way in [*category.get("any", []), *category.get("second", {}).get("any", [])]:
        way.pop("tie", None) if random.random() < 0.3 else None
    for voter in found["electorate"]:
        if random.random() < 0.3:
            voter["category"] = random.choice(["emerite", "ami"])
    given = found["vote"].get("proxies", [])
    standing = [proxy for proxy in given if random.random() < 0.3]
    if standing:
        found["vote"]["proxies"] = [proxy for proxy in given if proxy not in standing]
        until = ("2026-03-10", "2026-03-16", "2026-04-30")
        found["vote"]["standing"] = [one | {"until": random.choice(until)} for one in standing]
    if "proxies" in found["rules"] and random.random() < 0.6:
        found["rules"]["proxies"]["scope"] = random.choice(["for_a_time", "one_meeting"])
    return found if with_ids else hide(found)


def _add_words(random: Random, rule: dict[str, Any], *, secret: bool) -> None:
    """`against`, `any`, and what a quorum may say besides."""
    if random.random() < 0.25:
        rule["against"] = _ceiling(random)
    if random.random() < 0.3:
        rule["any"] = [_majority(random) for _way in range(random.randint(2, 3))]
        for way in rule["any"]:
            way |= {"against": _ceiling(random)} if random.random() < 0.3 else {}
    for one in (rule, *rule.get("any", [])):
        if quorum := one.get("quorum"):
            quorum |= {"min": random.randint(1, 9)} if random.random() < 0.5 else {}
            quorum |= {"min_or_all": random.random() < 0.7} if random.random() < 0.5 else {}
            quorum |= {"except": ["emerite"]} if not secret and random.random() < 0.4 else {}


def _ceiling(random: Random) -> dict[str, Any]:
    found: dict[str, Any] = {"max": random.randint(0, 3)} if random.random() < 0.7 else {}
    if not found or random.random() < 0.5:
        found["fraction"] = random.choice(["1/4", "1/3", "1/2"])
        base = random.choice(["expressed", "represented", "electorate", None])
        found |= {"base": base} if base else {}
    return found


def _voter(random: Random, id: str) -> dict[str, Any]:
    college = random.choice(COLLEGES)
    accounts = [_account(id)] if random.random() < 0.9 else []
    accounts += [_account(random.choice(IDS))] if random.random() < 0.05 else []
    return (
        {"id": id}
        | ({"college": college} if college else {})
        | ({"accounts": accounts} if accounts else {})
    )


def _account(id: str) -> int:
    return 1000 + [*IDS, *STRANGERS].index(id)


def _rules(random: Random) -> dict[str, Any]:
    category: dict[str, Any] = {
        "channel": random.choice(["either", "meeting"]),
        "min_days": random.choice([0, 7, 14, 20]),
    }
    if random.random() < 0.2:
        by = random.choice([["objector"], ["meeting"], ["objector", "meeting"]])
        category["consent"] = {
            "max_open_objections": random.choice([0, 0, 1]),
            "min_yes": random.randint(0, 3),
            "resolved_by": by,
        }
        category["consent"] |= (
            {"objection_requires_reason": random.random() < 0.5} if random.random() < 0.7 else {}
        )
    category |= _majority(random)
    category |= {"second": _majority(random) | {"min_days": 8}} if random.random() < 0.5 else {}
    category |= {"restart_on_change": True} if random.random() < 0.3 else {}
    rules = {
        "category": category,
        "categories": ["ordinary", "special", "bylaws"],
        "electorate": {"snapshot": "opens_at"},
    }
    if random.random() < 0.4:
        first = random.choice([0, 30, 50, 60])
        rules["colleges"] = {
            "enabled": random.random() < 0.8,
            "weights": {"equipe": first, "partenaires": 90 - first, "absents": 10},
        }
        for name, values in (
            ("method", ["proportional", "majority"]),
            ("empty_college", ["redistribute", "against"]),
            ("tied_college", ["split", "against"]),
        ):
            rules["colleges"] |= {name: random.choice(values)} if random.random() < 0.7 else {}
    if random.random() < 0.7:
        rules["proxies"] = {
            "allowed": random.random() < 0.9,
            "holder": random.choice(["member", "anybody"]),
        }
        cap = {"value": random.choice([0, 1, 2])} | (
            {"below": 6, "else_fraction": "1/3"} if random.random() < 0.5 else {}
        )
        rules["proxies"] |= {"max_per_member": cap} if random.random() < 0.6 else {}
    if random.random() < 0.3:
        rules["gates"] = [_gate(random) for _turn in range(random.randint(1, 2))]
    return rules | ({"tellers": ["hugo", "fay"]} if random.random() < 0.7 else {})


def _majority(random: Random) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if random.random() < 0.4:
        quorum: dict[str, Any] = {
            "of": random.choice(["cast", "represented", "for"]),
            "base": random.choice(["electorate", "weights"]),
        }
        quorum |= (
            {"fraction": random.choice(FRACTIONS[2:])}
            if random.random() < 0.8
            else {"min": random.randint(1, 4)}
        )
        found["quorum"] = quorum | (
            {"op": random.choice(["gt", "gte"])} if random.random() < 0.7 else {}
        )
    if random.random() < 0.8:
        base = random.choice(["expressed", "expressed", "represented", "electorate"])
        fraction = random.choice(["1/2", "1/2", "1/2", *FRACTIONS])
        found["threshold"] = {
            "base": base,
            "fraction": fraction,
            "op": random.choice(["gt", "gte"]),
        }
    return found | (
        {"tie": random.choice(["rejected", "adopted", "chair"])} if random.random() < 0.9 else {}
    )


def _gate(random: Random) -> dict[str, Any]:
    gate: dict[str, Any] = {
        "role": random.choice(["tresorerie", "gerance"]),
        "on": [random.choice(["engagement", "special", "budget"])],
    }
    gate |= {"stage": random.choice(["before_vote", "after_vote"])}
    gate |= {"delay_days": random.choice([5, 16])} if random.random() < 0.6 else {}
    gate |= {"needs": ["reason"]} if random.random() < 0.5 else {}
    return gate | (
        {"overridable_by": random.choice(["special", "bylaws"])} if random.random() < 0.4 else {}
    )


def _vote(random: Random, voters: list[str], rules: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "category": random.choice(rules["categories"]),
        "stage": random.choice(["first", "first", "second"]),
    }
    found |= {
        "opens": OPENS.isoformat(),
        "closes": (OPENS + timedelta(days=14)).isoformat(),
        "text": f"{random.getrandbits(256):064x}",
    }
    if random.random() < 0.4:
        since = OPENS + timedelta(days=random.choice([-1, 3, 6]))
        found |= {"of": "change", "text_since": since.isoformat()}
    found |= {"subject": random.choice(["engagement", "budget"])} if random.random() < 0.6 else {}
    found |= {"recused": [random.choice(voters)]} if random.random() < 0.2 else {}
    found |= {"tellers": [random.choice(IDS)]} if random.random() < 0.3 else {}
    found |= {"chair": random.choice(voters)} if random.random() < 0.6 else {}
    if random.random() < 0.6:
        some = random.sample(IDS, 4)
        rows = [
            (random.choice(some), random.choice([*some, *STRANGERS]), random.randint(1, 18))
            for _turn in range(random.randint(1, 6))
        ]
        found["proxies"] = [
            {"principal": one, "holder": other, "received_on": f"2026-03-{day:02}"}
            for one, other, day in rows
        ]
    if random.random() < 0.5:
        found["gates"] = [_say(random) for _turn in range(random.randint(1, 3))]
    return found


def _say(random: Random) -> dict[str, Any]:
    at = OPENS + timedelta(days=random.choice([1, 2, 2, 15, 35]))
    say = {
        "role": random.choice(["tresorerie", "gerance"]),
        "by": "ines",
        "at": at.isoformat(),
        "decision": random.choice(["cleared", "vetoed"]),
    }
    return say | ({"reason": "Trop cher."} if random.random() < 0.5 else {})


def _event(random: Random, voters: list[str], vote: dict[str, Any]) -> dict[str, Any]:
    at = OPENS + timedelta(
        days=random.choice([-1, 1, 2, 4, 8, 13, 14, 15, 19, 21, 31]), hours=random.randint(0, 3)
    )
    event: dict[str, Any] = {
        "kind": random.choice(["ballot_file", "ballot_file", "comment", "comment", "review"]),
        "at": at.isoformat(),
    }
    if random.random() < 0.1:
        event["edited_at"] = (
            (at + timedelta(days=random.choice([0, 1, 9])))
            .astimezone(random.choice(ZONES))
            .isoformat()
        )
    who = random.choice([*voters, *voters, *IDS, *STRANGERS])
    if random.random() < 0.3 and "proxies" in vote:
        return event | _by_proxy(random, random.choice(vote["proxies"]))
    if event["kind"] == "ballot_file":
        return event | _file(random, who)
    text = "\n".join(_line(random) for _turn in range(random.choice([1, 1, 1, 2, 4])))
    event |= {"actor_id": _account(who), "login": who, "number": random.randint(1, 40)}
    if event["kind"] == "comment":
        return event | {"value": text or "Bonjour"}
    return (
        event
        | {"value": random.choice(["approve", "request_changes", "dismissed", "comment"])}
        | ({"reason": text} if text else {})
    )


def _by_proxy(random: Random, proxy: dict[str, Any]) -> dict[str, Any]:
    """What a holder says for a principal, a teller's proof beside it at times, or what the
    principal says.
    """
    word, holder = random.choice(["yes", "no", "none"]), proxy["holder"]
    if random.random() < 0.4:
        event = {
            "kind": "ballot_file",
            "member": proxy["principal"],
            "actor": random.choice([holder, "hugo", proxy["principal"]]),
            "value": word,
        }
        return event | ({"evidence": "5c" * 32} if random.random() < 0.5 else {})
    return {
        "kind": "comment",
        "actor_id": _account(holder),
        "number": random.randint(1, 40),
        "value": f"/vote {word} for @{proxy['principal']}",
    }


def _file(random: Random, who: str) -> dict[str, Any]:
    if random.random() < 0.2:
        actor = random.choice([who, who, "meeting"])
        return {
            "actor": actor,
            "value": random.choice(
                ["/object prix: trop cher", "/object bruit: ", "/resolve prix", "/resolve bruit"]
            ),
        }
    found = {
        "member": who,
        "value": random.choice(
            ["for", "for", "against", "against", "abstain", "blank", "blanc", "peut-être"]
        ),
    }
    if random.random() < 0.2:
        found["actor"] = random.choice([who, *IDS, *STRANGERS, "hugo"])
    return found | ({"evidence": "5c" * 32} if random.random() < 0.5 else {})


def _line(random: Random) -> str:
    line = random.choice(LINES)
    return line % random.choice(IDS) if "%s" in line else line


def _totals(random: Random, voters: list[str]) -> dict[str, Any]:
    papers = [
        random.choice(["for", "for", "against", "abstain", "blank", "null"]) for _voter in voters
    ]
    found: dict[str, Any] = {
        name: papers.count(name) for name in ("for", "against", "abstain", "blank", "null")
    }
    return (
        found | {"participants": len(voters)} | ({"took_part": voters} if len(voters) >= 4 else {})
    )
