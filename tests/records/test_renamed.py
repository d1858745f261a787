"""Who is renamed is found by the id of before, and a former name is nobody's to see."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from coopbook.assembly.record import Assembly, name_key
from coopbook.records.load import load
from support.commands import run
from support.coops import TODAY
from support.known_by_all import WHO, write_known_by_all
from support.sites import build, naming


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_known_by_all(tmp_path / "coop")


def check(root: Path, *options: str) -> list[str]:
    """The errors."""
    ran = run("check", root, "--lang", "en", "--today", "2026-11-23", *options)
    return [
        line for line in ran.stdout.splitlines() if line[:1].isalpha() and ": warning:" not in line
    ]


def rename_by_hand(root: Path, more: str = "") -> None:
    old, new = root / f"members/{WHO}.yml", root / "members/alix-quenet.yml"
    text = old.read_text().replace("Victor Quénet", "Alix Quénet")
    new.write_text(text.replace("publish: [email]", f"publish: [email{more}]"))
    with new.open("a") as file:
        file.write(f"formerly: [{WHO}]\n")
    old.unlink()
    (root / f"members/photos/{WHO}.png").rename(root / "members/photos/alix-quenet.png")


def test_an_id_that_changes_leaves_what_is_settled_right(root: Path) -> None:
    assert check(root, "--base", "closed") == []
    rename_by_hand(root)
    assert check(root) == []
    assert check(root, "--base", "closed") == []
    assert "results hold" in run("verify", root, "--lang", "en", "--against", "closed").stdout


@pytest.mark.parametrize("more", ["", ", formerly"])
def test_a_former_name_is_told_if_it_is_wished(root: Path, tmp_path: Path, more: str) -> None:
    rename_by_hand(root, more)
    for name in (
        "decisions/minutes/assemblee-generale-2026-06-18.md",
        "wiki/README.md",
        "projects/journal.md",
    ):
        text = (root / name).read_text().replace("Victor Quénet", "Alix")
        (root / name).write_text(text.replace("members/victor", "members/alix"))
    build(root, tmp_path / "site")
    found = naming(tmp_path / "site", WHO, "Victor Quénet")
    old = f"members/{WHO}/index.html"
    assert found == ([f"members/{old}", f"public/{old}"] if more else [])


def test_a_sheet_that_was_printed_before_names_the_same_person(root: Path) -> None:
    rename_by_hand(root)
    index = load(root, TODAY).index
    ways = Assembly.ids_by_name.func(SimpleNamespace(index=index))
    assert ways[name_key(WHO)] == ["alix-quenet"]


def test_a_link_in_words_that_stay_tells_no_former_name(root: Path, tmp_path: Path) -> None:
    page = root / "wiki/README.md"
    page.write_text(page.read_text().replace("Victor Quénet tient", "Alix tient"))
    rename_by_hand(root)
    (root / "projects/journal.md").unlink()
    build(root, tmp_path / "site", "--audience", "public")
    assert naming(tmp_path / "site/public", WHO, "members/victor") == []
    given = (tmp_path / "site/public/api/v1/wiki/index.json").read_text()
    assert "Alix tient sa fiche." in given
