"""`coopbook tidy` shows what can be put right without asking, does it where it is told to, and
finds nothing left; what is settled or proved stays byte for byte.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from coopbook.base import atomic_files
from coopbook.checks import check
from coopbook.records.load import load
from PIL import Image
from support.commands import run
from support.coops import TODAY

Coop = Callable[..., Path]
COOP = """\
format: 2
name: Les Essais
languages: [fr, en]
country: FR
repository: private
"""
ANA = """\
# ma fiche
type: person
name: {display: Ana Lopes}   # comme à l'état civil
headline: Bols de tous\u200b les jours
bio:
  fr: |
    ![Un bol](pictures/ana-lopes/bol.JPEG), [nos prix](../wiki/prix.md#Demi-Journées).

phone: 06 39 98 00 12
availability: {state: complet, until: 31/12/2026}
presence: present
listed: non
accounts:
  - {forge: github, login: "https://github.com/ana-lopes/", uid: 12}  # la mienne
links:
  - {label: 'Mon site', url: http://ana.example.org/}
"""
TIDIED = """\
# ma fiche
type: person
name: {display: Ana Lopes}   # comme à l'état civil
headline:
  fr: Bols de tous les jours
bio:
  fr: |
    ![Un bol](pictures/ana-lopes/bol.jpg), [nos prix](../wiki/prix.md#demi-journées).

phone: +33 6 39 98 00 12
availability: {state: full, until: 2026-12-31}
presence: present
listed: false
accounts:
  - {forge: github, login: "ana-lopes", uid: 12}  # la mienne
links:
  - {label: 'Mon site', url: "https://ana.example.org/"}
"""
PRICES = """\
---
title: Prix
---
Voir ![le plan](plan.png).

## Demi-jour\u00adnées

Fin.\u200b
"""
MINUTES = "---\nrecord: minutes\ntitle: {{fr: Réunion}}\nstatus: {status}\n---\nDit\u200b.\n"


def picture(format: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (240, 240), "teal").save(out, format)
    return out.getvalue()


@pytest.fixture
def root(coop: Coop) -> Path:
    root = coop(
        {
            "coop.yml": COOP,
            "members/ana-lopes.yml": ANA,
            "wiki/prix.md": PRICES,
            "projects/vitrail.md": (
                "---\ntitle: {fr: Vitrail}\nkind: project\nstatus: active\naudience: members\n"
                "pictures:\n  - {file: vitrail.PNG, alt: {fr: Un vitrail}} # le premier\n---\n"
            ),
            "decisions/minutes/brouillon.md": MINUTES.format(status="draft"),
            "decisions/minutes/lue.md": MINUTES.format(status="approved"),
            "decisions/ballots/vote/ana-lopes.yml": "choice: for\nreason: Oui\u200b\n",
            "decisions/rules.yml": "in_force: 2026-01-01 # \u200b\n",
        }
    )
    for file, format in {
        "members/pictures/ana-lopes/bol.JPEG": "JPEG",
        "wiki/plan.png": "JPEG",
        "projects/vitrail.PNG": "JPEG",
        "decisions/evidence/vote/scan.png": "JPEG",
    }.items():
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_bytes(picture(format))
    return root


def tidy(root: Path, *options: str) -> str:
    ran = run("tidy", root, "--lang", "en", "--today", str(TODAY), *options)
    assert ran.returncode == 0, ran.output
    return ran.stdout


def contents(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def test_nothing_is_written_before_it_is_asked_for(root: Path) -> None:
    before = contents(root)
    said = tidy(root)
    assert contents(root) == before
    assert "headline{+:" in said
    assert "[-<U+200B>-]" in said
    assert 'login: "[-https://github.com/-]ana-lopes' in said
    assert "  → wiki/plan.jpg" in said
    assert said.endswith("Nothing was written: --write does it.\n")


def test_it_is_put_right_once_and_no_line_more(root: Path) -> None:
    before = contents(root)
    tidy(root, "--write")
    after = contents(root)
    assert after["members/ana-lopes.yml"].decode() == TIDIED
    prices = "---\ntitle: Prix\n---\nVoir ![le plan](plan.jpg).\n\n## Demi-journées\n\nFin.\n"
    assert after["wiki/prix.md"].decode() == prices
    assert after["decisions/minutes/brouillon.md"].decode() == MINUTES.format(
        status="draft"
    ).replace("\u200b", "")
    assert (
        b"{file: vitrail.jpg, alt: {fr: Un vitrail}} # le premier" in after["projects/vitrail.md"]
    )
    assert {
        "wiki/plan.jpg",
        "projects/vitrail.jpg",
        "members/pictures/ana-lopes/bol.jpg",
    } <= after.keys()
    assert not {"wiki/plan.png", "members/pictures/ana-lopes/bol.JPEG"} & after.keys()
    for file in before.keys() & after.keys():
        if file.startswith("decisions/") and "brouillon" not in file:
            assert after[file] == before[file], file
    assert tidy(root, "--write").splitlines()[-1] == "There is nothing to tidy."
    assert contents(root) == after
    faults = [one for one in check(load(root, TODAY)) if not one.file.startswith("decisions/")]
    assert [one.file for one in faults if one.severity == "error"] == []


def test_what_is_settled_is_told_and_stays(root: Path) -> None:
    said = tidy(root)
    for file in ("decisions/minutes/lue.md", "decisions/rules.yml"):
        assert f"{file}: settled, or being decided: it stays as it is" in said


@pytest.mark.parametrize("most", range(5))
def test_what_was_cut_off_is_completed_by_the_next(
    root: Path, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace, rename = Path.replace, Path.rename
    left = [most]

    def guarded(step: Callable[..., object]) -> Callable[..., object]:
        def call(path: Path, *arguments: object) -> object:
            if not left[0]:
                raise KeyboardInterrupt
            left[0] -= 1
            return step(path, *arguments)

        return call

    with monkeypatch.context() as patched:
        patched.setattr(atomic_files.Path, "replace", guarded(replace))
        patched.setattr(atomic_files.Path, "rename", guarded(rename))
        run("tidy", root, "--write", "--lang", "en")
    tidy(root, "--write")
    assert (root / "members/ana-lopes.yml").read_text() == TIDIED
    assert tidy(root).splitlines()[-1] == "There is nothing to tidy."
    assert not list(root.rglob(".*.new"))


def test_a_name_that_is_taken_is_left_to_a_person(root: Path) -> None:
    (root / "wiki/plan.jpg").write_bytes(picture("PNG"))
    assert "wiki/plan.png: there is a file wiki/plan.jpg already" in tidy(root, "--write")
    assert (root / "wiki/plan.png").read_bytes() == picture("JPEG")


def test_a_file_that_waits_for_a_choice_or_cannot_be_read_stays(root: Path) -> None:
    text = (
        "---\ntitle: {fr: A}\n---\n<<<<<<< HEAD\n[a](prix.md#Demi-Journées)\n=======\n>>>>>>> b\n"
    )
    (root / "wiki/a.md").write_text(text)
    (root / "members/b.yml").write_text("name: [\n")
    tidy(root, "--write")
    assert (root / "wiki/a.md").read_text() == text
    assert (root / "members/b.yml").read_text() == "name: [\n"


def test_fields_come_into_order_where_it_is_asked_for(coop: Coop) -> None:
    text = (
        "# en tête\nlisted: false\n# pour tous\npresence: present # ici\n\nname:\n  display: Ana\n"
        "type: person"
    )
    root = coop({"coop.yml": COOP, "members/ana.yml": text})
    tidy(root, "--write")
    assert (root / "members/ana.yml").read_text() == text
    tidy(root, "--write", "--order")
    assert (root / "members/ana.yml").read_text() == (
        "# en tête\ntype: person\nname:\n  display: Ana\n# pour tous\npresence: present # ici\n\n"
        "listed: false\n"
    )
    assert tidy(root, "--order").splitlines()[-1] == "There is nothing to tidy."


def test_words_of_a_list_are_written_by_their_ids_where_one_is_meant(coop: Coop) -> None:
    trades = (
        "terms:\n  ceramique: {label: {fr: Céramiste}, synonyms: {fr: [potière, atelier]}}\n"
        "  verre: {label: {fr: Verrier}, synonyms: {fr: [atelier]}}\n"
    )
    text = (
        "type: person\nname: {display: Ana}\ntrades: [Potière, atelier, tourneuse] # trois\n"
        "presence: present\nlisted: false\n"
    )
    files = {"coop.yml": COOP, "schemas/vocabularies/trades.yml": trades}
    root = coop({**files, "members/ana.yml": text})
    tidy(root, "--write")
    assert (root / "members/ana.yml").read_text() == text.replace("Potière", "ceramique")


def test_marks_of_direction_stay_beside_letters_that_run_from_the_right(coop: Coop) -> None:
    bio = "bio: {fr: 'שלום\u200f (a)', en: 'plain\u200b'}\n"
    text = f"type: person\nname: {{display: Ana}}\npresence: present\nlisted: false\n{bio}"
    root = coop({"coop.yml": COOP, "members/ana.yml": text})
    tidy(root, "--write")
    assert (root / "members/ana.yml").read_text() == text.replace("\u200b", "")
