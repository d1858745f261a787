"""Results of votes and closed decisions, as somebody reads them who was not there; and the days
that the register gives.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from support.decided import NEWER, Sites, closed, files, sites, text
from support.votes import PROPOSAL, RULES

RESULT = """number: {number}
proposal: samedi
title: {{fr: Ouvrir le samedi, en: Open on Saturdays}}
audience: public
category: ordinary
stage: {stage}
result: {result}
counted_at: {day}T18:00:00+01:00
counted_by: [ana]
electorate: 4
represented: 3
cast: 3
counts: {{for: 2, against: 1, abstain: 0, blank: 0}}
hashes: {{text: {hash}, rules: {hash}, electorate: {hash}, events: {hash}}}
"""
HASH = "ab" * 32
SECOND = PROPOSAL.replace("status: voting", "status: second").replace(
    "\n---\n\nOn",
    "\nrecused: [dan]\nsecond: {opens: 2027-01-05T09:00:00+01:00, closes: "
    "2027-01-20T18:00:00+01:00}\n---\n\nOn",
)


def result(number: int, stage: str, outcome: str, day: str) -> str:
    return RESULT.format(number=number, stage=stage, result=outcome, day=day, hash=HASH)


@pytest.fixture
def built(coop: Callable[..., Path], tmp_path: Path) -> Sites:
    found = files() | {"decisions/proposals/samedi.md": SECOND}
    found |= {"decisions/results/samedi.yml": result(1, "first", "no_quorum", "2025-03-16")}
    found |= {"decisions/results/autre.yml": result(2, "first", "adopted", "2025-12-01")}
    return sites(
        coop(
            found | {"decisions/results/dernier.yml": result(3, "second", "adopted", "2026-02-01")}
        ),
        tmp_path / "out",
    )


# Results


def test_results_are_listed_by_year_the_last_first_and_told_apart(built: Sites) -> None:
    said = text(built["members"]["decisions/results/index.html"])
    last, earlier, first = (said.index(words) for words in ("n° 3", "n° 2", "n° 1"))
    assert said.index("2026") < last < said.index("2025") < earlier < first
    for words in (
        "1er décembre 2025",
        "Proposition adoptée",
        "Quorum non atteint",
        "Seconde consultation",
    ):
        assert words in said, words
    assert "écision ordinaire" in said, "its category"


def test_a_result_begins_with_what_people_ask_and_ends_with_its_proof(built: Sites) -> None:
    page = (
        built["members"]["decisions/results/dernier/index.html"]
        .partition("<main")[2]
        .partition("</main")[0]
    )
    proof = page.index("<details")
    assert HASH not in page[:proof]
    assert page.count(HASH) == 4
    order = [
        page.index(words)
        for words in (
            "Proposition adoptée",
            "coop-counts",
            "Règle",
            "Compté par",
            "Lire la proposition",
        )
    ]
    assert order == sorted(order)
    assert order[-1] < proof


@pytest.mark.parametrize(("against", "shown"), [(0, False), (1, True)])
def test_a_majority_of_nobody_is_no_fraction(
    coop: Callable[..., Path], tmp_path: Path, against: int, shown: bool
) -> None:
    alone = result(1, "first", "rejected", "2025-03-16").replace(
        "represented: 3\ncast: 3", f"represented: {against}\ncast: {against}"
    )
    alone = alone.replace("for: 2, against: 1", f"for: 0, against: {against}")
    alone += "threshold: {base: expressed, reached: 0/1, needed: 1/2, op: gt, met: false}\n"
    built = sites(
        coop(
            files()
            | {"decisions/proposals/samedi.md": SECOND, "decisions/results/samedi.yml": alone}
        ),
        tmp_path / "out",
    )
    said = text(built["members"]["decisions/results/samedi/index.html"])
    assert ("Majorité" in said, "0/1" in said) == (True, shown)


def test_an_opinion_says_which_assembly_confirmed_it(
    coop: Callable[..., Path], tmp_path: Path
) -> None:
    advice = (
        result(1, "first", "adopted", "2026-05-20").replace(
            "proposal: samedi", "proposal: nouvelle"
        )
        + "advisory: true\n"
    )
    page = sites(coop(files() | {"decisions/results/nouvelle.yml": advice}), tmp_path / "out")[
        "members"
    ]["decisions/results/nouvelle/index.html"]
    assert 'href="../../../decisions/minutes/assemblee/#resolution-2"' in page


# A closed decision


def closed_page(
    coop: Callable[..., Path],
    tmp_path: Path,
    rules: str = RULES,
    now: str = "",
    proposal: str = PROPOSAL,
) -> Sites:
    """The sites of a co-op whose vote is closed, under rules that are then replaced by others."""
    root = coop(files() | {"decisions/rules.yml": rules, "decisions/proposals/samedi.md": proposal})
    closed(root)
    (root / "decisions/rules.yml").write_text(now or rules)
    return sites(root, tmp_path / "out")


@pytest.mark.parametrize("name", ["decisions/proposals/samedi", "decisions/results/samedi"])
def test_a_closed_decision_says_the_rule_that_it_was_taken_by(
    coop: Callable[..., Path], tmp_path: Path, name: str
) -> None:
    page = closed_page(coop, tmp_path)["members"][f"{name}/index.html"]
    assert "Le vote est ouvert 7 jours au moins." in text(page)


def test_rules_of_today_are_not_said_of_a_vote_that_was_held_under_others(
    coop: Callable[..., Path], tmp_path: Path
) -> None:
    said = text(
        closed_page(coop, tmp_path, now=RULES.replace("min_days: 7", "min_days: 9"))["members"][
            "decisions/proposals/samedi/index.html"
        ]
    )
    assert "jours au moins" not in said
    assert "Règle Décision ordinaire. " in said, "without a label, that of the presets"


@pytest.mark.parametrize(("names", "shown"), [("hidden", False), ("members", True)])
@pytest.mark.parametrize("name", ["decisions/proposals/samedi", "decisions/results/samedi"])
def test_who_took_no_part_is_named_where_voters_are(
    coop: Callable[..., Path], tmp_path: Path, names: str, shown: bool, name: str
) -> None:
    recused = PROPOSAL.replace("\n---\n\nOn", "\nrecused: [eve]\n---\n\nOn")
    found = closed_page(coop, tmp_path, f"{RULES}names: {names}\n", proposal=recused)["members"][
        f"{name}/index.html"
    ]
    (row,) = re.findall(r"<dt>N'ont pas pris part au vote</dt><dd>(.*?)</dd>", html.unescape(found))
    assert ("members/eve/" in row) is shown
    assert ("1" in row) is not shown


def test_an_objection_is_headed_by_who_and_when(coop: Callable[..., Path], tmp_path: Path) -> None:
    page = sites(coop(files()), tmp_path / "out")["members"][
        "decisions/proposals/nouvelle/index.html"
    ]
    (heading,) = re.findall(r'<h3 id="objection-bruit">(.*?)</h3>', page)
    assert "3 mai 2026" in heading
    assert "members/ana/" in heading
    assert "bruit" not in heading


# The days of the register


def day(built: Sites, title: str) -> str:
    """What the register says below a decision's title."""
    (row,) = re.findall(
        rf"<li data-row[^>]*>[^<]*<a [^>]*>{title}</a><br>(.*?)</li>",
        built["members"]["decisions/proposals/index.html"],
        re.S,
    )
    return " ".join(re.sub("<[^>]*>", " ", row).split())


