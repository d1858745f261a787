"""`coopbook assembly`: an assembly from its draft to the register, with sheets filled in as a
secretary would.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import click
import pytest
import yaml
from coopbook import checks
from coopbook.assembly.ballot_papers import ballot_papers
from coopbook.assembly.record import Assembly
from coopbook.assembly.vocabulary import PAPERS
from coopbook.base.messages import languages, translator
from coopbook.cli import main
from coopbook.records.load import load
from coopbook.yaml_files.reader import parse
from odfdo import Cell, Document
from support.assemblies import ARTICLE, COOP, DAY, ID, MEMBERS, Filled, clock, files, member
from support.commands import Ran, run
from support.coops import TOP

AFTER = "2027-01-20"


@pytest.fixture
def root(coop: Callable[..., Path]) -> Path:
    return coop(files())


def step(name: str, root: Path, *more: str | Path, today: str = "2026-11-22", id: str = ID) -> Ran:
    return run("assembly", name, id, root, "--today", today, "--lang", "en", *more)


def done(name: str, root: Path, *more: str | Path, today: str = "2026-11-22") -> str:
    ran = step(name, root, *more, today=today)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return str(ran.stdout)


def created(root: Path) -> Path:
    given = [
        "--item",
        "Moral report",
        "--proposal",
        "accounts",
        "--proposal",
        "seat",
        "--proposal",
        "second-seat",
        "--proposal",
        "board",
    ]
    ran = run(
        "assembly",
        "create",
        "general-meeting",
        DAY,
        root,
        "--today",
        "2026-11-22",
        "--at",
        "14h",
        "--place",
        "1 Harbour Street",
        *given,
    )
    assert ran.returncode == 0, ran.stderr
    return root / f"decisions/minutes/{ID}.md"


def value(root: Path) -> dict[str, Any]:
    found: dict[str, Any] = parse(
        (root / f"decisions/minutes/{ID}.md").read_bytes(), front_matter=True
    ).value
    return found


def out(root: Path) -> Path:
    return root / "build" / "assembly" / ID


def said(root: Path, today: str) -> list[str]:
    return [
        translator("en", shown=str)(item.message)
        for item in checks.check(load(root, date.fromisoformat(today)))
    ]


def proxies_noted(root: Path) -> None:
    done("proxies", root)
    sheet = Filled(out(root) / "proxies.ods")
    sheet.write("kim", Gives_a_proxy_to="ana lopes", Received_on="10/12/2026")
    sheet.write("zoe", Gives_a_proxy_to="LAVERTU Emile", Received_on="2026-12-11")
    done("proxies", root, "--from", sheet.save())


def attended(root: Path) -> None:
    done("attendance", root)
    sheet = Filled(out(root) / "attendance.ods")
    for id in ("ana", "bob", "cleo", "emile"):
        sheet.write(id, Presence="Present")
    sheet.write("dan", Presence="here", Left_at="16h00")
    sheet.write("gus", Presence="in the room", Arrived_at=clock(14, 45))
    sheet.write("fay", Presence="ONLINE").write("ines", Presence="Excused").write(
        "hana", Presence="Absent"
    ).empty_row("dan")
    sheet.add(["Dominique Auditor", None, None, None, "guest", None, None, None, "auditor"])
    sheet.sheet(1).write("Closed at", Value="17.30").write("Held", Value="hybrid").write(
        "Chair", Value="Ana Lopes"
    )
    sheet.write("Capacity of the chair", Value="chair of the board").write(
        "Secretary", Value="bob martin"
    ).write("Tellers", Value="Cleo Durand, fay")
    done("attendance", root, "--from", sheet.save(), today=DAY)


def voted(root: Path, **stated: str) -> Ran:
    done("results", root)
    sheet = Filled(out(root) / "results.ods")
    sheet.write("Accounts of 2025", Time_of_the_vote="14:30", For=7, Against=1)
    sheet.write("A new seat", Time_of_the_vote="15h00", For=8, Against=1, Abstentions=0)
    sheet.write("A second seat", Time_of_the_vote="16:30")
    sheet.write("Election of the board", Time_of_the_vote="16:45", For=5, Blank=2, Invalid=1)
    for title, result in stated.items():
        sheet.write(title.replace("_", " "), Result=result)
    return step("results", root, "--from", sheet.save(), today=DAY)


def test_an_assembly_in_seven_steps(root: Path) -> None:
    record = created(root)
    assert said(root, "2026-11-22") == []
    start = value(root)
    assert (start["number"], start["entitled"], start["status"], start["opened"]) == (
        1,
        12,
        "draft",
        "14:00",
    )
    assert start["company_line"] == (
        "Test Co-op, cooperative, with variable capital, 1 Harbour Street, Nantes, RCS Nantes "
        "000 000 000"
    )
    assert start["notice"]["agenda"] == [
        "Moral report",
        "Accounts of 2025",
        "A new seat",
        "A second seat",
        "Election of the board",
    ]
    assert [one["text"] for one in start["resolutions"]][1] == "The seat moves to **Rennes**."
    assert start["resolutions"][1]["amends"] == ["articles/seat"]
    assert [one.get("rules") for one in start["resolutions"]] == [None, True, None, None]
    assert [one.get("ballot") for one in start["resolutions"]] == [None, None, None, "secret"]
    told = done(
        "notice",
        root,
        "--sent-on",
        "2026-12-01",
        "--by",
        "The board",
        "--mode",
        "mail",
        "--document",
        "Accounts",
        today="2026-12-01",
    )
    assert (
        "Sent on 1 December 2026: in time, it had to be sent on 3 December 2026 at the latest "
        "(15 days of notice)." in told
    )
    proxies_noted(root)
    assert value(root)["proxies"] == [
        {"principal": "kim", "holder": "ana", "received_on": "2026-12-10"},
        {"principal": "zoe", "holder": "emile", "received_on": "2026-12-11"},
    ]
    assert said(root, DAY) == []
    attended(root)
    now = value(root)
    assert {one["member"]: one["mode"] for one in now["attendance"]} == dict.fromkeys(
        ("ana", "bob", "cleo", "dan", "emile", "gus"), "present"
    ) | {
        "fay": "remote",
        "hana": "absent",
        "ines": "excused",
        "jo": "absent",
        "kim": "represented",
        "zoe": "represented",
    }
    assert [
        (one["member"], one.get("arrived"), one.get("left"))
        for one in now["attendance"]
        if "arrived" in one or "left" in one
    ] == [
        ("gus", "14:45", None),
        ("dan", None, "16:00"),
    ]
    assert now["guests"] == [{"name": "Dominique Auditor", "capacity": "auditor"}]
    assert (now["opened"], now["closed"], now["mode"], now["officers"]["tellers"]) == (
        "14:00",
        "17:30",
        "hybrid",
        ["cleo", "fay"],
    )
    assert now["officers"]["chair"] == {"member": "ana", "capacity": "chair of the board"}
    ran = voted(root, A_second_seat="No quorum")
    assert ran.returncode == 0, ran.stderr
    assert [one["result"] for one in value(root)["resolutions"]] == [
        "adopted",
        "adopted",
        "no_quorum",
        "adopted",
    ]
    assert "Resolution 2: Adopted. Quorum: 9/12 taking part" in ran.stdout
    done("minutes", root, today=DAY)
    document = Document(out(root) / "minutes-of-the-meeting.odt")
    body = (
        document.body.get_section(0)
        if hasattr(document.body, "get_section")
        else document.body.get_elements("descendant::text:section")[0]
    )
    body.get_elements("text:p")[0].text = "Ana opens the meeting. The accounts are good."
    edited = BytesIO()
    document.save(edited)
    (out(root) / "minutes-of-the-meeting.odt").write_bytes(edited.getvalue())
    ran = step("minutes", root, "--from", out(root) / "minutes-of-the-meeting.odt", today=DAY)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert value(root)["status"] == "circulated"
    assert record.read_text().endswith("---\n\nAna opens the meeting. The accounts are good.\n")
    assert said(root, AFTER) == []
    scan = root.parent / "signed.pdf"
    scan.write_bytes(b"%PDF-1.4 signed")
    told = done(
        "file",
        root,
        "--scan",
        scan,
        "--volume",
        "2",
        "--folios",
        "14 to 18",
        "--signed-on",
        "2027-01-15",
        today=AFTER,
    )
    end = value(root)
    assert end["annexes"] == [
        {
            "title": "Signed minutes",
            "where": "kept elsewhere: signed.pdf",
            "sha256": hashlib.sha256(b"%PDF-1.4 signed").hexdigest(),
        }
    ]
    assert (end["status"], end["register"]) == (
        "signed",
        {"form": "paper", "volume": "2", "folios": "14 to 18"},
    )
    assert "write the adopted text of “Articles, Article 1. Seat”, and that resolution 2" in told
    assert said(root, AFTER) == []
    assert step("proxies", root, "--from", scan).returncode == 2


# What people do to a sheet


def refused(root: Path, name: str, file: Path) -> str:
    """What is told of a file that is not taken; the record stays byte for byte."""
    record = root / f"decisions/minutes/{ID}.md"
    before = record.read_bytes()
    ran = step(name, root, "--from", file, today=DAY)
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "Traceback" not in ran.stderr
    assert record.read_bytes() == before
    return str(ran.stderr)


@pytest.fixture
def ready(root: Path) -> Path:
    """An assembly whose proxies were noted and whose sheets are out."""
    created(root)
    proxies_noted(root)
    done("attendance", root)
    done("results", root)
    return root


def test_a_sheet_that_nobody_changed_comes_back_the_same(ready: Path) -> None:
    before = (ready / f"decisions/minutes/{ID}.md").read_bytes()
    done("proxies", ready)
    done("proxies", ready, "--from", out(ready) / "proxies.ods")
    assert (ready / f"decisions/minutes/{ID}.md").read_bytes() == before
    attended(ready)
    had = (ready / f"decisions/minutes/{ID}.md").read_bytes()
    assert step("attendance", ready, "--out", ready / "again").returncode == 0
    done("attendance", ready, "--from", ready / "again" / "attendance.ods", today=DAY)
    assert (ready / f"decisions/minutes/{ID}.md").read_bytes() == had


def test_all_doubts_are_told_at_once_with_row_and_column(ready: Path) -> None:
    sheet = Filled(out(ready) / "attendance.ods")
    sheet.write("ana", Presence="perhaps").write(
        "bob", Presence="here", Arrived_at="quarter to three"
    ).write("cleo", Left_at="16:00")
    sheet.write("dan", Presence="excused", Arrived_at="14:45").write(
        "emile", Presence="here", Arrived_at="16:00", Left_at="15:00"
    )
    sheet.write("fay", Presence="represented").write(
        "gus", Presence="represented by Ana Lopes"
    ).add(["Anne Lopera", None, None, None, "here"])
    told = refused(ready, "attendance", sheet.save("filled.ods"))
    row = {id: sheet.row(id) + 1 for id in MEMBERS}
    for line in (
        f"Row {row['ana']}, column E: “perhaps” is none of:",
        f"Row {row['bob']}, column G: “quarter to three” is no hour such as 14:45.",
        f"Row {row['cleo']}, column E: Cléo Durand has an hour or a proxy, and no word for "
        f"how they were there.",
        f"Row {row['dan']}, column G: Dan Petit was not there, and has an hour.",
        f"Row {row['emile']}, column H: left at 3:00\u202fpm, before 4:00\u202fpm.",
        f"Row {row['fay']}, column F: by whom is Fay Le Goff represented? No proxy was noted.",
        "column A: there is no member “Anne Lopera”. Is it Ana Lopes?",
    ):
        assert line in told


def test_two_lines_for_one_member_and_a_line_that_went(ready: Path) -> None:
    sheet = Filled(out(ready) / "attendance.ods")
    sheet.write("bob", Presence="present")
    sheet.add(["Bob Martin", None, None, None, "excused"])
    told = refused(ready, "attendance", sheet.drop("jo").save("filled.ods"))
    assert "Bob Martin stands on row" in told
    assert "No line for: Jo Kerbrac." in told


def test_somebody_without_a_vote_may_be_there_and_a_proxy_of_theirs_is_set_aside(
    ready: Path,
) -> None:
    sheet = Filled(out(ready) / "attendance.ods")
    done(
        "attendance",
        ready,
        "--from",
        sheet.add(["Rex Trial", "rex", None, None, "here"]).save("filled.ods"),
        today=DAY,
    )
    assert {"member": "rex", "mode": "present"} in value(ready)["attendance"]
    done("proxies", ready, "--out", ready / "p")
    sheet = (
        Filled(ready / "p" / "proxies.ods")
        .add(["Rex Trial", None, "Bob Martin", "2026-12-01"])
        .write("bob", Gives_a_proxy_to="Rex Trial")
    )
    told = done("proxies", ready, "--from", sheet.save())
    assert told.count(" has no vote on the day.") == 2


def test_columns_may_move_and_lines_may_be_sorted(ready: Path) -> None:
    sheet = (
        Filled(out(ready) / "attendance.ods")
        .write("ana", Presence="here")
        .write("bob", Presence="here", Arrived_at="9h05")
    )
    done(
        "attendance",
        ready,
        "--from",
        sheet.swapped("Presence", "Id").swapped("Name", "Arrived at").save("filled.ods"),
        today=DAY,
    )
    modes = {one["member"]: one for one in value(ready)["attendance"]}
    assert (modes["ana"]["mode"], modes["bob"]["arrived"], modes["cleo"]["mode"]) == (
        "present",
        "09:05",
        "absent",
    )


def test_a_column_that_went_is_told(ready: Path) -> None:
    sheet = Filled(out(ready) / "attendance.ods")
    sheet.put(*sheet._place("Presence"), "Here or not")
    assert "There is no column “Presence”" in refused(ready, "attendance", sheet.save("filled.ods"))


def test_no_result_is_taken_before_the_meeting_or_without_its_attendance(ready: Path) -> None:
    record, sheet = ready / f"decisions/minutes/{ID}.md", out(ready) / "results.ods"
    before = record.read_bytes()
    for name in ("results", "minutes"):
        early = step(name, ready, "--from", sheet)
        assert (early.returncode, "still to come" in early.stderr) == (2, True)
        nobody = step(name, ready, "--from", sheet, today=DAY)
        assert (nobody.returncode, "attendance sheet back first" in nobody.stderr) == (2, True)
    assert record.read_bytes() == before


def test_a_formula_is_no_value(ready: Path) -> None:
    attended(ready)
    sheet = Filled(out(ready) / "results.ods").write("A new seat", For=Cell(3, formula="of:=1+2"))
    told = refused(ready, "results", sheet.save("filled.ods"))
    assert "this is a formula: write the value itself." in told


def test_more_votes_than_voters_and_a_stated_result_that_differs(ready: Path) -> None:
    attended(ready)
    sheet = Filled(out(ready) / "results.ods").write(
        "Accounts of 2025", Time_of_the_vote="14:30", For=9, Against=1
    )
    told = refused(ready, "results", sheet.save("filled.ods"))
    assert (
        "Resolution 1: 10 votes, and 8 voters were present or represented at that moment." in told
    )
    sheet.write("Accounts of 2025", For=3, Against=4, Result="Adopted").write(
        "A new seat", For="nine", Against=-1
    )
    told = refused(ready, "results", sheet.save("filled.ods"))
    assert "“nine” is no number of votes." in told
    assert "“-1” is no number of votes." in told
    told = refused(
        ready, "results", sheet.write("A new seat", For=None, Against=None).save("filled.ods")
    )
    assert "Resolution 1: the sheet says “Adopted”, the rules give “Rejected”." in told


def test_proxies_above_the_limit_and_blank_ones_are_told_by_name(root: Path) -> None:
    created(root)
    done("proxies", root)
    sheet = Filled(out(root) / "proxies.ods").write(
        "bob", Gives_a_proxy_to="Ana Lopes", Received_on="2026-12-01"
    )
    sheet.write("cleo", Gives_a_proxy_to="Ana Lopes", Received_on="2026-12-02").write(
        "dan", Gives_a_proxy_to="blank"
    )
    told = done("proxies", root, "--from", sheet.save())
    assert "Ana Lopes holds 2 proxies (Cléo Durand, Bob Martin), and the limit is 1" in told
    assert "Left blank: Dan Petit." in told
    assert {"principal": "dan", "blank": True} in value(root)["proxies"]


def test_what_the_rules_say_is_told_in_names_and_once(ready: Path) -> None:
    sheet = Filled(out(ready) / "proxies.ods").write(
        "bob", Gives_a_proxy_to="Ana Lopes", Received_on="2026-12-01"
    )
    ran = step("proxies", ready, "--from", sheet.save("filled.ods"))
    assert [
        line[:25] for line in (ran.stdout + ran.stderr).splitlines() if " 2 proxies" in line
    ] == ["Ana Lopes holds 2 proxies"]
    record = ready / f"decisions/minutes/{ID}.md"
    record.write_text(re.sub(r"\n? *,? *set_aside: \w+", "", record.read_text()))
    ran = step("notice", ready, "--by", "The chair")
    assert "To look at: “Ana Lopes” holds 2 proxies, and the limit is 1." in ran.stderr
    assert "“ana”" not in ran.stdout + ran.stderr
    record.write_text(record.read_text().replace("status: draft", "status: circulated"))
    lacking = [
        line
        for line in step("notice", ready, "--by", "The board").stderr.splitlines()
        if "lack" in line
    ]
    assert lacking == [
        "To look at: These minutes lack: Notice sent on, Chair, Secretary, Closed at, "
        "Held, Attendance, Tellers."
    ]


def test_days_and_hours_in_disorder_are_told_in_words(ready: Path) -> None:
    (ready / "filled.csv").write_text(
        "Name;Presence;Left at\n" + "".join(f"{name};here;18:45\n" for name in MEMBERS.values())
    )
    record = ready / f"decisions/minutes/{ID}.md"
    sent = (
        record.read_text()
        .replace("call: first", "call: first\n  sent_on: 2026-12-20")
        .replace("opened: ", 'closed: "17:30"\nopened: ')
    )
    record.write_text(sent)
    told = step("attendance", ready, "--from", ready / "filled.csv", today=DAY).stderr
    assert "“Date” is 18 December 2026, before “Notice sent on”: 20 December 2026." in told
    assert "“Closed at” is 17:30, before “Left at”: 18:45." in told
    assert " sent_on" not in told


def test_a_table_without_its_columns_is_one_finding(ready: Path) -> None:
    (ready / "filled.csv").write_text("Who;To\nBob Martin;Ana Lopes\n")
    told = refused(ready, "proxies", ready / "filled.csv")
    sentence = (
        "filled.csv: There are no columns “Name”, “Gives a proxy to”: their titles may have been "
        "changed or deleted."
    )
    assert told.splitlines() == [sentence, "Nothing was written."]


def test_two_members_of_one_name_are_told_apart(ready: Path) -> None:
    (ready / "members/ana-2.yml").write_text(member("Ana Lopes"))
    sheet = Filled(out(ready) / "proxies.ods").write("bob", Gives_a_proxy_to="Ana Lopes")
    told = refused(ready, "proxies", sheet.save("filled.ods"))
    assert "“Ana Lopes” may be several members: Ana Lopes (ana), Ana Lopes (ana-2)." in told


def test_nothing_that_was_noted_is_lost_in_silence(ready: Path) -> None:
    sheet = Filled(out(ready) / "proxies.ods").write("kim", Gives_a_proxy_to=None, Received_on=None)
    told = refused(ready, "proxies", sheet.save("filled.ods"))
    assert "Noted before and not in this file: Kim Tran." in told
    done("proxies", ready, "--replace", "--from", out(ready) / "filled.ods")
    assert [one["principal"] for one in value(ready)["proxies"]] == ["zoe"]


def test_who_joined_since_the_draft_is_counted_when_the_attendance_comes_back(ready: Path) -> None:
    (ready / "members/lou.yml").write_text(member("Lou Marchand", "2026-12-10"))
    done("attendance", ready, "--out", ready / "again", today=DAY)
    sheet = Filled(ready / "again" / "attendance.ods").write("lou", Presence="here")
    told = done("attendance", ready, "--from", sheet.save(), today=DAY)
    assert (
        "13 members have a vote on 18 December 2026, as the members' files say: noted instead "
        "of 12." in told
    )
    assert value(ready)["entitled"] == 13
    assert "instead of" not in done("attendance", ready, "--from", sheet.file, today=DAY)


def test_a_sheet_that_was_filled_in_is_not_written_over(ready: Path) -> None:
    sheet = Filled(out(ready) / "attendance.ods").write("ana", Presence="here").save()
    data = sheet.read_bytes()
    done("attendance", ready)
    assert sheet.read_bytes() == data
    assert (out(ready) / "attendance-2.ods").is_file()


CSV = (
    "Name;Presence;Represented by;Arrived at;Left at\n{ana};here;;;\n"
    + "".join(
        f"{name};absent;;;\n" for id, name in MEMBERS.items() if id not in {"ana", "kim", "zoe"}
    )
    + "Kim Tran;represented;Ana Lopes;;\nZoé Œuvrard;Represented;;;\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_csv_of_any_program(ready: Path, encoding: str, sign: str) -> None:
    file = ready / "filled.csv"
    file.write_bytes(
        CSV.replace(";", sign).format(ana="Ana Lopes").replace("\n", "\r\n").encode(encoding)
    )
    assert "no table of the meeting itself" in done("attendance", ready, "--from", file, today=DAY)
    modes = {one["member"]: one for one in value(ready)["attendance"]}
    assert (modes["kim"]["holder"], modes["emile"]["mode"]) == ("ana", "absent")
    aside = {one["principal"]: one.get("set_aside") for one in value(ready)["proxies"]}
    assert aside == {"kim": None, "zoe": "holder_absent"}


# Files that are none of ours


def zipped(parts: dict[str, bytes]) -> bytes:
    data = BytesIO()
    with ZipFile(data, "w", 8) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


MIME = b"application/vnd.oasis.opendocument.spreadsheet"
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(
        b'<!ENTITY a%d "%s">' % (n, b"&a;" * 10 if not n else b"&a%d;" % (n - 1) * 10)
        for n in range(9)
    )
    + b"]><x>&a8;</x>"
)
FILES = {
    "an.xlsx": (
        zipped({"xl/workbook.xml": b"<x/>", "[Content_Types].xml": b"<x/>"}),
        "This is an Excel file (.xlsx).",
    ),
    "old.xls": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "This is an Excel file of the old sort.",
    ),
    "a.pdf": (b"%PDF-1.7 x", "This is a PDF, not a sheet"),
    "page.csv": (b"<!DOCTYPE html><html>", "This is no sheet"),
    "cut.ods": (zipped({"mimetype": MIME, "content.xml": b"<x/>"})[:60], "damaged or protected"),
    "bomb.ods": (
        zipped({"mimetype": MIME, "content.xml": b"<x/>", "big": b"\0" * 70_000_000}),
        "too big once unpacked",
    ),
    "packed.ods": (
        zipped({"mimetype": MIME, "content.xml": b"<x>" + b" " * 15_000_000 + b"</x>"}),
        "too big once unpacked",
    ),
    "entities.ods": (
        zipped({"mimetype": MIME, "content.xml": BOMB}),
        "defines abbreviations of its own",
    ),
    "utf16.ods": (
        zipped({"mimetype": MIME, "content.xml": BOMB.decode().encode("utf-16")}),
        "no office document that can be read",
    ),
    "broken.ods": (
        zipped({"mimetype": MIME, "content.xml": b"<office:x>"}),
        "no office document that can be read",
    ),
    "text.ods": (
        zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}),
        "This is no spreadsheet (.ods).",
    ),
    "long.csv": (b"Name;Presence\n" + b"x;here\n" * 7000, "more than 6000 lines"),
    "empty.csv": (b"", "There are no columns “Name”, “Presence”"),
    "noise.ods": (bytes(range(256)) * 40, "This is no sheet"),
}


@pytest.mark.parametrize("name", FILES)
def test_what_is_no_sheet_is_told_in_a_sentence(ready: Path, name: str) -> None:
    data, sentence = FILES[name]
    (ready / name).write_bytes(data)
    assert sentence in refused(ready, "attendance", ready / name)


def test_a_sheet_of_a_million_rows_is_read_as_far_as_it_says_something(ready: Path) -> None:
    file = out(ready) / "attendance.ods"
    parts = {name: ZipFile(file).read(name) for name in ZipFile(file).namelist()}
    more = b'<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'  # noqa: E501
    parts["content.xml"] = parts["content.xml"].replace(
        b"</table:table>", more + b"</table:table>", 1
    )
    (ready / "long.ods").write_bytes(zipped(parts))
    done("attendance", ready, "--from", ready / "long.ods", today=DAY)
    many = more.replace(
        b'"16384"/>', b'"3" office:value-type="string"><text:p>x</text:p></table:table-cell>'
    )
    parts["content.xml"] = parts["content.xml"].replace(more, many)
    (ready / "full.ods").write_bytes(zipped(parts))
    assert "more than 6000 lines" in refused(ready, "attendance", ready / "full.ods")


# Papers


def test_the_same_files_give_the_same_papers(root: Path) -> None:
    created(root)
    for folder in ("one", "two"):
        for name in ("notice", "proxies", "attendance", "results", "minutes"):
            done(
                name,
                root,
                "--out",
                root / folder,
                today="2026-11-22" if folder == "one" else "2026-11-30",
            )
    names = sorted(path.name for path in (root / "one").iterdir())
    assert names == sorted(
        [
            "notice-of-meeting.odt",
            "notice-of-meeting.pdf",
            "proxy.odt",
            "proxy.pdf",
            "resolutions.odt",
            "resolutions.pdf",
            "proxies.ods",
            "attendance.ods",
            "attendance.pdf",
            "ballot-papers.pdf",
            "results.ods",
            "minutes-of-the-meeting.odt",
            "minutes-of-the-meeting.pdf",
        ]
    )
    assert [
        name
        for name in names
        if (root / "one" / name).read_bytes() != (root / "two" / name).read_bytes()
    ] == []


def test_papers_are_named_in_the_language_of_the_co_op(root: Path) -> None:
    created(root)
    for name in ("notice", "proxies", "attendance", "results", "minutes"):
        ran = step(name, root, "--lang", "fr", "--out", root / "fr")
        assert ran.returncode == 0, ran.stderr
    names = {path.name for path in (root / "fr").iterdir()}
    assert names == {
        "convocation.odt",
        "convocation.pdf",
        "pouvoir.odt",
        "pouvoir.pdf",
        "resolutions.odt",
        "resolutions.pdf",
        "pouvoirs.ods",
        "presences.ods",
        "presences.pdf",
        "bulletins-de-vote.pdf",
        "resultats.ods",
        "proces-verbal.odt",
        "proces-verbal.pdf",
    }
    sheet = Filled(root / "fr" / "presences.ods").save("what I found on the desk (2).ods")
    assert step("attendance", root, "--from", sheet, today=DAY).returncode == 0


@pytest.mark.parametrize("language", languages())
def test_no_two_papers_have_one_name(language: str, root: Path) -> None:
    created(root)
    assembly = Assembly(load(root, date(2026, 11, 22)).index, ID, value(root), language)
    names = [assembly.file(name) for name in PAPERS]
    assert len(set(names)) == len(names)
    assert [name for name in names if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)] == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_guide_names_sheets_as_they_are_named(language: str, root: Path) -> None:
    created(root)
    assembly = Assembly(load(root, date(2026, 11, 22)).index, ID, value(root), language)
    guide = (TOP / f"docs/guides/secretaries.{language}.md").read_text(encoding="utf-8")
    assert set(re.findall(r"([\w-]+)\.od[st]", guide)) == {
        *(assembly.file(name) for name in ("proxies", "attendance")),
        f"{assembly.file('count')}-1",
    }


def test_hours_are_written_as_the_language_does(
    ready: Path, caplog: pytest.LogCaptureFixture
) -> None:
    attended(ready)
    voted(ready)
    for language, sentences in {
        "en": [
            "Friday, 18 December 2026 at 2:00\u202fpm",
            "from 2:00\u202fpm to 5:30\u202fpm",
            "Gus Moreau arrives at 2:45\u202fpm.",
            "\n3:00\u202fpm\n",
        ],
        "fr": [
            "vendredi, 18 décembre 2026 à 14\u00a0h",
            "de 14\u00a0h à 17\u00a0h\u00a030",
            "Gus Moreau arrive à 14\u00a0h\u00a045.",
            "\n15\u00a0h\n",
        ],
    }.items():
        folder = ready / language
        for name in ("notice", "minutes"):
            assert step(name, ready, "--lang", language, "--out", folder).returncode == 0
        told = "\n".join(text_of(file) for file in sorted(folder.glob("*.odt")))
        assert [one for one in sentences if one not in told] == []
    assert [
        one for one in caplog.messages if "missing" in one
    ] == []  # signs that the font of the PDF has not


def test_a_notice_that_comes_too_late_is_told(root: Path) -> None:
    created(root)
    assert "To be sent on 3 December 2026 at the latest (15 days of notice)." in done(
        "notice", root
    )
    assert "TOO LATE" in done("notice", root, today="2026-12-04")
    ran = run(
        "assembly",
        "create",
        "general-meeting",
        "2026-12-20",
        root,
        "--second",
        "--proposal",
        "seat",
        "--today",
        "2026-12-04",
        "--at",
        "14h",
        "--place",
        "Town hall",
    )
    assert ran.returncode == 0, ran.stderr
    late = run(
        "assembly",
        "notice",
        "general-meeting-2026-12-20",
        root,
        "--today",
        "2026-12-04",
        "--lang",
        "en",
    )
    assert "To be sent on 12 December 2026 at the latest (8 days of notice)." in late.stdout


def text_of(file: Path) -> str:
    return "\n".join(
        one.inner_text
        for one in Document(file).body.get_elements("descendant::text:p | descendant::text:h")
    )


def test_the_notice_shows_what_changes_in_an_article(coop: Callable[..., Path]) -> None:
    had = ARTICLE.format(since="2014-10-02", town="Nantes", more="")
    new = ARTICLE.format(since="2027-01-01", town="Rennes", more="previous: 2014-10-02\n")
    articles = {
        "decisions/bylaws/articles/seat.md": new,
        "decisions/bylaws/articles/versions/seat/2014-10-02.md": had,
    }
    root = coop(files() | articles)
    created(root)
    done("notice", root)
    found = Document(out(root) / "resolutions.odt")
    marked = {
        one.get_attribute_string("text:style-name"): one.inner_text
        for one in found.body.get_elements("descendant::text:span")
    }
    assert (marked["Markstruck"], marked["Markadded"]) == ("Nantes", "Rennes")
    told = text_of(out(root) / "resolutions.odt")
    assert (
        "What changes: Articles, Article 1. Seat\nIn force from 1 January 2027. Struck out: "
        "what goes" in told
    )


def test_an_article_whose_new_words_are_not_written_yet_is_shown_as_it_stands(root: Path) -> None:
    seat = root / "decisions/proposals/seat.md"
    more = "effective: 2027-01-01}\n  - {document: articles, article: name, new: true}\n"
    seat.write_text(seat.read_text().replace("effective: 2027-01-01}\n", more))
    created(root)
    done("notice", root)
    told = text_of(out(root) / "resolutions.odt")
    assert (
        "What changes: Articles, Article 1. Seat\nIn force from 1 January 2027. Below, the "
        "words in force today" in told
    )
    assert "The seat is in Nantes." in told
    assert (
        "What changes: Articles, a new article\nIn force as soon as it is adopted.\nResolution 3"
        in told
    )


def test_a_repealed_article_and_a_new_heading_are_told(coop: Callable[..., Path]) -> None:
    had = ARTICLE.format(since="2014-10-02", town="Nantes", more="")
    new = ARTICLE.format(since="2027-01-01", town="Nantes", more="previous: 2014-10-02\n")
    versions = {"decisions/bylaws/articles/versions/seat/2014-10-02.md": had}
    for now, told in {
        new.replace(
            "in_force", "repealed: true\nin_force"
        ): "In force from 1 January 2027. It is repealed.\nThe seat is in Nantes.",
        new.replace("Seat", "Place"): (
            "Article 1. Place\nIn force from 1 January 2027. Until then: Article 1. Seat. Struck "
            "out"
        ),
    }.items():
        root = coop(files() | versions | {"decisions/bylaws/articles/seat.md": now})
        (root / f"decisions/minutes/{ID}.md").unlink(missing_ok=True)
        created(root)
        done("notice", root)
        assert told in text_of(out(root) / "resolutions.odt")


def test_minutes_keep_the_words_of_the_secretary_and_the_text_that_was_voted(ready: Path) -> None:
    attended(ready)
    voted(ready)
    record = ready / f"decisions/minutes/{ID}.md"
    record.write_text(
        record.read_text() + "\nSome **bold** words, and *others*.\n\n1. One\n2. Two\n\n- Three\n"
    )
    had = record.read_text()
    done("minutes", ready, today=DAY)
    file = out(ready) / "minutes-of-the-meeting.odt"
    assert "Working copy: the signed original is authentic and is kept in the register." in text_of(
        file
    )
    done("minutes", ready, "--from", file, today=DAY)
    assert record.read_text() == had.replace("status: draft", "status: circulated")
    document = Document(file)
    sections = {
        one.get_attribute_string("text:name"): one
        for one in document.body.get_elements("descendant::text:section")
    }
    sections["coopbook-incidents"].get_elements("text:p")[0].text = "The line broke at 15:10."
    sections["coopbook-resolution-2"].get_elements("descendant::text:span")[0].text = "Brest"
    data = BytesIO()
    document.save(data)
    (ready / "edited.odt").write_bytes(data.getvalue())
    assert "The text of resolution 2 was changed" in refused(ready, "minutes", ready / "edited.odt")
    sections["coopbook-resolution-2"].get_elements("descendant::text:span")[0].text = "Rennes"
    data = BytesIO()
    document.save(data)
    (ready / "edited.odt").write_bytes(data.getvalue())
    done("minutes", ready, "--from", ready / "edited.odt", today=DAY)
    assert value(ready)["incidents"] == "The line broke at 15:10."


def test_remarks_in_the_record_stay(ready: Path) -> None:
    record = ready / f"decisions/minutes/{ID}.md"
    record.write_text(
        record.read_text().replace("place:", "# the small room is being painted\nplace:")
    )
    attended(ready)
    assert "# the small room is being painted\nplace:" in record.read_text()


def test_filing_waits_for_results_and_takes_a_pdf_alone(ready: Path) -> None:
    (ready.parent / "scan.pdf").write_bytes(b"PK not a pdf")
    given = ["--volume", "2", "--folios", "3", "--signed-on", "2027-01-15"]
    ran = step("file", ready, *given, today=AFTER)
    assert (ran.returncode, "There is no result yet for resolutions 1, 2, 3, 4" in ran.stderr) == (
        2,
        True,
    )
    attended(ready)
    voted(ready)
    ran = step("file", ready, "--scan", ready.parent / "scan.pdf", *given, today=AFTER)
    assert (ran.returncode, "scan.pdf is no PDF." in ran.stderr) == (2, True)


FILING = ("--volume", "2", "--folios", "14 to 18", "--signed-on", "2027-01-15")


def hurried(coop: Callable[..., Path]) -> Path:
    """An assembly of a co-op that says nothing of its name in law, whose notice was never noted,
    and whose attendance came as CSV.
    """
    root = coop(files(re.sub(r"legal: .*\n", "", COOP)))
    created(root)
    csv = root.parent / "filled.csv"
    csv.write_text("Name;Presence\n" + "".join(f"{name};here\n" for name in MEMBERS.values()))
    done("attendance", root, "--from", csv, today=DAY)
    done("results", root)
    sheet = Filled(out(root) / "results.ods")
    for title in ("Accounts of 2025", "A new seat", "A second seat", "Election of the board"):
        sheet.write(title, Time_of_the_vote="14:30", For=12)
    done("results", root, "--from", sheet.save(), today=DAY)
    return root


PGP = b"-----BEGIN PGP SIGNATURE-----\n\niHUEABYKAB0=\n-----END PGP SIGNATURE-----\n"


def test_signatures_that_stand_apart_are_noted_with_their_fingerprints(ready: Path) -> None:
    done("notice", ready, "--sent-on", "2026-12-01", "--by", "ana", today="2026-12-01")
    assert value(ready)["notice"]["by"] == "Ana Lopes", "a name, not an id"
    attended(ready)
    voted(ready)
    folder = ready / "decisions/evidence" / ID
    folder.mkdir(parents=True, exist_ok=True)
    officers = value(ready)["officers"]
    signs = [officers["chair"]["member"], officers["tellers"][0]]
    files = [folder / f"{id}.asc" for id in signs]
    for file in files:
        file.write_bytes(PGP)
    for name, data, words in (
        ("ana-lopes.asc", PGP, "says by its name nobody who signs these minutes"),
        (f"{signs[0]}.asc", b"no signature", "is no signature that stands apart"),
    ):
        (folder / name).write_bytes(data)
        ran = step("file", ready, *FILING, "--signature", folder / name, today=AFTER)
        assert (ran.returncode, words in ran.stderr) == (2, True), ran.stderr
        assert f"{signs[0]}.asc" in ran.stderr
    (folder / "ana-lopes.asc").unlink()
    files[0].write_bytes(PGP)
    (ready.parent / files[0].name).write_bytes(PGP)
    ran = step("file", ready, *FILING, "--signature", ready.parent / files[0].name, today=AFTER)
    assert (ran.returncode, f"into decisions/evidence/{ID}/ first" in ran.stderr) == (2, True)
    handed = [part for file in files for part in ("--signature", file)]
    done("file", ready, *FILING, *handed, today=AFTER)
    sealed = {one["member"]: one for one in value(ready)["signatures"] if "file" in one}
    assert {id: one["file"] for id, one in sealed.items()} == {
        id: f"decisions/evidence/{ID}/{id}.asc" for id in signs
    }
    assert {one["sha256"] for one in sealed.values()} == {hashlib.sha256(PGP).hexdigest()}
    assert len(value(ready)["signatures"]) == 3, "the secretary signed on paper"
    assert said(ready, AFTER) == []


def test_what_signed_minutes_lack_is_told_at_once_with_its_place_and_nothing_is_filed(
    coop: Callable[..., Path],
) -> None:
    root = hurried(coop)
    record = root / f"decisions/minutes/{ID}.md"
    before = record.read_bytes()
    ran = step(
        "file", root, "--volume", "2", "--folios", " ", "--signed-on", "2027-01-15", today=AFTER
    )
    assert ran.returncode == 2
    assert record.read_bytes() == before
    assert ran.stderr.splitlines() == [
        "Missing: Chair, Secretary, Closed at, Held, Tellers. In the attendance sheet (.ods, "
        "a .csv has not all its tables), fill in these lines of the table “The meeting”, and "
        "give the sheet back at the step “attendance”.",
        "Missing: Notice sent on. Give the day it was sent at the step “notice”.",
        "Missing: Company line. Write the co-op's name in law and its seat into coop.yml, "
        "under “entities” (name, seat): it is made of them.",
        "Missing: Folios. Give the volume and the folios at this step.",
        "Nothing was written.",
    ]
    assert ran.stdout == ""


def test_what_was_missing_can_be_given_and_the_minutes_are_filed(coop: Callable[..., Path]) -> None:
    root = hurried(coop)
    assert step("file", root, *FILING, today=AFTER).returncode == 2
    done("notice", root, "--sent-on", "2026-12-01", "--by", "The board", today=AFTER)
    done("attendance", root, today=AFTER)
    sheet = Filled(out(root) / "attendance.ods")
    sheet.sheet(1).write("Closed at", Value="17:30").write("Held", Value="in person").write(
        "Chair", Value="Ana Lopes"
    )
    sheet.write("Secretary", Value="Bob Martin").write("Tellers", Value="Cleo Durand")
    done("attendance", root, "--from", sheet.save(), today=AFTER)
    coop_file = root / "coop.yml"
    coop_file.write_text(coop_file.read_text() + "legal: {name: Test Co-op, seat: Nantes}\n")
    done("file", root, *FILING, today=AFTER)
    end = value(root)
    assert (end["status"], end["company_line"], len(end["signatures"])) == (
        "signed",
        "Test Co-op, Nantes",
        2,
    )
    assert said(root, AFTER) == [], "what `file` takes, the check takes"


def test_minutes_that_the_check_would_refuse_are_not_filed(ready: Path) -> None:
    attended(ready)
    assert voted(ready).returncode == 0
    done("notice", ready, "--sent-on", "2026-12-10", today=AFTER)
    record = ready / f"decisions/minutes/{ID}.md"
    before = record.read_bytes()
    ran = step("file", ready, *FILING, today=AFTER)
    assert (ran.returncode, record.read_bytes() == before) == (2, True)
    assert (
        "Resolution 2 asks for 15 days of notice, and the notice was sent 8 days before."
        in ran.stderr
    )
    late = step(
        "file", ready, "--volume", "2", "--folios", "3", "--signed-on", "2026-12-01", today=AFTER
    ).stderr
    assert "cannot be signed before the meeting" in late
    assert "15 days of notice" in late, "all that is wrong is told in one go"


def test_create_says_what_is_wrong(root: Path) -> None:
    for given, sentence in (
        (["create", "nobody", DAY], "There is no general assembly “nobody”"),
        (["create", "general-meeting", DAY], "What is on the agenda?"),
        (
            ["create", "general-meeting", DAY, "--proposal", "nothing"],
            "There is no proposal “nothing”",
        ),
        (
            ["create", "general-meeting", DAY, "--proposal", "seat:9"],
            "there is no item 9 for “seat”",
        ),
        (["create", "general-meeting", DAY, "--item", "A", "--at", "noon"], "“noon” is no hour"),
        (
            ["notice", "general-meeting-2020-01-01"],
            "There is no assembly “general-meeting-2020-01-01”",
        ),
    ):
        ran = run(
            "assembly",
            *given[:3],
            *([] if given[0] == "notice" else [root, *given[3:]]),
            *([root] if given[0] == "notice" else []),
            "--lang",
            "en",
        )
        assert (ran.returncode, sentence in ran.stderr) == (2, True), ran.stderr
    created(root)
    again = run("assembly", "create", "general-meeting", DAY, root, "--item", "A", "--lang", "en")
    assert (again.returncode, "There is already a file" in again.stderr) == (2, True)


# Resolutions that are no proposals


def create(root: Path, *more: str, today: str = "2026-11-22") -> Ran:
    return run(
        "assembly", "create", "general-meeting", DAY, root, "--today", today, "--lang", "en", *more
    )


def test_resolutions_in_words_and_proposals_keep_their_order(root: Path) -> None:
    words = [
        "--resolution",
        "ordinary: Discharge of the board",
        "--proposal",
        "seat",
        "--resolution",
        "Change of bylaws : A new name | The name is **Estran**.",
    ]
    ran = create(
        root,
        "--item",
        "Moral report",
        *words,
        "--resolution",
        "secret, 1: Election of the chair",
        "--proposal",
        "accounts",
    )
    assert ran.returncode == 0, ran.stderr
    found = value(root)
    assert [
        (one["number"], one["title"], one["category"], one["agenda"], one.get("ballot"))
        for one in found["resolutions"]
    ] == [
        (1, "Discharge of the board", "ordinary", 2, None),
        (2, "A new seat", "bylaws", 3, None),
        (3, "A new name", "bylaws", 4, None),
        (4, "Election of the chair", "ordinary", 1, "secret"),
        (5, "Accounts of 2025", "ordinary", 5, None),
    ]
    assert [one["text"] for one in found["resolutions"]][2:4] == [
        "The name is **Estran**.",
        "Election of the chair",
    ]
    assert found["notice"]["agenda"] == [
        "Moral report",
        "Discharge of the board",
        "A new seat",
        "A new name",
        "Accounts of 2025",
    ]
    assert "Resolution 4: Election of the chair. Category: Ordinary decision." in ran.stdout
    assert said(root, "2026-11-22") == []


def test_every_paper_carries_a_resolution_in_words(root: Path) -> None:
    assert (
        create(
            root,
            "--resolution",
            "Discharge of the board",
            "--resolution",
            "secret: Election of the chair",
            "--at",
            "14h",
            "--place",
            "Town hall",
        ).returncode
        == 0
    )
    for name in ("notice", "attendance", "results", "minutes"):
        done(name, root)
    for paper in ("notice-of-meeting", "resolutions", "minutes-of-the-meeting"):
        told = text_of(out(root) / f"{paper}.odt")
        assert [
            one for one in ("Discharge of the board", "Election of the chair") if one not in told
        ] == [], paper
    assert Filled(out(root) / "results.ods").row("Discharge of the board")
    assembly = Assembly(load(root, date(2026, 11, 22)).index, ID, value(root), "en")
    papers = ballot_papers(assembly)
    assert papers is not None
    assert "Election of the chair" in str(papers.blocks)
    assert "Discharge" not in str(papers.blocks)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            ["--resolution", "ordinery: Accounts"],
            (
                "“ordinery” is no category. Write one of these before it, and a colon: Ordinary "
                "decision (ordinary), Change of bylaws (bylaws)."
            ),
        ),
        (["--resolution", "bylaws: "], "What is voted?"),
        (
            ["--resolution", f"Accounts {'x' * 160}"],
            "is too long: at most 160 signs; what is voted comes after it and a bar (|).",
        ),
        (["--resolution", "7: Accounts"], "there is no item 7"),
        (
            ["--resolution", "Accounts", "--resolution", "ordinary: ACCOUNTS"],
            "“ACCOUNTS” is put to the vote already: resolution 1.",
        ),
        (
            ["--kind", "extraordinary", "--resolution", "Accounts"],
            "Under which category is “Accounts” decided? Write one of these",
        ),
        (
            ["--proposal", "quitus"],
            (
                "There is no proposal “quitus”, or its page has faults. What is no proposal is "
                "written with its category before it, such as: ordinary: …"
            ),
        ),
    ],
)
def test_a_resolution_in_words_is_refused_rather_than_guessed(
    root: Path, given: list[str], sentence: str
) -> None:
    ran = create(root, *given)
    assert (ran.returncode, sentence in ran.stderr) == (2, True), ran.stderr
    assert not (root / f"decisions/minutes/{ID}.md").exists()


def test_a_colon_that_follows_no_category_is_part_of_the_words(root: Path) -> None:
    assert create(root, "--resolution", "Élection : Ana Lopes").returncode == 0
    assert [(one["title"], one["category"]) for one in value(root)["resolutions"]] == [
        ("Élection : Ana Lopes", "ordinary")
    ]


def test_a_category_that_no_meeting_decides_is_refused(root: Path) -> None:
    rules_file = root / "decisions/rules.yml"
    rules_file.write_text(
        rules_file.read_text().replace("channel: either", "channel: pull_request")
    )
    ran = create(root, "--resolution", "ordinary: Accounts")
    assert (
        ran.returncode,
        "“Accounts” is of a category that a meeting does not decide." in ran.stderr,
    ) == (2, True)
    assert create(root, "--resolution", "Accounts").returncode == 0
    assert value(root)["resolutions"][0]["category"] == "bylaws", (
        "the weakest that a meeting may take"
    )


def test_a_draft_without_resolutions_gets_them(root: Path) -> None:
    assert create(root, "--item", "Accounts of 2025", "--item", "Board").returncode == 0
    ran = step("results", root)
    assert (ran.returncode, "Add what is voted at the step “create”" in ran.stderr) == (2, True)
    where = ["--at", "14h", "--place", "Town hall"]
    ran = create(root, "--resolution", "Accounts of 2025", "--proposal", "seat", *where)
    assert ran.returncode == 0, ran.stderr
    assert (value(root)["notice"]["agenda"], value(root)["place"]) == (
        ["Accounts of 2025", "Board", "A new seat"],
        "Town hall",
    )
    done("notice", root, "--sent-on", "2026-12-01", today="2026-12-01")
    before = value(root)
    late = create(root, "--resolution", "A surprise")
    assert (late.returncode, "“A surprise” is not on its agenda." in late.stderr, value(root)) == (
        2,
        True,
        before,
    )
    assert create(root, "--resolution", "2: Election of the board").returncode == 0
    assert [(one["number"], one["agenda"]) for one in value(root)["resolutions"]] == [
        (1, 1),
        (2, 3),
        (3, 2),
    ]
    again = create(root, "--resolution", "2: Election of the board")
    assert (again.returncode, "is put to the vote already: resolution 3." in again.stderr) == (
        2,
        True,
    )
    done("results", root)
    record = root / f"decisions/minutes/{ID}.md"
    record.write_text(record.read_text().replace("status: draft", "status: circulated"))
    assert "These minutes are no draft any more" in create(root, "--resolution", "2: More").stderr


# From a browser


WORKFLOW = yaml.safe_load((TOP / ".github/workflows/assembly.yml").read_text(encoding="utf-8"))


def pressed(root: Path, **typed: str) -> tuple[int, list[str], str]:
    """What the workflow calls, with `coopbook` replaced by a program that prints what it was given:
    status, arguments, what was said.
    """
    script = next(
        one["run"] for one in WORKFLOW["jobs"]["step"]["steps"] if one["name"] == "Do the step"
    )
    program = root / ".venv/bin/coopbook"
    program.parent.mkdir(parents=True, exist_ok=True)
    program.write_text('#!/bin/bash\nprintf "%s\\n" "$@"\n')
    program.chmod(0o755)
    names = (
        "STEP",
        "ASSEMBLY",
        "FILE",
        "AGENDA",
        "RESOLUTIONS",
        "KIND",
        "MEETING",
        "DAY",
        "BY",
        "REGISTER",
    )
    env = {name: typed.get(name.lower(), "") for name in names} | {
        "PATH": "/usr/bin:/bin",
        "GITHUB_STEP_SUMMARY": str(root / "summary"),
    }
    ran = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=root,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.returncode, ran.stdout.splitlines(), ran.stdout


def test_the_workflow_hands_over_what_was_typed_and_nothing_else(root: Path) -> None:
    nasty = "$(touch hacked); `touch hacked`"
    status, given, _text = pressed(
        root,
        step="créer",
        assembly=ID,
        agenda=f"Moral report;{nasty}",
        resolutions=f"seat board:1; ordinary : Comptes 2025 ;; accounts; {nasty}",
        kind="mixte, seconde convocation",
        meeting=f"18h30, {nasty}",
    )
    assert status == 0
    assert given[:5] == ["assembly", "create", "general-meeting", DAY, "."]
    assert given[5:7] == ["--kind=mixed", "--second"]
    assert given[7:] == [
        "--at=18h30",
        f"--place={nasty}",
        "--item=Moral report",
        "--item=$(touch hacked)",
        "--item= `touch hacked`",
        "--proposal=seat",
        "--proposal=board:1",
        "--resolution=ordinary : Comptes 2025",
        "--proposal=accounts",
        "--resolution=$(touch hacked)",
        "--resolution=`touch hacked`",
        "--lang",
        "fr",
    ]
    assert not (root / "hacked").exists()
    sheet = root / "decisions/evidence" / ID / "attendance.ods"
    sheet.parent.mkdir(parents=True)
    sheet.write_bytes(b"x")
    status, given, _text = pressed(root, step="émargement", assembly=ID, file="attendance.ods")
    assert (status, given[4]) == (0, f"--from=decisions/evidence/{ID}/attendance.ods")
    given = pressed(
        root, step="modifier", assembly=ID, day=DAY, meeting="18h30, 2, quai, https://v.example/a"
    )[1]
    assert given[4:8] == [
        f"--day={DAY}",
        "--at=18h30",
        "--place=2, quai",
        "--online=https://v.example/a",
    ]
    given = pressed(root, step="créer", assembly=ID, kind="mixte", resolutions="usuel : accounts")
    assert given[1][6] == "--usual=accounts"
    assert pressed(root, step="modifier", assembly=ID, meeting="annulée")[1][4] == "--cancel"
    assert pressed(root, step="modifier", assembly=ID, meeting="maintenue")[1][4] == "--restore"
    given = pressed(root, step="créer", assembly=ID, kind="mixte", meeting="9h, https://v.example")
    assert given[1][6:8] == ["--at=9h", "--online=https://v.example"]
    status, given, _text = pressed(
        root, step="classer", assembly=ID, register="2 / 14 à 18", day="2027-01-15"
    )
    assert given[4:7] == ["--volume=2", "--folios=14 à 18", "--signed-on=2027-01-15"]


def uploaded(root: Path, *names: str) -> str:
    """Files put where the forge's page puts them; their folder."""
    folder = f"decisions/evidence/{ID}"
    (root / folder).mkdir(parents=True, exist_ok=True)
    for name in names:
        (root / folder / name).write_bytes(b"x")
    return folder


