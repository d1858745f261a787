"""`coopbook verify`: what was decided can be proved later, against a tag or against a
fingerprint noted on paper.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from support.commands import run
from support.git import tagged
from support.votes import (
    LAST,
    ballot,
    count_three_votes,
    verify,
)


@pytest.fixture
def root(coop: Callable[..., Path]) -> Path:
    return count_three_votes(coop)


def again(root: Path, *names: str) -> None:
    """Count anew as if the first counts had never been, after somebody changed a ballot."""
    (root / "decisions/ballots/repas/cleo.yml").write_text(ballot("for"))
    for name in names:
        for ending in ("yml", "events.json"):
            (root / f"decisions/results/{name}.{ending}").unlink()
    for name in names:
        assert run("tally", name, root).returncode == 0


def test_the_chain_holds_and_says_its_last_fingerprint(root: Path) -> None:
    code, told = verify(root, "--against", "closed")
    assert (
        code,
        "3 results hold." in told,
        "3 results of closed are here as they were." in told,
    ) == (0, True, True)
    last = LAST.search(told)
    assert last
    assert verify(root, "--noted", last[1])[0] == 0
    assert verify(root, "--noted", last[1][:14].upper())[0] == 0


def test_one_result_counted_anew_breaks_the_chain(root: Path) -> None:
    old = (root / "decisions/results/repas.yml").read_text().splitlines()
    again(root, "repas")
    new = (root / "decisions/results/repas.yml").read_text().splitlines()
    (root / "decisions/results/repas.yml").write_text(
        "\n".join([*old[:2], *new[2:]])
    )  # with the number and the link it had
    code, told = verify(root)
    assert (
        code,
        "decisions/results/repas.yml is not what it was when this was written. "
        "[broken-result-chain]" in told,
    ) == (1, True)


def test_a_chain_written_anew_is_told_by_what_was_kept_elsewhere(root: Path) -> None:
    last = LAST.search(verify(root)[1])
    again(root, "repas", "four")
    assert verify(root)[0] == 0, "by itself it holds"
    code, told = verify(root, "--against", "closed")
    assert (code, "decisions/results/repas.yml is not what it was in closed." in told) == (1, True)
    assert last
    code, told = verify(root, "--noted", last[1])
    assert (
        code,
        "decisions/results/four.yml is not what it was when its fingerprint was noted." in told,
    ) == (1, True)


def test_a_result_that_is_gone_is_told(root: Path) -> None:
    for ending in ("yml", "events.json"):
        (root / f"decisions/results/four.{ending}").unlink()
    assert verify(root)[0] == 0, "nothing here knows that there was a later one"
    code, told = verify(root, "--against", "closed", "--noted", "3:0123456789ab")
    assert code == 1
    assert "decisions/results/four.yml was there in closed, and is gone." in told
    assert "There is no result with number 3." in told


def test_a_figure_changed_by_hand_is_told(root: Path) -> None:
    file = root / "decisions/results/four.yml"
    file.write_text(file.read_text().replace("for: 2", "for: 3"))
    code, told = verify(root)
    assert (code, "This says 3; the ballots give 2. [miscounted-result]" in told) == (1, True)


@pytest.mark.parametrize(
    "options",
    [
        ("--against", "no-such-tag"),
        ("--against", "--output=x"),
        ("--noted", "7"),
        ("--noted", "7:xyz"),
    ],
)
def test_misuse_is_told(root: Path, options: tuple[str, ...]) -> None:
    ran = run("verify", root, *options)
    assert (ran.returncode, "Traceback" in ran.stderr) == (2, False)
    assert ran.stderr.strip()


MINUTES = """---
record: minutes
title: {fr: Conseil de janvier}
body: conseil
number: 1
kind: ordinary
date: 2026-01-15
status: approved
notice: {by: Ana, sent_on: 2026-01-01, modes: [mail], agenda: [Louer]}
opened: "14:00"
closed: "18:00"
place: Genève
mode: in_person
officers: {chair: {member: ana}, secretary: {member: bob}}
attendance:
  - {member: ana, mode: present}
  - {member: bob, mode: present}
approved: {on: 2026-01-20}
resolutions:
  - {number: 1, text: Louer, agenda: 1, at: "14:30", for: 2, against: 0, result: adopted}
---

