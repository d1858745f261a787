"""Texts in force: what held on any day, what changed in the words, and the way in from a text
written elsewhere.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from coopbook import checks
from coopbook.base import markdown
from coopbook.base.list_indents import indent_continuations
from coopbook.base.messages import Message, translator
from coopbook.decisions.bylaws import consolidate, days, number, wordings_on
from coopbook.decisions.bylaws.cutting import cut_articles
from coopbook.decisions.bylaws.wording import bare, differences, lines, words
from coopbook.decisions.types import Article
from coopbook.records.load import load
from markupsafe import escape
from support.commands import run
from support.coops import TODAY, TOP
from support.sites import Site, skip_loudly, write_site

HANDBOOK = Path(os.environ.get("COOPBOOK_HANDBOOK") or TOP.parent / "shared" / "real" / "handbook")
BODY = "name: {fr: Assemblée générale}\nkind: assembly\naudience: public\nmandates: []\n"


def article(number: int, title: str, since: str, text: str, more: str = "") -> str:
    return (
        f"---\nnumber: {number}\ntitle: {title}\naudience: public\nin_force: {since}\n{more}---\n"
        f"\n{text}\n"
    )


STATUTS = {
    "decisions/bodies/ag.yml": BODY,
    "decisions/bylaws/statuts.yml": "title: {fr: Statuts, en: Articles}\nkind: articles\naudience: public\nlabel: Article\n",  # noqa: E501
    "decisions/bylaws/statuts/nom.md": article(
        1, "Nom", "2020-01-01", "Le nom est Les Essais[^1].\n\n[^1]: En français."
    ),
    "decisions/bylaws/statuts/siege.md": article(
        2,
        "Siège",
        "2026-07-01",
        "Le siège social est à **Lausanne**.",
        "previous: 2020-01-01\nadopted_by: {text: Assemblée du 18 juin 2026}\n",
    ),
    "decisions/bylaws/statuts/versions/siege/2020-01-01.md": article(
        2, "Siège", "2020-01-01", "Le siège est à Genève."
    ),
    "decisions/bylaws/statuts/duree.md": article(
        3,
        "Durée",
        "2027-01-01",
        "",
        "previous: 2020-01-01\nrepealed: true\nadopted_by: {text: Assemblée du 18 juin 2026}\n",
    ),
    "decisions/bylaws/statuts/versions/duree/2020-01-01.md": article(
        3, "Durée", "2020-01-01", "Vingt ans.[^1]\n\n[^1]: Au moins."
    ),
}
IN_2020 = """# Statuts

## Article 1er. Nom

Le nom est Les Essais[^nom-1].

[^nom-1]: En français.

## Article 2. Siège

Le siège est à Genève.

## Article 3. Durée

Vingt ans.[^duree-1]

