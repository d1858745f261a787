"""What the steps of an assembly share: its record found and written back, papers put into a folder, doubts told."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..base.atomic_files import replaced
from ..base.messages import NOTHING, Message, Translator, _
from ._exits import refuse, require_coop
from ._language import system_language

if TYPE_CHECKING:
    from ..assembly.issues import Doubts
    from ..assembly.record import Assembly
    from ..base.diagnostics import Diagnostic
    from ..documents.model import Paper
    from ..documents.ods_reader import Grid
    from ..records.index import Entry
    from ..records.load import Book
    from ..records.model import Record

MOST_READ = 20_000_000
MOST_SHOWN = 600
"""Signs of a value in a message: a list of names is longer than what is shown elsewhere."""


@dataclass(frozen=True)
class Step:
    """An assembly's record as it was read, the language of its papers, and where they go."""

    root: Path
    book: Book
    record: Record
    source: bytes
    assembly: Assembly
    say: Translator
    out: Path


def opened(id: str, root: Path, lang: str | None, today: date, out: Path | None = None) -> Step:
    """The assembly of this id, or of this file. Leaves with 2 where there is none, or where its file has faults."""
    from ..assembly.record import Assembly
    from ..base.dates import written_dates
    from ..base.messages import shown, translator
    from ..records.load import load

    require_coop(root, lang or system_language())
    book = load(root, today)
    language = lang or book.index.languages[0]
    usage = book.index.usage(language)
    say = translator(
        usage, shown=lambda value: shown(written_dates(str(value), usage), most=MOST_SHOWN)
    )
    record = _record(book, id.replace("\\", "/").rpartition("/")[2].removesuffix(".md"), say)
    assembly = Assembly(book.index, record.id, _introduced(record, book), language, record.body)
    folder = out or root / "build" / "assembly" / record.id
    return Step(root, book, record, (root / record.file).read_bytes(), assembly, say, folder)


def _introduced(record: Record, book: Book) -> dict[str, Any]:
    """The record's fields, with the company line that the co-op has written since, where the minutes still change."""
    from ..assembly.creating import company_line
    from ..decisions.status import SETTLED

    value = dict(record.value)
    if (
        not value.get("company_line")
        and value.get("status") not in SETTLED
        and (line := company_line(book.index))
    ):
        value["company_line"] = line
    return value


def held(step: Step) -> None:
    """Leave with 2 where the meeting is still to come, or nobody's attendance is noted: nothing was decided by anybody yet."""
    if step.assembly.day > step.book.index.today.isoformat():
        refuse(
            _(
                "This assembly is still to come: it is held on {date}.",
                date=step.assembly.date(step.assembly.day),
            ),
            step.say,
        )
    if not step.record.get("attendance"):
        refuse(
            _(
                "Give the attendance sheet back first: without it nobody can tell how many votes there were."
            ),
            step.say,
        )


def _record(book: Book, id: str, say: Translator) -> Record:
    from ..base.diagnostics import suggestion

    entry = book.index.find("minutes", id)
    if entry is None:
        near = suggestion(id, book.index.entries.get("minutes", {}))
        refuse(_("There is no assembly “{id}”. {help}", id=id, help=near), say)
    assert entry is not None
    if not entry.sound:
        refuse(
            _(
                "The record of this assembly has faults: mend them first, the check tells them ({file}).",
                file=entry.file,
            ),
            say,
        )
    if entry.get("record") != "pv":
        refuse(_("{file} is a working note, not the minutes of an assembly.", file=entry.file), say)
    return next(
        record
        for record in book.records()
        if record.kind.name == "minutes" and record.id == entry.id
    )


def may_change(step: Step) -> None:
    """Leave with 2 where the minutes were approved."""
    from ..decisions.status import SETTLED

    if step.assembly.value.get("status") in SETTLED:
        refuse(
            _(
                "These minutes were approved: they do not change any more. What was wrong is said in their errata."
            ),
            step.say,
        )


