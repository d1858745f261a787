"""A handbook that was kept elsewhere comes in with its order, links, headings and pictures; what
pages would leave out says the same in Markdown.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from coopbook import checks
from coopbook.base import markdown
from coopbook.base.list_indents import indent_continuations
from coopbook.base.messages import translator
from coopbook.records.load import load
from coopbook.transfer.html_text import convert_html
from PIL import Image
from support.commands import Ran, run
from support.coops import TODAY

Coop = Callable[..., Path]


def picture(format: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (8, 8), (20, 90, 80)).save(out, format)
    return out.getvalue()


def bring(root: Path, files: dict[str, str | bytes], *given: str) -> Ran:
    folder = root.parent / "Manuel"
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return run("import", "wiki", folder, root, *given, "--lang", "en")


def read(root: Path, name: str) -> str:
    return (root / "wiki/manuel" / name).read_text(encoding="utf-8")


def faults(root: Path) -> list[str]:
    say = translator("en")
    return [
        f"{item.file}: {say(item.message)}"
        for item in checks.check(load(root, TODAY))
        if item.file.startswith("wiki/")
    ]


HANDBOOK: dict[str, str | bytes] = {
    "README.md": "# Manuel\n\nVoir [les réunions](Nos%20règles/Réunions.md#Déroulé), [en ligne]"
    "(/Nos%20règles/Réunions.md), [le statut](./LICENSE) et [la feuille](feuille.xls).\n",
    "SUMMARY.md": "# Sommaire\n\n* [Accueil](README.md)\n\n## Nos règles !\n\n"
    "* [Réunions](Nos%20r%C3%A8gles/Réunions.md)\n"
    "  * [Tours](Nos%20r%C3%A8gles/tour-de-parole.md)\n"
    "## Outils\n* [Nuage](outils/nuage.md)\n",
    "Nos règles/Réunions.md": "## Réunions\n\n### Déroulé\n\nOn écoute.<br>Puis on parle.\n\n"
    "![Le plan](../images/Plan de salle.PNG)\n![]( ../images/anim.gif )\n",
    "Nos règles/tour-de-parole.md": "Chacun son tour.\n\n<a name='fin'></a>\n\n## La fin\n\n"
    "[Retour](reunions.md), [fin](#fin).\n",
    "outils/nuage.md": "---\ntitle: Notre nuage\ntags: [a]\n---\n\n"
    "Une image : ![logo](https://ailleurs.example/l.png).\n",
    "images/Plan de salle.PNG": picture("JPEG"),
    "images/anim.gif": picture("GIF"),
    "feuille.xls": b"\xd0\xcf",
    "LICENSE": "CC BY-SA\n",
}


def test_a_handbook_comes_in_with_its_links_order_and_pictures(coop: Coop) -> None:
    root = coop()
    done = bring(root, HANDBOOK)
    assert done.returncode == 0, done.output
    names = sorted(
        path.relative_to(root / "wiki/manuel").as_posix()
        for path in (root / "wiki/manuel").rglob("*")
        if path.is_file()
    )
    assert names == [
        "LICENSE",
        "README.md",
        "images/anim.png",
        "images/plan-de-salle.jpg",
        "nos-regles/README.md",
        "nos-regles/reunions.md",
        "nos-regles/tour-de-parole.md",
        "outils/README.md",
        "outils/nuage.md",
    ]
    assert read(root, "README.md") == (
        "---\norder: 10\n---\n\n# Manuel\n\nVoir [les réunions](nos-regles/reunions.md#déroulé), "
        "[en ligne](nos-regles/reunions.md), le statut et la feuille.\n"
    )
    assert read(root, "nos-regles/reunions.md") == (
        "---\norder: 20\n---\n\n# Réunions\n\n### Déroulé\n\nOn écoute.\\\nPuis on parle.\n\n"
        "![Le plan](<../images/plan-de-salle.jpg>)\n![]( ../images/anim.png )\n"
    )
    assert read(root, "nos-regles/tour-de-parole.md") == (
        "---\ntitle: La fin\norder: 30\n---\n\nChacun son tour.\n\n## La fin\n\n"
        "[Retour](reunions.md), [fin](#la-fin).\n"
    )
    assert "title: Nos règles !\norder: 20\n" in read(root, "nos-regles/README.md")
    assert read(root, "outils/nuage.md") == (
        "---\ntitle: Notre nuage\norder: 40\n---\n\n"
        "Une image : [logo](https://ailleurs.example/l.png).\n"
    )
    assert "feuille.xls: files of this sort have no place in the wiki" in done.stdout
    assert "outils/nuage.md: fields without a place: tags" in done.stdout
    assert faults(root) == []


def test_a_second_run_writes_nothing_and_what_was_edited_stays(coop: Coop) -> None:
    root = coop()
    bring(root, HANDBOOK)
    assert "There is nothing to write." in bring(root, HANDBOOK).stdout
    page = root / "wiki/manuel/outils/nuage.md"
    page.write_text(page.read_text() + "\nÀ nous.\n")
    edited = page.read_bytes()
    done = bring(root, HANDBOOK | {"outils/neuf.md": "# Neuf\n"})
    assert "These are there already and say something else" in done.stdout
    assert (page.read_bytes(), read(root, "outils/neuf.md")) == (edited, "# Neuf\n")
    assert bring(root, HANDBOOK, "--update").returncode == 0
    assert page.read_bytes() != edited


def test_a_dry_run_writes_nothing_and_the_starter_pages_stay(coop: Coop) -> None:
    root = coop({"wiki/README.md": "# Le guide\n"})
    done = bring(root, HANDBOOK, "--dry-run", "--into", ".")
    assert "Nothing was written." in done.stdout
    assert "\n  wiki/README.md\n" in done.stdout
    assert [path.name for path in (root / "wiki").iterdir()] == ["README.md"]
    bring(root, HANDBOOK, "--into", ".")
    assert (root / "wiki/README.md").read_text() == "# Le guide\n"
    assert (root / "wiki/outils/nuage.md").is_file()


def test_the_order_of_mkdocs_and_its_boxes_are_taken(coop: Coop) -> None:
    root = coop()
    bring(
        root,
        {
            "mkdocs.yml": "site_name: X\nmarkdown_extensions:\n  - x: !!python/name:y\n"
            "nav:\n  - Début: index.md\n  - Travail:\n      - b.md\n      - Le premier: a.md\n"
            "theme: material\n",
            "docs/index.md": "# Bonjour\n\nVoir [a](a/) et [b](b.html).\n",
            "docs/a.md": '!!! note "Attention"\n    Lire **tout**.\n\n    Puis signer.\n\nFin.\n',
            "docs/b.md": "# B {#un-nom}\n\n[ici](#un-nom)\n",
            "autre/c.md": "# C\n",
        },
    )
    assert read(root, "index.md") == (
        "---\norder: 10\n---\n\n# Bonjour\n\nVoir [a](a.md) et [b](b.md).\n"
    )
    assert read(root, "a.md") == (
        "---\ntitle: Le premier\norder: 30\n---\n\n"
        "> **Attention**\n>\n> Lire **tout**.\n>\n> Puis signer.\n\nFin.\n"
    )
    assert read(root, "b.md") == "---\norder: 20\n---\n\n# B\n\n[ici](#b)\n"
    assert not (root / "wiki/manuel/c.md").exists()
    assert faults(root) == []


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("un<br/>deux", "un\\\ndeux"),
        ("un<br>", "un"),
        ("| a<br>b | c |\n|---|---|\n| d<br />e | f |", "| a · b | c |\n|---|---|\n| d · e | f |"),
        ("x<sup>2</sup>, 1<sup>er</sup>, H<sub>2</sub>O", "x², 1er, H₂O"),
        ('<a href="a b.md" target="_blank">le *mot*</a>', "[le *mot*](<a b.md>)"),
        ("<img src=x.png alt='un [mot]' width='5%'/>", "![un \\[mot\\]](x.png)"),
        ('<a href="https://x.example"><img src="y.png"></a>', "[![](y.png)](https://x.example)"),
        (
            "<details>\n<summary>Plus</summary>\n\nTexte.\n\n</details>",
            "**Plus**\n\nTexte.",
        ),
        ("<b>gras </b>et <em>penché</em>, <kbd>Q</kbd>", "**gras** et *penché*, `Q`"),
        ("`<br>` et <YYYY>-<MM>", "`<br>` et \\<YYYY>-\\<MM>"),
        ("<h2>Titre</h2>\n\n<p align=center>Bien</p>", "## Titre\n\nBien"),
        ("```html\n<br>\n\n\n<b>\n```", "```html\n<br>\n\n\n<b>\n```"),
        ("<b>x</b>\n\n```\na\n\n\nb\n```", "**x**\n\n```\na\n\n\nb\n```"),
        (
            "<table>\n<caption>Qui</caption>\n<thead><tr><th>Nom<th align=right>Prix *net*</tr>"
            "</thead>\n<tr><td><b>Ana</b><br>et <a href='l.md'>Léna</a></td>\n<td>3 | 4</td>\n"
            "</tr>\n</table>",
            "**Qui**\n\n| Nom | Prix \\*net\\* |\n| --- | ---: |\n"
            "| **Ana** · et [Léna](l.md) | 3 \\| 4 |",
        ),
        (
            "<table><tr><td rowspan=2>A</td><td colspan=2>B</td></tr>\n"
            "<tr><td><code>a_b</code></td><td><ul><li>c</li><li>&lt;d&gt;</li></ul></td></tr></table>",
            "| A | B |  |\n| --- | --- | --- |\n| A | `a_b` | c · \\<d\\> |",
        ),
        ("<table><tr><td><img src=a.png></td><td>Mot</td></tr></table>", "![](a.png)\n\nMot"),
        (
            "- un\n\n  <table><tr><td>a</td></tr>\n  <tr><td>b</td></tr></table>\n",
            "- un\n\n  | a |\n  | --- |\n  | b |",
        ),
        (
            "<pre><code class='language-js'>a &lt; b;\n\n\n  <b>c</b>\n</code></pre>\nFin.",
            "```js\na < b;\n\n\n  c\n```\n\nFin.",
        ),
        ("<pre>\n```\nx\n```\n</pre>", "````\n```\nx\n```\n````"),
    ],
)
def test_html_says_the_same_in_markdown(written: str, shown: str) -> None:
    found = convert_html(f"{written}\n")
    assert (found.text.strip(), found.left) == (shown, ())
    assert markdown.OMITTED not in markdown.convert(found.text)


@pytest.mark.parametrize(
    "written",
    [
        "<table><tr><td><table><tr><td>x</td></tr></table></td></tr></table>",
        "<table><tr><td>x</td></tr>",
        "<table></table>",
        "x <pre>y</pre>",
    ],
)
def test_what_markdown_cannot_say_is_told(coop: Coop, written: str) -> None:
    done = bring(coop(), {"a.md": f"# A\n\n{written}\n"})
    assert "a.md: HTML that pages leave out stays: <" in done.stdout


@pytest.mark.parametrize(
    "written",
    [
        "<table><tr>" + "<td rowspan=99 colspan=99>x" * 99,
        "<table>" * 999,
        "<script>alert(1)</script>",
        '<a href="javascript:x">y</a>',
        "<b><i><a href=x>",
        "<sup",
        "</a></b>",
        "<b>" * 300,
        "<a href=x>" * 300 + "</a>" * 300,
    ],
)
def test_html_of_whatever_sort_stops_nothing(coop: Coop, written: str) -> None:
    root = coop()
    done = bring(root, {"a.md": f"# A\n\n{written}\n"})
    assert done.returncode == 0, done.output
    assert "<script>alert" not in markdown.render(read(root, "a.md")).html


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"a.txt": "x"}, "holds no page in Markdown"),
        ({"a.md": b"\x00\x01"}, "a.md: this file is no text"),
        ({"a.md": "---\ntitle: &x y\n---\n\nz\n"}, "its fields cannot be read"),
        ({"a.md": "<<<<<<< HEAD\nx\n=======\ny\n>>>>>>> z\n"}, "a.md: Two changes meet here"),
        ({"a.md": "# A\n\n[b](b.pdf)\n", "b.pdf": b"half"}, "b.pdf: This is no whole PDF"),
        ({"a.md": "<<<<<<< x\n" * 9_000}, "a.md: Two changes meet here"),
        ({"a.md": "](" + "a " * 2_000}, "New: 1."),
        ({"a.md": "# A\n", "b.png": b"nothing"}, "b.png: this picture does not open"),
        ({"a.md": "# A\n\n[b](b.md)\n"}, "a.md: this link leads nowhere: b.md"),
        ({"a.md": "# A\n\n[b](#b)\n"}, "a.md: there is no such heading: #b"),
        ({"a.md": "---\n\n# A\n"}, "Refused: 0."),
        ({"a.md": "# A\u200b\n"}, "characters that cannot be seen were taken out"),
        ({"a.md": "# A\r\n\r\nb\r\n", "A b.md": "x", "a-b.md": "y"}, "New: 3."),
        ({"a.md": "mot " * 60_000}, "Refused: 1."),
    ],
    ids=range(14),
)
def test_what_cannot_be_taken_is_told(coop: Coop, files: dict[str, str | bytes], said: str) -> None:
    root = coop()
    done = bring(root, files)
    assert said in done.output
    assert "Traceback" not in done.output
    errors = [one for one in checks.check(load(root, TODAY)) if one.severity == "error"]
    assert errors == []


def test_links_to_other_places_and_hidden_files_are_left_out(coop: Coop) -> None:
    root = coop()
    folder = root.parent / "Manuel"
    folder.mkdir()
    (folder / "a.md").write_text("# A\n")
    (folder / ".env").write_text("x")
    (folder / "b.md").symlink_to("/etc/hostname")
    done = bring(root, {})
    assert "Links to other places were left out: b.md." in done.stderr
    assert [path.name for path in (root / "wiki/manuel").iterdir()] == ["a.md"]
    own = run("import", "wiki", root / "wiki", root, "--lang", "en")
    assert (own.returncode, "This folder is the co-op's own." in own.stderr) == (2, True)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("  1. a\n\n    b\n    c\n\n  1. d\n", "  1. a\n\n     b\n     c\n\n  1. d\n"),
        ("  1. a\n\n      b\n\nc\n\n    d\n", "  1. a\n\n      b\n\nc\n\n    d\n"),
        ("- a\n\n    b\n", "- a\n\n    b\n"),
        ("  1. a\n\n```\n\n    b\n```\n", "  1. a\n\n```\n\n    b\n```\n"),
        ("1.    a\n\n    b\n", "1.    a\n\n      b\n"),
        ("a\n\n    b\n", "a\n\n    b\n"),
    ],
)
def test_what_continues_an_entry_is_indented_as_part_of_it(written: str, shown: str) -> None:
    assert indent_continuations(written) == (shown, int(shown != written))


def test_pages_say_their_language_where_it_is_another(coop: Coop) -> None:
    root = coop()
    bring(root, {"a.md": "# A\n"}, "--language", "en")
    assert read(root, "a.md") == "---\nlanguage: en\n---\n\n# A\n"
    assert bring(root, {"a.md": "# A\n"}, "--language", "zz9").returncode == 2
