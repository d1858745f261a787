"""Who was there, as minutes of former days list it: “Étaient présents : …”, “Excused:”, a heading
with a list below. Only a whole name that is one member's is read; nobody is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..base.messages import Message, _
from ..base.positions import Value
from ..decisions.types import Member
from ..records.core_kinds import MEMBER
from ..records.index import Index
from .names import CIVILITIES
from .record import name_key
from .vocabulary import BY, plain, ways

LISTS: dict[str, Message] = {
    "present": _("present, were present, attending, in attendance, members present"),
    "represented": _("represented, were represented, members represented"),
    "excused": _("excused, were excused, apologies, members excused"),
}
"""What stands above a list of those who were there, in each way."""
NOBODY = _("none, nobody, no one")
_BEFORE_NAMES = re.compile(r"[#*_\s]*(?P<label>[^:#*_]{3,40}?)[*_\s]*:[*_\s]*(?P<names>.*)")
_HEADING = re.compile(r"\s*(?:#{1,6}\s|[*_])[*_\s]*(?P<label>[^:#*_]{3,40}?)[*_#\s]*")
_ITEM = re.compile(r"\s*(?:[-*+]|[0-9]{1,3}[.)])\s+(?P<item>.+)")
_PIECE = re.compile(r"\((?P<aside>[^()]*)\)|(?P<piece>[^,;()]+)")
_AND = re.compile(r"\s+(?:et|and|&)\s+", re.I)


class ListedAttendance(NamedTuple):
    """Rows of minutes, and what was not read."""

    rows: list[Value]
    left: list[Message]


def read_listed_attendance(index: Index, text: str) -> ListedAttendance:
    """Who was there.

    Args:
        index: The co-op's records.
        text: The minutes' text, in Markdown.

    Returns:
        A row for each member who is named. Names that are no member's, or several members', and
        those that stand in two lists are told.
    """
    names, found, left = _ids_by_name(index), dict[str, dict[str, Value]](), list[Message]()
    for mode, name, holder in _list_people(text):
        ids, held = (names.get(name_key(_bare(one)), []) for one in (name, holder))
        if len(ids) != 1:
            words = (
                _("Who was there: “{name}” is nobody's whole name here. Add them by hand.")
                if not ids
                else _("Who was there: “{name}” may be several members. Add them by hand.")
            )
            left.append(Message(words.text, {"name": name}))
            continue
        if ids[0] in found:
            left.append(_("Who was there: “{name}” stands there twice.", name=name))
            continue
        found[ids[0]] = {"member": ids[0], "mode": mode}
        if holder and len(held) == 1 and mode == "represented":
            found[ids[0]]["holder"] = held[0]
        elif holder or mode == "represented":
            left.append(_("Who was there: say who represented “{name}”.", name=name))
    return ListedAttendance(list(found.values()), left)


def _ids_by_name(index: Index) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for entry in index.of(MEMBER):
        name = Member.of(entry).name
        for one in {name_key(name.display), name_key(f"{name.given} {name.family}")} - {""}:
            found.setdefault(one, []).append(entry.id)
    return found


def _bare(name: str) -> str:
    """A name without a title."""
    return " ".join(word for word in plain(name).split() if word not in ways(CIVILITIES))


def _list_people(text: str) -> Iterator[tuple[str, str, str]]:
    """Each name in a list: how its list is called, the name, and who represented them."""
    modes = {word: mode for mode, words in LISTS.items() for word in ways(words)}
    goes_on = ""
    for line in text.splitlines():
        item = _ITEM.fullmatch(line)
        above = _BEFORE_NAMES.fullmatch(line) or _HEADING.fullmatch(line)
        mode = modes.get(plain(above["label"]), "") if above else ""
        if above and mode:
            said = above.groupdict().get("names") or ""
            goes_on = "" if said.strip() else mode
            yield from ((mode, *one) for one in _people(said))
        elif item and goes_on:
            yield from ((goes_on, *one) for one in _people(item["item"]))
        elif line.strip():
            goes_on = ""


def _people(said: str) -> list[tuple[str, str]]:
    """The names of a line, each with the name of whoever represented them; what stands between
    brackets is no name.
    """
    found: list[tuple[str, str]] = []
    for match in _PIECE.finditer(said):
        for piece in _AND.split(match["aside"] or match["piece"] or ""):
            name, holder = _split_holder(piece.strip(" \t.*_"))
            if name and match["aside"] is None and plain(name) not in ways(NOBODY):
                found.append((name, holder))
            elif holder and found:
                found[-1] = (found[-1][0], holder)
    return found


def _split_holder(piece: str) -> tuple[str, str]:
    """A name and who represented them: “Ana Lopes represented by Bo Lind”."""
    words = f" {plain(piece)} "
    for by in sorted(ways(BY), key=len, reverse=True):
        name, found, holder = words.partition(f" {by} ")
        if found:
            return name.strip(), holder.strip()
    return piece, ""
