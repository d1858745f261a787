"""Counts a vote record again by every step of docs/VOTE-RECORD.md; imports nothing of the program.

Each function names its step. `independent_recount.py` is the short one, and has the digests.
"""

import re
from datetime import date, datetime, timedelta
from fractions import Fraction

from .independent_recount import BREAKS, MAJORITY, digests

CHOICES = ("for", "against", "abstain", "blank")
VOTES = (*CHOICES, "none")
WORDS = dict.fromkeys(("yes", "pour"), "for") | dict.fromkeys(("no", "contre"), "against")
WORDS |= dict.fromkeys(("abstain", "abstention"), "abstain")
WORDS |= dict.fromkeys(("blank", "blanc"), "blank") | dict.fromkeys(("none", "retrait"), "none")
STATES = {"approve": "for", "request_changes": "against", "dismissed": "none"}
NAME = "([a-z0-9]+(?:-[a-z0-9]+)*)"
COMMAND = re.compile(r"/(?:voter?|object|objection|resolve|lever)(?!\w)", re.I)
VOTE = re.compile(r"/voter?[ \t]+([a-z]+)(?:[ \t]+(?:for|au nom de)[ \t]+@([A-Za-z0-9-]+))?", re.I)
COLON = r"[ \t\u00a0\u202f]*:[ \t\u00a0\u202f]*"
OBJECT = re.compile(rf"/object(?:ion)?[ \t]+{NAME}(?:{COLON}(.*))?", re.I)
RESOLVE = re.compile(rf"/(?:resolve|lever)[ \t]+{NAME}", re.I)
ORDER = ("kind", "number", "member", "actor", "actor_id", "value", "reason", "text_hash")
ORDER += ("evidence", "url", "login")
instant = datetime.fromisoformat


def moment(event):
    return instant(event.get("edited_at") or event["at"])


def order(event):
    """5.3"""
    blank = dict.fromkeys(ORDER, "") | {"number": 0, "actor_id": 0}
    first = [(blank | event)[name] for name in ORDER]
    hashes = [event.get(name, "") for name in ("rules_hash", "electorate_hash")]
    return [moment(event), *first, instant(event["at"]), *hashes]


def visible_lines(text):
    """5.4, step 4"""
    lines = BREAKS.split(text)
    in_code = in_comment = False
    for number, line in enumerate(lines):
        if not in_comment and line.lstrip().startswith(("```", "~~~")):
            in_code = not in_code
        elif not in_code:
            seen = ""
            while line:
                if in_comment:
                    _hidden, end, line = line.partition("-->")
                    in_comment = not end
                    continue
                before, start, line = line.partition("<!--")
                seen += before
                ends = "-->" in line or any("-->" in later for later in lines[number + 1 :])
                in_comment = bool(start) and (ends or not seen.strip())
                seen += start if start and not in_comment else ""
            yield seen.strip()


def command(line, words=WORDS):
    """5.4, step 5: what is said, for whom or under which name, and the reason."""
    if (vote := VOTE.fullmatch(line)) and vote[1].lower() in words:
        return words[vote[1].lower()], vote[2] or "", ""
    if made := OBJECT.fullmatch(line):
        return "object", made[1].lower(), (made[2] or "").strip()
    if ended := RESOLVE.fullmatch(line):
        return "resolve", ended[1].lower(), ""
    return "unclear", "", ""


def commands(text):
    """5.4, step 5"""
    return map(command, filter(COMMAND.match, visible_lines(text)))


def marks(event, commands=commands):
    """5.4, steps 1 to 3"""
    value, kind = event["value"], event["kind"]
    if kind == "ballot_file" and not value.startswith("/"):
        said = value if value in ("for", "against") else WORDS.get(value, "unclear")
        return [(said, event.get("member", ""), "")]
    if kind != "review":
        return list(commands(value))
    state = STATES.get(value)
    found = [mark for mark in commands(event.get("reason", "")) if mark != (state, "", "")]
    if state == "none":
        found = [mark for mark in found if mark[0] in ("object", "resolve")]
    return [(state, "", ""), *found] if state else found


def reaches(part, whole, fraction, op):
    return part > fraction * whole if op == "gt" else part >= fraction * whole


def written(fraction):
    return f"{fraction.numerator}/{fraction.denominator}"


