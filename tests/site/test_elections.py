"""The page of an election: who stands, how one votes, what parts a tie, and what it gave."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from coopbook.records.load import load
from support.coops import TODAY
from support.sites import write_site
from support.votes import RULES, voted

BOARD = """name: {fr: Conseil, en: Board}
kind: board
audience: members
mandates: []
"""
ELECTION = """---
title: {fr: Élire le conseil, en: Elect the board}
audience: members
category: ordinary
subject: election
status: voting
opens: 2026-03-02T09:00:00+01:00
closes: 2026-03-16T18:00:00+01:00
election:
  body: conseil
  role: {fr: Membre du conseil, en: Board member}
  seats: 2
  method: yes_no
  majority: absolute
  nominations_close: 2026-02-20
  candidates:
    - {member: ana, text: {fr: Je *continue*.}, accepted_on: 2026-02-10}
    - {member: bob, accepted_on: 2026-02-20}
    - {member: cleo, accepted_on: 2026-02-12}
  term: {from: 2026-04-01, until: 2029-03-31}
  reserved:
    - {group: lyon, name: {fr: Lyon}, seats: 1, candidates: [cleo]}
  ties: [age, lot]
  by_age: [cleo, ana, bob]
  lot: {source: Les numéros du tirage du samedi 21 mars, named_on: 2026-02-01}
---

Trois personnes pour deux sièges.
"""


def files_of_election() -> dict[str, str]:
    kept = {path: text for path, text in voted().items() if "samedi" not in path}
    return kept | {
        "decisions/rules.yml": RULES + "tellers: [eve, fay]\n",
        "decisions/bodies/conseil.yml": BOARD,
        "decisions/proposals/conseil.md": ELECTION,
    }


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
