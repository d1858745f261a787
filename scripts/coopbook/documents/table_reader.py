"""Reading a table that another program wrote: CSV, Excel (.xlsx) or OpenDocument (.ods), as plain
text with the numbers of its lines. Nothing is raised but `Stopped`.

What comes from outside is measured before it is opened: its size unpacked, how far its last cell
lies, and no XML entity is ever resolved. A sheet to fill in that is ours is `ods_reader`'s, which
tells a doubt with its cell; here many lines come in at once.
"""

from __future__ import annotations

import csv
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO, StringIO
from itertools import islice
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from ..base.decoding import decode
from ..base.messages import Message, Stopped, _, ngettext
from .ods_reader import MOST_UNPACKED

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

MOST_BYTES = 30_000_000
MOST_ROWS, MOST_COLUMNS = 50_000, 400
MOST_CELLS = 5_000_000
"""A sheet is held as a whole: one cell in the last corner would make it as large as it can be."""
MOST_CELL = 100_000
_LOOKED_AT = 60
_SEPARATORS = ";,\t|"
_SEPARATOR_SAID = re.compile(r"sep=(.)\r?\n", re.I)
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CELL_OF_XLSX = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')
_TAG_OF_ODS = re.compile(
    rb"<(/?)table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^>]*)>"
)
_WORKED_OUT = {"xlsx": re.compile(rb"<(?:\w+:)?f[\s/>]"), "ods": re.compile(rb"table:formula=")}
_NO_RESULT = re.compile(
    rb"</(?:\w+:)?f>\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_STRAY = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_SHEETS = re.compile(r"xl/worksheets/[^/]+\.xml|content\.xml")


@dataclass(frozen=True)
class Row:
    """A line that is not empty, with its number in the file, from 1."""

    line: int
    cells: tuple[str, ...]

    def cell(self, column: int) -> str:
        """What stands in a column, from 0; empty where the line is shorter."""
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True)
class Table:
    """One sheet.

    Attributes:
        rows: Its lines, empty ones left out.
        described: How it was read: encoding and separator, or the name of the sheet.
        remarks: What somebody should know of it.
        whole: Whether the file does not end in the middle of a line.
    """

    rows: tuple[Row, ...]
    described: Message
    remarks: tuple[Message, ...] = ()
    whole: bool = True