def put(step: Step, papers: Sequence[tuple[str, bytes]]) -> None:
    """Write papers into their folder; a sheet that somebody filled in there stays, and the new one gets a name of its own."""
    step.out.mkdir(parents=True, exist_ok=True)
    for name, data in papers:
        path = step.out / name
        number = 2
        while path.exists() and not _ours(path.read_bytes()):
            if path.read_bytes() == data:
                break
            print(
                step.say(_("{file} was filled in: it stays as it is.", file=_shown(step, path))),
                file=sys.stderr,
            )
            path = step.out / f"{name.rpartition('.')[0]}-{number}.{name.rpartition('.')[2]}"
            number += 1
        replaced(path, data)
        print(step.say(_("Written: {file}", file=_shown(step, path))))


def _ours(data: bytes) -> bool:
    """Whether a file is as we wrote it: ours bear no time, and every program gives one to what it saves."""
    from zipfile import BadZipFile, ZipFile

    if data[:2] != b"PK":
        return data[:5] == b"%PDF-"
    try:
        with ZipFile(BytesIO(data)) as archive:
            return all(info.date_time == (1980, 1, 1, 0, 0, 0) for info in archive.infolist())
    except BadZipFile:
        return False


def _shown(step: Step, path: Path) -> str:
    return path.relative_to(step.root).as_posix() if path.is_relative_to(step.root) else str(path)


def both(papers: Sequence[Paper]) -> list[tuple[str, bytes]]:
    """Each paper as a document that can be edited, and as a print."""
    from ..documents.odt import document
    from ..documents.pdf import printed

    return [
        file
        for paper in papers
        for file in ((f"{paper.name}.odt", document(paper)), (f"{paper.name}.pdf", printed(paper)))
    ]


