"""Counts a vote record of format 2 again by docs/VOTE-RECORD-2.md, and one of format 1 by the
document before; imports nothing of the program.
"""

from datetime import date
from fractions import Fraction

from .independent_full_recount import COMMAND, WORDS, Recount, command, marks, visible_lines

MORE = WORDS | {"oui": "for", "non": "against", "for": "for", "against": "against"}
USUAL = {"base": "expressed", "fraction": "1/2", "op": "gt"}


def commands(text):
    """3.0"""
    for line in visible_lines(text):
        shown = len(line) > 2 and line[0] == line[-1] == "`" and "`" not in line[1:-1]
        said = line[1:-1].strip() if shown else line
        if COMMAND.match(said):
            found = command(said, MORE)
            again = command(said.rstrip(" \t.!…"), MORE)
            yield again if found[0] == "unclear" else found


class Recount2(Recount):
    """Each method names its step of docs/VOTE-RECORD-2.md."""

    def marks(self, event):
        """3.0"""
        return marks(event, commands)

    def set_terms(self):
        """3.1"""
        super().set_terms()
        second = self.category.get("second") if self.vote["stage"] == "second" else None
        if second is not None and {"threshold", "any"} & second.keys():
            for word in {"threshold", "any"} - second.keys():
                self.terms.pop(word, None)

    def take_proxies(self):
        """3.2"""
        rule, last_day = self.rules.get("proxies", {}), min(self.at, self.close).date()
        cap, size = rule.get("max_per_member", {}), len(self.record["electorate"])
        most = cap.get("value")
        if "else_fraction" in cap and size >= cap.get("below", 0):
            most = int(size * Fraction(cap["else_fraction"]))
        rows = []
        for row in [*self.vote.get("proxies", []), *self.vote.get("standing", [])]:
            until = row.get("until", "")
            here = date.fromisoformat(row["received_on"]) <= last_day
            if here and (not until or last_day <= date.fromisoformat(until)):
                rows.append((not until, row["received_on"], row["principal"], row["holder"], until))
        rows.sort(key=lambda row: row[:2])
        last, held = {row[2]: row for row in rows}, []
        self.holders = {}
        for row in rows if rule.get("allowed") else ():
            once, _day, principal, holder, _until = row
            able = holder in self.college or rule.get("holder", "member") == "anybody"
            sound = principal in self.college and principal != holder and able
            sound = sound and (once or rule.get("scope") == "for_a_time")
            room = most is None or held.count(holder) < most
            if sound and room and row == last[principal]:
                self.holders[principal] = holder
                held.append(holder)

    def read_events(self):
        """3.3"""
        super().read_events()
        own = {whom for whom, given in self.own.items() if given}
        others = {whom: given for whom, given in self.by_proxy.items() if given and whom not in own}
        present = own | {who for _what, who in others.values()}
        with_holder = {id for id, holder in self.holders.items() if holder in present}
        self.there = {*self.college} & (present | {*others} | with_holder)
        self.represented = len(self.there)

    def sizes_without(self, names, college=None):
        """3.4: what a quorum counts, of all or of one college"""
        sizes = self.sizes(college)
        for row in self.record["electorate"]:
            id = row["id"]
            inside = id in self.college and (college is None or self.college[id] == college)
            if inside and row.get("category") in names:
                choice = self.choices.get(id)
                sizes["electorate"] -= 1
                sizes["represented"] -= id in self.there
                sizes["cast"] -= choice is not None
                sizes["for"] -= choice == "for"
        return sizes

    def quorum(self, rule):
        """3.4"""
        of, names = rule["of"], rule.get("except", [])
        sizes = self.sizes_without(names)
        part, whole, least = sizes[of], sizes["electorate"], rule.get("min", 0)
        if rule.get("min_or_all"):
            least = min(least, whole)
        if rule.get("base") == "weights" and self.colleges:
            every = [
                (weight, self.sizes_without(names, name))
                for name, weight in self.colleges["weights"].items()
            ]
            full = [(weight, one) for weight, one in every if one["electorate"]]
            total = sum(weight for weight, _one in full)
            part = sum(
                Fraction(weight * 100, total) * Fraction(one[of], one["electorate"])
                for weight, one in full
                if total
            )
            whole = 100
        fields, met = self.measure({"of": of}, part, whole, rule)
        fields |= {"min": least} if least else {}
        return fields | {"met": met and sizes[of] >= least}

    def threshold(self, rule):
        """3.5: with whether it is half of the whole, as many against"""
        sizes = self.sizes()
        name, part, whole = rule["base"], sizes["for"], sizes[rule["base"]]
        equal = sizes["for"] == sizes["against"]
        if self.colleges:
            part = self.share_of_for(rule["base"]) if sizes["expressed"] else 0
            name, whole, equal = "weights", 100, self.share_of_for("expressed") * 2 == 100
        fields, met = self.measure({"base": name}, part, whole, rule)
        half = Fraction(rule["fraction"]) == Fraction(1, 2) and 0 < part * 2 == whole and equal
        return fields | {"met": part > 0 and met}, half

    def opposed(self, rule):
        """3.6"""
        sizes, most = self.sizes(), rule.get("max", 0)
        if "fraction" in rule:
            whole = sizes[rule.get("base", "electorate")]
            most = max(most, int(Fraction(rule["fraction"]) * whole))
        return {"count": sizes["against"], "most": most, "met": sizes["against"] <= most}

    def asked(self, rule, default):
        """3.4 to 3.6 of the category or of one way: its fields, and whether the majority is won"""
        fields, won = {}, True
        if "quorum" in rule:
            fields["quorum"] = self.quorum(rule["quorum"])
        written_rule = rule.get("threshold", USUAL if default else None)
        if written_rule:
            fields["threshold"], half = self.threshold(written_rule)
            won = fields["threshold"]["met"]
            if half and rule.get("tie"):
                fields["tie"] = rule["tie"]
                chair = self.choices.get(self.vote.get("chair")) == "for"
                won = {"adopted": True, "rejected": False, "chair": chair}[rule["tie"]]
        if "against" in rule:
            fields["against"] = self.opposed(rule["against"])
        return fields, won

    def way(self, rule):
        """3.7"""
        fields, won = self.asked(rule, "against" not in rule)
        if "quorum" in fields and not fields["quorum"]["met"]:
            fields.pop("tie", None)
            return fields | {"adopts": False}
        some = "threshold" in fields or self.counts["for"] > 0
        kept = fields.get("against", {"met": True})["met"]
        return fields | {"adopts": won and some and kept}

    def decided(self):
        """3.8"""
        terms, consent, votes = self.terms, self.consent, self.counts["for"]
        terms = {word: value for word, value in terms.items() if value is not None}
        default = not (consent or "against" in terms or terms.get("any"))
        fields, won = self.asked(terms, default)
        ways = [self.way(rule) for rule in terms.get("any", [])]
        fields |= {"any": ways} if ways else {}
        untied = {word: value for word, value in fields.items() if word != "tie"}
        if consent and sum(self.objections.values()) > consent["max_open_objections"]:
            return "open", untied
        if "quorum" in fields and not fields["quorum"]["met"]:
            return "no_quorum", untied
        if consent and votes < consent["min_yes"]:
            return "lapsed", untied
        if "against" in fields and not fields["against"]["met"]:
            return "rejected", fields
        if not (votes or consent or ways or "threshold" in fields):
            return "rejected", fields
        if not won:
            base = terms.get("threshold", USUAL)["base"]
            again = self.vote["stage"] == "first" and "second" in self.category
            return "no_quorum" if again and base == "electorate" else "rejected", fields
        if not ways or any(way["adopts"] for way in ways):
            return "adopted", fields
        asking = [way["quorum"]["met"] for way in ways if "quorum" in way]
        return "no_quorum" if asking and not any(asking) else "rejected", fields


def recount(record):
    if record["format"] == 1:
        return Recount(record).figures
    figures = Recount2(record).figures
    figures.pop("took_part", None)
    return {"format": 2} | figures
