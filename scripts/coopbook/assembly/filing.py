"""The last step: what is missing of minutes that were signed, how to give it, and what the
register's place and the signatures note.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Literal

from ..base.formats import slug
from ..base.messages import Message, _, join_messages, ngettext
from ..base.positions import Path, Value
from ..decisions.types import Annex, Approval, Officer, Register, Signature
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
            "under “entities” (name, seat): it is made of them."
        ),
    ),
    (
        frozenset([("register", "volume"), ("register", "folios")]),
        _("Missing: {words}. Give the volume and the folios at this step."),
    ),
)
"""How a secretary gives what minutes lack."""
ARMOUR = (b"-----BEGIN PGP SIGNATURE-----", b"-----BEGIN SSH SIGNATURE-----")
"""How a signature begins that is a file of its own: of OpenPGP (RFC 9580, 6.2), of ssh-keygen."""
TELLER = _("teller of the meeting")
OFFICERS: frozenset[Path] = frozenset([("officers", "chair"), ("officers", "secretary")])


@dataclass(frozen=True)
class HandedFile:
    """A file that is handed in: its path among the co-op's files, else its name; what it holds."""

    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        """Its fingerprint."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True)
class Signed:
    """What was signed, as it is handed in.

    Attributes:
        scan: The signed minutes.
        signatures: Signatures that are files of their own, named after who signed.
    """

    scan: HandedFile | None = None
    signatures: tuple[HandedFile, ...] = ()


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
    assembly: Assembly, signed_on: date, given: Signed, today: str
) -> Iterator[Message]:
    """Why minutes cannot be filed yet, whatever their fields say."""
    signed = signed_on.isoformat()
    if signed < assembly.day:
        yield _("The minutes cannot be signed before the meeting.")
    if signed > today:
        yield _("{date} lies in the future.", date=assembly.date(signed))
    yield from describe_without_result(assembly)
    if given.scan and given.scan.data[:5] != b"%PDF-":
        yield _("{file} is no PDF.", file=given.scan.name)
    for one in given.signatures:
        yield from _doubt_signature(assembly, one)


def describe_without_result(assembly: Assembly) -> Iterator[Message]:
    """Which resolutions have no result yet; nothing where all have one."""
    if open_ones := [str(one.number) for one in assembly.resolutions if not one.result]:
        yield ngettext(
            "There is no result yet for resolution {numbers}: take the sheet of results back "
            "first.",
            "There is no result yet for resolutions {numbers}: take the sheet of results back "
            "first.",
            len(open_ones),
            numbers=", ".join(open_ones),
        )


def _doubt_signature(assembly: Assembly, file: HandedFile) -> Iterator[Message]:
    """Why a file cannot be taken as the signature of somebody under these minutes."""
    if not file.data.lstrip().startswith(ARMOUR):
        yield _("{file} is no signature that stands apart (.asc).", file=file.name)
    if not file.name.startswith(FOLDER):
        folder = f"{FOLDER}{assembly.id}/"
        yield _("Put {file} into {folder} first: it is kept there.", file=file.name, folder=folder)
    signatories = [_key_of(one) for one, _capacity in _signatories(assembly)]
    if _stem(file) not in signatories:
        names = ", ".join(f"{key}.asc" for key in signatories) or "–"
        yield _(
            "{file} says by its name nobody who signs these minutes; such files are named: "
            "{names}.",
            file=file.name,
            names=names,
        )


def _signatories(assembly: Assembly) -> list[tuple[Officer, Message]]:
    """Who may sign minutes, and in which capacity."""
    officers = assembly.minutes.officers
    return [
        *([(officers.chair, _("chair of the meeting"))] if officers.chair else []),
        *([(officers.secretary, _("secretary of the meeting"))] if officers.secretary else []),
        *((Officer(member=id), TELLER) for id in officers.tellers),
    ]


def _key_of(officer: Officer) -> str:
    return officer.member or slug(officer.name)


def _stem(file: HandedFile) -> str:
    return PurePosixPath(file.name).stem


def _sign(assembly: Assembly, files: tuple[HandedFile, ...], day: str) -> Iterator[Signature]:
    """The signatures of who presided and wrote, and of tellers whose signature is handed in; those
    that the record has already stay as they are.
    """
    noted = {_key_of(one) for one in assembly.minutes.signatures}
    by_name = {_stem(file): file for file in files}
    yield from assembly.minutes.signatures
    for officer, capacity in _signatories(assembly):
        file = by_name.pop(_key_of(officer), None)
        if _key_of(officer) in noted or (capacity is TELLER and file is None):
            continue
        yield Signature(
            member=officer.member,
            name=officer.name,
            capacity=assembly.say(capacity),
            on=day,
            file=file.name if file else "",
            sha256=file.sha256 if file else "",
        )


def fill_in_filing(
    assembly: Assembly,
    given: Signed,
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
    if signatures := list(_sign(assembly, given.signatures, signed_on.isoformat())):
        changed |= {"signatures": list(map(to_plain, signatures))}
    if given.scan:
        annex = signed_annex(assembly, given.scan)
        # the others stay as they are written, with what a schema of the co-op's own adds
        others = zip(minutes.annexes, assembly.value.get("annexes") or [], strict=True)
        place = (annex.file, annex.where)
        had = [plain for one, plain in others if (one.file, one.where) != place]
        changed |= {"annexes": [*had, to_plain(annex)]}
    register = Register(form=form, volume=volume.strip()[:40], folios=folios.strip()[:40])
    return {**assembly.value, "status": "signed", "register": to_plain(register), **changed}


def signed_annex(assembly: Assembly, scan: HandedFile) -> Annex:
    """The file stays where it is; one that is not among the co-op's proofs is known again by its
    name and its fingerprint.
    """
    is_here = scan.name.startswith(FOLDER)
    elsewhere = assembly.say(_("kept elsewhere: {file}", file=scan.name))[:200]
    return Annex(
        title=assembly.say(_("Signed minutes")),
        file=scan.name if is_here else "",
        sha256=scan.sha256,
        where="" if is_here else elsewhere,
    )
