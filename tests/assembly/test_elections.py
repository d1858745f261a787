"""An assembly that elects its board: papers that tell nothing of who filled them in, two tellers'
sheets, the result, the mandates and the minutes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from coopbook.assembly.ballot_papers import ballot_papers
from coopbook.assembly.record import Assembly
from coopbook.documents.model import Break, Lines, Marks, Paper
from coopbook.records.load import load
from coopbook.yaml_files.reader import parse
from support.assemblies import DAY, ID, MEMBERS
from support.board_elections import files_of_board
from support.commands import Ran, run

Root = Callable[..., Path]


def step(name: str, root: Path, *more: str | Path, today: str = "2026-11-22") -> Ran:
    return run("assembly", name, ID, root, "--today", today, "--lang", "en", *more)


def done(name: str, root: Path, *more: str | Path, today: str = "2026-11-22") -> str:
    ran = step(name, root, *more, today=today)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return str(ran.stdout)


def called(coop: Root, **changed: str) -> Path:
    """The co-op with its assembly on the agenda."""
    root = coop(files_of_board(**changed))
    given = ("--at", "14h", "--place", "1 Harbour Street", "--proposal", "board")
    ran = run("assembly", "create", "general-meeting", DAY, root, "--today", "2026-11-22", *given)
    assert ran.returncode == 0, ran.stderr
    return root


def papers_of(root: Path) -> Paper:
    record = parse((root / f"decisions/minutes/{ID}.md").read_bytes(), front_matter=True)
    assembly = Assembly(load(root, date(2026, 11, 22)).index, ID, record.value, "en")
    found = ballot_papers(assembly)
    assert found is not None
    return found


METHODS = {
    "yes_no": ("Yes", "No", "Abstention"),
    "plurality": ("Elect",),
    "approval": ("Elect",),
    "stv": ("Rank",),
    "schulze": ("Rank",),
    "majority_judgment": (
        *("Excellent", "Very good", "Good", "Fair", "Passable"),
        *("Insufficient", "To be rejected"),
    ),
}


@pytest.mark.parametrize("method", METHODS)
def test_a_paper_has_a_box_for_what_its_method_asks(coop: Root, method: str) -> None:
    found = papers_of(called(coop, a=f"method: yes_no->method: {method}"))
    marks = [one for one in found.blocks if isinstance(one, Marks)]
    assert {(one.columns, one.rows) for one in marks} == {
        (METHODS[method], ("Ana Lopes", "Bob Martin", "Dan Petit"))
    }
    assert len(marks) == len(MEMBERS)


def test_nothing_on_a_paper_tells_it_from_another(coop: Root) -> None:
    found = papers_of(called(coop))
    papers: list[list[object]] = [[]]
    for block in found.blocks:
        papers += [[]] if isinstance(block, Break) else []
        papers[-1] += [] if isinstance(block, Break) else [block]
    assert len(papers) == len(MEMBERS)
    assert all(one == papers[0] for one in papers)
    assert "Left empty, it is a blank ballot" in str(papers[0])


def test_candidates_stand_as_they_were_drawn_where_the_election_says_so(coop: Root) -> None:
    found = papers_of(called(coop, a="  seats: 2->  order: drawn\n  seats: 2"))
    marks = next(one for one in found.blocks if isinstance(one, Marks))
    assert marks.rows == ("Dan Petit", "Ana Lopes", "Bob Martin")


def test_without_candidates_there_is_a_line_to_write_on(coop: Root) -> None:
    root = called(
        coop,
        a="method: yes_no->method: without_candidates",
        b="  majority: absolute\n->",
        c="    - {member: dan, accepted_on: 2026-12-01}\n->",
        d="    - {member: ana, accepted_on: 2026-12-10}\n->",
        e="    - {member: bob, accepted_on: 2026-12-02}\n->",
        f="  candidates:\n->",
        g="  ties: [age]\n  by_age: [bob, ana, dan]\n->",
    )
    found = papers_of(root)
    assert {one.labels for one in found.blocks if isinstance(one, Lines)} == {("Name",)}


def test_nobody_gets_a_paper_for_an_acclamation(coop: Root) -> None:
    root = called(coop, a="method: yes_no->method: acclamation", b="  majority: absolute\n->")
    (root / "decisions/proposals/board.md").write_text(
        (root / "decisions/proposals/board.md").read_text().replace("seats: 2", "seats: 3")
    )
    done("attendance", root)
    names = {path.name for path in (root / "build/assembly" / ID).iterdir()}
    assert not any("ballot" in name for name in names)