def test_the_workflow_hands_over_what_a_teller_counted(root: Path) -> None:
    folder = uploaded(root, "ana.ods")
    given = pressed(root, step="dépouillement", assembly=ID)[1]
    assert given == ["assembly", "count", ID, ".", "--lang", "fr"]
    said = "3; retrait : bob ;tirage: 12 7 33;"
    given = pressed(
        root, step="dépouillement", assembly=ID, file="ana.ods", by="Ana Lopes", resolutions=said
    )[1]
    assert given[3:-2] == [
        ".",
        f"--from={folder}/ana.ods",
        "--by=Ana Lopes",
        "--resolution=3",
        "--declined=bob",
        "--lot=12 7 33",
    ]
    status, _given, text = pressed(
        root, step="dépouillement", assembly=ID, file="ana.ods", by="ana", resolutions="bob"
    )
    assert (status, "retrait" in text) == (1, True)


def test_the_workflow_files_the_signed_minutes_and_signatures_that_stand_apart(root: Path) -> None:
    folder = uploaded(root, "signed.pdf", "ana.asc", "bob.asc", "other.pdf")
    typed = {"step": "classer", "assembly": ID, "register": "2 / 14", "day": "2027-01-15"}
    given = pressed(root, file="signed.pdf; ana.asc bob.asc", **typed)[1]
    assert given[7:-2] == [
        f"--scan={folder}/signed.pdf",
        f"--signature={folder}/ana.asc",
        f"--signature={folder}/bob.asc",
    ]
    assert pressed(root, file="signed.pdf other.pdf", **typed)[0] == 1
    assert pressed(root, file="signed.pdf ../../coop.yml", **typed)[0] == 1
    twice = pressed(root, step="pouvoirs", assembly=ID, file="ana.asc bob.asc")
    assert (twice[0], "Une seule feuille à la fois" in twice[2]) == (1, True)


