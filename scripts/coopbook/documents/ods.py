"""Sheets that people fill in (OpenDocument spreadsheets): what is asked for is white, what we wrote
is shaded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .package import pack_parts, render_meta
from .template import open_template, to_xml

if TYPE_CHECKING:
    from odfdo import Element

Value = str | int | None

TEMPLATE = "sheet.fods"
_SHEET = ".//table:table[@table:name='Sheet']"
PARTS = {
    "Sheet": _SHEET,
    "High": f"{_SHEET}/table:table-row[1]",
    "Row": f"{_SHEET}/table:table-row[2]",
}
"""Styles that the tables have with them, and the parts of the template that show them."""


@dataclass(frozen=True)
class Formula:
    """What the program of the reader works out; `value` stands until then."""

    text: str
    value: int = 0


@dataclass(frozen=True)
class Listed:
    """Words to choose from that stand in the first column of another table: its name, the row of
    the first from 1, how many there are.
    """

    table: str
    first: int
    count: int


Choices = tuple[str, ...] | Listed
"""Words to choose from; any other may be written all the same."""


@dataclass(frozen=True)
class Column:
    """A column: its title, its width in centimetres, whether people fill it in, and the words they
    may choose from.
    """

    title: str
    width: float
    asked: bool = False
    choices: Choices = ()
    number: bool = False


@dataclass(frozen=True)
class Sheet:
    """One table of a file. `intro` are lines above the titles; `spare` empty lines are left below
    the rows; `choices` are what cells offer that have other words than their column, by row and
    column from 0.
    """

    name: str
    intro: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value | Formula, ...], ...]
    spare: int = 0
    choices: Mapping[tuple[int, int], Choices] = field(default_factory=dict)

    def offer(self, row: int, column: int) -> Choices:
        """The words that a cell offers, by row and column from 0."""
        return self.choices.get((row, column), self.columns[column].choices)


def list_words(name: str, title: str, words: Sequence[str]) -> tuple[Sheet, Listed]:
    """A table of words to choose from, and what columns say to offer them."""
    rows = tuple((word,) for word in words)
    return Sheet(name, (), (Column(title, 8),), rows), Listed(name, 2, len(rows))


@dataclass(frozen=True)
class Look:
    """What all sheets of a file share."""

    title: str
    coop: str
    foot: str
    page: str
    language: str
    colour: str
    day: str


def render_ods(sheets: Sequence[Sheet], look: Look) -> bytes:
    """The whole file."""
    from odfdo import Document, Element

    found = Document("spreadsheet")
    found.body.clear()
    for style in _sheet_styles(sheets, look.colour):
        found.insert_style(style, automatic=True)
    offered: list[Choices] = [column.choices for one in sheets for column in one.columns]
    offered += [choices for one in sheets for choices in one.choices.values()]
    known = dict.fromkeys(choices for choices in offered if choices)
    lists = {choices: f"choices{number}" for number, choices in enumerate(known)}
    found.body.append(Element.from_tag(_render_validations(lists)))
    for sheet in sheets:
        found.body.append(_make_table(sheet, lists))
    return pack_parts(
        "ods",
        {
            "content.xml": found.content.serialize(),
            "styles.xml": open_template(TEMPLATE).render_styles(look),
            "meta.xml": render_meta(look.title, look.language, look.day),
        },
    )


def _make_table(sheet: Sheet, lists: Mapping[Choices, str]) -> Element:
    from odfdo import Element

    found = Element.from_tag('<table:table table:style-name="Sheet"/>')
    found.set_attribute("table:name", sheet.name)
    for column in sheet.columns:
        found.append(
            Element.from_tag(
                f'<table:table-column table:style-name="W{round(column.width * 100)}" '
                f'table:default-cell-style-name="Plain"/>'
            )
        )
    for place, line in enumerate(sheet.intro):
        found.append(
            _make_row(
                [_make_cell(line, "Intro0" if not place else "Intro", span=len(sheet.columns))],
                "High" if not place else "Row",
            )
        )
    head = Element.from_tag("<table:table-header-rows/>")
    head.append(
        _make_row(
            [
                _make_cell(column.title, "HeadAsked" if column.asked else "Head")
                for column in sheet.columns
            ],
            "High",
        )
    )
    found.append(head)
    empty: tuple[Value, ...] = (None,) * len(sheet.columns)
    for number, row in enumerate((*sheet.rows, *[empty] * sheet.spare)):
        found.append(
            _make_row(
                [
                    _make_cell_of(value, column, lists.get(sheet.offer(number, place), ""))
                    for place, (value, column) in enumerate(zip(row, sheet.columns, strict=True))
                ],
                "Row",
            )
        )
    return found


def _make_cell_of(value: Value | Formula, column: Column, choices: str) -> Element:
    name = "Asked" if column.asked else "Given"
    return _make_cell(value, f"{name}Number" if column.number else name, choices=choices)


def _make_row(cells: list[Element], style: str) -> Element:
    from odfdo import Element

    found = Element.from_tag(f'<table:table-row table:style-name="{style}"/>')
    for cell in cells:
        found.append(cell)
    return found


def _make_cell(value: Value | Formula, style: str, span: int = 1, choices: str = "") -> Element:
    from odfdo import Element, Paragraph

    found = Element.from_tag(f'<table:table-cell table:style-name="{style}"/>')
    if span > 1:
        found.set_attribute("table:number-columns-spanned", str(span))
    if choices:
        found.set_attribute("table:content-validation-name", choices)
    if isinstance(value, Formula):
        found.set_attribute("table:formula", value.text)
    said = value.value if isinstance(value, Formula) else value
    if isinstance(said, int):
        found.set_attribute("office:value-type", "float")
        found.set_attribute("office:value", str(said))
    elif said:
        found.set_attribute("office:value-type", "string")
    if said is not None and said != "":
        found.append(Paragraph(str(said)))
    return found


def _render_validations(lists: Mapping[Choices, str]) -> str:
    """Lists to choose from. Another word may be written all the same: what is read back says what
    it does not understand.
    """
    from xml.sax.saxutils import quoteattr

    rows = ""
    for choices, name in lists.items():
        condition = quoteattr(f"of:cell-content-is-in-list({_write_list(choices)})")
        rows += (
            f'<table:content-validation table:name="{name}" table:condition={condition} '
            f'table:allow-empty-cell="true" table:display-list="unsorted">'
            '<table:error-message table:message-type="information" '
            'table:display="false"/></table:content-validation>'
        )
    return f"<table:content-validations>{rows}</table:content-validations>"


def _write_list(choices: Choices) -> str:
    """Words, or the cells that have them, as a condition of OpenDocument names them."""
    if isinstance(choices, Listed):
        table = choices.table.replace("'", "''")
        return f"[$'{table}'.$A${choices.first}:.$A${choices.first + choices.count - 1}]"
    return ";".join('"' + choice.replace('"', "") + '"' for choice in choices)


def _sheet_styles(sheets: Sequence[Sheet], colour: str) -> Iterator[str]:
    """Styles that stand with the tables: widths of columns, heights of rows."""
    widths = sorted({round(column.width * 100) for sheet in sheets for column in sheet.columns})
    for width in widths:
        yield (
            f'<style:style style:name="W{width}" style:family="table-column">'
            f'<style:table-column-properties style:column-width="{width / 100:.2f}cm"/>'
            "</style:style>"
        )
    template = open_template(TEMPLATE)
    for name, path in PARTS.items():
        yield to_xml(template.style_of(path, name, colour))
