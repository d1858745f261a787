"""Texts of office programs, read as Markdown."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from coopbook.base.messages import Stopped
from coopbook.documents.text_reader import read_office_text

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODF = "urn:oasis:names:tc:opendocument:xmlns"
ODT = " ".join(
    f'xmlns:{short}="{ODF}:{long}:1.0"'
    for short, long in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
    )
)


def packed(parts: dict[str, str]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def docx(body: str, **more: str) -> bytes:
    whole = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    return packed({"word/document.xml": whole} | {f"word/{one}.xml": more[one] for one in more})


def odt(body: str, styles: str = "") -> bytes:
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {ODT}><office:automatic-styles>{styles}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>",
        }
    )


def p(words: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{words}</w:p>"


def r(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def item(words: str, number: str) -> str:
    return p(r(words), f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>')


EXPECTED = """## Réunion du conseil

Présents : **Ana Lopes** et *Bo*, à l'heure (une note).

- le bail ;
- les clefs.

1. Signer.
1. Ouvrir.

| Qui | Quoi |
|---|---|
| Ana | le \\*bail\\* |

Fin.
"""


def test_word() -> None:
    table = "".join(
        "<w:tr>" + "".join(f"<w:tc>{p(r(cell))}</w:tc>" for cell in row) + "</w:tr>"
        for row in (("Qui", "Quoi"), ("Ana", "le *bail*"))
    )
    body = (
        p(r("Réunion du conseil", "<w:b/>"), '<w:pStyle w:val="Titre1"/>')
        + p(
            r("Présents : ")
            + r("Ana Lopes", "<w:b/>")
            + r(" et ")
            + r("Bo", "<w:i/>")
            + f"<w:ins>{r(', à')}</w:ins><w:del><w:r><w:delText>tard</w:delText></w:r></w:del>"
            + r(" l'heure", '<w:b w:val="0"/>')
            + '<w:r><w:footnoteReference w:id="2"/></w:r>'
            + r(".")
        )
        + item("le bail ;", "1")
        + item("les clefs.", "1")
        + item("Signer.", "2")
        + item("Ouvrir.", "2")
        + f"<w:tbl>{table}</w:tbl>"
        + p(r("Fin.") + "<w:r><w:drawing/></w:r>")
    )
    level = '<w:lvl w:ilvl="0"><w:numFmt w:val="{}"/></w:lvl>'
    found = read_office_text(
        docx(
            body,
            numbering=f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">'
            f'{level.format("bullet")}</w:abstractNum><w:abstractNum w:abstractNumId="1">'
            f"{level.format('decimal')}</w:abstractNum>"
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
            '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>',
            footnotes=f'<w:footnotes {W}><w:footnote w:id="2">{p(r(" une note"))}</w:footnote>'
            "</w:footnotes>",
        )
    )
    assert found.markdown == EXPECTED
    assert found.pictures


def test_open_document() -> None:
    styles = (
        '<style:style style:name="T1"><style:text-properties fo:font-weight="bold"/></style:style>'
        '<style:style style:name="T2"><style:text-properties fo:font-style="italic"/></style:style>'
        '<text:list-style style:name="L2"><text:list-level-style-number text:level="1"/>'
        "</text:list-style>"
    )

    def items(style: str, *words: str) -> str:
        inner = "".join(f"<text:list-item><text:p>{one}</text:p></text:list-item>" for one in words)
        return f'<text:list text:style-name="{style}">{inner}</text:list>'

    body = (
        "<text:tracked-changes><text:p>vieux</text:p></text:tracked-changes>"
        '<text:h text:outline-level="1">Réunion du conseil</text:h>'
        '<text:p>Présents : <text:span text:style-name="T1">Ana Lopes</text:span> et '
        '<text:span text:style-name="T2">Bo</text:span>,<text:s/>à l\'heure<text:note>'
        "<text:note-citation>1</text:note-citation><text:note-body><text:p>une note</text:p>"
        "</text:note-body></text:note>.</text:p>"
        + items("L1", "le bail ;", "les clefs.")
        + items("L2", "Signer.", "Ouvrir.")
        + "<table:table><table:table-row><table:table-cell><text:p>Qui</text:p></table:table-cell>"
        "<table:table-cell><text:p>Quoi</text:p></table:table-cell></table:table-row>"
        "<table:table-row><table:table-cell><text:p>Ana</text:p></table:table-cell>"
        "<table:table-cell><text:p>le *bail*</text:p></table:table-cell></table:table-row>"
        "</table:table><text:p>Fin.<draw:frame/></text:p>"
    )
    found = read_office_text(odt(body, styles))
    assert found.markdown == EXPECTED
    assert found.pictures


def test_markdown_stays_as_it_is() -> None:
    assert read_office_text("# Réunion\r\n\r\nOui.\r\n".encode()).markdown == "# Réunion\n\nOui.\n"


BOMB = f'<!DOCTYPE a [<!ENTITY x "y">]><w:document {W}><w:body>&x;</w:body></w:document>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7", "no text"),
        (b"\0\1\2", "no text"),
        (b"PK\3\4 broken", "damaged"),
        (packed({"xl/workbook.xml": "<a/>"}), "Excel"),
        (packed({"other.xml": "<a/>"}), "cannot be read|no office document"),
        (packed({"word/document.xml": BOMB}), "abbreviations"),
        (packed({"word/document.xml": "<a>"}), "no office document"),
        (docx("<w:p>" * 300 + "</w:p>" * 300), "no office document"),
        (docx(" " * 5_000_000), "too big once unpacked"),
        (odt(" " * 5_000_000), "too big once unpacked"),
        (b"x" * 11_000_000, "too big"),
    ],
    ids=["pdf", "bytes", "zip", "xlsx", "other", "entity", "xml", "deep", "docx", "odt", "big"],
)
def test_what_cannot_be_read_is_told(data: bytes, said: str) -> None:
    with pytest.raises(Stopped, match=said):
        read_office_text(data)
