"""The templates of our office documents: pages, styles, head and foot, as a designer made them in
LibreOffice.

A template is a flat OpenDocument file that shows each part once. Styles with a name of their own
are used by that name. Tables, rows and sections have none in LibreOffice, which names their styles
anew whenever it saves: these are found by the part that shows them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from functools import lru_cache
from typing import Protocol
from xml.etree import ElementTree

from ..base.shipped import shipped

Element = ElementTree.Element

_URN = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = {
    "office": f"{_URN}:office:1.0",
    "style": f"{_URN}:style:1.0",
    "text": f"{_URN}:text:1.0",
    "table": f"{_URN}:table:1.0",
    "draw": f"{_URN}:drawing:1.0",
    "number": f"{_URN}:datastyle:1.0",
    "fo": f"{_URN}:xsl-fo-compatible:1.0",
    "svg": f"{_URN}:svg-compatible:1.0",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
}
for _prefix, _address in SPACES.items():
    ElementTree.register_namespace(_prefix, _address)

MAIN_COLOUR = "Main_20_colour"
"""The style whose colour stands for the co-op's."""
MASTERS = {False: "Standard", True: "Landscape"}
"""The styles of upright and of landscape pages; a template that has one of them has no other."""

_CENTIMETRES = {"cm": 1.0, "mm": 0.1, "in": 2.54, "pt": 2.54 / 72}


class Letterhead(Protocol):
    """What a document says on each page, and how: the co-op's name at the head, a line at the foot,
    the word before the page's number.
    """

    @property
    def coop(self) -> str: ...
    @property
    def foot(self) -> str: ...
    @property
    def page(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def colour(self) -> str: ...


class Template:
    """A flat OpenDocument file."""

    def __init__(self, data: bytes) -> None:
        self._root = ElementTree.fromstring(data)  # noqa: S314 -- a file of ours

    def render_styles(self, letterhead: Letterhead, landscape: bool = False) -> bytes:
        """Write `styles.xml` for a document.

        Args:
            letterhead: What stands on each page, its language and colour.
            landscape: Whether its pages lie across.
        """
        version = {qualify("office:version"): self._root.get(qualify("office:version"), "")}
        styles = Element(qualify("office:document-styles"), version)
        page = deepcopy(self._master(landscape))
        page.set(qualify("style:name"), MASTERS[False])
        masters = Element(qualify("office:master-styles"))
        masters.append(page)
        automatic = Element(qualify("office:automatic-styles"))
        used = set(_names_within(page))
        automatic.extend(
            deepcopy(one) for one in self._part("automatic-styles") if _name(one) in used
        )
        for name in ("font-face-decls", "styles"):
            styles.append(deepcopy(self._part(name)))
        styles.extend([automatic, masters])
        _set_language(styles, letterhead.language)
        self._set_colour(styles, letterhead.colour)
        for one in masters.iter():
            one.text, one.tail = (_fill_in(words, letterhead) for words in (one.text, one.tail))
        return bytes(ElementTree.tostring(styles, encoding="UTF-8", xml_declaration=True))

    def style_of(self, path: str, name: str, colour: str) -> Element:
        """Copy the style of the part that shows it.

        Args:
            path: Where the part stands in the template, as ElementTree finds it.
            name: What the style is to be called.
            colour: The co-op's.
        """
        part = self._root.find(path, SPACES)
        named = "" if part is None else next(_names_within(part), "")
        found = next(one for one in self._part("automatic-styles") if _name(one) == named)
        style = deepcopy(found)
        style.set(qualify("style:name"), name)
        self._set_colour(style, colour)
        return style

    def text_width(self, landscape: bool = False) -> float:
        """Measure what the margins leave of a page, in centimetres."""
        layout = self._master(landscape).get(qualify("style:page-layout-name"))
        found = next(one for one in self._part("automatic-styles") if _name(one) == layout)
        page = found.find("style:page-layout-properties", SPACES)
        sizes = {} if page is None else page.attrib
        width, left, right = (
            _centimetres(sizes[qualify(f"fo:{name}")])
            for name in ("page-width", "margin-left", "margin-right")
        )
        return round(width - left - right, 2)

    def _part(self, name: str) -> Element:
        found = self._root.find(f"office:{name}", SPACES)
        return Element(qualify(f"office:{name}")) if found is None else found

    def _master(self, landscape: bool) -> Element:
        pages = {_name(page): page for page in self._part("master-styles")}
        name = MASTERS[landscape]
        return pages[name if name in pages else MASTERS[False]]

    def _set_colour(self, within: Element, colour: str) -> None:
        """Put the co-op's colour in the place of the template's, in whatever it colours."""
        style = next(one for one in self._part("styles") if _name(one) == MAIN_COLOUR)
        main = next(
            value
            for one in style
            for name, value in one.attrib.items()
            if name == qualify("fo:color")
        )
        for one in within.iter():
            for name, value in one.attrib.items():
                if main in value:
                    one.set(name, value.replace(main, colour))


@lru_cache(maxsize=4)
def open_template(name: str) -> Template:
    """Read a template that ships with the tool: `paper.fodt` or `sheet.fods`."""
    return Template((shipped("documents") / name).read_bytes())


def to_xml(style: Element) -> str:
    """A style as text."""
    return ElementTree.tostring(style, encoding="unicode")


def qualify(name: str) -> str:
    """A name such as `fo:color` as ElementTree has it."""
    prefix, _colon, local = name.partition(":")
    return f"{{{SPACES[prefix]}}}{local}"


def _name(style: Element) -> str:
    return style.get(qualify("style:name"), "")


def _names_within(part: Element) -> Iterator[str]:
    """The styles that a part and all within it name, its own first."""
    wanted = re.compile(r"\{.*\}(style-name|page-layout-name)")
    for one in part.iter():
        yield from (value for name, value in one.attrib.items() if wanted.fullmatch(name))


def _set_language(styles: Element, language: str) -> None:
    code, _dash, country = language.replace("_", "-").partition("-")
    for one in styles.iterfind(".//style:default-style/style:text-properties", SPACES):
        one.set(qualify("fo:language"), code)
        one.set(qualify("fo:country"), country or "none")


def _fill_in(words: str | None, letterhead: Letterhead) -> str | None:
    """The words of a head or a foot, in the place of their names in braces."""
    return words and re.sub(
        r"\{(coop|foot|page)\}", lambda found: str(getattr(letterhead, found[1])), words
    )


def _centimetres(length: str) -> float:
    number, unit = length[:-2], length[-2:]
    return float(number) * _CENTIMETRES[unit]