Nous louons.
"""
BODY = "name: {fr: Conseil}\nkind: board\naudience: members\n"
TEXT = "title: {fr: Statuts}\nkind: bylaws\naudience: members\nlanguage: fr\n"


def article(words: str, since: str, more: str = "") -> str:
    return (
        f"---\nnumber: 1\ntitle: Voix\naudience: members\nin_force: {since}\n{more}---\n\n{words}\n"
    )


@pytest.fixture
def settled(root: Path) -> Path:
    """All that can be settled, under the tag `then`."""
    for file, text in {
        "decisions/bodies/conseil.yml": BODY,
        "decisions/minutes/conseil-2026-01-15.md": MINUTES,
        TEXT_FILE: TEXT,
        ARTICLE: article("Chaque membre a une voix.", "2024-01-01"),
        OLD_WORDS: article("Chaque membre a deux voix.", "2020-01-01"),
    }.items():
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(text)
    decided = root / "decisions/proposals/repas.md"
    decided.write_text(decided.read_text().replace("status: voting", "status: adopted"))
    return tagged(root, "then")


ARTICLE, OLD_WORDS = (
    "decisions/bylaws/statuts/voix.md",
    "decisions/bylaws/statuts/versions/voix/2020-01-01.md",
)
TEXT_FILE = "decisions/bylaws/statuts.yml"
PV = "decisions/minutes/conseil-2026-01-15.md"
REPAS = "decisions/proposals/repas.md"
BALLOT = "decisions/ballots/repas/cleo.yml"
HIDE = "decisions/** export-ignore\n"

FALSIFIED: dict[str, dict[str, tuple[str, str] | None]] = {
    "minutes reworded": {PV: ("Nous louons.", "Nous vendons.")},
    "minutes with another resolution": {PV: ("Louer", "Vendre")},
    "minutes a draft again": {PV: ("status: approved", "status: draft")},
    "minutes gone": {PV: None},
    "a wording reworded": {ARTICLE: ("une voix", "autant de voix que de parts")},
    "a wording gone": {ARTICLE: None},
    "replaced words reworded": {OLD_WORDS: ("deux voix", "trois voix")},
    "replaced words gone": {OLD_WORDS: None},
    "a text gone": {ARTICLE: None, OLD_WORDS: None, TEXT_FILE: None},
    "a decided proposal reworded": {REPAS: ("\n---\n", "\n---\nSauf.\n")},
    "a decided proposal gone": {REPAS: None},
    "a ballot turned round": {BALLOT: ("choice: against", "choice: for")},
    "minutes that cannot be read": {PV: ("number: 1\n", "number: one\n")},
    "a proposal with a field of no use": {REPAS: ("status: ", "more: x\nstatus: ")},
    "a ballot without its choice": {BALLOT: ("choice: against", "chosen: for")},
    "a ballot gone": {BALLOT: None},
}


@pytest.mark.parametrize("hidden", [False, True], ids=["plain", "hidden-by-attributes"])
@pytest.mark.parametrize("name", FALSIFIED)
def test_whatever_was_settled_is_compared(settled: Path, name: str, hidden: bool) -> None:
    if hidden:
        (settled / ".gitattributes").write_text(HIDE)
        tagged(settled, "hiding")
    for file, change in FALSIFIED[name].items():
        here = settled / file
        if change is None:
            here.unlink()
        else:
            assert change[0] in here.read_text()
            here.write_text(here.read_text().replace(*change, 1))
    code, told = verify(settled, "--against", "hiding" if hidden else "then")
    assert code == 1, told
    assert all(file in told for file in FALSIFIED[name] if file != TEXT_FILE), told


def test_what_came_after_it_in_good_order_holds(settled: Path) -> None:
    (settled / ARTICLE).write_text(article("Chaque membre a une seule voix.", "2026-02-01"))
    kept = settled / "decisions/bylaws/statuts/versions/voix/2024-01-01.md"
    kept.write_text(article("Chaque membre a une voix.", "2024-01-01"))
    pv = settled / PV
    pv.write_text(pv.read_text().replace("status: approved", "status: signed"))
    code, told = verify(settled, "--against", "then", "--against", "closed")
    assert "other records that were settled in then are here as they were." in told, told
    assert code == 0


SCAN = "Page 4, copie.\n"


def erratum(was: str, now: str) -> str:
    sum = hashlib.sha256(SCAN.encode()).hexdigest()
    return (
        f"errata:\n  - on: 2026-03-20\n    by: ana\n    was: {was}\n    now: {now}\n"
        f"    evidence: {{file: decisions/evidence/statuts/page-4.txt, sha256: {sum}}}\n"
    )


@pytest.mark.parametrize(
    ("words", "holds"), [("Chaque membre a une voix seule.", True), ("Chacun a une voix.", False)]
)
def test_a_slip_of_the_copy_that_was_put_right_holds_and_no_other_word(
    settled: Path, words: str, holds: bool
) -> None:
    scan = settled / "decisions/evidence/statuts/page-4.txt"
    scan.parent.mkdir(parents=True)
    scan.write_text(SCAN)
    more = erratum("a une voix.", "a une voix seule.")
    (settled / ARTICLE).write_text(article(words, "2024-01-01", more))
    code, told = verify(settled, "--against", "then")
    assert (code == 0) is holds, told
