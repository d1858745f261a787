"""The files of an assembly: its record opened and written back, its papers, what comes back filled
in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from .. import checks
from ..base.atomic_files import create_file, replace_file
from ..base.diagnostics import Diagnostic, suggestion
from ..base.messages import NOTHING, Message, Misuse, Remark, Stopped, _
from ..decisions.kinds import MINUTES, PROPOSAL
from ..decisions.minutes_duties import LABELS, lacking
from ..decisions.types import Minutes, Proposal, Resolution
from ..documents.model import Paper
from ..records.entries import entry_of
from ..records.index import Entry, pack
from ..records.load import Book
from ..records.model import Record, order_fields
from ..records.validation import shape_of
from ..yaml_files.editor import patch, render, set_fields
from ..yaml_files.reader import parse
from .creating import Plan, add_motions, company_line, new_record
from .filing import describe_missing
from .issues import Doubts
from .record import Assembly

if TYPE_CHECKING:
    from ..documents.ods_reader import Grid

T = TypeVar("T")
MOST_READ = 20_000_000
"""Bytes of a file that is handed in."""
_NO_TIME = (1980, 1, 1, 0, 0, 0)
"""The time of the parts of an office document that we wrote: every other program gives its own."""


@dataclass(frozen=True)
class Step:
    """An assembly's record as it was read, the language of its papers, and where they go.

    Attributes:
        book: The co-op.
        record: The assembly's record.
        source: The bytes of its file: it is written only where they are still the same.
        assembly: The record and what follows from it, in the language of the papers.
        out: The folder of the papers.
    """

    book: Book
    record: Record
    source: bytes
    assembly: Assembly
    out: Path


def open_step(book: Book, name: str, language: str, out: Path | None = None) -> Step:
    """Open the record of an assembly.

    Args:
        book: The co-op.
        name: The assembly's id, or the name of its file.
        language: The language of the papers.
        out: The folder of the papers; `build/assembly/<id>` where it is None.

    Raises:
        Misuse: Where there is no such assembly, or where its file has faults.
    """
    id = name.replace("\\", "/").rpartition("/")[2].removesuffix(".md")
    entry = book.index.find("minutes", id)
    if entry is None:
        near = suggestion(id, book.index.entries.get(MINUTES, {}))
        raise Misuse(_("There is no assembly “{id}”. {help}", id=id, help=near))
    if not entry.sound:
        raise Misuse(
            _(
                "The record of this assembly has faults: mend them first, the check tells "
                "them ({file}).",
                file=entry.file,
            )
        )
    if not Minutes.of(entry).are_minutes:
        raise Misuse(
            _("{file} is a working note, not the minutes of an assembly.", file=entry.file)
        )
    record = next(
        record
        for record in book.records()
        if record.kind.name == "minutes" and record.id == entry.id
    )
    value = dict(record.value)
    minutes = Minutes.of(record)
    if not minutes.company_line and not minutes.is_settled:
        line = company_line(book.index)  # coop.yml may say by now what it did not say then
        value |= {"company_line": line} if line else {}
    assembly = Assembly(book.index, record.id, value, language, record.body)
    source = (book.root / record.file).read_bytes()
    folder = out or book.root / "build" / "assembly" / record.id
    return Step(book, record, source, assembly, folder)


def write_draft(book: Book, plan: Plan, language: str) -> list[Remark]:
    """Write the record of a new assembly.

    Raises:
        Misuse: Where there is no such body, where a resolution is not clear, or where there is a
            file already.
    """
    id, value = new_record(plan, book.index)
    kind = book.kinds[MINUTES]
    file = f"{kind.folder}/{id}.md"
    create_file(book.root, file, render(order_fields(value, kind.schema), ""))
    assembly = Assembly(book.index, id, value, language)
    return [
        Remark(_("Written: {file}", file=file)),
        *_categories(assembly, assembly.resolutions),
        Remark(_("Next: call the meeting, with the step “notice”.")),
    ]


def add_resolutions(step: Step, plan: Plan) -> list[Remark]:
    """Put more to the vote of an assembly.

    Raises:
        Misuse: Where its record is no draft any more, or where a resolution is not clear.
    """
    if not step.assembly.minutes.are_a_draft:
        raise Misuse(_("These minutes are no draft any more: nothing is added to what is voted."))
    value = add_motions(plan, step.assembly.value, step.book.index)
    assembly, had = step.assembly.with_fields(**value), len(step.assembly.resolutions)
    return [*save(step, value), *_categories(assembly, assembly.resolutions[had:])]


def _categories(assembly: Assembly, resolutions: Sequence[Resolution]) -> Iterator[Remark]:
    """Under which category each resolution will be decided: where none was typed, it was chosen."""
    for one in resolutions:
        yield Remark(
            _(
                "Resolution {number}: {title}. Category: {category}.",
                number=one.number,
                title=one.title,
                category=assembly.category_name(one.category) or "…",
            )
        )


def require_unsettled(step: Step) -> None:
    """Raises Misuse where the minutes were approved."""
    if step.assembly.minutes.is_settled:
        raise Misuse(
            _(
                "These minutes were approved: they do not change any more. "
                "What was wrong is said in their errata."
            )
        )


def require_attendance(step: Step) -> None:
    """Raises Misuse where the meeting is still to come, or nobody's attendance is noted."""
    if step.assembly.day > step.book.index.today.isoformat():
        raise Misuse(
            _(
                "This assembly is still to come: it is held on {date}.",
                date=step.assembly.date(step.assembly.day),
            )
        )
    if not step.assembly.minutes.attendance:
        raise Misuse(
            _(
                "Give the attendance sheet back first: "
                "without it nobody can tell how many votes there were."
            )
        )


