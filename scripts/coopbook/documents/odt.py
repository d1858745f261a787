"""A paper as an office document that can be edited (OpenDocument text, by odfdo)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .model import Block, Boxes, Lines, Marks, Paper, Section, Table, Text, make_text
from .package import pack_parts, render_meta
from .template import SPACES, open_template, qualify, to_xml

if TYPE_CHECKING:
    from odfdo import Document, Element

NAMES = {
    "body": "Body",
    "lead": "Lead",
    "title": "Title_20_1",
    "subtitle": "Under_20_title",
    "heading": "Heading_20_A",
    "part": "Heading_20_B",
    "item": "Item",
    "small": "Small",
    "quote": "Quote",
}
_LEVELS = {"title": 1, "heading": 2, "part": 3}
TEMPLATE = "paper.fodt"
_TABLE = ".//table:table[@table:name='Table']"
PARTS = {
    "Kept": ".//text:section[@text:name='Section']",
    "Wide": _TABLE,
    "Tall": ".//table:table[@table:name='Signing']/table:table-row",
    "CellHead": f"{_TABLE}/table:table-header-rows//table:table-cell",
    "CellBody": f"{_TABLE}/table:table-row/table:table-cell",
}
"""Styles that the text has with it, and the parts of the template that show them."""


def render_odt(paper: Paper) -> bytes:
    """The whole file."""
    from odfdo import Document

    found = Document("text")
    found.body.clear()
    for block in paper.blocks:
        _add_block(found, found.body, block, paper)
    for style in _automatic_styles(paper):
        found.insert_style(style, automatic=True)
    return pack_parts(
        "odt",
        {
            "content.xml": found.content.serialize(),
            "styles.xml": open_template(TEMPLATE).render_styles(paper, paper.landscape),
            "meta.xml": render_meta(paper.title, paper.language, paper.day),
        },
    )


def _add_block(document: Document, into: Element, block: Block, paper: Paper) -> None:
    from odfdo import Element
    from odfdo import Section as Kept

    if isinstance(block, Text):
        into.append(_make_paragraph(block))
    elif isinstance(block, Table):
        into.append(_make_table(document, block, _text_width(paper)))
        into.append(Element.from_tag('<text:p text:style-name="Small"/>'))
    elif isinstance(block, Lines):
        for label in block.labels:
            into.append(_make_dotted_line(label))
    elif isinstance(block, Boxes):
        into.append(
            _make_paragraph(make_text("        ".join(f"☐ {label}" for label in block.labels)))
        )
    elif isinstance(block, Marks):
        _add_block(document, into, _tabulate(block), paper)
    elif isinstance(block, Section):
        section = Kept(style="Kept", name=block.name)
        for inner in block.blocks:
            _add_block(document, section, inner, paper)
        into.append(section)
    else:
        into.append(
            Element.from_tag(f'<text:p text:style-name="{"Cut" if block.cut else "New_20_page"}"/>')
        )


def _tabulate(block: Marks) -> Table:
    boxes = ("☐",) * len(block.columns)
    rows = tuple((row, *boxes) for row in block.rows)
    return Table(("", *block.columns), rows, (4, *[1] * len(boxes)))


def _make_paragraph(block: Text) -> Element:
    from odfdo import Header, Paragraph, Tab

    level = _LEVELS.get(block.style)
    name = NAMES[block.style]
    found: Element = Header(level, style=name) if level else Paragraph(style=name)
    if block.mark:
        found.append(block.mark)
        found.append(Tab())
    for run in block.runs:
        _add_run(found, run.text, sorted(run.marks))
    return found


def _add_run(into: Element, words: str, marks: list[str]) -> None:
    from odfdo import Span

    if not marks:
        into.append(words)
        return
    outer: Element | None = None
    for mark in marks:
        span = Span("", style=f"Mark{mark}")
        (outer or into).append(span)
        outer = span
    if outer is not None:
        outer.append(words)


def _make_dotted_line(label: str) -> Element:
    """A label and a dotted line to the margin."""
    from odfdo import Paragraph, Tab

    found = Paragraph(style="Line")
    found.append(f"{label} ")
    found.append(Tab())
    return found


def _make_table(document: Document, block: Table, width: float) -> Element:
    from odfdo import Element

    number = len(document.body.get_elements("descendant::table:table")) + 1
    whole = sum(block.widths)
    found = Element.from_tag(f'<table:table table:name="T{number}" table:style-name="Wide"/>')
    for share in block.widths:
        name = f"Column{round(share * 1000 / whole)}"
        document.insert_style(_column_style(name, width * share / whole), automatic=True)
        found.append(Element.from_tag(f'<table:table-column table:style-name="{name}"/>'))
    head = Element.from_tag("<table:table-header-rows/>")
    head.append(_make_row(block.head, block, "Cell_20_head", "CellHead"))
    found.append(head)
    for row in block.rows:
        found.append(_make_row(row, block, "Cell", "CellBody"))
    return found


def _column_style(name: str, width: float) -> str:
    return (
        f'<style:style style:name="{name}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width:.3f}cm"/></style:style>'
    )


def _make_row(cells: tuple[str, ...], block: Table, text: str, box: str) -> Element:
    from odfdo import Element, Paragraph

    tall = ' table:style-name="Tall"' if block.tall and box == "CellBody" else ""
    found = Element.from_tag(f"<table:table-row{tall}/>")
    for number, words in enumerate(cells):
        cell = Element.from_tag(
            f'<table:table-cell table:style-name="{box}" office:value-type="string"/>'
        )
        name = f"{text}_20_right" if number in block.numbers else text
        cell.append(Paragraph(words, style=name))
        found.append(cell)
    return found


def _automatic_styles(paper: Paper) -> Iterator[str]:
    """Styles that stand with the text: those of tables, rows and sections, as wide as the page."""
    template, width = open_template(TEMPLATE), f"{_text_width(paper)}cm"
    for name, path in PARTS.items():
        style = template.style_of(path, name, paper.colour)
        for properties in style.iterfind("style:table-properties", SPACES):
            properties.set(qualify("style:width"), width)
        yield to_xml(style)
    yield (
        '<style:style style:name="Line" style:family="paragraph" style:parent-style-name="Dotted">'
        f'<style:paragraph-properties><style:tab-stops><style:tab-stop style:position="{width}" '
        'style:type="right" style:leader-style="dotted" style:leader-text="."/></style:tab-stops>'
        "</style:paragraph-properties></style:style>"
    )


def _text_width(paper: Paper) -> float:
    return open_template(TEMPLATE).text_width(paper.landscape)