[^duree-1]: Au moins.
"""


def say(text: str, **values: str) -> str:
    """A sentence as the pages say it."""
    return str(escape(translator("fr", shown=str)(Message(text, values))))


def on(root: Path, day: str) -> str:
    index = load(root, TODAY).index
    return consolidate(index, index.entries["bylaws"]["statuts"], day, translator("fr"))


def test_the_text_as_it_stood_on_each_day(coop: Callable[..., Path]) -> None:
    root = coop(STATUTS)
    index = load(root, TODAY).index
    assert days(index, "statuts") == ["2020-01-01", "2026-07-01", "2027-01-01"]
    assert on(root, "2020-01-01") == on(root, "2026-06-30") == IN_2020
    assert "Genève" not in on(root, "2026-07-01")
    assert "## Article 2. Siège\n\nLe siège social est à **Lausanne**.\n" in on(root, "2026-12-31")
    assert on(root, "2027-01-01").endswith(f"## Article 3. Durée\n\n*{say('Repealed.')}*\n")


def test_the_command_prints_it(coop: Callable[..., Path]) -> None:
    root = coop(STATUTS)
    done = run("bylaws", "statuts", root, "--on", "2024-02-29")
    assert (done.returncode, done.stdout) == (0, IN_2020)
    assert run("bylaws", "statuts", root, "--on", "2024-02-29").stdout == done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["statut"], "There is no text “statut” among decisions/bylaws/. Did you mean “statuts”?"),
        (
            ["statuts", "--on", "2019-12-31"],
            "Nothing of this text was in force on 2019-12-31; it begins on 2020-01-01.",
        ),
        (["statuts", "--on", "hier"], "“hier” is not a date"),
    ],
)
def test_the_command_says_why_not(
    coop: Callable[..., Path], arguments: list[str], said: str
) -> None:
    done = run("bylaws", arguments[0], coop(STATUTS), "--lang", "en", *arguments[1:])
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_text_with_an_article_that_cannot_be_read_is_not_printed(
    coop: Callable[..., Path],
) -> None:
    root = coop(
        {**STATUTS, "decisions/bylaws/statuts/nom.md": article(1, "Nom", "2020-13-01", "Le nom.")}
    )
    done = run("bylaws", "statuts", root, "--lang", "en")
    assert (done.returncode, done.stdout) == (2, "")
    assert "decisions/bylaws/statuts/nom.md" in done.stderr


SAME = [
    ("Le siège est\nà Nantes.", "Le siège  est à **Nantes**."),
    ("L'assemblée dit « oui » ; ou non.", "L’assemblée dit “oui”; ou non."),
    ("- un\n- deux", "* un\n\n* deux"),
    ("co‑opérative", "co-opérative"),
]
OTHER = [
    ("Le siège est à Nantes.", "Le siège est à Rennes."),
    ("Il peut voter.", "Il ~~peut~~ voter."),
    ("1. un\n2. deux", "2. un\n3. deux"),
    ("[annexe](a.md)", "[annexe](b.md)"),
    ("- [ ] fait", "- [x] fait"),
    ("15 m²", "15 m2"),
    ("Au plus", "au plus"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_form_alone_changes_no_words(one: str, other: str) -> None:
    assert words(one) == words(other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_words_are_not_form(one: str, other: str) -> None:
    assert words(one) != words(other)


def test_differences_word_by_word() -> None:
    old = "L'assemblée se réunit une fois par an.\n\n- les comptes ;\n- les mandats."
    new = (
        "L’assemblée se réunit au moins deux fois par an.\n\n- les comptes ;\n- le budget ;\n- "
        "les mandats."
    )
    found = differences(old, new)
    assert [[(piece.kind, piece.text) for piece in line] for line in found] == [
        [
            ("same", "L’assemblée se réunit "),
            ("removed", "une"),
            ("added", "au moins deux"),
            ("same", " fois par an."),
        ],
        [("same", "– les comptes ;")],
        [("added", "– le budget ;")],
        [("same", "– les mandats.")],
    ]


@pytest.mark.parametrize(
    ("old", "new"), [*SAME[:1], *SAME[2:], *OTHER, ("", "Du neuf."), ("a b c", "c b a")]
)
def test_differences_hold_both_texts(old: str, new: str) -> None:
    found = [piece for line in differences(old, new) for piece in [*line, None]]
    for text, kind in ((old, "removed"), (new, "added")):
        said = "".join(
            "\n" if piece is None else piece.text
            for piece in found
            if piece is None or piece.kind in {"same", kind}
        )
        assert words(" ".join(said.split())) == words(" ".join(lines(text)))


# Pages


@pytest.fixture
def sites(coop: Callable[..., Path], tmp_path: Path) -> Path:
    book = load(coop(STATUTS), TODAY)
    found = checks.check(book)
    assert [item for item in found if item.check not in {"legal-notice-incomplete"}] == []
    for audience in ("public", "members"):
        write_site(book, [], audience, tmp_path / "out" / audience)
    return tmp_path / "out"


def test_pages_show_the_text_today_on_each_day_and_what_changed(sites: Path) -> None:
    base = sites / "public" / "decisions" / "bylaws" / "statuts"
    today, then = (
        (base / "index.html").read_text(),
        (base / "on" / "2026-07-01" / "index.html").read_text(),
    )
    first, ahead = (
        (base / "on" / "2020-01-01" / "index.html").read_text(),
        (base / "on" / "2027-01-01" / "index.html").read_text(),
    )
    assert '<h2 id="siege">Article 2. Siège' in today
    assert "Lausanne" in today
    assert "Genève" not in today
    assert "Vingt ans" in today, "its repeal is still ahead"
    assert say("This article reads otherwise from {date} on.", date="1er janvier 2027") in today
    assert "Genève" in first
    assert "Lausanne" not in first
    assert re.search(r"<del[^>]*>Genève</del><ins[^>]*>Lausanne</ins>", then)
    assert re.search(r"est (<ins|à)", then)
    assert f"<i>{say('Repealed.')}</i>" in ahead
    assert say("This text is decided and not yet in force.") in ahead


def test_each_wording_has_its_page_and_the_article_its_history(sites: Path) -> None:
    site = Site(sites / "public")
    start = "decisions/bylaws/statuts/siege/index.html"
    linked = {
        target[0] for link in site.pages[start].links if (target := site.leads(start, link.url))
    }
    assert "decisions/bylaws/statuts/versions/siege/2020-01-01/index.html" in linked
    page = (sites / "public" / start).read_text()
    assert "Assemblée du 18 juin 2026" in page
    old = (
        sites / "public" / "decisions/bylaws/statuts/versions/siege/2020-01-01/index.html"
    ).read_text()
    assert "Genève" in old
    assert say("This wording was replaced on {date}.", date="1er juillet 2026") in old


def test_footnotes_of_two_articles_do_not_meet(sites: Path) -> None:
    page = (sites / "public" / "decisions/bylaws/statuts/on/2020-01-01/index.html").read_text()
    ids = re.findall(r' id="([^"]+)"', page)
    assert "nom-fn-1" in ids
    assert "duree-fn-1" in ids
    assert [id for id in ids if ids.count(id) > 1] == []


def test_a_text_for_members_is_on_no_public_page(coop: Callable[..., Path], tmp_path: Path) -> None:
    files = {
        name: text.replace("audience: public", "audience: members")
        for name, text in STATUTS.items()
    }
    write_site(load(coop(files), TODAY), [], "public", tmp_path / "public")
    assert not [
        path
        for path in (tmp_path / "public").rglob("*.*")
        if b"Lausanne" in path.read_bytes() or "bylaws/statuts" in str(path)
    ]


# From a text written elsewhere

FLAT = """# Règlement intérieur

