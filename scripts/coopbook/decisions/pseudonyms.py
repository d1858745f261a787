"""Who is who in a vote record: people bear a pseudonym there, and a list apart says whose it is.

Both are made of a salt that is drawn for each vote. The record never changes; in the list whoever
is renamed is renamed, and whoever is erased is taken out, with the salt: with it, anybody could try
an id until it gives a pseudonym. `docs/VOTE-RECORD-2.md` specifies both files.
"""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from ..base.hashing import of_value
from .tally.consent import MEETING
from .tally.electorate import Electorate, Voter
from .tally.events import Event
from .tally.record import VoteRecord
from .tally.shapes import Part, read_as

LENGTH = 16
"""Hexadecimal digits of a pseudonym."""
SALT_BYTES = 16
_FORM = re.compile(f"[0-9a-f]{{{LENGTH}}}")
_SALT = re.compile(f"[0-9a-f]{{{2 * SALT_BYTES}}}")
_FOR_ANOTHER = re.compile(
    r"(/voter?[ \t]+[a-z]+[ \t]+(?:for|au nom de)[ \t]+@)([A-Za-z0-9-]+)", re.I
)
_SEVERAL = ("recused", "tellers", "present")
"""The fields of a vote that list people."""
_UNSAID = ("login", "url")
"""What is known of an event on a forge and tells who did it."""


Now = Callable[[str], str]
"""Gives the id that somebody has now, by that or by a former one."""


