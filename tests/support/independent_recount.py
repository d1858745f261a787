"""Counts a vote record again, by docs/VOTE-RECORD.md; imports nothing of the program."""

import hashlib
import json
import re
import unicodedata
from datetime import datetime
from fractions import Fraction

BREAKS = re.compile("\r\n|[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")
MAJORITY = {"base": "expressed", "fraction": "1/2", "op": "gt"}


def normal(text):
    lines = BREAKS.split(unicodedata.normalize("NFC", text))
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def canonical(value):
    if isinstance(value, dict):
        return {unicodedata.normalize("NFC", key): canonical(item) for key, item in value.items()}
    if isinstance(value, list):
        return [canonical(item) for item in value]
    return normal(value) if isinstance(value, str) else value


def digest(value):
    plain = json.dumps(canonical(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(normal(plain).encode()).hexdigest()


def digests(record):
    voters = sorted([row["id"], row.get("college", "")] for row in record["electorate"])
    parts = {"rules": record["rules"], "electorate": voters, "events": record}
    return {"text": record["vote"]["text"]} | {name: digest(part) for name, part in parts.items()}


def last_ballots(record, voters):
    opens, closes = (datetime.fromisoformat(record["vote"][name]) for name in ("opens", "closes"))
    events = [event for event in record.get("events", ()) if event.get("member") in voters]
    inside = [one for one in events if opens <= datetime.fromisoformat(one["at"]) <= closes]
    return {event["member"]: event["value"] for event in inside}


def measure(part, whole, rule):
    needed = Fraction(rule["fraction"]) * whole
    enough = part > needed if rule.get("op") == "gt" else part >= needed
    return {"reached": f"{part}/{whole}" if whole else "0/1", "met": enough}


def recount(record):
    vote, category, totals = record["vote"], record["rules"]["category"], record.get("totals")
    if vote["stage"] == "second" and "second" in category:
        category = category | {"quorum": None} | category["second"]
    voters = {row["id"] for row in record["electorate"]} - set(vote.get("recused", ()))
    ballots = last_ballots(record, voters)
    names, choices = ("for", "against", "abstain", "blank"), list(ballots.values())
    counts = {name: totals[name] if totals else choices.count(name) for name in names}
    size = counts | {"cast": sum(counts.values()), "electorate": len(voters)}
    size |= {"expressed": counts["for"] + counts["against"]}
    size |= {"represented": totals["participants"] if totals else size["cast"]}
    if "consent" in category:  # a result is there, so that no objection is open any more
        agreed = counts["for"] >= category["consent"]["min_yes"]
        return size | {"result": "adopted" if agreed else "lapsed"}
    rule, quorum = category.get("threshold", MAJORITY), category.get("quorum")
    size["threshold"] = measure(counts["for"], size[rule["base"]], rule)
    size["threshold"]["met"] &= counts["for"] > 0
    size["quorum"] = measure(size[quorum["of"]], len(voters), quorum) if quorum else {"met": True}
    half = Fraction(rule["fraction"]) * 2 == 1 and counts["for"] == counts["against"]
    tie = category.get("tie") if half and 0 < counts["for"] * 2 == size[rule["base"]] else None
    won = size["threshold"]["met"] if tie is None else tie == "adopted"
    again = not won and rule["base"] == "electorate" and "second" in category
    missed = not size["quorum"]["met"] or (again and vote["stage"] == "first")
    return size | {"result": "no_quorum" if missed else "adopted" if won else "rejected"}