Adopté le 4 mai 2021.

## Titre I. Vivre ensemble

### Article 1er – Horaires

De 8 h à 19 h[^h].

1. Le matin :

   - la cour ;
   - la salle.

#### Exceptions

La nuit, sur demande. Voir [la loi][l].

### Article 1 bis. Clés

Une par personne[^h].

## Titre II. Partir

### Article 2

```
# ceci n'est pas un titre
```

### Signatures

Fait à Nantes.

[^h]: Heure de Nantes.

    Hors jours fériés.

[l]: https://loi.example/
"""


def test_a_text_becomes_articles_and_comes_back_in_the_same_words(
    coop: Callable[..., Path], tmp_path: Path
) -> None:
    root, file = coop(), tmp_path / "ri.md"
    file.write_text(FLAT, encoding="utf-8")
    done = run(
        "import",
        "bylaws",
        file,
        root,
        "--document",
        "ri",
        "--in-force",
        "2021-05-04",
        "--adopted-by",
        "Conseil du 4 mai 2021",
        "--lang",
        "en",
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    names = sorted(path.name for path in (root / "decisions/bylaws/ri").iterdir())
    assert names == ["article-2.md", "before-1.md", "cles.md", "horaires.md", "signatures.md"]
    text = (root / "decisions/bylaws/ri/cles.md").read_text()
    assert text == (
        "---\nnumber: 1\nsuffix: bis\ntitle: Clés\npart: Titre I. Vivre ensemble\naudience: "
        "members\nin_force: 2021-05-04\n"
        "adopted_by:\n  text: Conseil du 4 mai 2021\n---\n\nUne par personne[^h].\n\n[^h]: "
        "Heure de Nantes.\n\n    Hors jours fériés.\n"
    )
    assert [
        item for item in checks.check(load(root, TODAY)) if item.check != "legal-notice-incomplete"
    ] == []
    back = run("bylaws", "ri", root)
    assert bare(back.stdout) == bare(FLAT)


CASE_17 = """# Statuts

