"""`coopbook terms`: the lists of words are shown, searched, and grow in the co-op's own files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from coopbook.records.load import load
from coopbook.records.vocabularies import drop_retired, is_retired, with_shipped
from support.commands import Ran, run
from support.coops import TODAY
from support.git import git

FILE = "schemas/vocabularies/trades.yml"
COOP = "format: 2\nname: X\nlanguages: [fr, en]\ncountry: FR\nrepository: private\n"


@pytest.fixture
def root(coop: Callable[..., Path]) -> Path:
    return coop({"coop.yml": COOP})


def terms(root: Path, *said: str) -> Ran:
    return run("terms", *said, "--root", root, "--lang", "en")


def add(root: Path, id: str, *more: str) -> Ran:
    return terms(root, "add", "trades", id, "--label", id.capitalize(), *more)


def test_lists_and_their_words_are_shown(root: Path) -> None:
    assert "trades                   Trades (" in terms(root).stdout
    shown = terms(root, "trades").stdout
    assert "developpement-web        Web developer < numerique (website creation" in shown
    ran = terms(root, "trade")
    assert (ran.returncode, "Did you mean “trades”?" in ran.stderr) == (2, True)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("photographie", "photographe"),
        ("apicultrice", "apiculture"),
        ("création de site web", "developpement-web"),
        ("Sysadmin", "administration-systeme"),
    ],
)
def test_the_nearest_word_is_proposed_first(root: Path, said: str, found: str) -> None:
    ran = terms(root, "propose", said, "--in", "trades")
    assert (ran.returncode, ran.stdout.split()[:2]) == (0, ["trades", found])


def test_a_word_unlike_all_others_is_begun(root: Path) -> None:
    ran = terms(root, "propose", "Zythologue", "--in", "trades")
    assert ran.returncode == 1
    assert 'coopbook terms add trades zythologue --label "Zythologue"' in ran.stdout


def test_a_word_is_added_to_ours(root: Path) -> None:
    more = ("--label", "en=Beer taster", "--synonym", "zythologie", "--broader", "alimentation")
    assert add(root, "zythologue", *more).returncode == 0
    assert (root / FILE).read_text() == (
        "extends: coopbook\nterms:\n  zythologue:\n    label:\n      fr: Zythologue\n"
        "      en: Beer taster\n    synonyms:\n      fr: [zythologie]\n    broader: alimentation\n"
    )
    known = load(root, TODAY).index.terms("trades")
    assert known is not None
    assert {"zythologue", "photographe"} <= known.keys()
    assert FILE not in run("check", root).stdout
    again = add(root, "zythologue", *more)
    assert (again.returncode, "already" in again.stdout) == (0, True)


def test_a_word_of_ours_gets_another_synonym_and_keeps_its_own(root: Path) -> None:
    ran = terms(root, "add", "trades", "photographe", "--synonym", "argentique")
    assert ran.returncode == 0, ran.stderr
    term = (load(root, TODAY).index.terms("trades") or {})["photographe"]
    assert term["label"]["fr"] == "Photographe"
    assert term["synonyms"]["fr"][-1] == "argentique"
    assert len(term["synonyms"]["fr"]) > 1


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (("trade", "x", "--label", "x"), "Did you mean “trades”?"),
        (("trades", "Fait main", "--label", "x"), "Did you mean “fait-main”?"),
        (("trades", "x"), "A new word needs a label"),
        (("trades", "x", "--label", "Photographe"), "is a word of “photographe” already"),
        (("trades", "x", "--label", "en=Portraits"), "is a word of “photographe” already"),
        (("trades", "x", "--label", "Xy", "--broader", "numerik"), "Did you mean “numerique”?"),
        (("trades", "x", "--label", "x" * 99), "too long by 19"),
    ],
)
def test_what_cannot_be_added_is_told_and_writes_nothing(
    root: Path, said: tuple[str, ...], told: str
) -> None:
    ran = terms(root, "add", *said)
    assert (ran.returncode, told in ran.stderr) == (2, True), ran.stderr
    assert not (root / FILE).exists()


def test_a_file_of_before_keeps_its_lines_and_a_broken_one_is_told(root: Path) -> None:
    (root / FILE).parent.mkdir(parents=True)
    text = "# À nous.\ntitle: {fr: Métiers}\nterms:\n  b: {label: {fr: Bé}} # deux\n"
    (root / FILE).write_text(text)
    assert add(root, "a").returncode == 0
    after = (root / FILE).read_text()
    assert [line for line in text.splitlines() if line not in after.splitlines()] == []
    assert after.index("  a:") < after.index("  b:")
    for broken in ("terms: [\n", "- a\n", "terms: 3\n", ""):
        (root / FILE).write_text(broken)
        ran = add(root, "c")
        assert (ran.returncode, "Traceback" in ran.stderr) == (2, False), broken
        assert (root / FILE).read_text() == broken


def test_two_who_add_a_word_each_do_not_meet(root: Path) -> None:
    for id in ("cirier", "joueur", "zythologue"):
        assert add(root, id).returncode == 0
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "a")
    for branch, id in (("one", "fromager"), ("two", "quilleur")):
        git(root, "checkout", "-q", "-b", branch, "main")
        assert add(root, id).returncode == 0
        git(root, "commit", "-q", "-a", "-m", id)
    git(root, "merge", "-q", "--no-edit", "one")
    known = load(root, TODAY).index.terms("trades") or {}
    assert {"cirier", "fromager", "joueur", "quilleur", "zythologue"} <= known.keys()


def test_ours_is_merged_word_by_word() -> None:
    own = {"extends": "coopbook", "terms": {"photographe": {"retired": True}, "x": {"label": {}}}}
    whole = with_shipped("trades", own)
    term = whole["terms"]["photographe"]
    assert is_retired(term)
    assert term["label"]["en"] == "Photographer"
    assert "photographe" not in drop_retired(whole["terms"])
    assert with_shipped("trades", {"terms": {}}) == {"terms": {}}
    assert with_shipped("tools", own) == own


def test_a_retired_word_is_offered_to_nobody(root: Path) -> None:
    (root / FILE).parent.mkdir(parents=True)
    (root / FILE).write_text("extends: coopbook\nterms:\n  photographe: {retired: true}\n")
    assert "no longer chosen" in terms(root, "trades").stdout
    ran = terms(root, "propose", "photographe", "--in", "trades")
    assert ran.stdout.split()[1] != "photographe"