def test_the_workflow_knows_each_step_and_sort(root: Path) -> None:
    inputs = next(value for key, value in WORKFLOW.items() if key in (True, "on"))[
        "workflow_dispatch"
    ]["inputs"]
    known = list(main.get_command(click.Context(main), "assembly").commands)
    called = [
        pressed(root, step=one, assembly=ID, kind="mixte", register="2 / 3", day=DAY)[1][1]
        for one in inputs["step"]["options"]
    ]
    before, after = ["create", "notice", "proxies", "attendance"], ["results", "minutes", "file"]
    assert called == known == [*before, "count", *after, "change"]
    sorts = [
        pressed(root, step="créer", assembly=ID, kind=one)[1][5]
        for one in inputs["kind"]["options"]
    ]
    assert [one.removeprefix("--kind=") for one in sorts] == [
        "ordinary",
        "extraordinary",
        "mixed",
        "section",
        "ordinary",
        "extraordinary",
        "mixed",
    ]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_guide_names_the_steps_as_the_button_does(language: str) -> None:
    inputs = next(value for key, value in WORKFLOW.items() if key in (True, "on"))[
        "workflow_dispatch"
    ]["inputs"]
    guide = (TOP / f"docs/guides/secretaries.{language}.md").read_text(encoding="utf-8")
    assert re.findall(r"^(?:Étape|Step) `([^`]+)`", guide, re.M) == inputs["step"]["options"][:7]
    assert "Étape `classer`" in guide or "Step `classer`" in guide