## Préambule

Nous croyons à l'entraide.

## TITRE I - Forme

### Article 1 - Forme

Une société.

### Article 2 - Frais

Les frais sont à la charge de la société.

Fait à Nantes, le 1er avril 2015.

## Annexe I - État des apports en nature

## Annexe II - État des actes accomplis

| Nom | Nature | Montant |
|---|---|---|
| Ana Lopes | Achat d'un four | 300 € |
"""
SCOP_SARL = """---
title: Statuts à jour
author: la gérance
---

Statuts des Ateliers de l'Erdre
===============================

Société coopérative de production à responsabilité limitée.

\\newpage

Préambule
---------

Nous sommes trois[^1].

[^1]: Au jour de la signature.

TITRE I - FORME, OBJET
----------------------

Ce titre dit qui nous sommes.

### Chapitre 1 - Ce que nous sommes

#### Article premier - Forme

Une société :

a) à capital variable ;
b) coopérative.

#### Article 2 - Objet

##### 2.1 Les fours

Des fours.

##### 2.2 Le reste

Tout le reste, voir l'[annexe][a].

[a]: https://annexe.example/

### Chapitre 2 - Où nous sommes

#### Article 3. Siège

À Nantes.

#### Article 3 bis - Ateliers

Ailleurs.

TITRE II - CAPITAL
------------------

#### Article 4

Mille euros.

## Dispositions transitoires

Aucune.

# ANNEXES

## Annexe 1 - Apports

| Nom | Montant |
|---|---|
| Ana Lopes | 300 € |

### 1. Détail

Un four.

## Annexe 2 - Actes accomplis

1. Un bail.
1. Une banque.
"""
ENGLISH = """# Bylaws of Example Co-op

Adopted: May 1, 2019

## ARTICLE I: NAME

### Section 1.1 Name

Example.

### Section 1.2 Seat

A. Toronto;
B. elsewhere.

## ARTICLE II: MEMBERS

Members own the co-op.

### Section 2.1: Joining

Ask.

### Interlude

Read twice.

### Section 2.3: Leaving

Tell[^x].

## ARTICLE VII: MONEY

Shared.

## ARTICLE VII: CHANGES

Voted.

## Signatures

