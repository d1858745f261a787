"""What people write in a sheet, understood: titles of columns, yes and no, how somebody was there,
hours, days, numbers.

Other words for the same thing are sentences of the catalogue, commas between them: each language
brings its own, and all are understood.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache

from ..base.messages import Message, _, languages, translator

TITLES: dict[str, tuple[Message, Message]] = {
    "name": (_("Name"), _("name, member, full name")),
    "id": (_("Id"), _("id, identifier")),
    "college": (_("College"), _("college")),
    "votes": (_("Number of votes"), _("votes, number of votes")),
    "mode": (_("Presence"), _("how, presence, attendance, mode")),
    "holder": (_("Represented by"), _("represented by, proxy to, holder")),
    "arrived": (_("Arrived at"), _("arrived, arrived at, arrival")),
    "left": (_("Left at"), _("left, left at, departure")),
    "capacity": (_("Capacity"), _("capacity, role")),
    "signature": (_("Signature"), _("signature, signed")),
    "gives_to": (_("Gives a proxy to"), _("gives a proxy to, proxy to, holder, represented by")),
    "received": (_("Received on"), _("received on, received, date")),
    "set_aside": (_("Set aside"), _("set aside")),
    "number": (_("No."), _("no., no, number")),
    "title": (_("Resolution"), _("resolution, title")),
    "category": (_("Category"), _("category")),
    "there": (_("Present or represented"), _("present or represented, voters")),
    "at": (_("Time of the vote"), _("time of the vote, time, at")),
    "for": (_("For"), _("for, in favour, yes")),
    "against": (_("Against"), _("against, no votes")),
    "abstain": (_("Abstentions"), _("abstentions, abstain")),
    "blank": (_("Blank"), _("blank")),
    "null": (_("Invalid"), _("invalid, spoilt")),
    "total": (_("Total"), _("total, sum")),
    "recused": (_("Did not take part"), _("did not take part, recused")),
    "result": (_("Result"), _("result, outcome")),
    "field": (_("Field"), _("field")),
    "pile": (_("Pile"), _("pile")),
    "papers": (_("Number of papers"), _("number of papers, papers")),
    "value": (_("Value"), _("value")),
}
"""A column's title as we write it, and what else it may be called."""
GUEST, ABSENT = "guest", "absent"
MODES: dict[str, tuple[Message, Message]] = {
    "present": (_("in the room"), _("present, here, p, x")),
    "remote": (_("remote"), _("remote, remotely, online, by video, by telephone, distance")),
    "represented": (_("represented"), _("represented, by proxy, proxy")),
    "postal": (_("by post"), _("by post, postal, postal vote")),
    "excused": (_("excused"), _("excused, apologies")),
    ABSENT: (_("absent"), _("absent, not there")),
    GUEST: (_("guest"), _("guest, invited, observer")),
}
RESULTS: dict[str, tuple[Message, Message]] = {
    "adopted": (_("Adopted"), _("adopted, carried, passed")),
    "rejected": (_("Rejected"), _("rejected, lost")),
    "no_quorum": (_("No quorum"), _("no quorum, quorum not reached, no_quorum")),
    "withdrawn": (_("Withdrawn"), _("withdrawn")),
    "noted": (_("Noted"), _("noted")),
}
PAPERS: dict[str, Message] = {
    "notice": _("Notice of meeting"),
    "proxy": _("Proxy"),
    "resolutions": _("Resolutions"),
    "proxies": _("Proxies"),
    "attendance": _("Attendance"),
    "ballots": _("Ballot papers"),
    "count": _("Count sheet"),
    "results": _("Results"),
    "minutes": _("Minutes of the meeting"),
}
"""What a paper's file is called: these words as a file name."""
BLANK = _("blank, left blank, no name")
BY = _("represented by, by proxy to, proxy to")
BALLOTS: dict[str, Message] = {
    "show_of_hands": _("show of hands"),
    "secret": _("secret ballot"),
    "roll_call": _("roll call"),
    "electronic": _("electronic vote"),
    "postal": _("vote by post"),
}
HELD: dict[str, tuple[Message, Message]] = {
    "in_person": (_("in person"), _("in person, in the room")),
    "remote": (_("remote"), _("remote, remotely, online")),
    "hybrid": (_("in the room and remote"), _("hybrid, in the room and remote")),
    "written": (_("in writing"), _("in writing, written")),
}
_HOUR = re.compile(
    r"([01]?[0-9]|2[0-3]) ?(?:[:.]|h(?:rs?|eures?)?|h ) ?([0-5][0-9])?"
    r"(?: ?(?:min(?:utes)?|mn|:[0-5][0-9]))?",
    re.I,
)


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Words without accents, capitals, signs and kinds of spaces: what two ways to write one thing
    have in common.
    """
    text = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(letter for letter in text if not unicodedata.combining(letter))
    return " ".join(
        re.sub(r"[^\w]+", " ", bare.replace("œ", "oe").replace("æ", "ae")).replace("_", " ").split()
    )


@lru_cache(maxsize=64)
def _ways(own: str, others: str) -> frozenset[str]:
    found: set[str] = set()
    for language in ("en", *languages()):
        say = translator(language, shown=str)
        found |= {plain(say(Message(own)))} | {
            plain(word) for word in say(Message(others)).split(",")
        }
    return frozenset(found - {""})


def find_word(text: str, table: dict[str, tuple[Message, Message]]) -> str:
    """Which of a table's words this is, in any of our languages; nothing where it is none."""
    wanted = plain(text)
    return next(
        (
            key
            for key, (own, others) in table.items()
            if wanted == key.replace("-", " ") or wanted in _ways(own.text, others.text)
        ),
        "",
    )


def ways(others: Message) -> frozenset[str]:
    """Every way to say something, in any of our languages."""
    return _ways("", others.text)


def one_of(text: str, others: Message) -> bool:
    return bool(text) and plain(text) in _ways("", others.text)


def columns_titled(text: str) -> frozenset[str]:
    """The columns that a title may be that of: one word may name two."""
    wanted = plain(text)
    return frozenset(
        key
        for key, (own, others) in TITLES.items()
        if wanted and wanted in _ways(own.text, others.text)
    )


def parse_hour(text: str) -> str:
    """14h45, 14:45, 14 h 45, 14.45, 9h as 14:45 or 09:00; nothing where it is no hour."""
    found = _HOUR.fullmatch(" ".join(text.split()))
    return f"{int(found[1]):02}:{found[2] or '00'}" if found else ""


def parse_day(text: str) -> str:
    """2026-01-31, 31/01/2026, 31.01.2026, 31-1-2026 as 2026-01-31; nothing where it is no day. The
    day comes before the month.
    """
    said = text.strip()
    found = re.fullmatch(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})", said)
    written = f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else said
    try:
        return (
            date.fromisoformat(written).isoformat()
            if re.fullmatch(r"\d{4}-\d\d-\d\d", written)
            else ""
        )
    except ValueError:
        return ""


def parse_count(text: str) -> int | None:
    """A whole number that is not negative; None where it is none."""
    said = re.sub(r"[\s\u00a0\u202f]", "", text)
    said = re.sub(r"[.,]0+", "", said) if re.fullmatch(r"\d+[.,]0+", said) else said
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 7 else None
