"""Who has a vote at a meeting, and how many votes there are at a moment of it."""

from __future__ import annotations

from .index import Index
from .records import Record
from .spans import Value

HERE = frozenset(["present", "remote"])
FIGURES = ("for", "against", "abstain", "blank", "null")
NIGHT = "24:00"


def is_member(index: Index, id: str, day: str) -> bool:
    """Whether somebody was a member in law on a day; of one whose file cannot be read whole, yes."""
    entry = index.find("member", id)
    if entry is None or not entry.sound:
        return entry is not None
    return any(str(one.get("from") or "9999") <= day <= str(one.get("until") or "9999") for one in entry.get("membership") or [])


def here_at(attendance: list[dict[str, Value]], moment: str) -> set[str]:
    """Those who sit in the room or are linked to it at a moment; nobody has arrived late or left where no hour is written."""
    return {
        one["member"]
        for one in attendance
        if one.get("mode") in HERE and "member" in one and (one.get("arrived") or "") <= moment < (one.get("left") or NIGHT)
    }


def votes_at(record: Record, index: Index, resolution: dict[str, Value]) -> int:
    """How many votes there are for a resolution: members here, those they represent, votes by post, less those who did not take part."""
    attendance = [one for one in record.get("attendance") or [] if "member" in one]
    day, moment = str(record.get("date") or ""), str(resolution.get("at") or record.get("opened") or "")
    here = here_at(attendance, moment)
    given = {one["principal"]: one.get("holder") for one in record.get("proxies") or [] if "principal" in one}
    represented = {
        one["member"]
        for one in attendance
        if one.get("mode") == "represented" and (one.get("holder") or given.get(one["member"]) or _anybody(here)) in here
    }
    postal = {one["member"] for one in attendance if one.get("mode") == "postal"}
    voters = {id for id in here | represented | postal if is_member(index, id, day)}
    return len(voters - set(resolution.get("recused") or []))


def _anybody(here: set[str]) -> str:
    """Whoever holds a proxy without a name: the chair, who is here as long as anybody is."""
    return min(here, default="")


def cast(figures: dict[str, Value]) -> int:
    """How many votes a resolution's figures add up to."""
    return sum(int(figures.get(name) or 0) for name in FIGURES)


def counted(figures: dict[str, Value]) -> bool:
    """Whether a resolution says any figure."""
    return any(name in figures for name in FIGURES)


def proxy_cap(members: int) -> int:
    """How many proxies one member may hold: a twentieth of the members, one at least (a common limit of SCOP statutes)."""
    return max(1, members // 20)


def electorate(record: Record, index: Index) -> int:
    """How many members there were on the day of a meeting: as its minutes say, else as the members' files do."""
    said = record.get("entitled")
    day = str(record.get("date") or "")
    return int(said) if said else sum(is_member(index, entry.id, day) for entry in index.of("member"))
