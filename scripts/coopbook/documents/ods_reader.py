"""Reading a sheet that somebody filled in: OpenDocument or CSV, as cells with their places. Nothing
is raised but `Stopped`.

What comes from outside is bounded before it is opened: its size unpacked, its rows and columns, and
no XML entity is ever resolved.
"""

from __future__ import annotations

import csv
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from ..base.decoding import letters
from ..base.messages import Message, Stopped, _

if TYPE_CHECKING:
    from odfdo import Element

MOST_BYTES = 10_000_000
MOST_UNPACKED = 60_000_000
MOST_PART = 16_000_000
MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 6_000, 100, 20
MOST_CELL = 4_000


@dataclass(frozen=True)
class Cell:
    """What stands in a cell, as text; `moment` where it is a time of day, `formula` where it is
    worked out.
    """

    text: str = ""
    formula: bool = False
    moment: str = ""


EMPTY = Cell()


@dataclass(frozen=True)
class Grid:
    """One table: rows by their number in the file, from 1; empty ones are left out. A column is its
    place, from 0.
    """

    name: str
    rows: dict[int, tuple[Cell, ...]]

    def cell(self, row: int, column: int) -> Cell:
        cells = self.rows.get(row, ())
        return cells[column] if column < len(cells) else EMPTY


def column_letter(column: int) -> str:
    """A column as spreadsheets name it: A, B, … AA."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def read_grids(data: bytes) -> list[Grid]:
    """Read the tables of a file, whatever its name claims it to be."""
    if len(data) > MOST_BYTES:
        raise Stopped(
            _("This file is too big: at most {most} megabytes.", most=MOST_BYTES // 1_000_000)
        )
    if data[:2] == b"PK":
        return _read_ods(data)
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise Stopped(
            _(
                "This is an Excel file of the old sort. Save it as an OpenDocument "
                "spreadsheet (.ods) or as CSV."
            )
        )
    if data[:5] == b"%PDF-":
        raise Stopped(_("This is a PDF, not a sheet: hand in the .ods or .csv that was filled in."))
    said = letters(data)
    if said is None or data.lstrip()[:1] == b"<":
        raise Stopped(_("This is no sheet: hand in an OpenDocument spreadsheet (.ods) or CSV."))
    return [_read_csv(said)]


def read_content(data: bytes, wanted: str) -> bytes:
    """The contents of an OpenDocument file of the `wanted` sort (ods, odt): its content.xml, looked
    at before anything parses it.
    """
    from .package import MIMETYPES

    try:
        with ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "xl/workbook.xml" in names or "word/document.xml" in names:
                raise Stopped(_describe_foreign("xl/workbook.xml" in names))
            if (
                sum(info.file_size for info in archive.infolist()) > MOST_UNPACKED
                or len(names) > 2_000
            ):
                raise Stopped(_("This file is too big once unpacked: nothing of it was read."))
            if "content.xml" not in names or archive.getinfo("content.xml").file_size > MOST_PART:
                raise Stopped(_("This is no office document that can be read."))
            kind = (
                archive.read("mimetype").decode("ascii", "replace").strip()
                if "mimetype" in names
                else MIMETYPES[wanted]
            )
            content = archive.read("content.xml")
    except (BadZipFile, zlib.error, OSError, RuntimeError, EOFError, ValueError) as error:
        raise Stopped(
            _("This file is damaged or protected by a password: it cannot be opened.")
        ) from error
    if not kind.startswith(MIMETYPES[wanted]):
        raise Stopped(_describe_unwanted(wanted))
    return require_harmless(content)


def _describe_foreign(sheet: bool) -> Message:
    if sheet:
        return _(
            "This is an Excel file (.xlsx). In LibreOffice or Excel: Save as, OpenDocument "
            "spreadsheet (.ods), and hand that in."
        )
    return _(
        "This is a Word file (.docx). In LibreOffice or Word: Save as, OpenDocument text "
        "(.odt), and hand that in."
    )


def _describe_unwanted(wanted: str) -> Message:
    return (
        _("This is no spreadsheet (.ods).")
        if wanted == "ods"
        else _("This is no text document (.odt).")
    )


def require_harmless(content: bytes) -> bytes:
    """XML without a document type: entities could be made to fill the memory, or to read other
    files.
    """
    try:
        said = content.decode("utf-8")
    except UnicodeDecodeError:
        raise Stopped(_("This is no office document that can be read.")) from None
    if "<!DOCTYPE" in said or "<!ENTITY" in said:
        raise Stopped(
            _(
                "This document defines abbreviations of its own, which no office program "
                "does: it was not read."
            )
        )
    return content


def _read_ods(data: bytes) -> list[Grid]:
    from odfdo import Document, SecurityError

    read_content(data, "ods")
    try:
        tables = Document(BytesIO(data)).body.get_elements(
            "descendant::table:table[not(ancestor::table:table)]"
        )
        return [_read_grid(table) for table in tables[:MOST_SHEETS]]
    except SecurityError as error:  # packed closer than any sheet that was filled in
        raise Stopped(_("This file is too big once unpacked: nothing of it was read.")) from error
    except (SyntaxError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise Stopped(_("This is no office document that can be read.")) from error


def _read_grid(table: Element) -> Grid:
    rows: dict[int, tuple[Cell, ...]] = {}
    number = 1
    for row in table.get_elements("descendant::table:table-row"):
        cells = tuple(_read_cells(row))
        repeated = _count_repeated(row, "table:number-rows-repeated")
        if any(cell != EMPTY for cell in cells):
            if repeated > MOST_ROWS or len(rows) + repeated > MOST_ROWS:
                raise Stopped(
                    _("This sheet has more than {most} lines that are not empty.", most=MOST_ROWS)
                )
            rows |= dict.fromkeys(range(number, number + repeated), cells)
        number += repeated
    return Grid(table.get_attribute_string("table:name") or "", rows)


def _count_repeated(element: Element, name: str) -> int:
    said = element.get_attribute_string(name) or "1"
    return max(1, int(said)) if said.isdecimal() and len(said) < 9 else 1


def _read_cells(row: Element) -> Iterator[Cell]:
    """Cells up to the last that says something."""
    found: list[Cell] = []
    for element in row.get_elements("table:table-cell | table:covered-table-cell"):
        cell = _read_cell(element)
        repeated = _count_repeated(element, "table:number-columns-repeated")
        found += [cell] * (
            min(repeated, MOST_COLUMNS - len(found)) if len(found) < MOST_COLUMNS else 0
        )
    while found and found[-1] == EMPTY:
        found.pop()
    return iter(found)


def _read_cell(element: Element) -> Cell:
    get: Any = element.get_attribute_string
    said = "\n".join(one.inner_text.strip() for one in element.get_elements("text:p"))[
        :MOST_CELL
    ].strip()
    kind, formula = get("office:value-type") or "", bool(get("table:formula"))
    if kind == "time":
        return Cell(said, formula, _to_clock(get("office:time-value") or ""))
    if kind == "date":
        return Cell((get("office:date-value") or said)[:10], formula)
    if kind in {"float", "percentage", "currency"}:
        number = get("office:value") or said
        return Cell(number.removesuffix(".0"), formula)
    if kind == "string":
        said = said or (get("office:string-value") or "")[:MOST_CELL].strip()
    return Cell(said, formula) if said or formula else EMPTY


def _to_clock(duration: str) -> str:
    """PT14H45M00S as 14:45; nothing where it is no time of day."""
    found = re.fullmatch(r"PT(\d{1,2})H(\d{1,2})M\d{1,2}(?:[.,]\d+)?S", duration)
    return (
        f"{int(found[1]):02}:{int(found[2]):02}"
        if found and int(found[1]) < 24 and int(found[2]) < 60
        else ""
    )


def _read_csv(said: str) -> Grid:
    """CSV as spreadsheets write it: any of ; , and tab."""
    first = next((line for line in said.splitlines() if line.strip()), "")
    sign = max(";\t,", key=first.count)
    rows: dict[int, tuple[Cell, ...]] = {}
    csv.field_size_limit(MOST_CELL * 4)
    try:
        for number, row in enumerate(csv.reader(StringIO(said, newline=""), delimiter=sign), 1):
            cells = [
                Cell(value.strip()[:MOST_CELL], value.strip().startswith("="))
                for value in row[:MOST_COLUMNS]
            ]
            if any(cell.text for cell in cells):
                rows[number] = tuple(EMPTY if not cell.text else cell for cell in cells)
            if len(rows) > MOST_ROWS:
                raise Stopped(
                    _("This sheet has more than {most} lines that are not empty.", most=MOST_ROWS)
                )
    except csv.Error as error:
        raise Stopped(_("This CSV cannot be read: a quotation mark may be open.")) from error
    return Grid("", rows)
