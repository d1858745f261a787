"""`coopbook verify`: what was decided can be proved later, against a tag or against a
fingerprint noted on paper.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.commands import run
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
