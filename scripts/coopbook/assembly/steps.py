"""What the first and the last step note in the record, and what they tell."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import Any

from ..deciding.states import DECIDED, PENDING, UNDECIDED
from ..messages import Message, _, ngettext
from ..proofs import FOLDER
from ..spans import Value
from .amending import called
from .record import Assembly


class Unready(Exception):
    """Why minutes cannot be filed yet, in words."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text)
        self.message = message


def noticed(assembly: Assembly, sent_on: str, by: str, modes: tuple[str, ...], documents: tuple[str, ...]) -> dict[str, Value] | None:
    """The record's notice with what is said of it; None where nothing is."""
    had = dict(assembly.value.get("notice") or {})
    found: dict[str, Value] = {"by": by[:120] or had.get("by"), "sent_on": sent_on or had.get("sent_on"), "call": had.get("call", "first")}
    found |= {"modes": list(dict.fromkeys(modes)) or had.get("modes"), "agenda": had.get("agenda")}
    found |= {"documents": [one[:300] for one in documents] or had.get("documents")}
    found = {name: value for name, value in found.items() if value}
    return found if found != had else None


def delay(assembly: Assembly, today: str) -> Iterator[Message]:
    """Until when the notice must be sent, and whether it can be, or was, in time."""
    days, last = assembly.notice_days, assembly.last_day
    sent = (assembly.value.get("notice") or {}).get("sent_on")
    asked = ngettext("{count} day of notice", "{count} days of notice", days)
    if not days:
        yield _("No category of the resolutions asks for days of notice: look at your bylaws.")
    elif sent and sent <= last:
        yield _(
            "Sent on {sent}: in time, it had to be sent on {last} at the latest ({asked}).",
            sent=assembly.date(sent),
            last=assembly.date(last),
            asked=asked,
        )
    elif sent:
        yield _(
            "Sent on {sent}, TOO LATE: it had to be sent on {last} at the latest ({asked}).",
            sent=assembly.date(sent),
            last=assembly.date(last),
            asked=asked,
        )
    elif today <= last:
        yield _("To be sent on {last} at the latest ({asked}).", last=assembly.date(last), asked=asked)
    else:
        yield _("TOO LATE: it had to be sent on {last} at the latest ({asked}). Choose a later day.", last=assembly.date(last), asked=asked)


def filed(
    assembly: Assembly,
    scan: tuple[str, bytes] | None,
    today: str,
    *,
    volume: str,
    folios: str,
    form: str,
    signed_on: date,
    approved_on: date | None,
    approved_by: str,
) -> dict[str, Value]:
    """The record of minutes that were signed. Unready where something that was signed cannot be told."""
    value, signed = dict(assembly.value), signed_on.isoformat()
    _ready(assembly, signed, today)
    officers = value.get("officers") or {}
    value["status"] = "signed"
    if "approved" not in value or approved_on or approved_by:
        value["approved"] = {"on": (approved_on or signed_on).isoformat()} | ({"by": approved_by[:160]} if approved_by else {})
    value["signatures"] = [_signature(assembly, officers[name], name, signed) for name in ("chair", "secretary") if officers.get(name)]
    value["register"] = {"form": form, "volume": volume[:40], "folios": folios[:40]}
    if scan:
        annex = _annex(assembly, *scan)
        value["annexes"] = [one for one in value.get("annexes") or [] if not _same(one, annex)] + [annex]
    return value


def _ready(assembly: Assembly, signed: str, today: str) -> None:
    if signed < assembly.day:
        raise Unready(_("The minutes cannot be signed before the meeting."))
    if signed > today:
        raise Unready(_("{date} lies in the future.", date=assembly.date(signed)))
    if open_ones := [str(one["n"]) for one in assembly.resolutions if one.get("result") not in (*DECIDED, *UNDECIDED)]:
        raise Unready(
            ngettext(
                "There is no result yet for resolution {numbers}: take the sheet of results back first.",
                "There is no result yet for resolutions {numbers}: take the sheet of results back first.",
                len(open_ones),
                numbers=", ".join(open_ones),
            )
        )


def _signature(assembly: Assembly, officer: dict[str, Any], name: str, signed: str) -> dict[str, Value]:
    who = {key: officer[key] for key in ("member", "name") if officer.get(key)}
    capacity = assembly.say(_("chair of the meeting") if name == "chair" else _("secretary of the meeting"))
    return {**who, "capacity": capacity, "on": signed}


def _same(one: dict[str, Value], other: dict[str, Value]) -> bool:
    return (one.get("file"), one.get("where")) == (other.get("file"), other.get("where"))


def _annex(assembly: Assembly, name: str, data: bytes) -> dict[str, Value]:
    """The file stays where it is. `name`: its path among the co-op's proofs, else its name alone, which is enough with the fingerprint to
    know it again."""
    if data[:5] != b"%PDF-":
        raise Unready(_("{file} is no PDF.", file=name))
    where = {"where": assembly.say(_("kept elsewhere: {file}", file=name))[:200]}
    place: dict[str, Value] = {"file": name} if name.startswith(FOLDER) else where
    return {"title": assembly.say(_("Signed minutes")), **place, "sha256": hashlib.sha256(data).hexdigest()}


def left(assembly: Assembly) -> Iterator[Message]:
    """What is left to do after the signatures."""
    formalities = assembly.value.get("formalities") or []
    yield from (_("Left to do: {what}", what=_due(assembly, one)) for one in formalities if not one.get("done_on"))
    yield from _unwritten(assembly)
    for one in assembly.resolutions:
        entry = assembly.index.find("proposal", str(one.get("proposal") or ""))
        if entry and entry.get("status") in PENDING and one.get("result") in DECIDED:
            title = assembly.index.text(entry.title, assembly.language)
            yield _("Left to do: note on the page of the proposal “{title}” what became of it.", title=title)
    if not formalities:
        yield _("No formality is noted: a filing or a publication that the law asks for is noted in the minutes, before the signatures.")


def _due(assembly: Assembly, one: dict[str, Any]) -> Message:
    if not one.get("due"):
        return Message("{what}", {"what": one["what"]})
    return _("{what}, by {date}", what=one["what"], date=assembly.date(one["due"]))


def _unwritten(assembly: Assembly) -> Iterator[Message]:
    """Articles that were amended and do not name this meeting yet."""
    amended = [(one["n"], id) for one in assembly.resolutions if one.get("result") == "adopted" for id in one.get("amends") or []]
    for number, id in amended:
        entry = assembly.index.find("article", id)
        if entry is None or entry.get("adopted_by", "minutes") != assembly.id:
            yield _(
                "Left to do: write the adopted text of “{article}”, and that resolution {number} of this meeting adopted it.",
                article=called(assembly, id),
                number=number,
            )
