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
from odfdo import Document
from support.assemblies import DAY, ID, MEMBERS, Filled
from support.board_elections import (
    AFTER,
    PILES,
    Pile,
    called,
    counted,
    done,
    faults,
    met,
    out,
    read,
    step,
)
from support.sites import write_site

Root = Callable[..., Path]


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


# The count: two tellers, each alone


def test_two_tellers_who_agree_give_result_mandates_and_minutes(coop: Root) -> None:
    root = called(coop)
    met(root)
    first = counted(root, "cleo", PILES)
    assert first.returncode == 0, first.stderr
    assert "the sheet of the other teller" in first.stdout.replace("\n", " ")
    assert not (root / "decisions/results").exists()
    second = counted(root, "fay", PILES[::-1])
    assert second.returncode == 0, second.stderr
    for words in (
        "Written: decisions/results/board.yml",
        "Mandates written in decisions/bodies/board.yml: ana, bob",
        f"Written: decisions/minutes/{ID}.md",
    ):
        assert words in second.stdout, second.stdout
    result = read(root, "decisions/results/board.yml")
    assert (result["result"], result["represented"], result["counts"]["for"]) == ("adopted", 9, 6)
    mandates = {one["id"]: one for one in read(root, "decisions/bodies/board.yml")["mandates"]}
    assert mandates["board-gus-2023"]["until"] == "2026-12-31"
    assert mandates["chair-2025"]["until"] == "2027-12-31"
    assert not any("ended_on" in one for one in mandates.values()), "it is still to come"
    assert mandates["board-ana-2027"]["elected_by"] == "board"
    (one,) = read(root, f"decisions/minutes/{ID}.md")["resolutions"]
    assert (one["result"], one["for"], one["blank"], one["null"]) == ("adopted", 6, 1, 1)
    assert one["election"]["elected"] == ["ana", "bob"]
    assert one["election"]["rounds"] == result["election"]["rounds"]
    assert {each["answer"] for each in one["election"]["candidates"]} == {"accepted"}
    assert faults(root) == []


def test_who_came_late_or_left_early_votes_while_the_box_is_open(coop: Root) -> None:
    """The room votes from 14:00 to 15:00: Gus is there from 14:30 on, Hana until 14:45."""
    root = called(coop)
    met(root)
    record = root / f"decisions/minutes/{ID}.md"
    text = record.read_text()
    for who, more in (("gus", 'arrived: "14:30"'), ("hana", 'left: "14:45"')):
        here = f"  - member: {who}\n    mode: present\n"
        assert here in text
        text = text.replace(here, f"{here}    {more}\n")
    record.write_text(text)
    for teller in ("cleo", "fay"):
        ran = counted(root, teller, [(1, "no", "yes", ""), *PILES])
        assert ran.returncode == 0, ran.stderr
    sheet = read(root, "decisions/counts/board/cleo.yml")
    assert {"gus", "hana"} <= {*sheet["took_part"]}
    (one,) = read(root, f"decisions/minutes/{ID}.md")["resolutions"]
    assert (one["at"], one["result"]) == ("14:30", "adopted")
    assert faults(root) == []


def test_the_minutes_name_candidates_rounds_and_who_is_elected(coop: Root) -> None:
    root = called(coop)
    met(root)
    for teller in ("cleo", "fay"):
        assert counted(root, teller, PILES).returncode == 0
    done("minutes", root, today=AFTER)
    text = "".join(
        str(one.text_recursive)
        for one in Document(out(root) / "minutes-of-the-meeting.odt").body.get_elements("//text:p")
    )
    for words in ("Ana Lopes: accepted", "Round 1", "Elected: Ana Lopes, Bob Martin."):
        assert words in text, text


NOMINATED = """resolutions:
  - number: 1
    title: Election of the board
    text: Two seats are to be filled.
    agenda: 1
    category: ordinary
    result: adopted
    election:
      body: board
      role: {en: Board member}
      seats: 3
      method: acclamation
      term: {from: 2027-01-01, until: 2029-12-31}
      candidates:
        - {member: ana, by: bob, answer: accepted}
        - {member: cleo, by: ana, answer: declined}
        - {member: gus, by: cleo, answer: accepted}
      elected: [ana, gus]
      empty: 1
"""


