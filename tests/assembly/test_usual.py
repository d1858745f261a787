"""Usual texts of resolutions: by language and country, with blanks that are filled in first."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from coopbook.assembly.usual import usual_resolutions, write_usual
from coopbook.yaml_files.reader import parse
from support.assemblies import COOP, DAY, ID, files
from support.commands import Ran, run


def create(root: Path, *more: str) -> Ran:
    where = ["--today", "2026-11-22", "--at", "14h", "--place", "Town hall", "--lang", "en"]
    return run("assembly", "create", "general-meeting", DAY, root, *where, *more)


def resolutions(root: Path) -> list[dict[str, Any]]:
    text = (root / f"decisions/minutes/{ID}.md").read_bytes()
    found: list[dict[str, Any]] = parse(text, front_matter=True).value["resolutions"]
    return found


def test_a_usual_text_is_what_is_voted(coop: Callable[..., Path]) -> None:
    root = coop(files())
    given = [
        "--usual",
        "accounts",
        "--resolution",
        "A room",
        "--usual",
        "discharge, body=the board",
    ]
    ran = create(root, *given)
    assert ran.returncode == 0, ran.output
    found = resolutions(root)
    assert [one["title"] for one in found] == ["Accounts of 2025", "A room", "Discharge for 2025"]
    assert found[0]["text"].endswith("approves these accounts as they were presented.")
    assert "discharges the board for" in found[2]["text"]
    assert {one["category"] for one in found} == {"ordinary"}


def test_one_on_people_is_secret_and_one_on_bylaws_of_their_category(
    coop: Callable[..., Path],
) -> None:
    root = coop(files())
    given = ["mandate, person=Ana Lopes, role=chair, until=2029-06-30", "bylaws"]
    ran = create(root, "--usual", given[0], "--usual", given[1])
    assert ran.returncode == 0, ran.output
    first, second = resolutions(root)
    assert (first["ballot"], second["category"]) == ("secret", "bylaws")
    assert (
        first["text"] == "The meeting renews the mandate of Ana Lopes as chair, until 2029-06-30."
    )


def test_no_notice_is_made_with_a_blank(coop: Callable[..., Path]) -> None:
    root = coop(files())
    assert create(root, "--usual", "surplus, amount=1 200,50 €, reserves=all").returncode == 0
    file = root / f"decisions/minutes/{ID}.md"
    before = file.read_bytes()
    assert "1 200,50 €" in before.decode()
    ran = run("assembly", "notice", ID, root, "--today", "2026-11-22", "--lang", "en")
    assert ran.returncode == 2
    assert "Resolution 1 has a blank to fill in: work, shares." in ran.stderr
    assert f"decisions/minutes/{ID}.md" in ran.stderr
    assert file.read_bytes() == before
    file.write_text(re.sub(r"\[… [a-z]+\]", "nothing", before.decode()))
    ran = run("assembly", "notice", ID, root, "--today", "2026-11-22", "--lang", "en")
    assert ran.returncode == 0, ran.output


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("acounts", "Did you mean “accounts”?"),
        ("nothing", "There is: accounts, surplus,"),
        ("accounts, yeer=2024", "has no blank “yeer”"),
    ],
)
def test_a_name_or_a_blank_that_is_none_is_told(
    coop: Callable[..., Path], given: str, told: str
) -> None:
    root = coop(files(COOP))
    ran = create(root, "--usual", given)
    assert (ran.returncode, (root / f"decisions/minutes/{ID}.md").exists()) == (2, False)
    assert told in ran.stderr


def write(name: str, country: str, language: str = "fr") -> str:
    return write_usual(name, language=language, country=country, day=DAY, categories=frozenset())


def test_words_follow_the_country() -> None:
    assert "donne quitus" in write("discharge", "FR")
    assert "donne décharge" in write("discharge", "BE")
    assert "trop-perçus" in write("surplus", "CA")
    assert "excédents nets de gestion" in write("surplus", "FR")
    assert "surplus" in write("surplus", "CA", "en")


def test_every_text_is_there_in_both_languages_with_the_same_blanks() -> None:
    for name, one in usual_resolutions().items():
        texts = [one["text"]["fr"], one["text"]["en"]]
        texts += [text for said in one.get("countries", {}).values() for text in said.values()]
        blanks = [set(re.findall(r"{([a-z]+)}", text)) for text in texts]
        assert all(found == blanks[0] for found in blanks), name
        assert not any("|" in text for text in texts), name
        assert set(one["title"]) == {"fr", "en"}, name