[^x]: In writing.
"""
WHAT = ("TITRE I - FORME, OBJET", "Chapitre 1 - Ce que nous sommes")
WHERE = ("TITRE I - FORME, OBJET", "Chapitre 2 - Où nous sommes")
LEFT_OUT = (
    "Left out, the fields above the text: title, author.\n"
    "Left out: the commands that begin a new page.\n"
)


@pytest.mark.parametrize(
    ("text", "articles", "said"),
    [
        (
            CASE_17,
            [
                ("before", "Préambule", ()),
                ("Article 1", "Forme", ("TITRE I - Forme",)),
                ("Article 2", "Frais", ("TITRE I - Forme",)),
                ("after", "Annexe I - État des apports en nature", ()),
                ("after", "Annexe II - État des actes accomplis", ()),
            ],
            "",
        ),
        (
            SCOP_SARL,
            [
                ("before", "", ()),
                ("before", "Préambule", ()),
                ("before", "", ("TITRE I - FORME, OBJET",)),
                (
                    "Article premier",
                    "Forme",
                    WHAT,
                ),
                (
                    "Article 2",
                    "Objet",
                    WHAT,
                ),
                ("Article 3", "Siège", WHERE),
                (
                    "Article 3 bis",
                    "Ateliers",
                    WHERE,
                ),
                ("Article 4", "", ("TITRE II - CAPITAL",)),
                ("after", "Dispositions transitoires", ()),
                ("after", "Annexe 1 - Apports", ("ANNEXES",)),
                ("after", "Annexe 2 - Actes accomplis", ("ANNEXES",)),
            ],
            LEFT_OUT,
        ),
        (
            ENGLISH,
            [
                ("before", "", ()),
                ("Section 1.1", "Name", ("ARTICLE I: NAME",)),
                ("Section 1.2", "Seat", ("ARTICLE I: NAME",)),
                ("within", "", ("ARTICLE II: MEMBERS",)),
                ("Section 2.1", "Joining", ("ARTICLE II: MEMBERS",)),
                ("within", "Interlude", ("ARTICLE II: MEMBERS",)),
                ("Section 2.3", "Leaving", ("ARTICLE II: MEMBERS",)),
                ("ARTICLE VII", "MONEY", ()),
                ("ARTICLE VII", "CHANGES", ()),
                ("after", "Signatures", ()),
            ],
            "",
        ),
    ],
    ids=["case 17", "SCOP SARL", "English"],
)
def test_each_word_comes_in_at_its_place_with_its_printed_number(
    coop: Callable[..., Path],
    tmp_path: Path,
    text: str,
    articles: list[tuple[str, str, tuple[str, ...]]],
    said: str,
) -> None:
    root, file = coop(), tmp_path / "text.md"
    file.write_text(text, encoding="utf-8")
    done = run("import", "bylaws", file, root, "--document", "t", "--lang", "en")
    assert (done.returncode, done.stderr) == (0, said)
    book = load(root, TODAY)
    assert [item for item in checks.check(book) if item.check != "legal-notice-incomplete"] == []
    document = book.index.entries["bylaws"]["t"]
    held = wordings_on(book.index, "t", "9999-12-31")
    assert [
        (
            number(book.index, document, entry) or entry.get("place"),
            entry.get("title") or "",
            Article.of(entry).parts or (),
        )
        for entry in held
    ] == articles
    back = run("bylaws", "t", root, "--on", "2100-01-01").stdout
    _above, _fields, body = text.rpartition("\n---\n\nStatuts") if said else ("", "", text)
    body = ("Statuts" if said else "") + body.replace("\\newpage\n", "")
    assert bare(back) == bare(body)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# T\n\n## Article 1. A[^1]\n\nB\n\n[^1]: C\n", "names this footnote: [^1]: C"),
        (
            "# T\n\n## Titre I\n\n### Article 1\n\nA\n\n## Titre I\n\n### Article 2\n\nB\n",
            "in another order",
        ),
        (
            "# T\n\n## Article 1. [A](https://a.example/)\n\nB\n",
            "Lost, for a heading keeps no address: https://a.example/.",
        ),
        (f"# T\n\n## Article 1. {'long ' * 50}\n\nB\n", "200"),
        ("# T\n\n## Article 1\n\nA\u202e\n", "line 5: This character cannot be seen: U+202E."),
        ("# T\n\nA\0\n", "line 3: This character cannot be seen: U+0000."),
        ("# T\n\n" + "A word. " * 750_000, "is too long: at most 500 kilobytes"),
        ("# T\n\n" + "~~a" * 4_000, "line 3: this paragraph is too long"),
        ("# T\n\n" + "## Article 1\n\nA\n\n" * 10_000, "has 10000 articles and other passages"),
    ],
    ids=[
        "note",
        "parts",
        "link",
        "title",
        "bidi",
        "NUL",
        "6 MB",
        "paragraph",
        "headings",
    ],
)
def test_nothing_is_written_that_would_lose_a_word_or_fail_the_check(
    coop: Callable[..., Path], tmp_path: Path, text: str, said: str
) -> None:
    root, file = coop(), tmp_path / "text.md"
    file.write_text(text, encoding="utf-8")
    before, start = set(root.rglob("*")), time.monotonic()
    done = run("import", "bylaws", file, root, "--document", "t", "--lang", "en")
    assert time.monotonic() - start < 20
    assert done.returncode in (1, 2)
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert set(root.rglob("*")) == before


def test_what_the_check_warns_of_is_told(coop: Callable[..., Path], tmp_path: Path) -> None:
    root, file = coop(), tmp_path / "text.md"
    file.write_text("# T\n\n## Article 1. Un\n\n[A](nowhere.md)\n", encoding="utf-8")
    done = run("import", "bylaws", file, root, "--lang", "en")
    assert done.returncode == 0
    assert "“Un”: " in done.stderr
    assert "nowhere.md" in done.stderr


def test_nothing_is_written_over_nor_half(coop: Callable[..., Path], tmp_path: Path) -> None:
    root, file = coop(STATUTS), tmp_path / "statuts.md"
    file.write_text("# Statuts\n\n## Article 1. Un\n\nA.\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    done = run("import", "bylaws", file, root, "--lang", "en")
    assert done.returncode == 2
    assert "exists already" in done.stderr
    file.write_bytes(b"\xff\xfe\x00")
    assert (
        "is no text in UTF-8"
        in run("import", "bylaws", file, root, "--document", "autre", "--lang", "en").stderr
    )
    file.write_text("\n")
    assert (
        "There is no text in"
        in run("import", "bylaws", file, root, "--document", "autre", "--lang", "en").stderr
    )
    assert (
        "is no id"
        in run("import", "bylaws", file, root, "--document", "../Autre", "--lang", "en").stderr
    )
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("Sans titre.", [("before", 1, "")]),
        (
            "## ARTICLE I. NAME\n\nA\n\n## ARTICLE II. SEAT\n\nB",
            [("", 1, "NAME"), ("", 2, "SEAT")],
        ),
        (
            "# T\n\n## 2024 en bref\n\nx\n\n## 1. Un\n\ny\n\n## 2. Deux\n\nz",
            [("before", 1, "2024 en bref"), ("", 1, "Un"), ("", 2, "Deux")],
        ),
    ],
)
def test_articles_are_found(text: str, found: list[tuple[str, int, str]]) -> None:
    assert [(one.place, one.number, one.title) for one in cut_articles(text).articles] == found


def test_a_list_of_older_markdown_keeps_its_entries_and_numbers(coop: Callable[..., Path]) -> None:
    root, file = coop(), coop().parent / "statuts.md"
    file.write_text(
        "# Statuts\n\n## Article 1. Membres\n\n  1. **Qui** – Est membre\n    toute personne :\n\n"
        "    A. salariée ;[^1]\n    B. associée.\n\n    Sauf vote.\n\n  1. **Départ** – Libre.\n\n"
        "[^1]: Au sens du Code.\n\n## Article 2. Formule\n\nVoici :\n\n    a = b\n"
    )
    done = run("import", "bylaws", file, root, "--lang", "en", "--in-force", "2020-06-13")
    assert "2 passages below entries of lists were indented as parts of them." in done.stderr
    assert "Shown as code, for four spaces stand before it: “a = b”" in done.stderr
    text = next((root / "decisions/bylaws/statuts").glob("m*.md")).read_text()
    html = markdown.render(text.partition("---\n\n")[2]).html
    assert "<pre>" not in html
    assert html.count("<ol>") == 2, "that of the text, and its notes"


def test_real_bylaws_come_back_in_the_same_words(coop: Callable[..., Path]) -> None:
    """A worker co-op's own, which are not ours to give."""
    file = HANDBOOK / "Hypha-Worker-Co-operative" / "bylaws.md"
    if not file.is_file():
        skip_loudly(f"no real bylaws: {file} is no file; COOPBOOK_HANDBOOK names another handbook")
    root = coop(
        {
            "coop.yml": "format: 2\nname: Handbook\nlanguages: [en]\ncountry: CA\nrepository: private\n"  # noqa: E501
        }
    )
    done = run("import", "bylaws", file, root, "--lang", "en", "--in-force", "2020-06-13")
    assert done.returncode == 0
    assert "indented as parts of them" in done.stderr
    assert "Shown as code" not in done.stderr
    assert [
        item for item in checks.check(load(root, TODAY)) if item.check != "legal-notice-incomplete"
    ] == []
    back = run("bylaws", "bylaws", root, "--on", "2020-06-13").stdout
    written, _moved = indent_continuations(file.read_text(encoding="utf-8"))
    assert len(words(written)) > 25_000
    assert words(back) == words(written)
    index = load(root, TODAY).index
    assert sorted(
        entry.get("number") for entry in index.of("article") if not entry.get("place")
    ) == list(range(1, 11))
