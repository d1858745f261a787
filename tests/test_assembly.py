"""`coopbook assembly`: an assembly from its draft to the register, with sheets filled in as a secretary would."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from assemblies import DAY, ID, Filled, clock, files
from coopbook import rules
from coopbook.load import load
from coopbook.messages import translator
from coopbook.source import parse
from odfdo import Document
from test_commands import run

AFTER = "2027-01-20"


@pytest.fixture
def root(coop: Callable[..., Path]) -> Path:
    return coop(files())


def step(name: str, root: Path, *more: str | Path, today: str = "2026-11-22", id: str = ID) -> Any:
    return run("assembly", name, id, root, "--today", today, "--lang", "en", *more)


def done(name: str, root: Path, *more: str | Path, today: str = "2026-11-22") -> str:
    ran = step(name, root, *more, today=today)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return str(ran.stdout)


def created(root: Path) -> Path:
    given = ["--item", "Moral report", "--proposal", "accounts", "--proposal", "seat", "--proposal", "second-seat", "--proposal", "board"]
    ran = run(
        "assembly", "create", "general-meeting", DAY, root, "--today", "2026-11-22", "--at", "14h", "--place", "1 Harbour Street", *given
    )
    assert ran.returncode == 0, ran.stderr
    return root / f"decisions/minutes/{ID}.md"


def value(root: Path) -> dict[str, Any]:
    found: dict[str, Any] = parse((root / f"decisions/minutes/{ID}.md").read_bytes(), front_matter=True).value
    return found


def out(root: Path) -> Path:
    return root / "build" / "assembly" / ID


def said(root: Path, today: str) -> list[str]:
    from datetime import date

    return [translator("en", shown=str)(item.message) for item in rules.check(load(root, date.fromisoformat(today)))]


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
    sheet.write("fay", Presence="ONLINE").write("ines", Presence="Excused").write("hana", Presence="Absent").empty_row("dan")
    sheet.add(["Dominique Auditor", None, None, None, "guest", None, None, None, "auditor"])
    sheet.sheet(1).write("Closed at", Value="17.30").write("Held", Value="hybrid").write("Chair", Value="Ana Lopes")
    sheet.write("Capacity of the chair", Value="chair of the board").write("Secretary", Value="bob martin").write(
        "Tellers", Value="Cleo Durand, fay"
    )
    done("attendance", root, "--from", sheet.save(), today=DAY)


def voted(root: Path, **stated: str) -> Any:
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
    assert (start["number"], start["entitled"], start["status"], start["opened"]) == (1, 12, "draft", "14:00")
    assert start["company_line"] == "Test Co-op, cooperative, with variable capital, 1 Harbour Street, Nantes, RCS Nantes 000 000 000"
    assert start["notice"]["agenda"] == ["Moral report", "Accounts of 2025", "A new seat", "A second seat", "Election of the board"]
    assert [one["text"] for one in start["resolutions"]][1] == "The seat moves to **Rennes**."
    assert start["resolutions"][1]["amends"] == ["articles/seat"]
    assert [one.get("ballot") for one in start["resolutions"]] == [None, None, None, "secret"]
    told = done("notice", root, "--sent-on", "2026-12-01", "--by", "The board", "--mode", "mail", "--document", "Accounts")
    assert "Sent on 1 December 2026: in time, it had to be sent on 3 December 2026 at the latest (15 days of notice)." in told
    proxies_noted(root)
    assert value(root)["proxies"] == [
        {"principal": "kim", "holder": "ana", "received_on": "2026-12-10"},
        {"principal": "zoe", "holder": "emile", "received_on": "2026-12-11"},
    ]
    assert said(root, DAY) == []
    attended(root)
    now = value(root)
    assert {one["member"]: one["mode"] for one in now["attendance"]} == dict.fromkeys(("ana", "bob", "cleo", "dan", "emile", "gus"), "present") | {"fay": "remote", "hana": "absent", "ines": "excused", "jo": "absent", "kim": "represented", "zoe": "represented"}  # fmt: skip
    assert [(one["member"], one.get("arrived"), one.get("left")) for one in now["attendance"] if "arrived" in one or "left" in one] == [
        ("dan", None, "16:00"),
        ("gus", "14:45", None),
    ]
    assert now["guests"] == [{"name": "Dominique Auditor", "capacity": "auditor"}]
    assert (now["opened"], now["closed"], now["mode"], now["officers"]["tellers"]) == ("14:00", "17:30", "hybrid", ["cleo", "fay"])
    assert now["officers"]["chair"] == {"member": "ana", "capacity": "chair of the board"}
    ran = voted(root, A_second_seat="No quorum")
    assert ran.returncode == 0, ran.stderr
    assert [one["result"] for one in value(root)["resolutions"]] == ["adopted", "adopted", "no-quorum", "adopted"]
    assert "Resolution 2: Adopted. Quorum: 9/12 taking part" in ran.stdout
    done("minutes", root, today=DAY)
    document = Document(out(root) / "minutes.odt")
    body = (
        document.body.get_section(0) if hasattr(document.body, "get_section") else document.body.get_elements("descendant::text:section")[0]
    )
    body.get_elements("text:p")[0].text = "Ana opens the meeting. The accounts are good."
    edited = BytesIO()
    document.save(edited)
    (out(root) / "minutes.odt").write_bytes(edited.getvalue())
    done("minutes", root, "--from", out(root) / "minutes.odt", today=DAY)
    assert value(root)["status"] == "circulated"
    assert record.read_text().endswith("---\n\nAna opens the meeting. The accounts are good.\n")
    assert said(root, AFTER) == []
    scan = root.parent / "signed.pdf"
    scan.write_bytes(b"%PDF-1.4 signed")
    told = done("file", root, "--scan", scan, "--volume", "2", "--folios", "14 to 18", "--signed-on", "2027-01-15", today=AFTER)
    end = value(root)
    assert end["annexes"] == [{"title": "Signed minutes", "file": "signed.pdf", "sha256": hashlib.sha256(b"%PDF-1.4 signed").hexdigest()}]
    assert (end["status"], end["register"]) == ("signed", {"form": "paper", "volume": "2", "folios": "14 to 18"})
    assert "write the adopted text of articles/seat" in told
    assert said(root, AFTER) == []
    assert step("proxies", root, "--from", scan).returncode == 2