@pytest.mark.parametrize(
    "typed",
    [
        {"step": "convoquer", "assembly": "../x"},
        {"step": "convoquer", "assembly": f"{ID}; ls"},
        {"step": "convoquer", "assembly": ID, "day": "tomorrow"},
        {"step": "pouvoirs", "assembly": ID, "file": "../../coop.yml"},
        {"step": "pouvoirs", "assembly": ID, "file": "not-there.ods"},
        {"step": "classer", "assembly": ID, "register": "2"},
        {"step": "check", "assembly": ID},
        {"step": "créer", "assembly": ID, "kind": "--second"},
    ],
)
def test_the_workflow_refuses_what_has_another_form(root: Path, typed: dict[str, str]) -> None:
    status, _given, text = pressed(root, **typed)
    assert status == 1
    assert text.startswith("::error::")


# In French, and in another program's hands

FRENCH = """Nom;Présence;Représenté·e par;Arrivé·e à;Parti·e à
LOPES Ana;présent;;;
Bob Martin;Présente;;14h45;
cleo durand;À DISTANCE;;;
Dan Petit;visio;;;
Emile Lavertu;P;;;16 h 05
Fay Le Goff;excusée;;;
Gus Moreau;absente;;;
Hana Prat;par correspondance;;;
Inès Benali;en ligne;;;
Jo Kerbrac;;;;
Kim Tran;représentée par Ana Lopes;;;
Œuvrard Zoe;pouvoir;;;
Dominique Lanvéoc;invitée;;;
"""