def given(path: Path, say: Translator) -> bytes:
    """The bytes of a file that was handed in; one that is far too big is not read."""
    if path.stat().st_size > MOST_READ:
        refuse(
            _("This file is too big: at most {most} megabytes.", most=MOST_READ // 1_000_000), say
        )
    return path.read_bytes()


def tables(path: Path, say: Translator) -> list[Grid]:
    """The tables of a file that was handed in; leaves with 1 and a sentence where it holds none."""
    from ..documents.ods_reader import Unreadable, read

    try:
        return read(given(path, say), path.name)
    except Unreadable as error:
        print(say(_("{file}: {fault}", file=path.name, fault=error.message)), file=sys.stderr)
        raise SystemExit(1) from None


def taken_back(
    step: Step, file: Path, read: Callable[[Doubts], dict[str, Any]], after: bool = False
) -> dict[str, Any]:
    """The fields that a file brings back, as `read` finds them in it. Leaves where the minutes were approved, where something is not clear,
    and before the meeting and its attendance where what comes back is told `after` them alone."""
    from ..assembly.issues import Doubts

    may_change(step)
    if after:
        held(step)
    doubts = Doubts()
    found = read(doubts)
    _clear(step, doubts, file)
    return found


def _clear(step: Step, doubts: Doubts, file: Path) -> None:
    """Tell what was noticed; leave with 1, nothing written, where something is not clear."""
    if doubts.found:
        for message in doubts.found:
            print(step.say(_("{file}: {fault}", file=file.name, fault=message)), file=sys.stderr)
        print(step.say(_("Nothing was written.")), file=sys.stderr)
        raise SystemExit(1)
    for message in doubts.told:
        print(step.say(message))


def save(
    step: Step,
    value: dict[str, Any],
    body: str | None = None,
    but: str = "",
    confirming: Sequence[dict[str, Any]] | None = None,
) -> None:
    """Write the record with other fields, where it is still the one that was read; tell what the checks say of it, all `but` one. What
    resolutions are `confirming` is about to be written (`confirmed`)."""
    text = _text(step, value, body)
    for item in _judged(step, _sound(step, text), confirming or ()):
        if item.check != but:
            help = (
                NOTHING if item.check == "minutes-fields" else item.help
            )  # it names fields of the file
            told = _(
                "To look at: {fault} {help}",
                fault=step.assembly.in_names(item.message),
                help=step.assembly.in_names(help),
            )
            print(step.say(told).rstrip(), file=sys.stderr)
    path = step.root / step.record.file
    if path.read_bytes() != step.source:
        refuse(
            _(
                "{file} was changed in the meantime: nothing was written. Try again.",
                file=step.record.file,
            ),
            step.say,
        )
    if text == step.source:
        print(step.say(_("{file} says all this already.", file=step.record.file)))
        return
    replaced(path, text)
    print(step.say(_("Written: {file}", file=step.record.file)))


def _text(step: Step, value: dict[str, Any], body: str | None = None) -> bytes:
    from ..yaml_files.editor import patch

    order = list(step.record.kind.schema["properties"])
    return patch(step.source, value, front_matter=True, body=body, order=order)


def refuse_unready(step: Step, value: dict[str, Any], faults: list[Message]) -> None:
    """Leave with 2, nothing written, where there are faults, or where a check refuses the record as it would be for good: all in one go."""
    from ..assembly.filing import missing
    from ..checks.minutes.minutes_fields import LABELS, lacking

    record = _sound(step, _text(step, value))
    faults = [*faults, *missing(lacking(record, step.book.index), LABELS)]
    for item in _judged(step, record, step.assembly.resolutions):
        if item.severity == "error" and (
            item.check != "minutes-fields" or item.path
        ):  # without a place, it is what is missing
            faults.append(
                _(
                    "{sentence} {other}",
                    sentence=step.assembly.in_names(item.message),
                    other=step.assembly.in_names(item.help),
                )
            )
    if faults:
        for message in faults:
            print(step.say(message).rstrip(), file=sys.stderr)
        refuse(_("Nothing was written."), step.say)


def confirmed(step: Step, resolutions: Sequence[dict[str, Any]]) -> None:
    """Write into each proposal that was adopted which resolution confirmed it, where it says nothing of it yet."""
    from ..yaml_files.editor import set_fields

    order = list(step.book.kinds["proposal"].schema["properties"])
    for entry, said in _unconfirmed(step, resolutions):
        path = step.root / entry.file
        changes = {"ratified_by": said}
        replaced(path, set_fields(path.read_bytes(), changes, front_matter=True, order=order))
        print(step.say(_("Written: {file}", file=entry.file)))


def _unconfirmed(
    step: Step, resolutions: Sequence[dict[str, Any]]
) -> Iterator[tuple[Entry, dict[str, Any]]]:
    """Each proposal that a resolution adopted and that says of none yet that it confirmed it, with what it is to say."""
    for one in resolutions:
        entry = step.book.index.find("proposal", str(one.get("proposal") or ""))
        if (
            entry is not None
            and entry.sound
            and one.get("result") == "adopted"
            and not entry.get("ratified_by")
        ):
            yield entry, {"minutes": step.record.id, "resolution": one["n"]}


def _sound(step: Step, text: bytes) -> Record:
    """The record as it would be read back. Leaves with 1 where it could not be."""
    from dataclasses import replace

    from ..records.validation import Shape
    from ..yaml_files.reader import parse

    found = parse(text, front_matter=True)
    flaws = (
        list(Shape(step.record.kind).flaws(found.value)) if isinstance(found.value, dict) else []
    )
    for message in [fault.message for fault in found.faults] + [flaw.message for flaw in flaws]:
        print(step.say(message), file=sys.stderr)
    if found.faults or flaws:
        print(step.say(_("Nothing was written.")), file=sys.stderr)
        raise SystemExit(1)
    return replace(step.record, value=found.value, body=found.body)


def _judged(step: Step, record: Record, confirming: Sequence[dict[str, Any]]) -> list[Diagnostic]:
    """What the checks say of a record that is not written yet, in a book whose proposals say already what confirmed them."""
    from dataclasses import replace

    from .. import checks
    from ..records.entries import entry_of
    from ..records.index import pack

    index = step.book.index
    said = {
        entry.id: entry._replace(packed=pack(entry.value | {"ratified_by": by}))
        for entry, by in _unconfirmed(step, confirming)
    }
    changed = {"minutes": {record.id: entry_of(record)}, "proposal": said}
    entries = index.entries | {
        kind: {**index.entries.get(kind, {}), **new} for kind, new in changed.items()
    }
    return checks.check_record(record, replace(index, entries=entries))
