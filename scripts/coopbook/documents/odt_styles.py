"""The styles of our office documents: a quiet hierarchy in the co-op's colour, A4, page numbers at
the foot.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

NAMES = ["office", "style", "text", "table", "fo", "svg", "number", "config", "draw"]
_URN = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = {
    "office": f"{_URN}:office:1.0",
    "style": f"{_URN}:style:1.0",
    "text": f"{_URN}:text:1.0",
    "table": f"{_URN}:table:1.0",
    "fo": f"{_URN}:xsl-fo-compatible:1.0",
    "svg": f"{_URN}:svg-compatible:1.0",
    "number": f"{_URN}:datastyle:1.0",
}
SPACES = " ".join(f'xmlns:{name}="{address}"' for name, address in _SPACES.items())
FONT = "Liberation Sans"
"""What LibreOffice brings along; other programs take Arial, of the same widths."""
_TEXTS = {
    # name: (size, before, after, bold, colour, more)
    "Body": ("10.5pt", "0cm", "0.22cm", False, "text", 'fo:line-height="130%"'),
    "Lead": ("9pt", "0cm", "0.25cm", False, "muted", ""),
    "Title_20_1": ("21pt", "0.55cm", "0.1cm", True, "main", 'fo:keep-with-next="always"'),
    "Under_20_title": ("12pt", "0cm", "0.5cm", False, "muted", ""),
    "Heading_20_A": ("13.5pt", "0.55cm", "0.18cm", True, "main", 'fo:keep-with-next="always"'),
    "Heading_20_B": ("11pt", "0.35cm", "0.1cm", True, "text", 'fo:keep-with-next="always"'),
    "Item": (
        "10.5pt",
        "0cm",
        "0.1cm",
        False,
        "text",
        'fo:line-height="130%" fo:margin-left="0.8cm" fo:text-indent="-0.8cm"',
    ),
    "Quote": (
        "10.5pt",
        "0cm",
        "0.22cm",
        False,
        "text",
        'fo:line-height="130%" fo:margin-left="0.1cm" fo:padding-left="0.35cm"',
    ),
    "Small": ("8.5pt", "0.1cm", "0.1cm", False, "muted", ""),
    "Cell": ("9.5pt", "0cm", "0cm", False, "text", ""),
    "Cell_20_head": ("8.5pt", "0cm", "0cm", True, "main", ""),
    "Fill": ("10.5pt", "0.4cm", "0.3cm", False, "text", ""),
    "Foot": ("8pt", "0cm", "0cm", False, "muted", ""),
}
_MUTED, _TEXT = "#5f574d", "#26231f"


def styles(
    colour: str,
    coop: str,
    foot: str,
    page: str,
    language: str,
    landscape: bool = False,
    one_wide: bool = False,
) -> bytes:
    """The whole styles.xml; `coop` stands at the head of each page, `foot` and the page's number at
    its foot. `one_wide`: a sheet is made small enough to be one page wide.
    """
    width, height = ("29.7cm", "21cm") if landscape else ("21cm", "29.7cm")
    code, _dash, country = language.replace("_", "-").partition("-")
    inner = "".join(_text(name, colour) for name in _TEXTS)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-styles {SPACES} '
        f'office:version="1.3">'
        f'<office:font-face-decls><style:font-face style:name="{FONT}" '
        f"svg:font-family=\"'{FONT}', Arial, sans-serif\"/></office:font-face-decls>"
        f"<office:styles>{_default(code, country)}{inner}{_spans()}</office:styles>"
        f"<office:automatic-styles>{_layout(width, height, landscape, one_wide)}{_tab(landscape)}</office:automatic-styles>"
        f'<office:master-styles><style:master-page style:name="Standard" '
        f'style:page-layout-name="pm1">'
        f'<style:header><text:p text:style-name="PageHead">{escape(coop)}</text:p></style:header>'
        f"<style:footer><text:p "
        f'text:style-name="PageFoot">{escape(foot)}<text:tab/>{escape(page)} '
        f'<text:page-number text:select-page="current">1'
        f"</text:page-number>/<text:page-count>1</text:page-count></text:p></style:footer></style:master-page></office:master-styles>"
        "</office:document-styles>"
    ).encode()


def _default(code: str, country: str) -> str:
    where = f' fo:country="{country}"' if country else ""
    return (
        '<style:default-style style:family="paragraph"><style:paragraph-properties '
        'style:tab-stop-distance="1.25cm"/>'
        f'<style:text-properties style:font-name="{FONT}" fo:font-size="10.5pt" '
        f'fo:language="{code}"{where} fo:color="{_TEXT}"/></style:default-style>'
        '<style:style style:name="Standard" style:family="paragraph" style:class="text"/>'
    )


def _text(name: str, main: str) -> str:
    size, before, after, bold, colour, more = _TEXTS[name]
    said = {"main": main, "muted": _MUTED, "text": _TEXT}[colour]
    stop = (
        '<style:tab-stops><style:tab-stop style:position="0cm"/></style:tab-stops>'
        if name == "Item"
        else ""
    )
    more += f' fo:border-left="2pt solid {main}"' if name == "Quote" else ""
    level = {"Title_20_1": "1", "Heading_20_A": "2", "Heading_20_B": "3"}.get(name, "")
    outline = f' style:default-outline-level="{level}"' if level else ""
    return (
        f'<style:style style:name="{name}" style:display-name="{name.replace("_20_", " ")}" '
        f'style:family="paragraph" '
        f'style:parent-style-name="Standard"{outline}>'
        f'<style:paragraph-properties fo:margin-top="{before}" fo:margin-bottom="{after}" '
        f'fo:orphans="2" fo:widows="2" {more}>{stop}</style:paragraph-properties>'
        f'<style:text-properties fo:font-size="{size}" fo:color="{said}"{" fo:font-weight=" + chr(34) + "bold" + chr(34) if bold else ""}/>'
        "</style:style>"
    )


def _spans() -> str:
    properties = {
        "bold": 'fo:font-weight="bold"',
        "italic": 'fo:font-style="italic"',
        "struck": (
            'style:text-line-through-style="solid" style:text-line-through-type="single" '
            'fo:color="#8a2f2f"'
        ),
        "added": (
            'style:text-underline-style="solid" style:text-underline-width="auto" '
            'fo:color="#2e6b34"'
        ),
    }
    return "".join(
        f'<style:style style:name="Mark{name}" style:family="text"><style:text-properties '
        f"{said}/></style:style>"
        for name, said in properties.items()
    )


def _layout(width: str, height: str, landscape: bool, one_wide: bool) -> str:
    fit = 'style:scale-to-X="1" style:scale-to-Y="0" ' if one_wide else ""
    across = "landscape" if landscape else "portrait"
    return (
        f'<style:page-layout style:name="pm1"><style:page-layout-properties '
        f'fo:page-width="{width}" fo:page-height="{height}" '
        f'style:print-orientation="{across}" {fit}fo:margin-top="1.6cm" '
        f'fo:margin-bottom="1.5cm" fo:margin-left="2.2cm" fo:margin-right="2.2cm"/>'
        '<style:header-style><style:header-footer-properties fo:min-height="0.5cm" '
        'fo:margin-bottom="0.5cm"/></style:header-style>'
        '<style:footer-style><style:header-footer-properties fo:min-height="0.5cm" '
        'fo:margin-top="0.5cm"/></style:footer-style>'
        "</style:page-layout>"
    )


def _tab(landscape: bool) -> str:
    stop = "25.3cm" if landscape else "16.6cm"
    return (
        '<style:style style:name="PageHead" style:family="paragraph" '
        'style:parent-style-name="Foot">'
        '<style:text-properties fo:font-weight="bold"/></style:style>'
        '<style:style style:name="PageFoot" style:family="paragraph" '
        'style:parent-style-name="Foot"><style:paragraph-properties '
        'fo:border-top="0.5pt solid #c9c0b2" fo:padding-top="0.12cm"><style:tab-stops>'
        f'<style:tab-stop style:position="{stop}" '
        f'style:type="right"/></style:tab-stops></style:paragraph-properties></style:style>'
    )
