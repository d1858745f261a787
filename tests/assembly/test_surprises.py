"""What happens in a room: proxies found at the door, one too many, somebody who signs twice. All is
noted, told in the minutes, and keeps nothing from being filed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from coopbook import checks
from coopbook.base.messages import translator
from coopbook.records.load import load
from coopbook.yaml_files.reader import parse
from odfdo import Document
from support.assemblies import DAY, ID, RULES, Filled, files
from support.commands import Ran, run

AFTER = "2027-01-20"


def step(name: str, root: Path, *more: str | Path, today: str = DAY) -> Ran:
    return run("assembly", name, ID, root, "--today", today, "--lang", "en", *more)


def done(name: str, root: Path, *more: str | Path, today: str = DAY) -> str:
    ran = step(name, root, *more, today=today)
    assert ran.returncode == 0, ran.output
    return " ".join(ran.output.split())


def value(root: Path) -> dict[str, Any]:
    text = (root / f"decisions/minutes/{ID}.md").read_bytes()
    found: dict[str, Any] = parse(text, front_matter=True).value
    return found


def faults(root: Path, today: str = DAY) -> list[str]:
    found = checks.check(load(root, date.fromisoformat(today)))
    return [translator("en", shown=str)(item.message) for item in found]


def sheet(root: Path, name: str) -> Filled:
    done(name, root)
    return Filled(root / "build/assembly" / ID / f"{name}.ods")


def proxies(root: Path) -> list[tuple[str, str | None, str | None, str | None]]:
    return [
        (one["principal"], one.get("holder"), one.get("received_on"), one.get("set_aside"))
        for one in value(root).get("proxies", [])
    ]


def modes(root: Path) -> dict[str, str]:
    return {one["member"]: one["mode"] for one in value(root)["attendance"]}


@pytest.fixture
def root(coop: Callable[..., Path]) -> Path:
    return called(coop(files()))


def called(root: Path) -> Path:
    ran = run(
        "assembly",
        "create",
        "general-meeting",
        DAY,
        root,
        "--today",
        "2026-11-22",
        *("--at", "14h", "--place", "1 Harbour Street", "--resolution", "ordinary: Accounts"),
    )
    assert ran.returncode == 0, ran.output
    done("notice", root, "--sent-on", "2026-11-23", "--by", "The board", today="2026-11-23")
    return root


def present(filled: Filled, *ids: str) -> Filled:
    for id in ids:
        filled.write(id, Presence="present")
    return filled


def take(root: Path, name: str, filled: Filled, file: str = "filled.ods") -> str:
    return done(name, root, "--from", filled.save(file))


def test_a_proxy_found_at_the_door_is_taken_and_dated(root: Path) -> None:
    filled = present(sheet(root, "attendance"), "ana", "bob")
    filled.write("kim", Presence="represented", Represented_by="Ana Lopes")
    filled.write("zoe", Presence="represented by Bob Martin")
    told = take(root, "attendance", filled)
    assert "The proxy of Kim Tran to Ana Lopes, found at the door, is noted" in told
    assert proxies(root) == [("zoe", "bob", DAY, None), ("kim", "ana", DAY, None)]
    assert (modes(root)["kim"], modes(root)["zoe"]) == ("represented", "represented")
    assert faults(root) == []
    before = value(root)
    take(root, "attendance", filled)
    assert value(root) == before


def test_one_at_the_door_comes_too_late_where_the_rules_say_so(coop: Callable[..., Path]) -> None:
    late = RULES + "assemblies: {proxies_days: 2}\n"
    root = called(coop(files() | {"decisions/rules.yml": late}))
    filled = present(sheet(root, "attendance"), "ana", "bob")
    filled.write("kim", Presence="represented", Represented_by="Ana Lopes")
    told = take(root, "attendance", filled)
    assert "is set aside: it came after the last day that the rules set." in told
    assert "Kim Tran is noted absent: no proxy of theirs counts." in told
    assert proxies(root) == [("kim", "ana", DAY, "late")]
    assert modes(root)["kim"] == "absent"
    assert faults(root) == []


def test_one_above_the_limit_is_set_aside_before_and_in_the_room(root: Path) -> None:
    filled = sheet(root, "proxies")
    for id, day in (("kim", "2026-12-01"), ("zoe", "2026-12-02")):
        filled.write(id, Gives_a_proxy_to="Ana Lopes", Received_on=day)
    told = take(root, "proxies", filled)
    assert "The proxy of Zoé Œuvrard to Ana Lopes is set aside: its holder has as many" in told
    assert proxies(root)[1] == ("zoe", "ana", "2026-12-02", "limit")
    assert faults(root) == []
    sheet_again = sheet(root, "proxies")
    assert "its holder has as many as the rules allow" in str(sheet_again.table.get_values())
    take(root, "proxies", sheet_again, "same.ods")
    assert proxies(root)[1] == ("zoe", "ana", "2026-12-02", "limit")
    filled = present(sheet(root, "attendance"), "ana", "bob")
    filled.write("zoe", Presence="represented", Represented_by="Ana Lopes")
    take(root, "attendance", filled)
    assert proxies(root)[1] == ("zoe", "ana", "2026-12-02", "limit")
    assert (modes(root)["kim"], modes(root)["zoe"]) == ("represented", "absent")
    assert faults(root) == []


def test_of_two_by_one_member_the_last_counts(root: Path) -> None:
    filled = sheet(root, "proxies")
    filled.write("kim", Gives_a_proxy_to="Ana Lopes", Received_on="2026-12-02")
    filled.add(["Kim Tran", None, "Bob Martin", "2026-12-01"])
    filled.add(["Jo Kerbrac", None, "Bob Martin", "2026-12-01"])
    told = take(root, "proxies", filled)
    assert "Kim Tran gives another proxy on row" in told
    assert proxies(root) == [
        ("jo", "bob", "2026-12-01", None),
        ("kim", "bob", "2026-12-01", "replaced"),
        ("kim", "ana", "2026-12-02", None),
    ]
    again = sheet(root, "proxies")
    take(root, "proxies", again, "same.ods")
    assert len(proxies(root)) == 3
    assert faults(root) == []


def test_one_by_somebody_without_a_vote_or_to_somebody_without_is_noted(root: Path) -> None:
    filled = sheet(root, "proxies")
    filled.write("kim", Gives_a_proxy_to="Rex Trial", Received_on="2026-12-02")
    filled.add(["Rex Trial", None, "Bob Martin", "2026-12-01"])
    take(root, "proxies", filled)
    assert proxies(root) == [
        ("rex", "bob", "2026-12-01", "not_entitled"),
        ("kim", "rex", "2026-12-02", "holder_not_entitled"),
    ]
    assert faults(root) == []


def test_who_comes_and_whose_holder_stays_away(root: Path) -> None:
    filled = sheet(root, "proxies")
    filled.write("kim", Gives_a_proxy_to="Ana Lopes", Received_on="2026-12-02")
    filled.write("zoe", Gives_a_proxy_to="Bob Martin", Received_on="2026-12-02")
    take(root, "proxies", filled)
    filled = present(sheet(root, "attendance"), "ana", "kim")
    take(root, "attendance", filled)
    assert [one[3] for one in proxies(root)] == ["came", "holder_absent"]
    assert (modes(root)["kim"], modes(root)["zoe"]) == ("present", "absent")
    assert faults(root) == []
    filled = present(sheet(root, "attendance"), "bob")
    filled.write("zoe", Presence="represented")
    take(root, "attendance", filled)
    assert [one[3] for one in proxies(root)] == ["came", None]
    assert modes(root)["zoe"] == "represented"
    assert faults(root) == []


def test_who_signs_twice_is_counted_once(root: Path) -> None:
    filled = present(sheet(root, "attendance"), "ana", "bob")
    filled.add(["Bob Martin", None, None, None, "here"])
    filled.add(["Cléo Durand", None, None, None, "present"])
    told = take(root, "attendance", filled)
    assert "Bob Martin signed twice, on rows" in told
    rows = {one["member"]: one for one in value(root)["attendance"]}
    assert (rows["bob"].get("twice"), rows["cleo"].get("twice")) == (True, None)
    assert rows["cleo"]["mode"] == "present"
    assert len(rows) == len(value(root)["attendance"])
    assert faults(root) == []


def test_two_lines_that_say_different_things_are_asked(root: Path) -> None:
    filled = present(sheet(root, "attendance"), "ana", "bob")
    filled.add(["Bob Martin", None, None, None, "excused"])
    before = value(root)
    ran = step("attendance", root, "--from", filled.save("filled.ods"))
    assert ran.returncode == 1
    assert "already, with other words" in ran.stderr
    assert value(root) == before


def test_an_attendance_sheet_is_no_sheet_of_proxies(root: Path) -> None:
    filled = present(sheet(root, "attendance"), "ana")
    filled.write("kim", Presence="represented", Represented_by="Ana Lopes")
    before = value(root)
    ran = step("proxies", root, "--from", filled.save("filled.ods"))
    assert ran.returncode == 1
    assert "This is the attendance sheet: give it back at the step “attendance”." in ran.stderr
    assert value(root) == before


def test_nobody_is_noted_as_there_before_the_day(root: Path) -> None:
    filled = present(sheet(root, "attendance"), "ana", "bob")
    before = value(root)
    ran = step("attendance", root, "--from", filled.save("filled.ods"), today="2026-12-17")
    assert ran.returncode == 2
    assert "still to come" in ran.stderr
    assert value(root) == before
    done("change", root, "--day", "2026-12-19", today="2026-12-17")


def test_a_room_with_surprises_is_filed_and_its_minutes_tell_them(root: Path) -> None:
    filled = sheet(root, "proxies")
    for id, day in (("kim", "2026-12-01"), ("zoe", "2026-12-02")):
        filled.write(id, Gives_a_proxy_to="Ana Lopes", Received_on=day)
    take(root, "proxies", filled)
    filled = present(sheet(root, "attendance"), "ana", "bob", "cleo", "dan", "emile")
    filled.write("hana", Presence="represented", Represented_by="Bob Martin")
    filled.add(["Bob Martin", None, None, None, "present"])
    filled.add(["Rex Trial", None, None, None, "present"])
    filled.sheet(1).write("Closed at", Value="17.30").write("Held", Value="in person")
    filled.write("Chair", Value="Ana Lopes").write("Secretary", Value="Bob Martin")
    filled.write("Tellers", Value="Cleo Durand, Dan Petit")
    take(root, "attendance", filled)
    filled = sheet(root, "results").write("Accounts", Time_of_the_vote="14:30", For=7, Against=0)
    take(root, "results", filled)
    done("minutes", root)
    paper = root / f"build/assembly/{ID}/minutes-of-the-meeting.odt"
    said = " ".join(
        one.inner_text for one in Document(paper).body.get_elements("descendant::text:p")
    )
    for words in (
        "The proxy of Zoé Œuvrard to Ana Lopes is set aside",
        "Bob Martin signed twice, and is counted once.",
        "There without a vote on this day: Rex Trial.",
    ):
        assert words in said
    done("minutes", root, "--from", paper)
    told = done(
        "file",
        root,
        *("--volume", "2", "--folios", "3", "--signed-on", "2027-01-15"),
        today=AFTER,
    )
    assert "Written" in told
    assert value(root)["status"] == "signed"
    assert faults(root, AFTER) == []