def read_table(data: bytes, sheet: str = "") -> Table:
    """The table of a file, whatever its name claims it to be.

    Args:
        data: What the file holds.
        sheet: The name of the sheet; the first that holds anything where it is empty.
    """
    if len(data) > MOST_BYTES:
        raise Stopped(
            _("This file is too big: at most {most} megabytes.", most=MOST_BYTES // 1_000_000)
        )
    if data.startswith(_OLD_EXCEL):
        raise Stopped(
            _(
                "This is an Excel file of the old sort, or one with a password. Save it as .xlsx, "
                ".ods or CSV."
            )
        )
    if data.startswith(b"%PDF-"):
        raise Stopped(_("This is a PDF, not a table: save the table as CSV, .xlsx or .ods."))
    if data.startswith(b"PK"):
        return _read_workbook(data, sheet)
    decoded = decode(data)
    if decoded is None and (line := _find_stray_sign(data)):
        raise Stopped(
            _(
                "Line {line} of this file holds a sign that no text has: open the file in a "
                "spreadsheet, and save it again.",
                line=line,
            )
        )
    if decoded is None or data.lstrip()[:1] == b"<":
        raise Stopped(_("This is no table: hand in CSV, .xlsx or .ods."))
    return _read_csv(*decoded)


def _find_stray_sign(data: bytes) -> int:
    """The line of the first sign that no text has, from 1, in a file that is text but for a few of
    them; 0 in any other.
    """
    found = [sign.start() for sign in _STRAY.finditer(data)]
    return data.count(b"\n", 0, found[0]) + 1 if found and len(found) * 20 < len(data) else 0


def _read_csv(text: str, encoding: str) -> Table:
    said = _SEPARATOR_SAID.match(text)
    body = text[said.end() :] if said else text
    separator = said[1] if said else _guess_separator(body)
    rows: list[Row] = []
    csv.field_size_limit(MOST_CELL)
    lines = csv.reader(StringIO(body, newline=""), delimiter=separator, strict=True)
    begin = 1 + bool(said)
    try:
        for cells in lines:
            if any(cell.strip() for cell in cells):
                rows.append(Row(begin, tuple(cells)))
            begin = lines.line_num + 1 + bool(said)
            _refuse_many(len(rows), len(cells))
    except csv.Error as error:
        if max(map(len, body.splitlines()), default=0) > MOST_CELL:
            raise Stopped(
                _(
                    "From line {line} on, a cell holds more than {most} signs.",
                    line=begin,
                    most=MOST_CELL,
                )
            ) from error
        raise Stopped(
            _(
                "This CSV cannot be read from line {line} on: a quotation mark may be open, or the "
                "file ends too early.",
                line=begin,
            )
        ) from error
    described = _("{encoding}, columns parted by {sign}", encoding=encoding, sign=_say(separator))
    return Table(tuple(rows), described, whole=text.endswith(("\n", "\r")))


def _say(separator: str) -> Message | str:
    return _("tabs") if separator == "\t" else separator


def _guess_separator(text: str) -> str:
    """The sign that cuts most lines into as many parts as the first one, and into most parts."""

    def fit(sign: str) -> float:
        widths: list[int] = []
        try:
            for row in islice(csv.reader(StringIO(text, newline=""), delimiter=sign), _LOOKED_AT):
                widths += [len(row)] if any(row) else []
        except csv.Error:
            pass
        if not widths or widths[0] == 1:
            return 0
        return widths[0] * widths.count(widths[0]) / len(widths)

    return max(_SEPARATORS, key=fit)


def _refuse_many(rows: int, columns: int) -> None:
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise Stopped(
            _(
                "This table is too big: at most {rows} lines and {columns} columns.",
                rows=MOST_ROWS,
                columns=MOST_COLUMNS,
            )
        )


def _read_workbook(data: bytes, wanted: str) -> Table:
    from python_calamine import CalamineError, CalamineWorkbook

    parts, kind = _measure(data)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            sheet, rows, others = _choose_sheet(book, wanted)
            spans = _spans_of(sheet, parts, book.sheet_names.index(sheet.name), kind)
    except (CalamineError, ValueError, OSError, OverflowError) as error:
        raise Stopped(
            _("This file is damaged or protected by a password: it cannot be opened.")
        ) from error
    for (top, left), (bottom, right) in spans:
        for row in range(top + 1, min(bottom + 1, len(rows))):
            for column in range(left, min(right + 1, len(rows[row]))):
                rows[row][column] = rows[row][column] or rows[top][column]
    found = tuple(Row(at, tuple(row)) for at, row in enumerate(rows, 1) if any(row))
    _refuse_many(len(found), max((len(row.cells) for row in found), default=0))
    return Table(
        found, _("sheet “{name}”", name=sheet.name), tuple(_remarks(parts, kind, spans, others))
    )


def _choose_sheet(
    book: CalamineWorkbook, wanted: str
) -> tuple[CalamineSheet, list[list[str]], list[str]]:
    """The sheet that is asked for, else the first that holds anything; its rows; and the names of
    the others that do.
    """
    names = book.sheet_names
    if wanted and wanted not in names:
        raise Stopped(
            _(
                "There is no sheet “{name}”. There are: {names}.",
                name=wanted,
                names=", ".join(names),
            )
        )
    full = []
    for name in [wanted] if wanted else names:
        sheet = book.get_sheet_by_name(name)
        rows = [[_as_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
        full += [(sheet, rows)] if any(map(any, rows)) else []
    if not full:
        raise Stopped(_("This file holds no line: every sheet is empty."))
    return (*full[0], [sheet.name for sheet, _rows in full[1:]])


def _as_text(cell: Any) -> str:
    """A cell as somebody would have typed it."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).strip(" ")


def _measure(data: bytes) -> tuple[dict[str, bytes], str]:
    """The sheets of a workbook as they are written, and of which sort it is. Raises Stopped where
    it cannot be held, or is no workbook.

    Every part is unpacked here, within bounds: what is said of its size might be a lie.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            if (
                sum(one.file_size for one in archive.infolist()) > MOST_UNPACKED
                or len(names) > 2000
            ):
                raise Stopped(_("This file is too big once unpacked: nothing of it was read."))
            read = {name: archive.read(name) for name in names}
    except (BadZipFile, zlib.error, OSError, RuntimeError, EOFError, ValueError) as error:
        raise Stopped(
            _("This file is damaged or protected by a password: it cannot be opened.")
        ) from error
    kind = "xlsx" if "xl/workbook.xml" in read else "ods" if "content.xml" in read else ""
    if not kind:
        raise Stopped(_("This is no table: hand in CSV, .xlsx or .ods."))
    for name, part in read.items():
        if name.endswith((".xml", ".rels")):
            _require_sound_xml(part)
    parts = {name: part for name, part in read.items() if _SHEETS.fullmatch(name)}
    for part in parts.values():
        for rows, columns in _extents(part, kind):
            if rows > 2 * MOST_ROWS or rows * columns > MOST_CELLS:
                _refuse_many(rows, MOST_COLUMNS + 1)
    return parts, kind


def _require_sound_xml(part: bytes) -> None:
    """Raises Stopped where XML does not close what it opens, on which the reader of workbooks would
    wait for ever, or has a document type, whose entities could fill the memory.
    """
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    try:
        for _event, element in iterparse(BytesIO(part), forbid_dtd=True):
            element.clear()
    except DefusedXmlException:
        raise Stopped(
            _(
                "This document defines abbreviations of its own, which no office program "
                "does: it was not read."
            )
        ) from None
    except (ParseError, ValueError, LookupError) as error:
        raise Stopped(
            _("This file is damaged or protected by a password: it cannot be opened.")
        ) from error


def _extents(part: bytes, kind: str) -> Iterator[tuple[int, int]]:
    """How many rows and columns each sheet of a part reaches over."""
    if kind == "ods":
        for cells, _spans in _sheets_of_ods(part):
            yield cells
        return
    rows = columns = 0
    for letters, number in _CELL_OF_XLSX.findall(part):
        rows = max(rows, int(number))
        at = 0
        for letter in letters:
            at = at * 26 + letter - 64
        columns = max(columns, at)
    yield rows, columns


_Span = tuple[tuple[int, int], tuple[int, int]]


def _sheets_of_ods(part: bytes) -> Iterator[tuple[tuple[int, int], list[_Span]]]:
    """Of each sheet of an OpenDocument spreadsheet, how far its last cell that says anything lies,
    and its cells that are merged over several rows.
    """

    def count(attributes: bytes, name: bytes) -> int:
        found = re.search(rb"table:" + name + rb'="([0-9]{1,8})"', attributes)
        return max(1, int(found[1])) if found else 1

    row = column = rows = columns = repeated = 0
    spans: list[_Span] = []
    for closing, name, attributes in _TAG_OF_ODS.findall(part):
        if name == b"table" and closing:
            yield (rows, columns), spans
            row = column = rows = columns = 0
            spans = []
        elif name == b"table-row" and closing:
            row += repeated
        elif name == b"table-row":
            column, repeated = 0, count(attributes, b"number-rows-repeated")
            row += repeated if attributes.endswith(b"/") else 0
        elif not closing and name != b"table":
            wide = count(attributes, b"number-columns-repeated")
            if b"office:value-type" in attributes or b"table:formula" in attributes:
                rows, columns = max(rows, row + repeated), max(columns, column + wide)
            deep = count(attributes, b"number-rows-spanned")
            if deep > 1:
                right = column + count(attributes, b"number-columns-spanned") - 1
                spans.append(((row, column), (row + deep - 1, right)))
            column += wide


def _spans_of(sheet: CalamineSheet, parts: dict[str, bytes], number: int, kind: str) -> list[_Span]:
    """The cells of a sheet that are merged over several rows."""
    if kind == "ods":
        every = list(_sheets_of_ods(parts["content.xml"]))
        return every[number][1] if number < len(every) else []
    return [span for span in sheet.merged_cell_ranges or [] if span[1][0] > span[0][0]]


def _remarks(
    parts: dict[str, bytes], kind: str, spans: list[_Span], others: list[str]
) -> Iterator[Message]:
    if others:
        yield _(
            "Other sheets were not read: {names}. --sheet chooses one.", names=", ".join(others)
        )
    formulas = sum(len(_WORKED_OUT[kind].findall(part)) for part in parts.values())
    if formulas:
        yield ngettext(
            "{count} cell is worked out by a formula: its last result is taken.",
            "{count} cells are worked out by formulas: their last results are taken.",
            formulas,
        )
    without = sum(len(_NO_RESULT.findall(part)) for part in parts.values()) if kind == "xlsx" else 0
    if without:
        yield ngettext(
            "{count} of them has no result: open the file in a spreadsheet and save it again.",
            "{count} of them have no result: open the file in a spreadsheet and save it again.",
            without,
        )
    if spans:
        yield ngettext(
            "{count} merged cell counts for each of its lines.",
            "{count} merged cells count for each of their lines.",
            len(spans),
        )