class Key(Part, frozen=True):
    """The list of a vote: the salt, empty once somebody was erased, and whose each pseudonym is."""

    salt: str = ""
    voters: dict[str, str] = msgspec.field(default_factory=dict)

    @classmethod
    def of(cls, data: Any) -> Key:
        """A list as its file holds it; an empty one where there is none.

        Raises:
            ValueError: it has another shape.
        """
        found = cls() if data is None else read_as(cls, data)
        if (found.salt and not _SALT.fullmatch(found.salt)) or not all(
            map(_FORM.fullmatch, found.voters)
        ):
            raise ValueError("a salt or a pseudonym has another form")
        return found

    @classmethod
    def or_empty(cls, data: Any) -> Key:
        """A list as its file holds it; an empty one where that is none."""
        try:
            return cls.of(data)
        except ValueError:
            return cls()

    def may_mean(self, name: str, ids: Iterable[str]) -> bool:
        """Whether a pseudonym is that of somebody with these ids, present and former; without the
        salt nobody can tell.
        """
        return not self.salt or any(pseudonym(self.salt, id) == name for id in ids)

    def write(self) -> bytes:
        """Its file."""
        plain = ({"salt": self.salt} if self.salt else {}) | {"voters": self.voters}
        return (json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()

    def without(self, ids: Iterable[str]) -> Key:
        """The list once somebody with one of these ids is erased; the same one where nobody is
        named so.
        """
        gone = frozenset(ids)
        left = {name: id for name, id in self.voters.items() if id not in gone}
        return self if left == self.voters else Key(voters=left)

    def renamed(self, ids: Iterable[str], new: str) -> Key:
        """The list once those with one of these ids have a new one."""
        old = frozenset(ids)
        return Key(
            salt=self.salt,
            voters={name: new if id in old else id for name, id in self.voters.items()},
        )


NO_KEY = Key()


def draw_salt() -> str:
    """Digits that nobody can guess."""
    import secrets

    return secrets.token_hex(SALT_BYTES)


def pseudonym(salt: str, id: str) -> str:
    """What somebody is called in the record of the vote with this salt."""
    return _digest(salt, id)[:LENGTH]


def account_pseudonym(salt: str, number: int) -> int:
    """What stands for the forge's number of an account; 48 bits, which any JSON reader keeps."""
    return int(_digest(salt, f"account {number}")[:12], 16)


def _digest(salt: str, text: str) -> str:
    return hmac.digest(bytes.fromhex(salt), text.encode(), "sha256").hex()


@dataclass
class _Names:
    """Gives each id its pseudonym, and remembers which it gave."""

    salt: str
    known: Mapping[str, str]
    given: dict[str, str] = field(default_factory=dict)

    def of(self, id: str) -> str:
        name = self.mentioned(id)
        self.given[name] = id
        return name

    def mentioned(self, id: str) -> str:
        """The same of what somebody wrote, which may be nobody's id."""
        return self.known.get(id) or pseudonym(self.salt, id)


def hide(record: VoteRecord, key: Key) -> tuple[VoteRecord, Key]:
    """A record with pseudonyms in the place of ids, and the list that says whose they are.

    Args:
        record: What a vote was counted from, as the files have it.
        key: The list that there is, whose pseudonyms stay; else one with a salt alone.
    """
    salt = key.salt or draw_salt()
    names = _Names(salt, {id: name for name, id in key.voters.items()})
    plain = rewrite(
        record.plain, names.of, lambda number: account_pseudonym(salt, number), names.mentioned
    )
    voters = {**key.voters, **names.given}
    return VoteRecord.of(plain), Key(salt=key.salt if key.voters else salt, voters=voters)


def show(
    record: VoteRecord, key: Key, now: Now, accounts: Iterable[tuple[int, str]] = ()
) -> VoteRecord:
    """A record that was kept, with what is known of people.

    Args:
        record: The record.
        key: Its list.
        now: Gives the ids of now.
        accounts: The forge's numbers and logins of those who may have said something.
    """
    if record.format == 1 or not key.voters:
        return record
    names = {name: now(id) for name, id in key.voters.items()}
    known = {account_pseudonym(key.salt, uid): (uid, login) for uid, login in accounts if key.salt}
    plain = rewrite(
        record.plain,
        lambda name: names.get(name, name),
        lambda number: known[number][0] if number in known else number,
    )
    logins = dict(known.values())
    for row in plain.get("events", ()):
        if login := logins.get(row.get("actor_id", 0)):
            row["login"] = login
    return VoteRecord.of(plain)


def names_of(record: VoteRecord) -> set[str]:
    """All that a record calls people."""
    found: set[str] = set()

    def note(name: str) -> str:
        found.add(name)
        return name

    rewrite(record.plain, note, int, str)
    return found


def without_tellers(rules: Mapping[str, Any]) -> dict[str, Any]:
    """The rules that apply as a record of format 2 keeps them: it has their tellers among those of
    the vote.
    """
    return {name: value for name, value in rules.items() if name != "tellers"}


def rewrite(
    plain: Mapping[str, Any],
    person: Callable[[str], str],
    account: Callable[[int], int],
    mentioned: Callable[[str], str] | None = None,
) -> dict[str, Any]:
    """A record of format 2 that calls people otherwise, each list in the order that this gives:
    that of ids would tell whose a pseudonym is. Tellers of the rules become tellers of the vote.

    Args:
        plain: The record.
        person: What each of its ids becomes.
        account: What each number of an account becomes.
        mentioned: What becomes of an id that somebody wrote in a command; the same where it is
            None.
    """
    rules = without_tellers(plain["rules"])
    vote = rewrite_vote(plain["vote"], plain["rules"].get("tellers") or (), person)
    voters = sorted(
        (_rewrite_voter(row, person, account) for row in plain["electorate"]),
        key=lambda row: row["id"],
    )
    found = {**plain, "vote": vote, "rules": rules, "electorate": voters}
    if "events" in plain:
        hashes = {
            "rules_hash": {of_value(plain["rules"]): of_value(rules)},
            "electorate_hash": {fingerprint(plain["electorate"]): fingerprint(voters)},
        }
        rows = (_rewrite_event(row, person, account, hashes) for row in plain["events"])
        said = [_rewrite_commands(row, mentioned or person) for row in rows]
        found["events"] = sorted(said, key=lambda row: Event.from_plain(row).order)
    if "took_part" in plain.get("totals", {}):
        took_part = sorted(map(person, plain["totals"]["took_part"]))
        found["totals"] = {**plain["totals"], "took_part": took_part}
    return found


def fingerprint(electorate: Iterable[Mapping[str, Any]]) -> str:
    """The fingerprint of those who had a vote, as a record lists them."""
    voters = (Voter(row["id"], row.get("college", "")) for row in electorate)
    return Electorate.of(voters).fingerprint


def rewrite_vote(
    vote: Mapping[str, Any], tellers: Iterable[str], person: Callable[[str], str]
) -> dict[str, Any]:
    """What a vote asks, with people called otherwise, and more tellers among its own."""
    found = dict(vote)
    every = {*tellers, *(vote.get("tellers") or ())}
    found |= {"tellers": list(every)} if every else {}
    found |= {name: sorted(map(person, found[name])) for name in _SEVERAL if name in found}
    found |= {"chair": person(vote["chair"])} if vote.get("chair") else {}
    for name, fields in (
        ("proxies", ("principal", "holder")),
        ("standing", ("principal", "holder")),
        ("gates", ("by",)),
    ):
        if name in vote:
            found[name] = [_with_people(row, fields, person) for row in vote[name]]
    return found


def _with_people(
    row: Mapping[str, Any], fields: Iterable[str], person: Callable[[str], str]
) -> dict[str, Any]:
    return {**row, **{name: person(row[name]) for name in fields if row.get(name)}}


def _rewrite_voter(
    row: Mapping[str, Any], person: Callable[[str], str], account: Callable[[int], int]
) -> dict[str, Any]:
    accounts = sorted(map(account, row.get("accounts") or ()))
    rest = {name: value for name, value in row.items() if name != "accounts"}
    return {**rest, "id": person(row["id"]), **({"accounts": accounts} if accounts else {})}


def _rewrite_event(
    row: Mapping[str, Any],
    person: Callable[[str], str],
    account: Callable[[int], int],
    hashes: Mapping[str, Mapping[str, str]],
) -> dict[str, Any]:
    found = {name: value for name, value in row.items() if name not in _UNSAID}
    for name in ("member", "actor"):
        if found.get(name) and found[name] != MEETING:
            found[name] = person(found[name])
    if "actor_id" in found:
        found["actor_id"] = account(found["actor_id"])
    known = {name: of for name, of in hashes.items() if name in found}
    return found | {name: of.get(found[name], found[name]) for name, of in known.items()}


def _rewrite_commands(row: Mapping[str, Any], mentioned: Callable[[str], str]) -> dict[str, Any]:
    """An event whose commands for somebody else name them otherwise."""
    said = {name: row[name] for name in ("value", "reason") if "@" in row.get(name, "")}
    return {
        **row,
        **{
            name: _FOR_ANOTHER.sub(lambda found: found[1] + mentioned(found[2]), text)
            for name, text in said.items()
        },
    }
