"""The last step: what is missing of minutes that were signed, how to give it, and what the
register's place and the signatures note.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Literal

from ..base.messages import Message, _, join_messages, ngettext
from ..base.positions import Path, Value
from ..decisions.types import Annex, Approval, Register, Signature
from ..decisions.types.parts import to_plain
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


def describe_missing(lacking: Iterable[Path], labels: Mapping[Path, Message]) -> Iterator[Message]:
    """What minutes lack, in words, and how it is given. Who signed is told by the officers: where
    these lack, they alone are told.
    """
    left = list(lacking)
    if OFFICERS & set(left):
        left = [path for path in left if path != ("signatures",)]
    for paths, how in HOW:
        if found := [path for path in left if path in paths]:
            yield Message(how.text, {"words": join_messages(labels[path] for path in found)})
            left = [path for path in left if path not in paths]
    if left:
        yield _("These minutes lack: {words}.", words=join_messages(labels[path] for path in left))


def find_obstacles(
    assembly: Assembly, signed_on: date, scan: tuple[str, bytes] | None, today: str
) -> Iterator[Message]:
    """Why minutes cannot be filed yet, whatever their fields say."""
    signed = signed_on.isoformat()
    if signed < assembly.day:
        yield _("The minutes cannot be signed before the meeting.")
    if signed > today:
        yield _("{date} lies in the future.", date=assembly.date(signed))
    if open_ones := [str(one.number) for one in assembly.resolutions if not one.result]:
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


def fill_in_filing(
    assembly: Assembly,
    scan: tuple[str, bytes] | None,
    *,
    volume: str,
    folios: str,
    form: Literal["paper", "electronic"],
    signed_on: date,
    approved_on: date | None,
    approved_by: str,
) -> dict[str, Value]:
    """The record of minutes that were signed."""
    minutes, changed = assembly.minutes, dict[str, Value]()
    if minutes.approved is None or approved_on or approved_by:
        day = (approved_on or signed_on).isoformat()
        changed |= {"approved": to_plain(Approval(on=day, by=approved_by[:160]))}
    signatures = [
        Signature(
            member=officer.member,
            name=officer.name,
            capacity=assembly.say(capacity),
            on=signed_on.isoformat(),
        )
        for officer, capacity in (
            (minutes.officers.chair, _("chair of the meeting")),
            (minutes.officers.secretary, _("secretary of the meeting")),
        )
        if officer
    ]
    if signatures:
        changed |= {"signatures": list(map(to_plain, signatures))}
    if scan:
        annex = signed_annex(assembly, *scan)
        # the others stay as they are written, with what a schema of the co-op's own adds
        others = zip(minutes.annexes, assembly.value.get("annexes") or [], strict=True)
        place = (annex.file, annex.where)
        had = [plain for one, plain in others if (one.file, one.where) != place]
        changed |= {"annexes": [*had, to_plain(annex)]}
    register = Register(form=form, volume=volume.strip()[:40], folios=folios.strip()[:40])
    return {**assembly.value, "status": "signed", "register": to_plain(register), **changed}


def signed_annex(assembly: Assembly, name: str, data: bytes) -> Annex:
    """The file stays where it is. `name`: its path among the co-op's proofs, else its name alone,
    which is enough with the fingerprint to know it again.
    """
    is_here = name.startswith(FOLDER)
    elsewhere = assembly.say(_("kept elsewhere: {file}", file=name))[:200]
    return Annex(
        title=assembly.say(_("Signed minutes")),
        file=name if is_here else "",
        sha256=hashlib.sha256(data).hexdigest(),
        where="" if is_here else elsewhere,
    )