def write_papers(step: Step, papers: Sequence[tuple[str, bytes]]) -> list[Remark]:
    """Write papers into their folder.

    A sheet that somebody filled in there stays, and the new one gets a name of its own.
    """
    remarks: list[Remark] = []
    step.out.mkdir(parents=True, exist_ok=True)
    for name, data in papers:
        path = step.out / name
        number = 2
        while path.exists() and not _is_as_we_wrote_it(path.read_bytes()):
            if path.read_bytes() == data:
                break
            filled_in = _("{file} was filled in: it stays as it is.", file=_show_path(step, path))
            remarks.append(Remark(filled_in, caution=True))
            path = step.out / f"{name.rpartition('.')[0]}-{number}.{name.rpartition('.')[2]}"
            number += 1
        replace_file(path, data)
        remarks.append(Remark(_("Written: {file}", file=_show_path(step, path))))
    return remarks


def _is_as_we_wrote_it(data: bytes) -> bool:
    from zipfile import BadZipFile, ZipFile

    if data[:2] != b"PK":
        return data[:5] == b"%PDF-"
    try:
        with ZipFile(BytesIO(data)) as archive:
            return all(info.date_time == _NO_TIME for info in archive.infolist())
    except BadZipFile:
        return False


def _show_path(step: Step, path: Path) -> str:
    top = step.book.root
    return path.relative_to(top).as_posix() if path.is_relative_to(top) else str(path)


def render_papers(papers: Sequence[Paper]) -> list[tuple[str, bytes]]:
    """Each paper as a document that can be edited and as a print, by the names of their files."""
    from ..documents.odt import render_odt
    from ..documents.pdf import render_pdf

    return [
        file
        for paper in papers
        for file in (
            (f"{paper.name}.odt", render_odt(paper)),
            (f"{paper.name}.pdf", render_pdf(paper)),
        )
    ]