def test_french_words_are_understood_in_any_co_op(ready: Path) -> None:
    (ready / "presence.csv").write_text(FRENCH, encoding="utf-8")
    done("attendance", ready, "--from", ready / "presence.csv", today=DAY)
    found = {one["member"]: one for one in value(ready)["attendance"]}
    modes = {
        "ana": "present",
        "bob": "present",
        "cleo": "remote",
        "dan": "remote",
        "emile": "present",
        "fay": "excused",
        "gus": "absent",
        "hana": "postal",
        "ines": "remote",
        "jo": "absent",
        "kim": "represented",
        "zoe": "represented",
    }
    assert {id: one["mode"] for id, one in found.items()} == modes
    assert (
        found["bob"]["arrived"],
        found["emile"]["left"],
        found["kim"]["holder"],
        found["zoe"]["holder"],
    ) == (
        "14:45",
        "16:05",
        "ana",
        "emile",
    )
    assert value(ready)["guests"] == [{"name": "Dominique Lanvéoc"}]


def test_words_that_another_program_has_styled_come_back(ready: Path) -> None:
    attended(ready)
    voted(ready)
    done("minutes", ready, today=DAY)
    file = out(ready) / "minutes-of-the-meeting.odt"
    parts = {name: ZipFile(file).read(name) for name in ZipFile(file).namelist()}
    own = b'<style:style style:name="T9" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style><style:style style:name="P9" style:family="paragraph" style:parent-style-name="Item"/>'  # noqa: E501
    said = b'<text:p>We were <text:span text:style-name="T9">many</text:span>.</text:p><text:p text:style-name="P9">-<text:tab/>*One* [x]</text:p><text:list><text:list-item><text:p>Two</text:p></text:list-item></text:list><text:p/>'  # noqa: E501
    content = parts["content.xml"].replace(
        b"</office:automatic-styles>", own + b"</office:automatic-styles>", 1
    )
    start = content.index(b'text:name="coopbook-body"')
    parts["content.xml"] = (
        content[: content.index(b">", start) + 1]
        + said
        + content[content.index(b"</text:section>", start) :]
    )
    file.write_bytes(zipped(parts))
    done("minutes", ready, "--from", file, today=DAY)
    text = (ready / f"decisions/minutes/{ID}.md").read_text()
    assert text.endswith("---\n\nWe were **many**.\n\n- \\*One\\* \\[x\\]\n- Two\n")


