"""Who voted what is on no site; what is decided is, for whom it is meant."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from coopbook.records.load import load
from support.commands import run
from support.coops import TODAY
from support.sites import write_site
from support.votes import PROPOSAL, voted


@pytest.fixture
def root(coop: Callable[..., Path]) -> Path:
    return coop(voted())


@pytest.fixture
def sites(root: Path, tmp_path: Path) -> dict[str, dict[str, str]]:
    (root / "decisions/proposals/samedi.md").write_text(
        PROPOSAL.replace("audience: members", "audience: public")
    )
    for id in ("ana", "bob"):
        file = root / f"decisions/ballots/samedi/{id}.yml"
        file.write_text(file.read_text() + "reason: zqreasonzq\n")
    (root / "decisions/proposals/huis-clos.md").write_text(
        PROPOSAL.replace("Ouvrir le samedi", "Zqsecretzq")
    )
    assert run("tally", "samedi", root).returncode == 0
    book, found = load(root, TODAY), {}
    for audience in ("public", "members"):
        write_site(book, [], audience, tmp_path / audience)
        files = [
            path
            for path in (tmp_path / audience).rglob("*")
            if path.suffix in {".html", ".json", ".xml", ".csv", ".txt"}
        ]
        found[audience] = {
            str(path.relative_to(tmp_path / audience)): path.read_text() for path in files
        }
    return found


def test_ballots_are_on_no_site(sites: dict[str, dict[str, str]]) -> None:
    for files in sites.values():
        assert not [
            name
            for name, text in files.items()
            if "ballot" in name or "zqreasonzq" in text or "samedi.events" in name + text
        ]


def test_a_result_names_no_voter(sites: dict[str, dict[str, str]]) -> None:
    for files in sites.values():
        for name in ("decisions/results/samedi/index.html", "api/v1/results/samedi.json"):
            body = files[name].partition("<main")[2] or files[name]
            assert "members/ana" not in body
            assert "2/3" in body


def test_a_public_proposal_and_its_result_are_public_and_others_are_not(
    sites: dict[str, dict[str, str]],
) -> None:
    assert "On ouvre le samedi matin." in sites["public"]["decisions/proposals/samedi/index.html"]
    assert "decisions/results/samedi/index.html" in sites["public"]
    assert not [name for name, text in sites["public"].items() if "zqsecretzq" in text.lower()]
    assert "decisions/proposals/huis-clos/index.html" in sites["members"]