def read_file(path: Path) -> bytes:
    """What a file holds that was handed in. Raises Misuse for one that is far too big."""
    if path.stat().st_size > MOST_READ:
        raise Misuse(
            _("This file is too big: at most {most} megabytes.", most=MOST_READ // 1_000_000)
        )
    return path.read_bytes()


def read_tables(path: Path) -> list[Grid]:
    """The tables of a file that was handed in. Raises Stopped where it holds none."""
    from ..documents.ods_reader import read_grids

    data = read_file(path)
    try:
        return read_grids(data)
    except Stopped as stopped:
        raise Stopped(_("{file}: {fault}", file=path.name, fault=stopped.message)) from None


def take_back(
    step: Step, file: Path, read: Callable[[Doubts], T], held: bool = False
) -> tuple[T, list[Remark]]:
    """What a file brings back, and what was noticed in it.

    Args:
        step: The assembly.
        file: The file, for what is said of it.
        read: Finds it there.
        held: Whether they are told after the meeting alone.

    Raises:
        Misuse: Where the minutes were approved, or where the meeting was not held yet.
        Stopped: Where something in the file is not clear.
    """
    require_unsettled(step)
    if held:
        require_attendance(step)
    doubts = Doubts()
    found = read(doubts)
    if doubts.faults:
        faults = [_("{file}: {fault}", file=file.name, fault=one) for one in doubts.faults]
        raise Stopped(*faults, _("Nothing was written."))
    return found, [Remark(message) for message in doubts.remarks]


def save(
    step: Step,
    value: dict[str, Any],
    body: str | None = None,
    untold: str = "",
    confirming: Sequence[Resolution] = (),
) -> list[Remark]:
    """Write the record with other fields, where its file is still the one that was read.

    Args:
        step: The assembly.
        value: The fields.
        body: The text; the present one where it is None.
        untold: The slug of a check whose findings are not told.
        confirming: Resolutions that the proposals are about to name (`confirm_proposals`).

    Returns:
        What the checks say of the record, and what was written.

    Raises:
        Misuse: Where the file was changed in the meantime.
        Stopped: Where the record could not be read back.
    """
    text = _text(step, value, body)
    remarks = []
    for item in _judge(step, _read_back(step, text), confirming):
        if item.check != untold:
            # what this check would mend are fields of the file, which a secretary does not open
            help = NOTHING if item.check == "incomplete-minutes" else item.help
            look_at = _(
                "To look at: {fault} {help}",
                fault=step.assembly.in_names(item.message),
                help=step.assembly.in_names(help),
            )
            remarks.append(Remark(look_at, caution=True))
    path = step.book.root / step.record.file
    if path.read_bytes() != step.source:
        changed = _(
            "{file} was changed in the meantime: nothing was written. Try again.",
            file=step.record.file,
        )
        raise Misuse(*(remark.message for remark in remarks), changed)
    if text == step.source:
        return [*remarks, Remark(_("{file} says all this already.", file=step.record.file))]
    replace_file(path, text)
    return [*remarks, Remark(_("Written: {file}", file=step.record.file))]


def _text(step: Step, value: dict[str, Any], body: str | None = None) -> bytes:
    order = list(step.record.kind.properties)
    return patch(step.source, value, front_matter=True, body=body, order=order)


def require_ready(step: Step, value: dict[str, Any], faults: list[Message]) -> None:
    """Raises Misuse, with all there is to say, where the record cannot be as it is for good.

    Args:
        step: The assembly.
        value: The fields that the record is to have.
        faults: What was found wrong already.
    """
    record = _read_back(step, _text(step, value))
    faults = [*faults, *describe_missing(lacking(record, step.book.index), LABELS)]
    for item in _judge(step, record, step.assembly.resolutions):
        is_lack = item.check == "incomplete-minutes" and not item.path  # said already
        if item.severity == "error" and not is_lack:
            faults.append(
                _(
                    "{sentence} {other}",
                    sentence=step.assembly.in_names(item.message),
                    other=step.assembly.in_names(item.help),
                )
            )
    if faults:
        raise Misuse(*faults, _("Nothing was written."))


def confirm_proposals(step: Step, resolutions: Sequence[Resolution]) -> list[Remark]:
    """Write into each proposal that was adopted which resolution confirmed it, where it says
    none.
    """
    remarks = []
    order = list(step.book.kinds[PROPOSAL].properties)
    for entry, ratified_by in _find_unconfirmed(step, resolutions):
        path = step.book.root / entry.file
        changes = {"ratified_by": ratified_by}
        replace_file(path, set_fields(path.read_bytes(), changes, front_matter=True, order=order))
        remarks.append(Remark(_("Written: {file}", file=entry.file)))
    return remarks


def _find_unconfirmed(
    step: Step, resolutions: Sequence[Resolution]
) -> Iterator[tuple[Entry, dict[str, Any]]]:
    """Each proposal that a resolution adopted and that names none yet, with what it is to name."""
    for one in resolutions:
        entry = step.book.index.find("proposal", one.proposal)
        if entry is None or not entry.sound or not one.is_adopted:
            continue
        if not Proposal.of(entry).ratified_by.minutes:
            yield entry, {"minutes": step.record.id, "resolution": one.number}


def _read_back(step: Step, text: bytes) -> Record:
    """The record as it would be read from its file. Raises Stopped where it could not be."""
    found = parse(text, front_matter=True)
    faults = [fault.message for fault in found.faults]
    if isinstance(found.value, dict):
        faults += [flaw.message for flaw in shape_of(step.record.kind).flaws(found.value)]
    if faults:
        raise Stopped(*faults, _("Nothing was written."))
    return replace(step.record, value=found.value, body=found.body)


def _judge(step: Step, record: Record, confirming: Sequence[Resolution]) -> list[Diagnostic]:
    """What the checks say of a record that is not written yet, in a book whose proposals name the
    resolutions that confirm them already.
    """
    index = step.book.index
    proposals = {
        entry.id: entry._replace(packed=pack(entry.value | {"ratified_by": ratified_by}))
        for entry, ratified_by in _find_unconfirmed(step, confirming)
    }
    changed = {"minutes": {record.id: entry_of(record)}, "proposal": proposals}
    entries = index.entries | {
        kind: {**index.entries.get(kind, {}), **new} for kind, new in changed.items()
    }
    return checks.check_record(record, replace(index, entries=entries))
