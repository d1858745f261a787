"""An assembly is an event from the day it is created: pages, calendar, reminders, papers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from coopbook.agenda.dated import list_dated
from coopbook.base.messages import translator
from coopbook.decisions.types import Rules
from coopbook.decisions.wording.rules_text import other_clauses
from coopbook.records.load import load
from coopbook.yaml_files.reader import parse
from icalendar import Calendar
from support.assemblies import COOP, DAY, ID, RULES, files
from support.commands import Ran, run
from support.sites import build

TODAY = "2026-11-22"
LAST_DAYS = RULES + "assemblies: {proxies_days: 2, questions_days: 10}\n"


@pytest.fixture
def root(coop: Callable[..., Path]) -> Path:
    return coop(files() | {"decisions/rules.yml": LAST_DAYS})


def create(root: Path, *more: str) -> None:
    given = ["--item", "Moral report", "--proposal", "seat", *more]
    ran = run("assembly", "create", "general-meeting", DAY, root, "--today", TODAY, *given)
    assert ran.returncode == 0, ran.stderr


def called(root: Path) -> None:
    create(root, "--at", "14h", "--place", "1 Harbour Street")
    ran = run("assembly", "notice", ID, root, "--today", TODAY, "--sent-on", "2026-11-22")
    assert ran.returncode == 0, ran.stderr


def change(root: Path, old: str, new: str) -> None:
    file = root / f"decisions/minutes/{ID}.md"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def sites(root: Path, tmp_path: Path, today: str = TODAY) -> Path:
    return build(root, tmp_path / "sites", "--today", today)


def page(built: Path, path: str, audience: str = "members") -> str:
    return (built / audience / path / "index.html").read_text(encoding="utf-8")


def events(built: Path, audience: str = "members") -> dict[str, Any]:
    file = built / audience / "calendar/en.ics"
    found = Calendar.from_ical(file.read_bytes()).walk("VEVENT") if file.exists() else []
    keys = {str(one["uid"]).partition("@")[0]: one for one in found}
    return {key: one for key, one in keys.items() if key.startswith("minutes/")}


def remind(root: Path, *more: str, today: str = TODAY) -> str:
    ran: Ran = run("remind", root, "--today", today, "--lang", "en", *more)
    assert ran.returncode == 0, ran.stderr
    return str(ran.stdout)


def test_it_is_an_event_before_its_notice_is_sent(root: Path, tmp_path: Path) -> None:
    create(root)
    built = sites(root, tmp_path)
    for path in ("", "events", "decide"):
        assert f"decisions/minutes/{ID}/" in page(built, path), path
    today = page(built, "")
    assert "Next assembly" in today
    assert "No other date is announced." in today
    assert "No date is announced." not in today
    assert str(events(built)[f"minutes/{ID}"]["dtstart"].dt) == DAY
    own = page(built, f"decisions/minutes/{ID}")
    assert "its agenda may still change" in own
    assert ".pdf" not in own
    assert "Quorum:" not in own
    assert "<table" not in own.partition('id="_resolutions"')[2]
    assert not (built / "members/files/assemblies").exists()


def test_the_public_knows_nothing_of_it_unless_the_co_op_says_so(
    root: Path, tmp_path: Path
) -> None:
    called(root)
    built = sites(root, tmp_path)
    for file in (built / "public").rglob("*"):
        if file.is_file():
            assert ID.encode() not in file.read_bytes(), file
    change(root, "status: draft", "status: draft\npublic_extract: true")
    built = build(root, tmp_path / "again", "--today", TODAY)
    event = events(built, "public")
    assert list(event) == [f"minutes/{ID}"]
    assert "location" not in event[f"minutes/{ID}"]
    assert ID in page(built, "events", "public")
    assert not (built / "public/files/assemblies").exists()


def test_papers_and_last_days_are_there_once_it_is_called(root: Path, tmp_path: Path) -> None:
    called(root)
    built = sites(root, tmp_path)
    today, own = page(built, ""), page(built, f"decisions/minutes/{ID}")
    folder = built / f"members/files/assemblies/{ID}/en"
    names = sorted(file.name for file in folder.iterdir())
    assert names == ["notice-of-meeting.pdf", "proxy.pdf", "resolutions.pdf"]
    for name in names:
        assert (folder / name).read_bytes().startswith(b"%PDF-")
        assert f"files/assemblies/{ID}/en/{name}" in today
        assert f"files/assemblies/{ID}/en/{name}" in own
    assert "Proxies: until December 16, 2026" in today.replace("16 December", "December 16,")
    found = events(built)
    event = found[f"minutes/{ID}"]
    assert (event["dtstart"].dt.hour, str(event["location"])) == (14, "1 Harbour Street")
    assert str(found[f"minutes/{ID}/proxies-due"]["dtstart"].dt) == "2026-12-16"
    assert str(found[f"minutes/{ID}/questions-due"]["dtstart"].dt) == "2026-12-08"
    assert f"minutes/{ID}/notice-due" not in found


def test_reminders_name_the_last_days_to_those_who_have_a_vote(root: Path) -> None:
    create(root, "--at", "14h", "--place", "1 Harbour Street")
    told = remind(root, "--days", "40")
    assert "The notice of “General meeting of 18 December 2026” is to be sent on 3 December" in told
    assert "A proxy for “General meeting of 18 December 2026” is to arrive on 16 December" in told
    assert "Meeting on 18 December 2026: General meeting" in told
    assert "had to be sent" in remind(root, today="2026-12-04")
    mine, outside = (
        remind(root, "--days", "40", "--for", "ana"),
        remind(root, "--days", "40", "--for", "rex"),
    )
    assert "A proxy for" in mine
    assert "The notice of" not in mine
    assert "A proxy for" not in outside


def test_a_cancelled_one_is_cancelled_everywhere(root: Path, tmp_path: Path) -> None:
    called(root)
    change(root, "status: draft", "status: draft\ncancelled: true")
    built = sites(root, tmp_path)
    assert "This meeting is cancelled" in page(built, f"decisions/minutes/{ID}")
    assert "Cancelled" in page(built, "events")
    found = events(built)
    assert str(found[f"minutes/{ID}"]["status"]) == "CANCELLED"
    assert list(found) == [f"minutes/{ID}"]
    assert "Next assembly" not in page(built, "")
    assert not (built / "members/files/assemblies").exists()
    assert "General meeting" not in remind(root, "--days", "40")


def test_a_moved_one_is_moved_everywhere(root: Path, tmp_path: Path) -> None:
    called(root)
    change(root, f"\ndate: {DAY}", "\ndate: 2027-01-15")
    built = sites(root, tmp_path)
    found = events(built)
    assert str(found[f"minutes/{ID}"]["dtstart"].dt.date()) == "2027-01-15"
    assert str(found[f"minutes/{ID}/proxies-due"]["dtstart"].dt) == "2027-01-13"
    assert 'datetime="2027-01-15"' in page(built, "events")


def step(name: str, root: Path, *more: str) -> Ran:
    return run("assembly", name, ID, root, "--today", TODAY, "--lang", "en", *more)


def record(root: Path) -> bytes:
    return (root / f"decisions/minutes/{ID}.md").read_bytes()


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ([], "the hour (--at 18:30), and the place"),
        (["--at", "14h"], "Missing: the place"),
        (["--place", "1 Harbour Street"], "Missing: the hour (--at 18:30)."),
        (["--online", "https://room.example"], "Missing: the hour (--at 18:30)."),
    ],
)
def test_no_notice_without_hour_and_place(root: Path, given: list[str], missing: str) -> None:
    create(root, *given)
    before = record(root)
    ran = step("notice", root, "--sent-on", TODAY)
    assert ran.returncode == 2
    assert missing in " ".join(ran.stderr.split())
    assert "step “change”" in ran.stderr
    assert f"decisions/minutes/{ID}.md" in ran.stderr
    assert record(root) == before
    assert not (root / "build/assembly").exists()


@pytest.mark.parametrize(
    "where", [["--online", "https://room.example"], ["--place", "1 Harbour Street"]]
)
def test_a_place_may_be_an_address_on_the_web(root: Path, where: list[str]) -> None:
    create(root)
    assert step("change", root, "--at", "14h", *where).returncode == 0
    ran = step("notice", root)
    assert ran.returncode == 0, ran.stderr
    assert (root / f"build/assembly/{ID}/notice-of-meeting.pdf").exists()


def test_a_meeting_is_moved_by_a_step(root: Path) -> None:
    called(root)
    ran = step(
        "change", root, "--day", "2027-01-15", "--at", "18h30", "--online", "https://r.example"
    )
    assert ran.returncode == 0, ran.stderr
    text = record(root).decode()
    assert "date: 2027-01-15" in text
    assert "General meeting of 15 January 2027" in text
    assert "sent_on" not in text
    assert "The notice that was sent is for another day" in ran.output
    again = step("change", root, "--day", "2027-01-15")
    assert again.returncode == 0
    assert record(root).decode() == text


def test_a_meeting_is_cancelled_and_held_after_all(root: Path) -> None:
    called(root)
    before = record(root)
    ran = step("change", root, "--cancel")
    assert ran.returncode == 0, ran.stderr
    assert b"cancelled: true" in record(root)
    assert b"number: 1\n" not in record(root).partition(b"resolutions:")[0]
    for name in ("notice", "proxies", "attendance", "results", "minutes"):
        assert "This assembly is cancelled" in step(name, root).stderr, name
    assert step("change", root, "--restore").returncode == 0
    assert yaml_of(record(root)) == yaml_of(before)


def yaml_of(text: bytes) -> Any:
    return parse(text, front_matter=True).value


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ([], "What changes?"),
        (["--online", "http://room.example"], "is no online address"),
        (["--online", "room 3"], "is no online address"),
        (["--at", "noon"], "is no hour"),
    ],
)
def test_a_change_that_says_nothing_or_nonsense_is_refused(
    root: Path, given: list[str], told: str
) -> None:
    create(root)
    before = record(root)
    ran = step("change", root, *given)
    assert (ran.returncode, record(root)) == (2, before)
    assert told in ran.stderr


def test_what_was_held_is_moved_no_more(root: Path) -> None:
    called(root)
    change(root, "status: draft", "status: circulated")
    assert "This meeting was held" in step("change", root, "--day", "2027-01-15").stderr


def test_once_its_minutes_go_round_it_is_no_event(root: Path) -> None:
    called(root)
    change(root, "status: draft", "status: circulated")
    found = list_dated(load(root, date(2026, 12, 19)).index, "en")
    assert [one.key for one in found if one.entry.kind == "minutes"] == []


def test_the_rules_in_words_have_the_last_days(root: Path) -> None:
    rules = Rules.from_plain(load(root, date(2026, 11, 22)).index.of("rules")[0].value)
    said = [translator("en")(clause.words) for clause in other_clauses(rules)]
    assert "A proxy is received 2 days before an assembly at the latest." in said
    assert "A written question is received 10 days before an assembly at the latest." in said


def test_every_language_has_its_papers(coop: Callable[..., Path], tmp_path: Path) -> None:
    root = coop(files(COOP.replace("languages: [en]", "languages: [fr, en]")))
    called(root)
    built = sites(root, tmp_path)
    folder = built / f"members/files/assemblies/{ID}"
    assert sorted(one.name for one in folder.iterdir()) == ["en", "fr"]
    assert "à l’entrée" in page(built, f"decisions/minutes/{ID}").replace("&#39;", "’")


def test_a_notice_is_not_sent_on_a_day_to_come(root: Path) -> None:
    create(root, "--at", "14h", "--place", "1 Harbour Street")
    given = ("--sent-on", "2026-12-02", "--today", "2026-12-01", "--lang", "en")
    ran = run("assembly", "notice", ID, root, *given)
    assert (ran.returncode, ran.stderr) == (2, "2 December 2026 lies in the future.\n")
    assert "sent_on" not in (root / f"decisions/minutes/{ID}.md").read_text()


@pytest.mark.parametrize(
    ("typed", "name", "told"),
    [
        ("ana", "Ana Lopes", ""),
        ("LOPES Ana", "Ana Lopes", ""),
        ("Anna Lopez", "Ana Lopes", "“Anna Lopez” is read as Ana Lopes.\n"),
        ("The managers", "The managers", ""),
    ],
)
def test_who_calls_is_a_member_as_people_write_the_name_or_anybody(
    root: Path, typed: str, name: str, told: str
) -> None:
    create(root, "--at", "14h", "--place", "1 Harbour Street")
    ran = run("assembly", "notice", ID, root, "--by", typed, "--today", TODAY, "--lang", "en")
    assert ran.returncode == 0, ran.stderr
    assert f"  by: {name}\n" in (root / f"decisions/minutes/{ID}.md").read_text()
    assert ("is read as" in ran.output) == bool(told)
    assert told in ran.output


def test_an_assembly_of_a_past_day_is_asked_about(root: Path) -> None:
    day = "2025-12-18"
    ran = run(
        *("assembly", "create", "general-meeting", day, root, "--item", "Report"),
        *("--today", "2026-11-22", "--lang", "en"),
    )
    assert ran.returncode == 0, ran.stderr
    assert "18 December 2025 is past: is it the right year?" in " ".join(ran.output.split())
    assert "notice" not in ran.output
