"""A paper as it is printed (PDF, by fpdf2), in the font of the sites."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from ..base.shipped import shipped
from .model import Block, Boxes, Lines, Marks, Paper, Section, Table, Text

if TYPE_CHECKING:
    from fpdf import FPDF

FONTS = shipped("fonts")
_INK, _MUTED, _LINE = (38, 35, 31), (95, 87, 77), (201, 192, 178)
_SHADE = (243, 237, 227)
_MARGIN = 20
_SIZES = {
    # style: (points, before, after, bold)
    "body": (10.5, 0, 2.2, False),
    "lead": (9, 0, 2.5, False),
    "title": (21, 4, 1, True),
    "subtitle": (12, 0, 4, False),
    "heading": (13.5, 5, 1.8, True),
    "part": (11, 3, 1, True),
    "item": (10.5, 0, 1, False),
    "small": (8.5, 1, 1, False),
    "quote": (10.5, 0, 2.2, False),
}
_MUTED_STYLES = frozenset(["lead", "subtitle", "small"])


def _to_rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def render_pdf(paper: Paper) -> bytes:
    """The whole file: the same bytes for the same paper."""
    pdf = _make_pdf(paper)
    pdf.add_page()
    for block in paper.blocks:
        _print_block(pdf, block, paper)
    return bytes(pdf.output())


def _make_pdf(paper: Paper) -> FPDF:
    pdf = _make_pages(paper)
    pdf.set_margins(_MARGIN, 20, _MARGIN)
    pdf.set_auto_page_break(True, 18)
    pdf.add_font("Figtree", "", FONTS / "figtree-regular.ttf")
    pdf.add_font("Figtree", "B", FONTS / "figtree-bold.ttf")
    pdf.set_title(paper.title)
    pdf.set_author(paper.coop)
    pdf.set_creator("Coopbook")
    pdf.set_lang(paper.language)
    pdf.set_creation_date(datetime.fromisoformat(paper.day).replace(tzinfo=UTC))
    return pdf


def _make_pages(paper: Paper) -> FPDF:
    """Pages with the co-op's name at the head and the page's number at the foot."""
    from fpdf import FPDF

    class Sheet(FPDF):
        def header(self) -> None:
            self.set_xy(_MARGIN, 9)
            self.set_font("Figtree", "B", 8)
            self.set_text_color(*_to_rgb(paper.colour))
            self.cell(0, 5, paper.coop)
            self.set_xy(_MARGIN, 20)

        def footer(self) -> None:
            self.set_draw_color(*_LINE)
            self.line(_MARGIN, self.h - 14, self.w - _MARGIN, self.h - 14)
            self.set_xy(_MARGIN, self.h - 12.5)
            self.set_font("Figtree", "", 8)
            self.set_text_color(*_MUTED)
            number = f"{paper.page} {self.page_no()}/{{nb}}"
            self.cell((self.w - 2 * _MARGIN) * 0.75, 5, paper.foot)
            self.cell(0, 5, number, align="R")

        def normalize_text(self, text: str) -> str:
            """The font has no narrow space, as CLDR writes it in 6:30 pm."""
            return super().normalize_text(text.replace("\u202f", "\u00a0"))

    return Sheet(orientation="landscape" if paper.landscape else "portrait", format="A4")


def _print_block(pdf: FPDF, block: Block, paper: Paper) -> None:
    if isinstance(block, Text):
        _print_text(pdf, block, paper)
    elif isinstance(block, Table):
        _print_table(pdf, block, paper)
    elif isinstance(block, Lines):
        for label in block.labels:
            _print_line(pdf, label)
        pdf.ln(2.5)
    elif isinstance(block, Boxes):
        _print_boxes(pdf, block)
    elif isinstance(block, Marks):
        _print_marks(pdf, block)
    elif isinstance(block, Section):
        for inner in block.blocks:
            _print_block(pdf, inner, paper)
    elif block.cut:
        _print_cut(pdf, block.keep)
    elif pdf.get_y() > 21:
        pdf.add_page()


def _print_text(pdf: FPDF, block: Text, paper: Paper) -> None:
    size, before, after, bold = _SIZES[block.style]
    if block.style in {"title", "heading", "part"} and pdf.will_page_break(before + size + 14):
        pdf.add_page()
    if pdf.get_y() > 21:
        pdf.ln(before)
    main = block.style in {"title", "heading"}
    ink = _to_rgb(paper.colour) if main else _MUTED if block.style in _MUTED_STYLES else _INK
    top, left = pdf.get_y(), _MARGIN + (7 if block.style in {"item", "quote"} else 0)
    page = pdf.page_no()
    height = size * 0.3528 * 1.32
    pdf.set_text_color(*ink)
    pdf.set_font("Figtree", "B" if bold else "", size)
    if block.mark:
        pdf.set_x(_MARGIN + 1)
        pdf.cell(6, height, block.mark)
    _print_runs(pdf, block, left, height, bold, ink)
    if block.style == "quote" and pdf.page_no() == page:
        pdf.set_fill_color(*_to_rgb(paper.colour))
        pdf.rect(_MARGIN + 2, top, 0.8, pdf.get_y() - top, style="F")
    pdf.ln(after)


def _print_runs(
    pdf: FPDF, block: Text, left: float, height: float, bold: bool, ink: tuple[int, int, int]
) -> None:
    """The words of a paragraph; italics, of which the font has none, are set as the rest."""
    if not any(run.marks for run in block.runs):
        pdf.set_x(left)
        pdf.multi_cell(0, height, block.plain, align="L", new_x="LMARGIN", new_y="NEXT")
        return
    pdf.set_left_margin(left)
    pdf.set_x(left)
    for run in block.runs:
        style = (
            ("B" if bold or "bold" in run.marks else "")
            + ("U" if "added" in run.marks else "")
            + ("S" if "struck" in run.marks else "")
        )
        pdf.set_font(style=style)
        pdf.set_text_color(
            *(
                (46, 107, 52)
                if "added" in run.marks
                else (138, 47, 47)
                if "struck" in run.marks
                else ink
            )
        )
        pdf.write(height, run.text)
    pdf.ln(height)
    pdf.set_left_margin(_MARGIN)
    pdf.set_x(_MARGIN)


def _print_line(pdf: FPDF, label: str) -> None:
    """A label and a line to write on."""
    pdf.set_font("Figtree", "", 10.5)
    pdf.set_text_color(*_INK)
    if pdf.will_page_break(11):
        pdf.add_page()
    pdf.ln(4)
    wide = pdf.get_string_width(label) + 3
    pdf.cell(wide, 6, label)
    pdf.set_draw_color(*_MUTED)
    pdf.set_dash_pattern(dash=0.3, gap=1)
    pdf.line(_MARGIN + wide, pdf.get_y() + 5.4, pdf.w - _MARGIN, pdf.get_y() + 5.4)
    pdf.set_dash_pattern()
    pdf.ln(7)


def _print_boxes(pdf: FPDF, block: Boxes) -> None:
    """Squares with their words, as wide apart as the page allows."""
    pdf.ln(2)
    pdf.set_font("Figtree", "", 12)
    pdf.set_text_color(*_INK)
    pdf.set_draw_color(*_INK)
    wide = (pdf.w - 2 * _MARGIN) / len(block.labels)
    for number, label in enumerate(block.labels):
        left = _MARGIN + number * wide
        pdf.rect(left, pdf.get_y() + 0.6, 5, 5)
        pdf.set_x(left + 7.5)
        pdf.cell(wide - 7.5, 6.2, label)
    pdf.ln(9)


def _print_marks(pdf: FPDF, block: Marks) -> None:
    """Lines with a box under each column, the words of the columns above."""
    wide = pdf.w - 2 * _MARGIN
    column = min(26.0, wide * 0.72 / len(block.columns))
    left, name = pdf.w - _MARGIN - column * len(block.columns), wide - column * len(block.columns)
    box, high = (11.0, 6.6) if block.wide else (5.0, 5.0)
    pdf.set_text_color(*_MUTED)
    top = pdf.get_y()
    for number, words in enumerate(block.columns):
        _fit(pdf, words, column - 1, 8.5)
        pdf.set_xy(left + number * column, top)
        pdf.cell(column, 5, words, align="C")
    pdf.set_xy(_MARGIN, top + 6)
    for row in block.rows:
        top = pdf.get_y()
        pdf.set_text_color(*_INK)
        _fit(pdf, row, name - 2, 12)
        pdf.cell(name, 8.4, row)
        pdf.set_draw_color(*_INK)
        for number in range(len(block.columns)):
            middle = left + (number + 0.5) * column
            pdf.rect(middle - box / 2, top + (8.4 - high) / 2, box, high)
        pdf.set_draw_color(*_LINE)
        pdf.line(_MARGIN, top + 8.8, pdf.w - _MARGIN, top + 8.8)
        pdf.set_xy(_MARGIN, top + 9.2)
    pdf.ln(1)


def _fit(pdf: FPDF, words: str, wide: float, size: float) -> None:
    """Set the font as big as the words have room for, `size` points at most."""
    pdf.set_font("Figtree", "", size)
    while size > 5 and pdf.get_string_width(words) > wide:
        size -= 0.5
        pdf.set_font("Figtree", "", size)


def _print_cut(pdf: FPDF, keep: int) -> None:
    """A line to cut along; what follows stands whole on this page or on the next."""
    pdf.ln(6)
    if pdf.will_page_break(keep):
        pdf.add_page()
        return
    pdf.set_draw_color(*_MUTED)
    pdf.set_dash_pattern(dash=2, gap=1.5)
    pdf.line(8, pdf.get_y(), pdf.w - 8, pdf.get_y())
    pdf.set_dash_pattern()
    pdf.ln(6)


def _print_table(pdf: FPDF, block: Table, paper: Paper) -> None:
    from fpdf.enums import TableBordersLayout
    from fpdf.fonts import FontFace

    pdf.set_font("Figtree", "", 9.5)
    pdf.set_text_color(*_INK)
    pdf.set_draw_color(*_LINE)
    pdf.set_fill_color(255, 255, 255)
    aligned: Any = tuple(
        "RIGHT" if number in block.numbers else "LEFT" for number in range(len(block.head))
    )
    head = FontFace(emphasis="BOLD", color=_to_rgb(paper.colour), fill_color=_SHADE, size_pt=8.5)
    with pdf.table(
        col_widths=block.widths,
        text_align=aligned,
        headings_style=head,
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        line_height=5.2,
        padding=(2.1, 1.5) if block.tall else (0.9, 1.5),
        repeat_headings=1,
    ) as table:
        for cells in (block.head, *block.rows):
            row = table.row()
            for words in cells:
                row.cell(words)
    pdf.ln(3)
