"""An election from the ballots of two tellers to its result: what ballots say is kept without
names, order or time, and is shown nowhere.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from coopbook import checks
from coopbook.base.messages import translator
from coopbook.records.load import load
from coopbook.yaml_files.reader import parse
from support.commands import run
from support.coops import TODAY
from support.elections import VOTERS, files_of_election, hand_in
from support.sites import write_site

SHEET = """Bulletin;Ana;Bob;Cléo
1;oui;non;oui
2;non;oui;
3;oui;;oui
4;;;
"""
FLOWN = "count,ana,bob,cleo\n2,yes,,yes\n1,,yes,no\n1,,,\n"
Root = Callable[..., Path]


def say(ran: Any) -> str:
    assert "Traceback" not in ran.stderr
    return str(ran.stdout + ran.stderr)


def bring_in(root: Path, teller: str, sheet: str, *options: str) -> str:
    file, voters = hand_in(root, f"{teller}.csv", sheet), hand_in(root, "voters.txt", VOTERS)
    given = ("--proposal", "conseil", "--by", teller, "--took-part", str(voters), *options)
    return say(run("import", "ballots", str(file), root, *given, "--lang", "en"))


def tally(root: Path) -> tuple[int, str]:
    ran = run("tally", "conseil", root, "--lang", "en")
    return ran.returncode, say(ran)


def faults(root: Path) -> list[str]:
    told = translator("en")
    found = checks.check(load(root, TODAY))
    return [told(item.message) for item in found if item.severity == "error"]


def read(root: Path, file: str) -> Any:
    return parse((root / file).read_bytes(), front_matter=False).value


@pytest.fixture
def root(coop: Root) -> Path:
    return coop(files_of_election())


def test_ballots_lose_their_order_and_alike_ones_stand_together(root: Path) -> None:
    bring_in(root, "eve", FLOWN)
    found = read(root, "decisions/counts/conseil/eve.yml")
    assert found["ballots"] == [
        {"count": 2, "marks": {"ana": "yes", "cleo": "yes"}},
        {"count": 1, "marks": {"bob": "yes", "cleo": "no"}},
    ]
    assert (found["blank"], found["null"], found["took_part"]) == (1, 0, VOTERS.split())


def test_two_tellers_who_agree_make_a_result_with_its_rounds(root: Path) -> None:
    bring_in(root, "eve", FLOWN)
    bring_in(root, "fay", "ana,bob,cleo\n,yes,no\nyes,,yes\nblanc,,\nyes,,yes\n")
    assert faults(root) == []
    status, shown = tally(root)
    assert (status, "Elected                  ana, cleo" in shown) == (0, True), shown
    found = read(root, "decisions/results/conseil.yml")
    assert (found["result"], found["counts"]["for"], found["secret"]) == ("adopted", 3, True)
    assert found["election"] == {
        "method": "yes_no",
        "seats": 2,
        "elected": ["ana", "cleo"],
        "rounds": [
            {
                "figures": [
                    {"candidate": "ana", "votes": "2", "against": 0},
                    {"candidate": "cleo", "votes": "2", "against": 1},
                    {"candidate": "bob", "votes": "1", "against": 0},
                ],
                "needed": "3/2",
                "elected": ["ana", "cleo"],
            }
        ],
    }
    kept = json.loads((root / "decisions/results/conseil.events.json").read_text())
    assert "ballots" not in kept["totals"]
    again = tally(root)
    assert (again[0], "says the same" in again[1]) == (0, True), again


def test_a_result_that_says_somebody_else_is_told(root: Path) -> None:
    for teller in ("eve", "fay"):
        bring_in(root, teller, FLOWN)
    tally(root)
    file = root / "decisions/results/conseil.yml"
    proposal = root / "decisions/proposals/conseil.md"
    proposal.write_text(proposal.read_text().replace("status: voting", "status: adopted"))
    assert faults(root) == []
    said = file.read_text()
    file.write_text(said.replace('votes: "1"', 'votes: "2"', 1))
    assert file.read_text() != said
    assert faults(root) != []
    file.write_text(said)
    for teller in ("eve", "fay"):
        sheet = root / f"decisions/counts/conseil/{teller}.yml"
        counted = sheet.read_text()
        sheet.write_text(counted.replace("bob: ", "ana: "))
        assert sheet.read_text() != counted
        assert "These are not the ballots that the result was counted from." in faults(root)
        sheet.write_text(counted)


def test_tellers_whose_ballots_differ_are_told_which(root: Path) -> None:
    bring_in(root, "eve", FLOWN)
    bring_in(root, "fay", FLOWN.replace("no", ""))
    status, shown = tally(root)
    assert status != 0
    assert "Ballots that say X bob: yes, X cleo: no – 1 (X eve), 0 (X fay)" in shown
    assert not (root / "decisions/results").exists()


def test_a_second_round_is_one_of_its_own_and_its_status_follows(coop: Root) -> None:
    root = coop(files_of_election(reserved="[]"))
    split = "count,ana,bob,cleo\n2,yes,yes,\n1,yes,,yes\n1,,no,yes\n"
    for teller in ("eve", "fay"):
        bring_in(root, teller, split)
    status, shown = tally(root)
    assert status == 0, shown
    assert "Now write “status: second” in decisions/proposals/conseil.md." in shown
    found = read(root, "decisions/results/conseil.yml")
    assert (found["result"], found["election"]["elected"]) == ("second_round", ["ana"])
    assert (found["election"]["second_round"], found["election"]["left"]) == (["cleo", "bob"], 1)
    page = root / "decisions/proposals/conseil.md"
    second = "second: {opens: 2026-03-17T09:00:00+01:00, closes: 2026-03-25T18:00:00+01:00}"
    page.write_text(page.read_text().replace("status: voting", f"status: second\n{second}"))
    for teller in ("eve", "fay"):
        bring_in(root, teller, "bob;cleo;count\noui;;1\n;oui;3\n")
    assert faults(root) == []
    status, shown = tally(root)
    assert status == 0, shown
    found = read(root, "decisions/results/conseil-2.yml")
    assert (found["result"], found["stage"]) == ("adopted", "second")
    assert found["election"]["elected"] == ["cleo"]
    assert "Mandates written in decisions/bodies/conseil.yml: ana, cleo" in shown
    page.write_text(page.read_text().replace("status: second", "status: adopted"))
    assert faults(root) == []


def test_a_lot_waits_for_its_value_and_anybody_draws_it_again(coop: Root) -> None:
    root = coop(files_of_election(ties="[lot]", reserved="[]", majority="relative", seats="1"))
    even = "count,ana,bob,cleo\n2,yes,,\n2,,yes,\n"
    for teller in ("eve", "fay"):
        bring_in(root, teller, even)
    status, shown = tally(root)
    assert status != 0
    assert "The same votes: ana, bob." in shown
    assert "Les numéros du tirage du samedi 21 mars" in shown
    for teller in ("eve", "fay"):
        bring_in(root, teller, even, "--lot", "4 8 15 16 23 42")
    status, shown = tally(root)
    found = read(root, "decisions/results/conseil.yml")["election"]
    assert (found["lot"], found["ties"][0]["by"]) == ("4 8 15 16 23 42", "lot")
    assert found["elected"] == found["ties"][0]["order"][:1]


def test_a_tie_among_too_few_waits_for_no_lot(coop: Root) -> None:
    root = coop(files_of_election(ties="[lot]", reserved="[]", majority="relative", seats="1"))
    rules = root / "decisions/rules.yml"
    rules.write_text(rules.read_text().replace("fraction: 1/3", "fraction: 3/4"))
    for teller in ("eve", "fay"):
        bring_in(root, teller, "ana,bob,cleo\noui,,\n,oui,\n")
    status, shown = tally(root)
    assert status == 0, shown
    found = read(root, "decisions/results/conseil.yml")
    assert (found["result"], "election" in found) == ("no_quorum", False)


def test_who_withdrew_once_papers_were_printed_is_not_elected(coop: Root) -> None:
    root = coop(files_of_election(reserved="[]", seats="1"))
    for teller in ("eve", "fay"):
        bring_in(root, teller, FLOWN)
        sheet = root / f"decisions/counts/conseil/{teller}.yml"
        sheet.write_text(sheet.read_text() + "declined: [ana]\n")
    status, shown = tally(root)
    assert status == 0, shown
    found = read(root, "decisions/results/conseil.yml")["election"]
    assert (found["elected"], found["declined"]) == (["cleo"], ["ana"])
    assert faults(root) == []


def test_nobody_looks_at_ballots_before_the_close(coop: Root) -> None:
    files = files_of_election()
    page = "decisions/proposals/conseil.md"
    files[page] = files[page].replace("2026-03-16", "2099-03-16")
    root = coop(files)
    assert "no ballot is looked at" in bring_in(root, "eve", FLOWN)
    assert not (root / "decisions/counts").exists()


def test_what_cannot_be_read_is_told_with_its_line_and_nothing_is_written(root: Path) -> None:
    shown = bring_in(root, "eve", "Ana;Bob;Cleo;Zoé\noui;peut-être;;\noui;;;\n")
    assert "eve.csv:2: Bob: No ballot of this election says “peut-être”." in shown
    assert not (root / "decisions/counts").exists()
    assert "No line names the candidates" in bring_in(root, "eve", "x;y\n1;2\n")


@pytest.mark.parametrize(
    ("sheet", "told"),
    [
        ("ana,bobb,cleo\nyes,no,\n", "eve.csv:1: No column is that of “bob”."),
        ("ana,bobb,cleo\nyes,no,\n", "Is it “bobb”? Write the name or the id."),
        ("ana,bob\nyes,no\n", "eve.csv:1: No column is that of “cleo”."),
        ("ana,bob,cleo,Ana\nyes,no,,no\n", "eve.csv:1: Ana: “ana” stands here twice."),
        ("ana,bob,cleo,dan\nyes,no,,no\n", "eve.csv:1: dan: “dan” is no candidate."),
        ("ana,bob,cleo\n", "No line of this sheet is a ballot"),
        ("ana,bob,cleo,count\nyes,,,9\n", "There are 9 ballots, and 4 took part."),
    ],
)
def test_a_sheet_that_lacks_somebody_or_is_half_a_file_is_not_taken(
    root: Path, sheet: str, told: str
) -> None:
    assert told in bring_in(root, "eve", sheet)
    assert not (root / "decisions/counts").exists()


def test_what_the_list_of_voters_doubts_names_that_list(root: Path) -> None:
    file = hand_in(root, "eve.csv", FLOWN)
    voters = hand_in(root, "voters.txt", f"{VOTERS}Robin Hood\nAna\n")
    given = ("--proposal", "conseil", "--by", "eve", "--took-part", str(voters), "--lang", "en")
    shown = say(run("import", "ballots", str(file), root, *given))
    lines = VOTERS.count("\n")
    assert f"voters.txt:{lines + 1}: “Robin Hood” is nobody's name" in shown
    assert f"voters.txt:{lines + 2}: “ana” stands here twice, first in line 1." in shown
    assert "2 doubts: nothing was written." in shown


def test_fewer_ballots_than_voters_are_told(root: Path) -> None:
    shown = bring_in(root, "eve", "ana,bob,cleo\nyes,,\nno,yes,\n,,yes\n")
    assert "4 took part, and there are 3 ballots" in shown
    assert (root / "decisions/counts").exists()
    assert "took part" not in bring_in(root, "eve", FLOWN)


LIMESURVEY = """"id","submitdate","G01Q01[1]. Choix [Rang 1]","G01Q01[2]. Choix [Rang 2]"
"1","2026-03-10 10:00:00","Ana","Bob"
"2","","Cleo",""
"3","2026-03-11 10:00:00","Bob",""
"""
MARKED = """"id","submitdate","Q[1]. Qui ? [Ana]","Q[2]. Qui ? [Bob]","Q[3]. Qui ? [Cleo]"
"1","2026-03-10 10:00:00","Oui","Non","Oui"
"2","2026-03-10 10:00:00","Oui","Oui","Oui"
"""
BELENIOS = '{"result": [[[1, 2, 0], [2, 1, 3], [0, 0, 0]]]}'


@pytest.mark.parametrize(
    ("method", "sheet", "ballots", "blank"),
    [
        ("stv", LIMESURVEY, [{"ana": "1", "bob": "2"}, {"bob": "1"}], 0),
        ("approval", MARKED, [{"ana": "x", "bob": "x", "cleo": "x"}, {"ana": "x", "cleo": "x"}], 0),
        ("schulze", BELENIOS, [{"ana": "1", "bob": "2"}, {"ana": "2", "bob": "1", "cleo": "3"}], 1),
        (
            "majority_judgment",
            "ana,bob,cleo\nTrès bien,À rejeter,Bien\n",
            [{"ana": "very_good", "bob": "reject", "cleo": "good"}],
            0,
        ),
    ],
)
def test_exports_of_other_tools_are_read(
    coop: Root, method: str, sheet: str, ballots: list[dict[str, str]], blank: int
) -> None:
    root = coop(files_of_election(method=method, majority=""))
    shown = bring_in(root, "eve", sheet)
    found = read(root, "decisions/counts/conseil/eve.yml")
    assert [one["marks"] for one in found["ballots"]] == ballots, shown
    assert found["blank"] == blank


def test_no_site_holds_a_ballot_nor_a_duel_of_few(coop: Root, tmp_path: Path) -> None:
    root = coop(files_of_election(method="schulze", majority="", seats="1", reserved="[]"))
    for teller in ("eve", "fay"):
        bring_in(root, teller, "ana,bob,cleo\n1,2,3\n1,2,3\n2,1,3\n1,3,2\n")
    assert tally(root)[0] == 0
    found = read(root, "decisions/results/conseil.yml")["election"]
    assert "duels" not in found
    write_site(load(root, TODAY), [], "members", tmp_path / "members")
    text = (tmp_path / "members/decisions/results/conseil/index.html").read_text("utf-8")
    assert "Élu·es" in text
    everything = b"".join(
        path.read_bytes() for path in (tmp_path / "members").rglob("*") if path.is_file()
    )
    assert b'"marks": {' not in everything


def test_the_close_writes_the_mandates_and_ends_the_old_ones(root: Path) -> None:
    for teller in ("eve", "fay"):
        bring_in(root, teller, FLOWN)
    assert "Mandates written in decisions/bodies/conseil.yml: ana, cleo" in tally(root)[1]
    text = (root / "decisions/bodies/conseil.yml").read_text("utf-8")
    assert text.startswith("# Le conseil\n")
    mandates = {one["id"]: one for one in read(root, "decisions/bodies/conseil.yml")["mandates"]}
    assert mandates["conseil-dan-2023"]["ended_on"] == "2026-03-31"
    assert "ended_on" not in mandates["secretariat-2024"]
    assert mandates["conseil-ana-2026"] == {
        "id": "conseil-ana-2026",
        "member": "ana",
        "role": {"fr": "Membre du conseil", "en": "Board member"},
        "from": "2026-04-01",
        "until": "2029-03-31",
        "elected_by": "conseil",
    }
    page = root / "decisions/proposals/conseil.md"
    page.write_text(page.read_text().replace("status: voting", "status: adopted"))
    assert faults(root) == []
    assert "Mandates" not in tally(root)[1]
    assert (root / "decisions/bodies/conseil.yml").read_text("utf-8") == text


def test_a_mandate_of_somebody_who_was_not_elected_is_told(root: Path) -> None:
    for teller in ("eve", "fay"):
        bring_in(root, teller, FLOWN)
    tally(root)
    body = root / "decisions/bodies/conseil.yml"
    text = body.read_text()
    body.write_text(text.replace("member: cleo", "member: bob"))
    assert "“bob” was not elected there." in faults(root)
    body.write_text(text.replace("until: 2029-03-31", "until: 2039-03-31", 1))
    assert "The term ends on 2029-03-31." in faults(root)


def test_an_acclamation_says_which_seats_stay_empty(coop: Root) -> None:
    root = coop(files_of_election(method="acclamation", majority="", seats="4", reserved="[]"))
    for teller in ("eve", "fay"):
        file = hand_in(root, "none.csv", "ana,bob,cleo\n")
        given = ("--proposal", "conseil", "--by", teller, "--lang", "en")
        say(run("import", "ballots", str(file), root, *given))
    assert faults(root) == []
    status, shown = tally(root)
    assert (status, "Seats that stay empty" in shown) == (0, True), shown
    found = read(root, "decisions/results/conseil.yml")
    assert (found["result"], found["election"]["empty"]) == ("adopted", 1)
    assert found["election"]["elected"] == ["ana", "bob", "cleo"]


def test_whoever_was_elected_and_renamed_holds_the_mandate(root: Path) -> None:
    for teller in ("eve", "fay"):
        bring_in(root, teller, FLOWN)
    tally(root)
    old, body = root / "members/cleo.yml", root / "decisions/bodies/conseil.yml"
    (root / "members/cleo-b.yml").write_text(old.read_text() + "formerly: [cleo]\n")
    old.unlink()
    body.write_text(body.read_text().replace("member: cleo", "member: cleo-b"))
    page = root / "decisions/proposals/conseil.md"
    page.write_text(page.read_text().replace("status: voting", "status: adopted"))
    assert faults(root) == []
    text = body.read_text()
    assert "says the same" in tally(root)[1]
    assert body.read_text() == text