def test_who_is_nominated_in_the_room_and_acclaimed_has_a_mandate(coop: Root) -> None:
    root = called(coop)
    met(root)
    record = root / f"decisions/minutes/{ID}.md"
    head, _rest = record.read_text().split("resolutions:", 1)
    record.write_text(f"{head}{NOMINATED}---\n")
    (root / "decisions/proposals/board.md").unlink()
    done("notice", root, "--sent-on", "2026-11-20")
    done("minutes", root, today=AFTER)
    ran = step("file", root, "--volume", "1", "--folios", "2", "--signed-on", AFTER, today=AFTER)
    assert ran.returncode == 0, ran.stderr
    assert "Mandates written in decisions/bodies/board.yml: ana, gus" in ran.stdout
    mandates = {one["id"]: one for one in read(root, "decisions/bodies/board.yml")["mandates"]}
    assert mandates["board-ana-2027"]["elected_by"] == ID
    assert faults(root) == []


def test_a_sheet_that_lacks_a_ballot_is_not_taken(coop: Root) -> None:
    root = called(coop)
    met(root)
    ran = counted(root, "cleo", PILES[:2], box=8)
    assert ran.returncode == 1
    assert "8 papers were in the box, and the lines make 7." in ran.stderr
    assert not (root / "decisions/counts").exists()


def test_tellers_who_read_a_ballot_otherwise_are_told_which(coop: Root) -> None:
    root = called(coop)
    met(root)
    assert counted(root, "cleo", PILES).returncode == 0
    ran = counted(root, "fay", [*PILES[:2], (1, "oui", "non", "")])
    assert ran.returncode == 1
    assert (
        "Ballots that say Ana Lopes: yes, Bob Martin: yes – 1 (Cléo Durand), 0 (Fay Le Goff)"
        in ran.stderr
    )
    assert not (root / "decisions/results").exists()
    assert counted(root, "fay", PILES).returncode == 0
    assert faults(root) == []


def two_rounds(root: Path) -> None:
    """The board is elected in two rounds, in one room."""
    met(root)
    split: list[Pile] = [(3, "yes", "yes", ""), (3, "yes", "", "yes")]
    for teller in ("cleo", "fay"):
        ran = counted(root, teller, split)
        assert ran.returncode == 0, ran.stderr
    assert "several have the same votes. Write “status: second”" in ran.stdout.replace("\n", " ")
    (one,) = read(root, f"decisions/minutes/{ID}.md")["resolutions"]
    assert "result" not in one
    page = root / "decisions/proposals/board.md"
    days = "second: {opens: 2026-12-18T16:00:00+01:00, closes: 2026-12-18T16:30:00+01:00}"
    page.write_text(page.read_text().replace("status: voting", f"status: second\n{days}"))
    done("count", root, today=DAY)
    assert (out(root) / "ballot-papers-2.pdf").is_file()
    for teller in ("cleo", "fay"):
        sheet = Filled(out(root) / "count-sheet-1.ods")
        sheet.write("All papers in the box", Number_of_papers=6)
        sheet.add([None, 4, "yes", None]).add([None, 2, "no", "yes"])
        file = sheet.save(f"{teller}-2.ods")
        ran = step("count", root, "--from", file, "--by", teller, today=AFTER)
        assert ran.returncode == 0, ran.stderr
    assert "To look at" not in ran.stdout


def test_a_second_round_in_the_same_room(coop: Root) -> None:
    root = called(coop)
    two_rounds(root)
    (one,) = read(root, f"decisions/minutes/{ID}.md")["resolutions"]
    assert (one["result"], one["election"]["elected"]) == ("adopted", ["ana", "bob"])
    assert [each.get("vote", 1) for each in one["election"]["rounds"]] == [1, 2]
    assert faults(root) == []


def pages(root: Path, to: Path) -> Callable[[str], str]:
    """The members' pages, by address."""
    write_site(load(root, date.fromisoformat(AFTER)), [], "members", to)
    return lambda address: (to / address / "index.html").read_text("utf-8").replace("’", "'")