def share(part, whole):
    if not whole:
        return "0/1"
    whole_numbers = Fraction(part).denominator == Fraction(whole).denominator == 1
    return f"{part}/{whole}" if whole_numbers else written(Fraction(part) / whole)


class Recount:
    """A record counted; `figures` are the fields of its result that follow from it."""

    def marks(self, event):
        """5.4"""
        return marks(event)

    def __init__(self, record):
        self.record, self.vote, self.rules = record, record["vote"], record["rules"]
        self.category, self.hashes = self.rules["category"], digests(record)
        self.at, self.opens = instant(record["at"]), instant(self.vote["opens"])
        self.since = instant(self.vote["text_since"]) if "text_since" in self.vote else None
        self.consent = self.category.get("consent")
        colleges = self.rules.get("colleges", {})
        self.colleges = colleges if colleges.get("enabled") else None
        if self.colleges and sum(self.colleges.get("weights", {}).values()) != 100:
            raise ValueError("weights must sum to 100")
        if "totals" in record and (self.consent or self.colleges):
            raise ValueError("cannot be counted from totals")
        self.set_terms()
        self.read_events() if "events" in record else self.take_totals()
        self.figures = self.result()

    def set_terms(self):
        """5.1"""
        second = self.category.get("second") if self.vote["stage"] == "second" else None
        self.terms = self.category | ({} if second is None else {"quorum": None} | second)
        restarts = self.category.get("restart_on_change") and self.since
        start = max(self.since, self.opens) if restarts else self.opens
        in_a_box = self.record.get("totals") is not None and self.record["format"] > 1
        days = timedelta(days=0 if in_a_box else self.terms.get("min_days", 0))
        self.close = max(instant(self.vote["closes"]), start + days)
        recused = self.vote.get("recused", [])
        rows = [row for row in self.record["electorate"] if row["id"] not in recused]
        self.college = {row["id"]: row.get("college", "") for row in rows}
        self.tellers = self.rules.get("tellers", []) + self.vote.get("tellers", [])
        self.take_proxies()

    def take_proxies(self):
        """5.2: holders by principal"""
        rule, last_day = self.rules.get("proxies", {}), min(self.at, self.close).date()
        cap, size = rule.get("max_per_member", {}), len(self.college)
        most = cap.get("value")
        if "else_fraction" in cap and size >= cap.get("below", 0):
            most = int(size * Fraction(cap["else_fraction"]))
        given = self.vote.get("proxies", [])
        rows = sorted((row["received_on"], row["principal"], row["holder"]) for row in given)
        rows = [row for row in rows if date.fromisoformat(row[0]) <= last_day]
        last, held = {row[1]: row for row in rows}, []
        self.holders = {}
        for row in rows if rule.get("allowed") else ():
            _day, principal, holder = row
            able = holder in self.college or rule.get("holder", "member") == "anybody"
            sound = principal in self.college and principal != holder and able
            room = most is None or held.count(holder) < most
            if sound and room and row == last[principal]:
                self.holders[principal] = holder
                held.append(holder)

    def read_events(self):
        """5.5"""
        self.own, self.by_proxy, self.objections = {}, {}, {}
        self.refused, again = 0, set()
        events = [event for event in self.record["events"] if instant(event["at"]) <= self.at]
        for event in sorted(events, key=order):
            who, found = self.who(event), self.marks(event)
            shown = event["kind"] == "ballot_file" and "evidence" in event
            vouched = shown and who in self.tellers
            for mark in found:
                what, other, _reason = mark
                whom = other if what in VOTES and other else who
                if self.is_refused(event, mark, who, whom, vouched, found):
                    self.refused += 1
                elif what not in VOTES:
                    self.note_objection(mark, who)
                elif what != "none" and self.is_stale(event):
                    again.add(whom)
                else:
                    box = self.own if whom == who or vouched else self.by_proxy
                    box[whom] = None if what == "none" else (what, who)
                    again.discard(whom)
        own = {whom: given for whom, given in self.own.items() if given}
        ballots = {whom: given for whom, given in self.by_proxy.items() if given} | own
        self.stale = len(again - ballots.keys())
        self.choices = {whom: what for whom, (what, _who) in ballots.items()}
        self.counts = self.count(self.choices.values())
        givers = {who for whom, (_what, who) in ballots.items() if self.holders.get(whom) == who}
        present = ballots.keys() | givers
        self.there = {id for id in self.college if {id, self.holders.get(id)} & present}
        self.represented = len(self.there)

    def who(self, event):
        if event["kind"] == "ballot_file":
            return event.get("actor") or event.get("member", "")
        rows = sorted(self.record["electorate"], key=lambda row: row["id"])
        ids = [row["id"] for row in rows if event.get("actor_id", 0) in row.get("accounts", [])]
        return ids[-1] if ids else ""

    def is_refused(self, event, mark, who, whom, vouched, found):
        what, _other, reason = mark
        limit = self.at if what == "resolve" else min(self.at, self.close)
        if moment(event) > limit or (what in VOTES and moment(event) < self.opens):
            return True
        by_meeting = who == "meeting" and what == "resolve"
        if not who or what == "unclear" or not (whom in self.college or by_meeting):
            return True
        asks_reason = self.consent and self.consent.get("objection_requires_reason", True)
        if what not in VOTES:
            return what == "object" and not reason and bool(asks_reason)
        same = [other for said, other, _reason in found if said in VOTES and (other or who) == whom]
        return (whom != who and self.holders.get(whom) != who and not vouched) or len(same) > 1

    def is_stale(self, event):
        if "text_hash" not in event and self.since and moment(event) < self.since:
            return True
        named = [(name, event.get(f"{name}_hash")) for name in ("text", "rules", "electorate")]
        return any(value and value != self.hashes[name] for name, value in named)

    def note_objection(self, mark, who):
        """5.7, steps 1 and 2: whether each objection is open"""
        what, name, _reason = mark
        if what == "object":
            self.objections[name, who] = True
        by = (self.consent or {}).get("resolved_by", ["objector", "meeting"])
        for of, author in list(self.objections) if what == "resolve" else ():
            ends = "meeting" in by if who == "meeting" else "objector" in by and author == who
            if of == name and ends:
                self.objections[of, author] = False

    def take_totals(self):
        """5.10"""
        totals = self.record["totals"]
        self.counts = {choice: totals[choice] for choice in CHOICES}
        self.represented = len(totals.get("took_part", [])) or totals["participants"]
        self.choices, self.objections, self.refused, self.stale = {}, {}, 0, 0

    @staticmethod
    def count(choices):
        every = list(choices)
        return {choice: every.count(choice) for choice in CHOICES}

    def sizes(self, college=None):
        """5.6: what thresholds and quorums speak of, of all or of one college"""
        mine, counts, represented = {*self.college}, self.counts, self.represented
        if college is not None:
            mine = {id for id in mine if self.college[id] == college}
            counts = self.count(self.choices[id] for id in mine if id in self.choices)
            represented = len(mine & self.there)
        sizes = {"expressed": counts["for"] + counts["against"], "cast": sum(counts.values())}
        return counts | sizes | {"represented": represented, "electorate": len(mine)}

    def full_colleges(self, base, redistributes):
        """5.9, steps 1 and 2: weight and sizes of each college that is not empty"""
        every = [(weight, self.sizes(name)) for name, weight in self.colleges["weights"].items()]
        full = [(weight, sizes) for weight, sizes in every if sizes[base]]
        total = sum(weight for weight, _sizes in full)
        factor = Fraction(100, total) if redistributes and total else 1
        return [(weight * factor, sizes) for weight, sizes in full]

    def share_of_for(self, base):
        """5.9, step 3"""
        redistributes = self.colleges.get("empty_college", "redistribute") == "redistribute"
        splits = self.colleges.get("tied_college", "split") == "split"
        found = Fraction(0)
        for weight, sizes in self.full_colleges(base, redistributes):
            part = Fraction(sizes["for"], sizes[base])
            if self.colleges.get("method") == "majority":
                part = Fraction(sizes["for"] > sizes["against"])
                if sizes["for"] == sizes["against"]:
                    part = Fraction(splits, 2)
            found += weight * part
        return found

    def majority(self):
        """5.8"""
        sizes, fields = self.sizes(), {}
        rule, quorum = self.terms.get("threshold", MAJORITY), self.terms.get("quorum")
        if quorum:
            of, least = quorum["of"], quorum.get("min", 0)
            part, whole = sizes[of], sizes["electorate"]
            if quorum.get("base") == "weights" and self.colleges:
                rows, whole = self.full_colleges("electorate", True), 100
                part = sum(weight * Fraction(size[of], size["electorate"]) for weight, size in rows)
            fields["quorum"], met = self.measure({"of": of}, part, whole, quorum)
            fields["quorum"] |= {"min": least} if least else {}
            fields["quorum"] |= {"met": met and sizes[of] >= least}
        name, part, whole = rule["base"], sizes["for"], sizes[rule["base"]]
        equal = sizes["for"] == sizes["against"]
        if self.colleges:
            part = self.share_of_for(rule["base"]) if sizes["expressed"] else 0
            name, whole, equal = "weights", 100, self.share_of_for("expressed") * 2 == 100
        fields["threshold"], met = self.measure({"base": name}, part, whole, rule)
        fields["threshold"] |= {"met": part > 0 and met}
        if quorum and not fields["quorum"]["met"]:
            return "no_quorum", fields
        tied = Fraction(rule["fraction"]) == Fraction(1, 2) and 0 < part * 2 == whole and equal
        won = fields["threshold"]["met"]
        if tied and self.terms.get("tie"):
            fields["tie"] = self.terms["tie"]
            chair = self.choices.get(self.vote.get("chair")) == "for"
            won = {"adopted": True, "rejected": False, "chair": chair}[fields["tie"]]
        first = self.vote["stage"] == "first"
        again = first and "second" in self.category and rule["base"] == "electorate"
        return "adopted" if won else "no_quorum" if again else "rejected", fields

    @staticmethod
    def measure(named, part, whole, rule):
        fields = named | {"reached": share(part, whole)}
        if "fraction" not in rule:
            return fields, True
        fraction, op = Fraction(rule["fraction"]), rule.get("op", "gte")
        return fields | {"needed": written(fraction), "op": op}, reaches(part, whole, fraction, op)

    def gates(self):
        """5.11, steps 1 to 3"""
        names, order = {self.vote["category"], self.vote.get("subject")}, self.rules["categories"]
        for gate in self.rules.get("gates", []):
            by, here = gate.get("overridable_by"), self.vote["category"]
            overridden = by in order and here in order and order.index(here) >= order.index(by)
            if not names.intersection(gate["on"]) or overridden:
                continue
            of_role = [say for say in self.vote.get("gates", []) if say["role"] == gate["role"]]
            words = [
                (instant(say["at"]), vetoes)
                for say in of_role
                for vetoes in [say["decision"] == "vetoed"]
                if not (vetoes and "reason" in gate.get("needs", []) and not say.get("reason"))
                if instant(say["at"]) <= self.at
            ]
            since = self.close if gate["stage"] == "after_vote" else self.opens
            if words:
                yield "vetoed" if max(words)[1] else "passed"
            elif "delay_days" in gate and self.at >= since + timedelta(days=gate["delay_days"]):
                yield "passed"
            else:
                yield "waiting"

    def decided(self):
        """5.7 or 5.8"""
        if not self.consent:
            return self.majority()
        enough = self.counts["for"] >= self.consent["min_yes"]
        if sum(self.objections.values()) > self.consent["max_open_objections"]:
            return "open", {}
        return "adopted" if enough else "lapsed", {}

    def result(self):
        """5.11, step 4, and 6"""
        still_open = sum(self.objections.values())
        result, fields = self.decided()
        gates = list(self.gates())
        if "vetoed" in gates:
            result = "vetoed"
        elif self.at < self.close or "waiting" in gates:
            result = "open"
        sizes, totals = self.sizes(), self.record.get("totals")
        found = {"category": self.vote["category"], "stage": self.vote["stage"], "result": result}
        found |= {"counted_at": self.record["at"], "electorate": len(self.college)}
        found |= {"represented": self.represented, "cast": sizes["cast"]}
        found |= {"counts": self.counts} | fields
        if self.category["channel"] == "meeting":
            found["advisory"] = True
        if totals is not None:
            found |= {"secret": True, "counts": self.counts | {"null": totals["null"]}}
            found |= {"took_part": totals["took_part"]} if "took_part" in totals else {}
        if self.colleges and self.choices:
            found["by_college"] = {}
            for name in {self.college[id] for id in self.choices}:
                sizes = self.sizes(name)
                found["by_college"][name or "none"] = {choice: sizes[choice] for choice in CHOICES}
        if self.consent and self.objections:
            found["objections"] = {"raised": len(self.objections), "open": still_open}
        if self.refused or self.stale:
            found["not_counted"] = {"refused": self.refused, "stale": self.stale}
        return found | {"hashes": self.hashes}


def recount(record):
    return Recount(record).figures