def test_what_a_cell_says_plays_no_trick_on_a_log(ready: Path) -> None:
    sheet = Filled(out(ready) / "attendance.ods").write("ana", Presence="so ::error::")
    sheet.write("bob", Presence="a\n::warning::played\u202e").write("cleo", Presence="y" * 3000)
    told = refused(ready, "attendance", sheet.save("filled.ods"))
    assert [line for line in told.splitlines() if line.startswith("::")] == []
    assert "\u202e" not in told
    assert max(map(len, told.splitlines())) < 900


COLLEGES = """colleges: {enabled: true, weights: {workers: 60, users: 40}, method: proportional, empty_college: redistribute}
"""  # noqa: E501


def test_colleges_have_a_line_each_and_add_up(coop: Callable[..., Path]) -> None:
    given = files()
    given["decisions/rules.yml"] += COLLEGES
    given["coop.yml"] += (
        "colleges: {workers: {label: {en: Workers}}, users: {label: {en: Users}}}\n"
    )
    for number, id in enumerate(MEMBERS):
        name = f"members/{id}.yml"
        given[name] = given[name].replace(
            "category: worker", f"category: worker, college: {'workers' if number < 6 else 'users'}"
        )
    root = coop(given)
    created(root)
    done("attendance", root)
    sheet = Filled(out(root) / "attendance.ods")
    for id in MEMBERS:
        sheet.write(id, Presence="here")
    done("attendance", root, "--from", sheet.save(), today=DAY)
    done("results", root)
    sheet = Filled(out(root) / "results.ods")
    users, workers = sheet.row("Accounts of 2025"), sheet.row("Accounts of 2025") + 1
    assert [
        sheet.table.get_value((sheet._place("College")[0], row)) for row in (users, workers)
    ] == ["Users", "Workers"]
    for row, (favour, against) in ((users, (1, 5)), (workers, (5, 1))):
        sheet.put(sheet._place("For")[0], row, favour)
        sheet.put(sheet._place("Against")[0], row, against)
    ran = step("results", root, "--from", sheet.save(), today=DAY)
    assert ran.returncode == 0, ran.stderr
    first = value(root)["resolutions"][0]
    assert (first["for"], first["against"], first["result"]) == (6, 6, "adopted")
    assert first["by_college"] == {
        "users": {"for": 1, "against": 5},
        "workers": {"for": 5, "against": 1},
    }
    assert [line for line in said(root, DAY) if "Resolution 1" in line] == []