def test_pages_and_papers_call_the_second_round_so_and_tell_terms_to_come(
    coop: Root, tmp_path: Path
) -> None:
    root = called(coop)
    two_rounds(root)
    page = pages(root, tmp_path / "members")
    result = page("decisions/results/board-2")
    assert "<caption>Second round" in result
    assert "<caption>Round 1" not in result
    assert "Second consultation" not in result
    proposal = page("decisions/proposals/board")
    assert "Result of the second round" in proposal
    assert "consultation" not in proposal
    minutes = page(f"decisions/minutes/{ID}")
    for words in ("<caption>Round 1", "<caption>Second round", "Board member", "1 January 2027"):
        assert words in minutes, words
    mandates = page("decisions/mandates")
    _before, _heading, coming = mandates.partition('id="_coming"')
    assert "from 1 January 2027 to 31 December 2029" in coming
    assert "Ana Lopes" in coming
    done("minutes", root, today=AFTER)
    text = said_in(out(root) / "minutes-of-the-meeting.odt")
    for words in ("Second round", "Role: Board member, Board", "Seats: 2", "Term: from 1 January"):
        assert words in text, text


def test_the_text_of_the_resolutions_says_what_is_to_be_filled_and_who_stands(coop: Root) -> None:
    root = called(coop, a="accepted_on: 2026-12-01->text: {en: I go on.}, accepted_on: 2026-12-01")
    done("notice", root)
    text = said_in(out(root) / "resolutions.odt")
    for words in (
        "Role: Board member, Board",
        "Seats: 2",
        "Term: from 1 January 2027 to 31 December 2029",
        "Method: Say yes or no to each candidate.",
        "With the same votes: the eldest is elected",
        "Dan Petit",
        "I go on.",
        "Ordinary decision (quorum: 1/2 of the members",
    ):
        assert words in text, text
    assert "majority:" not in text, "an election has its own"


def said_in(paper: Path) -> str:
    """All that a document says."""
    kinds = "descendant::text:p | descendant::text:h"
    return "\n".join(str(one.text_recursive) for one in Document(paper).body.get_elements(kinds))