def test_a_vote_that_an_assembly_confirmed_is_of_its_day(
    coop: Callable[..., Path], tmp_path: Path
) -> None:
    advised = NEWER.replace(
        "status: in_force",
        "status: in_force\nopened: 2026-05-01T09:00:00+02:00\ncloses: 2026-05-20T18:00:00+02:00",
    )
    assert "18 juin 2026" in day(
        sites(coop(files() | {"decisions/proposals/nouvelle.md": advised}), tmp_path / "out"),
        "Nouvelle décision",
    )


def test_a_second_consultation_is_of_its_own_day(built: Sites) -> None:
    assert "20 janvier 2027" in day(built, "Ouvrir le samedi")


def test_what_has_no_date_is_counted_too(coop: Callable[..., Path], tmp_path: Path) -> None:
    begun = (
        "---\ntitle: {fr: Sans jour}\naudience: public\ncategory: ordinary\nstatus: draft\n---\n\n"
        "Texte.\n"
    )
    pages = sites(coop(files() | {"decisions/proposals/brouillon.md": begun}), tmp_path / "out")[
        "members"
    ]
    register = pages["decisions/proposals/index.html"]
    years = re.findall(r'<option value="(\d{4}|undated)">[^<(]*\((\d+)\)</option>', register)
    assert sum(int(count) for _year, count in years) == len(re.findall("<li data-row", register))
    assert years[-1][0] == "undated"
    assert "Sans jour" in text(pages["decisions/by/year/undated/index.html"])
