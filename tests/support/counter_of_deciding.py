"""A counter of votes written from what must hold alone (the rules' words and figures of real
co-ops), member by member; imports nothing of the program.

It reads no events and no dates: a case says what each member did, and `record_of` writes it down as
a vote record for the program to count.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from random import Random

OPENS = datetime(2026, 3, 2, 9, tzinfo=UTC)


@dataclass
class Case:
    """What is written in the rules, and what everybody did. `votes` are own votes; `by_holder` what
    holders said for others; `objecting` are those with an open objection.
    """

    members: list[str]
    rule: dict
    votes: dict[str, str]
    by_holder: dict[str, str]
    proxies: dict[str, str]
    recused: set[str]
    objecting: set[str]
    college: dict[str, str]
    weights: dict[str, int] = field(default_factory=dict)
    method: str = "proportional"
    empty: str = "redistribute"
    tied: str = "split"
    emeriti: set[str] = field(default_factory=set)
    chair: str = ""
    cap: dict = field(default_factory=dict)
    second: bool = False


def made_up(seed):
    """A case at random, the same for the same seed."""
    random = Random(f"deciding-{seed}")
    size = random.choice([1, 2, 3, 4, 5, 7, 8, 12, 20, 40])
    members = [f"m{number:02}" for number in range(size)]
    will = random.random()
    some = ["for"] * 4 + ["against"] * 3 + ["abstain", "blank"]
    votes = {id: random.choice(some) for id in members if random.random() < will}
    proxies = {}
    for id in members if random.random() < 0.6 else []:
        if random.random() < 0.4 and (others := [one for one in members if one != id]):
            # few holders, so that caps and chains are met
            proxies[id] = random.choice(others[:3])
    by_holder = {id: random.choice(some) for id in proxies if random.random() < 0.6}
    recused = {id for id in members if random.random() < 0.1} if random.random() < 0.4 else set()
    rule = _rule(random)
    consent = "consent" in rule
    objecting = {id for id in members if random.random() < 0.05} if consent else set()
    college = {id: random.choice(["a", "b", "c"]) for id in members}
    case = Case(members, rule, votes, by_holder, proxies, recused, objecting, college)
    if random.random() < 0.3:
        first = random.choice([20, 40, 50])
        case.weights = {"a": first, "b": 80 - first, "c": 20}
        case.method = random.choice(["proportional", "majority"])
        case.empty = random.choice(["redistribute", "against"])
        case.tied = random.choice(["split", "against"])
    case.emeriti = {id for id in members if random.random() < 0.2}
    case.chair = random.choice(members)
    if random.random() < 0.5:
        case.cap = {"value": 1, "below": 20, "else_fraction": "1/20"}
    case.second = random.random() < 0.3
    return case


def _rule(random):
    rule = _way(random, random.random() < 0.6)
    if random.random() < 0.35:
        rule["consent"] = {"max_open_objections": random.choice([0, 0, 1]), "min_yes": 1}
        rule["consent"]["min_yes"] = random.randint(0, 3)
    if random.random() < 0.3:
        rule["any"] = [_way(random, random.random() < 0.8) for _turn in range(2)]
    return rule


def _way(random, majority):
    way = {}
    if random.random() < 0.5:
        way["quorum"] = {"of": random.choice(["cast", "represented", "for"])}
        if random.random() < 0.7:
            way["quorum"]["fraction"] = random.choice(["1/4", "1/3", "1/2", "3/4"])
            way["quorum"]["op"] = random.choice(["gt", "gte"])
        if random.random() < 0.5 or "fraction" not in way["quorum"]:
            way["quorum"]["min"] = random.randint(1, 6)
            way["quorum"]["min_or_all"] = random.random() < 0.5
        if random.random() < 0.3:
            way["quorum"]["except"] = ["emerite"]
    if majority:
        way["threshold"] = {
            "base": random.choice(["expressed", "expressed", "represented", "electorate"]),
            "fraction": random.choice(["1/2", "1/2", "2/3", "3/4"]),
            "op": random.choice(["gt", "gte"]),
        }
        if random.random() < 0.7:
            way["tie"] = random.choice(["rejected", "adopted", "chair"])
    if random.random() < 0.25:
        way["against"] = {"max": random.randint(0, 3)}
        if random.random() < 0.5:
            way["against"] |= {
                "fraction": "1/4",
                "base": random.choice(["electorate", "expressed"]),
            }
    return way


def record_of(case):
    """The case as a vote record: own votes on the first day, then what holders said."""
    day = (OPENS + timedelta(days=1)).isoformat()
    events = [
        {"kind": "ballot_file", "member": id, "value": value, "at": day}
        for id, value in case.votes.items()
    ]
    events += [
        {
            "kind": "ballot_file",
            "member": id,
            "actor": case.proxies[id],
            "value": value,
            "at": (OPENS + timedelta(days=2)).isoformat(),
        }
        for id, value in case.by_holder.items()
    ]
    events += [
        {"kind": "ballot_file", "actor": id, "value": f"/object o-{id}: non", "at": day}
        for id in sorted(case.objecting)
    ]
    category = {"channel": "either", **case.rule} | ({"second": {}} if case.second else {})
    rules = {"category": category, "categories": ["x"], "electorate": {}}
    rules["proxies"] = {"allowed": True} | ({"max_per_member": case.cap} if case.cap else {})
    if case.weights:
        rules["colleges"] = {
            "enabled": True,
            "weights": case.weights,
            "method": case.method,
            "empty_college": case.empty,
            "tied_college": case.tied,
        }
    return {
        "format": 2,
        "at": (OPENS + timedelta(days=14)).isoformat(),
        "vote": {
            "category": "x",
            "stage": "first",
            "opens": OPENS.isoformat(),
            "closes": (OPENS + timedelta(days=14)).isoformat(),
            "text": "0" * 64,
            "recused": sorted(case.recused),
            "chair": case.chair,
            "proxies": [
                {"principal": id, "holder": holder, "received_on": "2026-03-02"}
                for id, holder in case.proxies.items()
            ],
        },
        "rules": rules,
        "electorate": [
            {"id": id, "college": case.college[id]}
            | ({"category": "emerite"} if id in case.emeriti else {})
            for id in case.members
        ],
        "events": events,
    }


def count(case):
    """The result, how many are represented, and how many are in favour."""
    entitled = [id for id in case.members if id not in case.recused]
    holders = _holders(case, entitled)
    ballots, here = {}, set()
    for id in entitled:
        if id in case.votes:
            ballots[id] = case.votes[id]
            here.add(id)
        elif id in holders and id in case.by_holder:
            ballots[id] = case.by_holder[id]
            here.add(holders[id])
    there = {id for id in entitled if id in here or id in ballots or holders.get(id) in here}
    room = Room(case, entitled, ballots, there)
    open_objections = len(case.objecting & {*entitled})
    return room.result(open_objections), len(there), room.how_many("for", entitled)


def _holders(case, entitled):
    """Whoever may hold one more holds it, in the order of those who gave them: one in twenty of
    all, recused or not.
    """
    most = len(case.members)
    if case.cap:
        most = 1 if len(case.members) < 20 else len(case.members) // 20
    held, found = {}, {}
    for id in sorted(case.proxies):
        holder = case.proxies[id]
        if id in entitled and holder in entitled and held.get(holder, 0) < most:
            held[holder] = held.get(holder, 0) + 1
            found[id] = holder
    return found


class Room:
    """Those who are entitled, their ballots, and who is represented."""

    def __init__(self, case, entitled, ballots, there):
        self.case, self.entitled, self.ballots, self.there = case, entitled, ballots, there

    def how_many(self, what, among):
        """How many of some members: cast, represented, expressed, entitled, or voted so."""
        if what == "electorate":
            return len(among)
        if what == "represented":
            return len([id for id in among if id in self.there])
        votes = [self.ballots[id] for id in among if id in self.ballots]
        if what == "cast":
            return len(votes)
        if what == "expressed":
            return votes.count("for") + votes.count("against")
        return votes.count(what)

    def quorum_met(self, rule):
        asked = [id for id in self.entitled if id not in self.case.emeriti]
        asked = asked if rule.get("except") else self.entitled
        part, least = self.how_many(rule["of"], asked), rule.get("min", 0)
        if rule.get("min_or_all") and len(asked) < least:
            least = len(asked)
        share = Fraction(rule.get("fraction", "0/1")) * len(asked)
        enough = part > share if rule.get("op") == "gt" and "fraction" in rule else part >= share
        return enough and part >= least

    def in_favour(self, base):
        """The part in favour and the whole: people, or the colleges' shares."""
        if not self.case.weights:
            return self.how_many("for", self.entitled), self.how_many(base, self.entitled)
        if not self.how_many("expressed", self.entitled):
            return Fraction(0), 100
        groups = []
        for name, weight in self.case.weights.items():
            mine = [id for id in self.entitled if self.case.college[id] == name]
            if self.how_many(base, mine):
                yes, no = self.how_many("for", mine), self.how_many("against", mine)
                part = Fraction(yes, self.how_many(base, mine))
                if self.case.method == "majority":
                    tied = Fraction(1, 2) if self.case.tied == "split" else Fraction(0)
                    part = Fraction(1) if yes > no else tied if yes == no else Fraction(0)
                groups.append((weight, part))
        total = sum(weight for weight, _part in groups)
        scale = Fraction(100, total) if self.case.empty == "redistribute" and total else Fraction(1)
        return sum((weight * scale * part for weight, part in groups), Fraction(0)), 100

    def majority_won(self, rule, tie):
        part, whole = self.in_favour(rule["base"])
        if not part:
            return False
        yes, no = self.how_many("for", self.entitled), self.how_many("against", self.entitled)
        level = yes == no
        if self.case.weights:
            level = self.in_favour("expressed")[0] == 50
        if rule["fraction"] == "1/2" and part * 2 == whole and level and tie:
            return tie == "adopted" or (
                tie == "chair" and self.ballots.get(self.case.chair) == "for"
            )
        needed = Fraction(rule["fraction"]) * whole
        return part > needed if rule["op"] == "gt" else part >= needed

    def too_many_against(self, rule):
        most = rule.get("max", 0)
        if "fraction" in rule:
            share = Fraction(rule["fraction"]) * self.how_many(rule["base"], self.entitled)
            most = max(most, share.numerator // share.denominator)
        return self.how_many("against", self.entitled) > most

    def way(self, rule):
        """What one of several ways gives."""
        if "quorum" in rule and not self.quorum_met(rule["quorum"]):
            return "no_quorum"
        if "against" in rule and self.too_many_against(rule["against"]):
            return "rejected"
        usual = {"base": "expressed", "fraction": "1/2", "op": "gt"}
        majority = rule.get("threshold", None if "against" in rule else usual)
        if majority is None:
            return "adopted" if self.how_many("for", self.entitled) else "rejected"
        return "adopted" if self.majority_won(majority, rule.get("tie")) else "rejected"

    def result(self, open_objections):
        """All that is written must hold."""
        rule = self.case.rule
        consent, yes = rule.get("consent"), self.how_many("for", self.entitled)
        if consent and open_objections > consent["max_open_objections"]:
            return "open"
        if "quorum" in rule and not self.quorum_met(rule["quorum"]):
            return "no_quorum"
        if consent and yes < consent["min_yes"]:
            return "lapsed"
        if "against" in rule and self.too_many_against(rule["against"]):
            return "rejected"
        usual = {"base": "expressed", "fraction": "1/2", "op": "gt"}
        nothing_else = not ({"consent", "against", "any"} & {*rule})
        majority = rule.get("threshold", usual if nothing_else else None)
        if majority and not self.majority_won(majority, rule.get("tie")):
            again = self.case.second and majority["base"] == "electorate"
            return "no_quorum" if again else "rejected"
        if not majority and not consent and "any" not in rule and not yes:
            return "rejected"
        found = [(self.way(one), "quorum" in one) for one in rule.get("any", [])]
        if not found or "adopted" in [result for result, _asks in found]:
            return "adopted"
        asking = [result for result, asks in found if asks]
        return "no_quorum" if asking and set(asking) == {"no_quorum"} else "rejected"
