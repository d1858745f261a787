"""What members write as Markdown never becomes more than text on a page, and never takes long."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import pytest
from coopbook.base.markdown import is_allowed_address, links, render
from coopbook.base.markdown_source import html_tags, without_comments, without_html, without_links
from coopbook.base.paragraphs import MOST_IN_PARAGRAPH, find_huge_table, find_long_paragraph
from coopbook.yaml_files.reader import MAX_BODY_BYTES
from hypothesis import given, settings
from hypothesis import strategies as st

TAGS = {
    "a",
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "em",
    "strong",
    "code",
    "pre",
    "blockquote",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "hr",
    "br",
    "img",
    "del",
    "input",
    "sup",
    "section",
    "span",
}
ATTRIBUTES = re.compile(
    r"href|title|src|alt|class|id|align|start|type|checked|disabled|tabindex|aria-(hidden|label)|data-footnote\w*(-\w+)*"
)


class Looker(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.wrong += [tag] if tag not in TAGS else []
        for name, value in attrs:
            if not ATTRIBUTES.fullmatch(name):
                self.wrong.append(f"{tag} {name}")
            if name in {"href", "src"} and not is_allowed_address(value or ""):
                self.wrong.append(f"{name} {value}")

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"comment {data}")


def wrong_in(text: str) -> list[str]:
    looker = Looker()
    looker.feed(render(text, str, str).html)
    return looker.wrong


BAD = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt&colon;alert(1))",
    "[a](java\tscript:alert(1))",
    "[a](data:text/html,<script>1</script>)",
    "[a](vbscript:x)",
    "[a](file:///etc/passwd)",
    "[a](//evil.example)",
    "[a](\\\\evil.example)",
    "<javascript:alert(1)>",
    "![a](https://evil.example/x.png)",
    "![a](data:image/svg+xml;base64,AAAA)",
    '[a](x "\\" onmouseover=alert(1) x=\\"")',
    "# <b onclick=x>t</b>",
    "{: onclick=alert(1) }\n\n[a](b){onclick=alert(1)}",
    '```"><script>\nx\n```',
    '--8<-- "/etc/passwd"',
    "{{ config }} {% raw %}",
    "a[^<script>]\n\n[^<script>]: <script>",
    "<!-- a --><!--> <script> -->",
    "[a]: javascript:alert(1)\n\n[a] [b][a]",
]


@pytest.mark.parametrize("text", BAD)
def test_nothing_dangerous_reaches_the_page(text: str) -> None:
    assert wrong_in(text) == []
    assert "<script" not in render(text).html
    assert "evil.example" not in re.sub(r">[^<]*<", "><", render(text).html)


def test_the_looker_can_fail() -> None:
    looker = Looker()
    looker.feed('<script>x</script><p onclick="x"><a href="javascript:x">y</a>')
    assert len(looker.wrong) == 3


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab <>\"'&;:/()[]!#*_`~|-\n\\=^{}$%@.1xjavscripton", max_size=120))
def test_any_text_gives_only_known_tags(text: str) -> None:
    assert wrong_in(text) == []


N = MAX_BODY_BYTES
LONG = {
    "brackets": "[" * N,
    "nested links": "[a](" * (N // 4),
    "emphasis": "*a_ " * (N // 4),
    "strong": "**a *" * (N // 5),
    "lists": "- " * (N // 2),
    "headings of one name": "# a\n" * (N // 4),
    "quotes": (">" * 99 + "a\n") * (N // 101),
    "footnotes": "".join(f"[^{n}]: [^{n + 1}]\n" for n in range(N // 20)) + "[^0]",
    "backticks": "".join("`" * n + " " for n in range(600)),
    "tags": '<a x="' * (N // 6),
    "comments": "<!--a" * (N // 5),
    "wide table": "|" + "a|" * 5000 + "\n|" + "-|" * 5000 + "\n" + "|\n" * (N // 2 - 20_000),
    "addresses": "http://a." * (N // 9),
    "references": "".join(f"[{n}]: x\n" for n in range(N // 10)) + "[1]" * 100,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_long_texts_are_rendered(text: str) -> None:
    rendered = render(text[:N])
    assert rendered.html
    list(links(text[:N]))
    list(html_tags(text[:N]))


def test_headings_have_ids_as_in_the_forge() -> None:
    rendered = render("# Été à *Nantes*\n\n## Prix & délais\n\n## Prix & délais\n\n### `x`?")
    assert [(heading.level, heading.id, heading.text) for heading in rendered.headings] == [
        (1, "été-à-nantes", "Été à Nantes"),
        (2, "prix--délais", "Prix & délais"),
        (2, "prix--délais-1", "Prix & délais"),
        (3, "x", "x?"),
    ]


@pytest.mark.parametrize(
    ("text", "top", "levels"),
    [
        ("# a\n\n###### b", 3, [3, 4]),
        ("## a\n\n### b\n\n## c\n\n# d", 2, [2, 3, 2, 2]),
        ("###### a\n\n" * 2, 5, [5, 5]),
        ("# a\n## b\n### c\n#### d", 4, [4, 5, 6, 6]),
        ("# a\n\n### b\n\n## c", 1, [1, 2, 2]),
        ("## a\n\n#### b", 1, [2, 3]),
    ],
)
def test_no_level_of_heading_is_skipped(text: str, top: int, levels: list[int]) -> None:
    assert [heading.level for heading in render(text, top=top).headings] == levels


def test_a_box_to_tick_is_read_with_its_words() -> None:
    assert (
        '<label><input type="checkbox" disabled="" /> a <strong>b</strong></label>\n<ul>'
        in render("- [ ] a **b**\n  - c").html
    )
    assert (
        '<p><label><input type="checkbox" checked="" disabled="" /> a</label></p>\n<p>b</p>'
        in render("- [x] a\n\n  b").html
    )


def test_a_column_without_a_name_has_no_empty_heading() -> None:
    assert "<th></th>" not in (html := render("| | b |\n|-|-|\n| c | d |").html)
    assert "<td></td>" in html
    assert "<th>b</th>" in html


def test_links_have_their_place() -> None:
    found = list(
        links("Voir [la page](../b.md) et\n\n- ![é](i.png), [r][x]\n\n[x]: c.md 'titre'\n")
    )
    assert [(link.url, link.line, link.column, link.image) for link in found] == [
        ("../b.md", 1, 6, False),
        ("i.png", 3, 3, True),
        ("c.md", 3, 16, False),
    ]


def test_addresses() -> None:
    assert [
        url
        for url in ("a.md", "../a.md#b", "#c", "https://a.b", "mailto:a@b.c", "tel:+33", "a/b:c")
        if not is_allowed_address(url)
    ] == []
    assert [
        url
        for url in ("javascript:x", "data:x", "//a", "\\a", "x:y", "FILE:x", "1:2")
        if is_allowed_address(url)
    ] == []


UNLINKED = {
    "a [Léna](../members/lena.yml) b": "a Léna b",
    "x ![Photo [de] Léna](lena.png) [Zoé](zoe.yml)": "x Photo [de] Léna [Zoé](zoe.yml)",
    "[![p](zoe.jpg)](lena.yml) [![p](lena.jpg)](lena.yml)": "![p](zoe.jpg) p",
    "[a\nb](lena.yml) [c](<lena.yml> 't)') d": "a\nb c d",
    "[**Léna** M.][l], [l], [l][] and [ok]\n\n[l]: ../lena.yml 'x'\n[ok]: ok.md": (
        "**Léna** M., l, l and [ok]\n\n[ok]: ok.md"
    ),
    "`[x](lena.yml)` [Léna (x)](lena.yml)": "`[x](lena.yml)` Léna (x)",
    "| a | [b](lena.yml) |\n|--|--|\n| [c](lena.yml) | d |": "| a | b |\n|--|--|\n| c | d |",
    "> - [q](lena.yml)\n>   [r\n>   s](lena.yml) [é😀](lena.yml)": "> - q\n>   r\n>   s é😀",
}


@pytest.mark.parametrize("text", UNLINKED)
def test_a_link_that_leads_nowhere_is_its_words(text: str) -> None:
    assert without_links(text, lambda url: "lena" not in url) == UNLINKED[text]


CUT = {
    "<div hidden>zqsecret</div>": "",
    "<div hidden>\nzqsecret\nmore\n</div>\n\nshown": "\n\nshown",
    "a <b>bold</b> word": "a bold word",
    "`<b>` stays": "`<b>` stays",
    "```html\n<div>code</div>\n```": "```html\n<div>code</div>\n```",
    "x\n\n<script>\nalert(1)\n\nzqsecret\n</script>\n\ny": "x\n\n\n\ny",
    "- <div>zqsecret</div>\n- next": "-\n- next",
    "> <div>\n> zqsecret\n\nafter": ">\n\nafter",
    "<span>\nzqsecret\n\nafter": "\n\nafter",
    "para\n<span>\nshown": "para\nshown",
    "1. a\n\n   <div>zqsecret\n   more</div>\n\n   b\n2. c": "1. a\n\n\n\n   b\n2. c",
    "<details><summary>zqsecret</summary>\n\n**b**\n\n</details>": "\n\n**b**\n\n",
    "|a|b|\n|-|-|\n|<i>x</i>|y|": "|a|b|\n|-|-|\n|x|y|",
    '<a href="x\ny">z</a>': "z",
    "<?php zqsecret ?>\n\n**ok** [a](b)": "ok a",
    "<https://example.org> ok": "<https://example.org> ok",
    "a < b and c > d": "a < b and c > d",
}
"""Texts, and what is left of them: the Markdown, or where that cannot be, its words."""


@pytest.mark.parametrize("text", CUT)
def test_what_pages_leave_out_of_a_text_is_cut_out_of_it(text: str) -> None:
    assert without_html(text) == CUT[text]


PIECES = st.sampled_from(
    [
        "<div hidden>",
        "</div>",
        "<b>",
        "</b>",
        "<span",
        ">",
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "zq",
        "mot",
        " ",
        "- ",
        "1. ",
        "    ",
        "`",
        "*",
        "# ",
        "<x y='",
        "'>",
        "<?a",
        "?>",
        "<![CDATA[",
        "]]>",
        "<!A",
        "é",
        "[a](b)",
        "<https://a.b>",
        "\\",
        "\n",
        "\n\n",
        "```\n",
        "> ",
    ]
)


def letters(text: str) -> str:
    """The letters and digits that a page shows of a text."""
    return "".join(filter(str.isalnum, html.unescape(re.sub(r"<[^>]*>", "", render(text).html))))


@settings(max_examples=400)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_no_html_is_left_and_no_word_that_a_page_shows_is_lost(text: str) -> None:
    left = without_html(text)
    assert list(html_tags(left)) == []
    if left != text:
        assert letters(left) == letters(without_comments(text))


LONG_PARAGRAPHS = {
    "one line": "~~a" * 4000,
    "several lines": "[a](b) c d\n" * 1000,
    "breaks": "*a*  \n" * 2000 + "b\\\n" * 2000,
    "no code": "```a`b\n" + "*a* " * 3000,
    "code in HTML": "<div>\n```\n\n" + "*a* " * 3000,
    "no table": "| a | b |\n|---|\n" + "| **x** | [a](b) |\n" * 800,
    "no list": "a\n" + "2. *a*\n" * 2000,
    "no definitions": "[a]: b c d\n" * 1000,
    "a footnote": "[^1]: " + "*a* " * 3000,
    "an item": "- a\n- " + "*a* " * 3000,
    "a cell": "| a |\n|---|\n| " + "*a* " * 3000 + "|",
    "a heading": "# " + "*a* " * 3000,
}


@pytest.mark.parametrize("text", LONG_PARAGRAPHS.values(), ids=LONG_PARAGRAPHS)
def test_a_long_paragraph_is_found_however_it_is_dressed(text: str) -> None:
    assert len(text) > MOST_IN_PARAGRAPH
    assert find_long_paragraph("# Titre\n\n" + text) > 0


MANY_SHORT = {
    "a list": "- [a](b) *c*\n" * 2000,
    "numbers": "".join(f"{number}. *a*\n" for number in range(1, 3000)),
    "a table": "| a | b |\n|---|---|\n" + "| **x** | [a](b) |\n" * 2000,
    "code": "```\n" + "a line of code\n" * 2000 + "```\n",
    "quotation": "".join(f"> {number}\n>\n" for number in range(4000)),
    "definitions": "".join(f'[a{number}]: https://a.example/ "b"\n' for number in range(1000)),
    "HTML": "a<br>b\n\n" + "- *a*\n" * 3000,
}


@pytest.mark.parametrize("text", MANY_SHORT.values(), ids=MANY_SHORT)
def test_many_short_paragraphs_are_none_that_is_long(text: str) -> None:
    assert len(text) > MOST_IN_PARAGRAPH
    assert find_long_paragraph("# Titre\n\n" + text) == find_huge_table(text) == 0


def test_a_table_whose_cells_are_mostly_left_out_is_huge() -> None:
    assert find_huge_table("\n" + "|a" * 300 + "|\n" + "|-" * 300 + "|\n" + "|a\n" * 100) == 2
