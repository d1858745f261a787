"""The papers of an assembly as files: written beside those that somebody filled in, never over
them.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from ..base.atomic_files import replace_file
from ..base.messages import Remark, _
from ..documents.model import Paper
from ..documents.package import NEVER
from .opening import Step


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
            # every other program gives the parts of a document a time of its own
            return all(info.date_time == NEVER for info in archive.infolist())
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