def test_a_run_that_was_cut_off_is_completed_by_the_next(
    coop: Root, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = called(coop)
    met(root)
    assert counted(root, "cleo", PILES).returncode == 0
    for place in ("write_mandates", "save", "set_status"):
        with monkeypatch.context() as cut:

            def stop(*_given: object, **_more: object) -> None:
                raise KeyboardInterrupt

            cut.setattr(f"coopbook.assembly.counting.{place}", stop)
            assert step("count", root, "--from", sheet_of(root), "--by", "fay", today=AFTER)[1] != 0
        assert (root / "decisions/results/board.yml").exists()
    ran = step("count", root, "--from", sheet_of(root), "--by", "fay", today=AFTER)
    assert ran.returncode == 0, ran.stderr
    ran = step("count", root, "--from", sheet_of(root), "--by", "fay", today=AFTER)
    assert "No election of this assembly is still to be counted." in ran.stderr
    (one,) = read(root, f"decisions/minutes/{ID}.md")["resolutions"]
    assert (one["result"], one["election"]["elected"]) == ("adopted", ["ana", "bob"])
    mandates = [one["id"] for one in read(root, "decisions/bodies/board.yml")["mandates"]]
    assert mandates.count("board-ana-2027") == 1
    assert read(root, "decisions/proposals/board.md")["status"] == "adopted"
    assert faults(root) == []


def sheet_of(root: Path) -> Path:
    """The count sheet that the first teller filled in, as the other would."""
    return out(root) / "cleo.ods"


def test_who_withdraws_in_the_room_is_told_and_not_elected(coop: Root, tmp_path: Path) -> None:
    root = called(coop)
    met(root)
    for teller in ("cleo", "fay"):
        ran = counted(root, teller, PILES, "--declined", "Ana Lopes")
        assert ran.returncode == 0, ran.stderr
    (one,) = read(root, f"decisions/minutes/{ID}.md")["resolutions"]
    assert {each["member"]: each["answer"] for each in one["election"]["candidates"]} == {
        "dan": "accepted",
        "ana": "withdrew",
        "bob": "accepted",
    }
    assert "ana" not in one["election"]["elected"]
    assert faults(root) == []
    page = pages(root, tmp_path / "members")
    for address in ("decisions/results/board", "decisions/proposals/board"):
        _before, _title, after = page(address).partition("Withdrew, or did not accept")
        assert "Ana Lopes" in after.partition("</dd>")[0]


def test_an_acclamation_needs_two_empty_sheets_and_no_paper(coop: Root) -> None:
    root = called(
        coop,
        a="method: yes_no->method: acclamation",
        b="  majority: absolute\n->",
        c="seats: 2->seats: 4",
    )
    met(root)
    for teller in ("cleo", "fay"):
        done("count", root, today=DAY)
        file = Filled(out(root) / "count-sheet-1.ods").save(f"{teller}.ods")
        ran = step("count", root, "--from", file, "--by", teller, today=AFTER)
        assert ran.returncode == 0, ran.stderr
    (one,) = read(root, f"decisions/minutes/{ID}.md")["resolutions"]
    assert (one["result"], one["election"]["empty"]) == ("adopted", 1)
    assert one["election"]["elected"] == ["ana", "bob", "dan"]
    assert faults(root) == []


def test_the_sheet_of_results_has_no_line_for_an_election(coop: Root) -> None:
    root = called(coop)
    met(root)
    for teller in ("cleo", "fay"):
        assert counted(root, teller, PILES).returncode == 0
    before = read(root, f"decisions/minutes/{ID}.md")["resolutions"]
    done("results", root, today=AFTER)
    with pytest.raises(StopIteration):
        Filled(out(root) / "results.ods").row("Elect the board")
    done("results", root, "--from", out(root) / "results.ods", today=AFTER)
    assert read(root, f"decisions/minutes/{ID}.md")["resolutions"] == before


def test_one_of_no_sheet_at_all_and_one_that_nobody_can_hand_in(coop: Root) -> None:
    root = called(coop)
    met(root)
    refused = counted(root, "emile", PILES).stderr
    assert "no teller of this vote" in refused
    assert "Tellers of this vote: cleo, fay." in refused
    ran = step("count", root, "--from", out(root) / "emile.ods", today=AFTER)
    assert "Say who counted: the teller, by id or name (--by)." in ran.stderr


def test_the_days_of_a_vote_on_the_site_do_not_bind_one_in_the_room(coop: Root) -> None:
    root = called(coop)
    rules = root / "decisions/rules.yml"
    strict = "    channel: either\n    min_days: 15\n    second: {min_days: 15}\n"
    rules.write_text(rules.read_text().replace("    channel: either\n", strict))
    assert faults(root) == []
    met(root)
    assert counted(root, "cleo", PILES).returncode == 0
    ran = counted(root, "fay", PILES)
    assert ran.returncode == 0, ran.stderr
    assert "Mandates written in decisions/bodies/board.yml: ana, bob" in ran.stdout


def test_no_sheet_is_made_while_nobody_stands(coop: Root) -> None:
    nobody = "candidates:\n    - {member: dan, accepted_on: 2026-12-01}\n"
    nobody += "    - {member: ana, accepted_on: 2026-12-10}\n"
    nobody += "    - {member: bob, accepted_on: 2026-12-02}\n->candidates: []\n"
    root = called(coop, a=nobody, b="  ties: [age]\n  by_age: [bob, ana, dan]\n->")
    ran = step("count", root)
    assert (ran.returncode, "Nobody stands in “Elect the board” yet" in ran.stderr) == (2, True)
    done("attendance", root)
    assert not (out(root) / "ballot-papers.pdf").exists()


def test_tellers_who_say_otherwise_who_withdrew_are_told_whom(coop: Root) -> None:
    root = called(coop)
    met(root)
    assert counted(root, "cleo", PILES, "--declined", "ana").returncode == 0
    ran = counted(root, "fay", PILES)
    assert "Who withdrew (“declined”): Ana Lopes (Cléo Durand), – (Fay Le Goff)" in ran.stderr
