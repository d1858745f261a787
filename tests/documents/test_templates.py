"""The office documents are filled into templates: every style that they use is there, and what a
designer changes in LibreOffice reaches each of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from coopbook.base.shipped import shipped
from coopbook.documents import ods, odt
from coopbook.documents.model import (
    Boxes,
    Break,
    Lines,
    Paper,
    Run,
    Section,
    Table,
    Text,
    make_text,
    parse_markdown,
)
from coopbook.documents.ods import Column, Formula, Look, Sheet, render_ods
from coopbook.documents.template import SPACES, Template, open_template, qualify
from odfdo import Document

COLOUR = "#a84e2c"
COOP = "Zoé & <Cie>"
MARKS = ("bold", "italic", "struck", "added")
BLOCKS = (
    *(make_text(style, style) for style in odt.NAMES),
    *parse_markdown("A **bold** and *thin* word.\n\n1. One\n2. Two\n\n## Part"),
    Text(tuple(Run(mark, frozenset([mark])) for mark in MARKS)),
    Table(("Who", "How many"), (("Ana", "12"),), (3, 1), frozenset([1]), tall=True),
    Lines(("Signature",)),
    Boxes(("For", "Against")),
    Break(cut=True),
    Section("minutes", (make_text("Kept"),)),
    Break(),
)
COLUMNS = (
    Column("Name", 6),
    Column("Here", 3, asked=True, choices=("yes", "no")),
    Column("For", 2, asked=True, number=True),
    Column("Sum", 2, number=True),
)
ROWS = (("Ana", None, 3, Formula("of:=[.C3]+1")),)


def paper(landscape: bool = False, language: str = "fr") -> bytes:
    return odt.render_odt(
        Paper(
            "notice",
            "Convocation",
            COOP,
            "Au pied",
            "Page",
            language,
            COLOUR,
            "2026-06-18",
            BLOCKS,
            landscape,
        )
    )


def sheet() -> bytes:
    look = Look("Présences", COOP, "Au pied", "Page", "fr-CA", COLOUR, "2026-06-18")
    return render_ods([Sheet("Présences", ("Qui ?", "Ce qu'il faut"), COLUMNS, ROWS, 2)], look)


MADE = {"paper": paper, "across": lambda: paper(landscape=True), "sheet": sheet}
made = pytest.mark.parametrize("make", MADE.values(), ids=MADE.keys())


def parts_of(data: bytes) -> dict[str, ElementTree.Element]:
    """The parts of a document that are XML; each is well-formed."""
    with ZipFile(BytesIO(data)) as archive:
        return {
            name: ElementTree.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.endswith(".xml")
        }


def styles_named(within: ElementTree.Element) -> Iterator[str]:
    for element in within.iter():
        for name, value in element.attrib.items():
            if re.search(r"\}(default-cell-)?(parent-)?style-name$|-page(-layout)?-name$", name):
                yield value


def styles_given(within: ElementTree.Element) -> Iterator[str]:
    for element in within.iter():
        if element.tag != qualify("style:font-face") and (
            name := element.get(qualify("style:name"))
        ):
            yield name


@made
def test_every_style_that_is_used_is_there_once(make: Callable[[], bytes]) -> None:
    parts = parts_of(make())
    content, styles = parts["content.xml"], parts["styles.xml"]
    assert set(styles_named(styles)) <= set(styles_given(styles))
    own = list(styles_given(content))
    assert set(styles_named(content)) <= {*own, *styles_given(styles)}
    assert not {*own} & {*styles_given(styles)}
    assert len(set(own)) == len(own)


@made
def test_the_same_contents_have_the_same_bytes(make: Callable[[], bytes]) -> None:
    assert make() == make()


@made
def test_head_foot_colour_and_language_are_the_co_ops(make: Callable[[], bytes]) -> None:
    data = make()
    styles = parts_of(data)["styles.xml"]
    (page,) = styles.findall(".//style:master-page", SPACES)
    head, foot = page
    assert "".join(head.itertext()).strip() == COOP
    assert "".join(foot.itertext()).strip() == "Au piedPage 1/1"
    raw = ElementTree.tostring(styles, encoding="unicode")
    assert COLOUR in raw
    assert "#1f5d57" not in raw
    default = styles.find(".//style:default-style/style:text-properties", SPACES)
    assert default is not None
    assert default.get(qualify("fo:language")) == "fr"
    assert default.get(qualify("fo:country")) == ("CA" if make is sheet else "none")


@made
def test_other_readers_open_it(make: Callable[[], bytes]) -> None:
    found = Document(BytesIO(make()))
    assert found.get_type() in ("text", "spreadsheet")
    assert "Ana" in str(found.body.inner_text if make is sheet else found.get_formatted_text())


@pytest.mark.parametrize(("landscape", "width"), [(False, "16.6cm"), (True, "25.3cm")])
def test_tables_and_dotted_lines_reach_the_margin(landscape: bool, width: str) -> None:
    content = parts_of(paper(landscape))["content.xml"]
    tables = content.findall(".//style:table-properties", SPACES)
    assert [one.get(qualify("style:width")) for one in tables] == [width]
    stop = content.find(".//style:tab-stop", SPACES)
    assert stop is not None
    assert stop.get(qualify("style:position")) == width
    page = parts_of(paper(landscape))["styles.xml"].find(".//style:page-layout-properties", SPACES)
    assert page is not None
    assert (page.get(qualify("style:print-orientation")) == "landscape") is landscape


def test_a_template_that_libreoffice_saved_still_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    """It names the styles of tables, rows, sections and pages anew, and lengths in inches."""
    source = (shipped("documents") / "paper.fodt").read_text(encoding="utf-8")
    for name, other in (
        ("Wide", "Table1"),
        ("CellHead", "Table1.A1"),
        ("CellBody", "Table1.A2"),
        ("Tall", "ro7"),
        ("Kept", "Sect1"),
        ("Upright", "Mpm1"),
        ("21cm", "8.2677in"),
        ("#f3ede3", "#ddeeff"),
    ):
        assert f'"{name}"' in source
        source = source.replace(f'"{name}"', f'"{other}"')
    before = paper()
    monkeypatch.setattr(odt, "open_template", lambda name: Template(source.encode()))
    after = paper()
    assert set(styles_given(parts_of(after)["content.xml"])) == set(
        styles_given(parts_of(before)["content.xml"])
    )
    assert b"#ddeeff" in ZipFile(BytesIO(after)).read("content.xml")
    table = parts_of(after)["content.xml"].find(".//style:table-properties", SPACES)
    assert table is not None
    assert table.get(qualify("style:width")) == "16.6cm"
    assert [one for one in styles_given(parts_of(after)["styles.xml"]) if one == "Mpm1"]


def test_what_a_template_shows_is_what_is_used() -> None:
    """A designer sees each style at work."""
    for file, parts in (("paper.fodt", odt.PARTS), ("sheet.fods", ods.PARTS)):
        root = ElementTree.fromstring((shipped("documents") / file).read_bytes())
        body = root.find("office:body", SPACES)
        styles = root.find("office:styles", SPACES)
        assert body is not None
        assert styles is not None
        shown = {
            *styles_named(body),
            *styles_named(root.find("office:master-styles", SPACES) or body),
        }
        assert {*styles_given(styles)} <= shown | {*styles_named(styles)}
        for path in parts.values():
            assert root.find(path, SPACES) is not None


def test_templates_are_read_once() -> None:
    assert open_template("paper.fodt") is open_template("paper.fodt")
    assert {file.name for file in Path(shipped("documents")).iterdir()} == {
        odt.TEMPLATE,
        "sheet.fods",
    }
