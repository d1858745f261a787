"""An assembly that elects its board: the co-op of `assemblies`, and an election on its agenda."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from coopbook import checks
from coopbook.base.messages import translator
from coopbook.records.load import load
from coopbook.yaml_files.reader import parse

from support.assemblies import DAY, ID, Filled, files
from support.commands import Ran, run

AFTER = "2026-12-19"
Root = Callable[..., Path]

BOARD = """name: {en: Board}
kind: board
audience: members
mandates:
  - id: board-gus-2023
    member: gus
    role: {en: Board member}
    from: 2023-12-19
    until: 2026-12-31
    elected_by: Meeting of 18 December 2023
  - id: chair-2025
    member: hana
    role: {en: Chair}
    from: 2025-01-01
    until: 2027-12-31
    elected_by: Meeting of 18 December 2024
"""
ELECTION = """---
title: {en: Elect the board}
audience: members
category: ordinary
subject: election
status: voting
opens: 2026-12-18T14:00:00+01:00
closes: 2026-12-18T15:00:00+01:00
tellers: [cleo, fay]
election:
  body: board
  role: {en: Board member}
  seats: 2
  method: yes_no
  majority: absolute
  nominations_close: 2026-12-10
  candidates:
    - {member: dan, accepted_on: 2026-12-01}
    - {member: ana, accepted_on: 2026-12-10}
    - {member: bob, accepted_on: 2026-12-02}
  term: {from: 2027-01-01, until: 2029-12-31}
  ties: [age]
  by_age: [bob, ana, dan]
---

Two seats of the board are to be filled.
"""


def files_of_board(**changed: str) -> dict[str, str]:
    """The co-op's files; `changed` are other words for some of the election: old ones before an
    arrow (`->`), new ones behind it.
    """
    text = ELECTION
    for words in changed.values():
        old, _arrow, new = words.partition("->")
        assert old in text, old
        text = text.replace(old, new)
    found = {
        path: one for path, one in files().items() if not path.startswith("decisions/proposals/")
    }
    return found | {
        "decisions/bodies/board.yml": BOARD,
        "decisions/proposals/board.md": text,
    }


def step(name: str, root: Path, *more: str | Path, today: str = "2026-11-22") -> Ran:
    return run("assembly", name, ID, root, "--today", today, "--lang", "en", *more)


def done(name: str, root: Path, *more: str | Path, today: str = "2026-11-22") -> str:
    ran = step(name, root, *more, today=today)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return str(ran.stdout)


def called(coop: Root, **changed: str) -> Path:
    """The co-op with its assembly on the agenda."""
    root = coop(files_of_board(**changed))
    call(root)
    return root


def call(root: Path) -> None:
    """Put the election on the agenda of an assembly."""
    given = ("--at", "14h", "--place", "1 Harbour Street", "--proposal", "board")
    ran = run("assembly", "create", "general-meeting", DAY, root, "--today", "2026-11-22", *given)
    assert ran.returncode == 0, ran.stderr


def met(root: Path) -> None:
    """Who was there is noted: nine."""
    done("attendance", root)
    sheet = Filled(out(root) / "attendance.ods")
    for id in ("ana", "bob", "cleo", "dan", "emile", "fay", "gus", "hana", "ines"):
        sheet.write(id, Presence="Present")
    sheet.sheet(1).write("Closed at", Value="17.30").write("Held", Value="in person")
    sheet.write("Chair", Value="Hana Prat").write("Secretary", Value="bob martin")
    sheet.write("Tellers", Value="Cleo Durand, Fay Le Goff")
    done("attendance", root, "--from", sheet.save(), today=DAY)


def out(root: Path) -> Path:
    return root / "build" / "assembly" / ID


Pile = tuple[int, str, str, str]
PILES: list[Pile] = [(3, "Yes", "Yes", "No"), (2, "yes", "", "yes"), (1, "oui", "Oui", "")]
"""Six papers for Ana, four for Bob, two for Dan; a blank one and an invalid one make eight."""


def counted(root: Path, teller: str, piles: list[Pile], *more: str, box: int | None = None) -> Ran:
    """A teller fills in a count sheet, and gives it back."""
    done("count", root, today=DAY)
    sheet = Filled(out(root) / "count-sheet-1.ods")
    total = sum(many for many, *_marks in piles) + 2
    sheet.write("All papers in the box", Number_of_papers=total if box is None else box)
    sheet.write("Blank papers", Number_of_papers=1).write("Invalid papers", Number_of_papers=1)
    for many, *marks in piles:
        sheet.add([None, many, *marks])
    file = sheet.save(f"{teller}.ods")
    return step("count", root, "--from", file, "--by", teller, *more, today=AFTER)


def read(root: Path, file: str) -> dict[str, Any]:
    found: dict[str, Any] = parse(
        (root / file).read_bytes(), front_matter=file.endswith(".md")
    ).value
    return found


def faults(root: Path) -> list[str]:
    told = translator("en", shown=str)
    book = load(root, date.fromisoformat(AFTER))
    return [told(item.message) for item in checks.check(book) if item.severity == "error"]
