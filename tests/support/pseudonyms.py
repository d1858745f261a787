"""Pseudonyms as docs/VOTE-RECORD-2.md specifies them; imports nothing of the program."""

import hashlib
import hmac
import json
import re
from copy import deepcopy

from .independent_full_recount import order
from .independent_recount import digest

SALT = "00112233445566778899aabbccddeeff"
FOR_ANOTHER = re.compile(
    r"(/voter?[ \t]+[a-z]+[ \t]+(?:for|au nom de)[ \t]+@)([A-Za-z0-9-]+)", re.I
)


def hashed(salt, text):
    return hmac.new(bytes.fromhex(salt), text.encode(), hashlib.sha256).hexdigest()


def pseudonym(id, salt=SALT):
    return hashed(salt, id)[:16]


def account(number, salt=SALT):
    return int(hashed(salt, f"account {number}")[:12], 16)


def electorate_digest(voters):
    return digest(sorted([row["id"], row.get("college", "")] for row in voters))


def hide(record, salt=SALT):
    """A record with ids as one of format 2 is written: 1.0 of the document."""
    found = deepcopy(record) | {"format": 2}
    found.pop("salt", None)
    vote, rules = found["vote"], found["rules"]
    if tellers := {*rules.pop("tellers", ()), *vote.get("tellers", ())}:
        vote["tellers"] = list(tellers)
    for name in ("recused", "tellers"):
        if name in vote:
            vote[name] = sorted(pseudonym(id, salt) for id in vote[name])
    if "chair" in vote:
        vote["chair"] = pseudonym(vote["chair"], salt)
    for name in ("proxies", "standing"):
        if name in vote:
            vote[name].sort(key=lambda row: (row["received_on"], row["principal"], row["holder"]))
    rows = [*vote.get("proxies", ()), *vote.get("standing", ()), *vote.get("gates", ())]
    for row in rows:
        for name in ("principal", "holder", "by"):
            if row.get(name):
                row[name] = pseudonym(row[name], salt)
    for row in found["electorate"]:
        row["id"] = pseudonym(row["id"], salt)
        if "accounts" in row:
            row["accounts"] = sorted(account(number, salt) for number in row["accounts"])
    found["electorate"].sort(key=lambda row: row["id"])
    if "took_part" in found.get("totals", {}):
        found["totals"]["took_part"] = sorted(
            pseudonym(id, salt) for id in found["totals"]["took_part"]
        )
    before = {
        "rules_hash": (digest(record["rules"]), digest(rules)),
        "electorate_hash": tuple(electorate_digest(one["electorate"]) for one in (record, found)),
    }
    for event in found.get("events", ()):
        event.pop("login", None)
        event.pop("url", None)
        for name in ("member", "actor"):
            if event.get(name) and event[name] != "meeting":
                event[name] = pseudonym(event[name], salt)
        if "actor_id" in event:
            event["actor_id"] = account(event["actor_id"], salt)
        for name in ("value", "reason"):
            if name in event:
                event[name] = FOR_ANOTHER.sub(
                    lambda said: said[1] + pseudonym(said[2], salt), event[name]
                )
        for name, (old, new) in before.items():
            if event.get(name) == old:
                event[name] = new
    if "events" in found:
        found["events"].sort(key=order)
    return found


def write_list(root, vote, salt=SALT):
    """A list that has a salt and nobody yet, so that the next count has known pseudonyms."""
    file = root / f"decisions/results/{vote}.voters.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"salt": salt, "voters": {}}))
