"""The last step: what is missing of minutes that were signed, how to give it, and what the
register's place and the signatures note.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from ..base.messages import Message, _, joined, ngettext
from ..base.positions import Path, Value
from ..decisions.status import DECIDED, UNDECIDED
from ..records.evidence import FOLDER
from .record import Assembly

HOW: tuple[tuple[frozenset[Path], Message], ...] = (
    (
        frozenset(
            [
                ("opened",),
                ("closed",),
                ("place",),
                ("mode",),
                ("officers", "chair"),
                ("officers", "secretary"),
                ("officers", "tellers"),
            ]
        ),
        _(
            "Missing: {words}. In the attendance sheet (.ods, a .csv has not all its tables), "
            "fill in these lines of the table"
            " “The meeting”, and give the sheet back at the step “attendance”."
        ),
    ),
    (
        frozenset([("attendance",)]),
        _(
            "Missing: {words}. Fill in the attendance sheet, and give it back at the step "
            "“attendance”."
        ),
    ),
    (
        frozenset([("notice", "sent_on")]),
        _("Missing: {words}. Give the day it was sent at the step “notice”."),
    ),
    (
        frozenset([("company_line",)]),
        _(
            "Missing: {words}. Write the co-op's name in law and its seat into coop.yml, "
            "under “legal” (name, seat): it is made of them."
        ),
    ),
    (
        frozenset([("register", "volume"), ("register", "folios")]),
        _("Missing: {words}. Give the volume and the folios at this step."),
    ),
)
"""How a secretary gives what minutes lack."""
OFFICERS: frozenset[Path] = frozenset([("officers", "chair"), ("officers", "secretary")])


def missing(lacking: Iterable[Path], labels: Mapping[Path, Message]) -> Iterator[Message]:
    """What minutes lack, in words, and how it is given. Who signed is told by the officers: where
    these lack, they alone are told.
    """
    left = list(lacking)
    if OFFICERS & set(left):
        left = [path for path in left if path != ("signatures",)]
    for paths, how in HOW:
        if found := [path for path in left if path in paths]:
            yield Message(how.text, {"words": joined(labels[path] for path in found)})
            left = [path for path in left if path not in paths]
    if left:
        yield _("These minutes lack: {words}.", words=joined(labels[path] for path in left))


def unready(
    assembly: Assembly, signed_on: date, scan: tuple[str, bytes] | None, today: str
) -> Iterator[Message]:
    """Why minutes cannot be filed yet, whatever their fields say."""
    signed = signed_on.isoformat()
    if signed < assembly.day:
        yield _("The minutes cannot be signed before the meeting.")
    if signed > today:
        yield _("{date} lies in the future.", date=assembly.date(signed))
    if open_ones := [
        str(one["number"])
        for one in assembly.resolutions
        if one.get("result") not in (*DECIDED, *UNDECIDED)
    ]:
        yield ngettext(
            "There is no result yet for resolution {numbers}: take the sheet of results back "
            "first.",
            "There is no result yet for resolutions {numbers}: take the sheet of results back "
            "first.",
            len(open_ones),
            numbers=", ".join(open_ones),
        )
    if scan and scan[1][:5] != b"%PDF-":
        yield _("{file} is no PDF.", file=scan[0])


def filed(
    assembly: Assembly,
    scan: tuple[str, bytes] | None,
    *,
    volume: str,
    folios: str,
    form: str,
    signed_on: date,
    approved_on: date | None,
    approved_by: str,
) -> dict[str, Value]:
    """The record of minutes that were signed."""
    value, signed = dict(assembly.value), signed_on.isoformat()
    officers = value.get("officers") or {}
    value["status"] = "signed"
    if "approved" not in value or approved_on or approved_by:
        value["approved"] = {"on": (approved_on or signed_on).isoformat()} | (
            {"by": approved_by[:160]} if approved_by else {}
        )
    signatures = [
        _signature(assembly, officers[name], name, signed)
        for name in ("chair", "secretary")
        if officers.get(name)
    ]
    register = {"form": form, "volume": volume.strip()[:40], "folios": folios.strip()[:40]}
    value |= {"register": {name: one for name, one in register.items() if one}} | (
        {"signatures": signatures} if signatures else {}
    )
    if scan:
        annex = _annex(assembly, *scan)
        value["annexes"] = [
            *(one for one in value.get("annexes") or [] if not _same(one, annex)),
            annex,
        ]
    return value


def _signature(
    assembly: Assembly, officer: dict[str, Any], name: str, signed: str
) -> dict[str, Value]:
    who = {key: officer[key] for key in ("member", "name") if officer.get(key)}
    capacity = assembly.say(
        _("chair of the meeting") if name == "chair" else _("secretary of the meeting")
    )
    return {**who, "capacity": capacity, "on": signed}


def _same(one: dict[str, Value], other: dict[str, Value]) -> bool:
    return (one.get("file"), one.get("where")) == (other.get("file"), other.get("where"))


def _annex(assembly: Assembly, name: str, data: bytes) -> dict[str, Value]:
    """The file stays where it is. `name`: its path among the co-op's proofs, else its name alone,
    which is enough with the fingerprint to know it again.
    """
    where = {"where": assembly.say(_("kept elsewhere: {file}", file=name))[:200]}
    place: dict[str, Value] = {"file": name} if name.startswith(FOLDER) else where
    return {
        "title": assembly.say(_("Signed minutes")),
        **place,
        "sha256": hashlib.sha256(data).hexdigest(),
    }
