"""The page of an election: who stands, how one votes, what parts a tie, and what it gave."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from coopbook.records.load import load
from support.cases import Case
from support.coops import TODAY
from support.elections import files_of_election
from support.sites import write_site


def test_the_page_says_who_stands_how_one_votes_and_what_parts_a_tie(
    coop: Callable[..., Path], tmp_path: Path
) -> None:
    root = coop(files_of_election())
    write_site(load(root, TODAY), [], "members", tmp_path / "members")
    text = (tmp_path / "members/decisions/proposals/conseil/index.html").read_text("utf-8")
    for words in (
        "Oui ou non à chaque candidat·e",
        "Dites oui ou non à chaque candidat·e.",
        "plus de la moitié des suffrages exprimés",
        "1 réservé à : Lyon",
        "aîné·e est élu·e",
        "un tirage au sort que chacun·e peut refaire",
        "Les numéros du tirage du samedi 21 mars",
        "<em>continue</em>",
        'id="candidate-cleo"',
    ):
        assert words.replace("’", "'") in text.replace("’", "'"), words
    other = (tmp_path / "members/en/decisions/proposals/conseil/index.html").read_text("utf-8")
    assert "Say yes or no to each candidate." in other
    assert "À égalité, la proposition est rejetée" not in text


def test_minutes_show_who_stood_each_round_and_who_is_elected(tmp_path: Path) -> None:
    root = Case("faulty-election-in-minutes", "by-colleges").lay_out(tmp_path / "coop")
    minutes = root / "decisions/minutes/ag-2026-06-30.md"
    said = "answer: accepted, group: beneficiaires"
    minutes.write_text(
        minutes.read_text("utf-8").replace(said, said.replace("accepted", "withdrew"))
    )
    write_site(load(root, TODAY), [], "members", tmp_path / "members")
    page = tmp_path / "members/decisions/minutes/ag-2026-06-30/index.html"
    text = page.read_text("utf-8")
    for words in (
        "Élu·es",
        "Tour 1",
        "est retiré·e",
        "Sièges qui restent vides",
        "coop-bar",
    ):
        assert words in text.replace("’", "'"), words
