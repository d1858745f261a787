"""Small workbooks as spreadsheets write them, with what an office program would not let one do."""

from __future__ import annotations

from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def zipped(files: dict[str, str]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


def xlsx(sheets: dict[str, list[list[str]]], *, more: str = "", cells: str = "") -> bytes:
    """A workbook of texts; a text that begins with = is a formula whose result is behind `|`.
    `more` stands below the rows of the first sheet, `cells` in a row of its own.
    """
    files = {
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>'
        + "".join(
            f'<sheet name="{escape(name)}" sheetId="{at}" r:id="rId{at}"/>'
            for at, name in enumerate(sheets, 1)
        )
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">'
        + "".join(
            f'<Relationship Id="rId{at}" Type="{_RELATIONS}/worksheet" '
            f'Target="worksheets/sheet{at}.xml"/>'
            for at in range(1, len(sheets) + 1)
        )
        + "</Relationships>",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" '
        f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
    }
    for at, rows in enumerate(sheets.values(), 1):
        body = "".join(
            f'<row r="{line}">'
            + "".join(
                _cell(f"{chr(65 + place)}{line}", text) for place, text in enumerate(row) if text
            )
            + "</row>"
            for line, row in enumerate(rows, 1)
        )
        files[f"xl/worksheets/sheet{at}.xml"] = (
            f'<worksheet xmlns="{_MAIN}"><sheetData>{body}{cells if at == 1 else ""}</sheetData>'
            f"{more if at == 1 else ''}</worksheet>"
        )
    return zipped(files)


def _cell(place: str, text: str) -> str:
    if text.startswith("="):
        formula, _bar, result = text[1:].partition("|")
        return f'<c r="{place}" t="str"><f>{escape(formula)}</f><v>{escape(result)}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)


def ods(rows: str) -> bytes:
    """An OpenDocument spreadsheet of one sheet with these rows of XML."""
    content = (
        f"<office:document-content {_SPACES}><office:body><office:spreadsheet>"
        f'<table:table table:name="Feuille1">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return zipped({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content})


def ods_row(*texts: str) -> str:
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p>'
        "</table:table-cell>"
        for text in texts
    )
    return f"<table:table-row>{cells}</table:table-row>"
