"""Calendars and feeds: what they hold, for whom; the same files, the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from coopbook.outputs import calendar, feed
from coopbook.records.audience import AUDIENCES, Audience, view_index
from coopbook.records.history import History
from coopbook.records.load import load
from icalendar import Calendar
from support.coops import TODAY, TOP

ATOM = "{http://www.w3.org/2005/Atom}"
COOP = """format: 2
name: Les Essais
languages: [fr, en]
country: FR
timezone: Europe/Paris
site: https://essais.example/
members_site: https://membres.essais.example/
repository: private
offices: {montreal: {name: {fr: Montréal}, city: Montréal, country: CA, timezone: America/Toronto, address: "1, rue X"}}
"""  # noqa: E501
EVENT = (
    "---\ntitle: {{fr: {title}}}\nkind: workshop\naudience: {audience}\ndate: {day}\n{more}---\n"
)


def event(title: str, day: str, more: str = "", audience: str = "public") -> str:
    return EVENT.format(title=title, day=day, more=more, audience=audience)


def made(root: Path, audience: Audience, history: dict[str, str] | None = None) -> dict[str, bytes]:
    found = History("a" * 40, "2026-11-20", files=history or {})
    index = view_index(load(root, TODAY, found).index, audience)
    return dict([*calendar.index_files(index), *feed.index_files(index)])


def events(data: bytes) -> dict[str, Any]:
    return {str(one["uid"]): one for one in Calendar.from_ical(data).walk("VEVENT")}


@pytest.fixture(scope="module")
def example() -> dict[str, dict[str, bytes]]:
    return {audience: made(TOP, audience) for audience in ("public", "members")}  # type: ignore[arg-type]


def test_hours_are_instants_of_their_place(coop: Callable[..., Path]) -> None:
    hours = 'starts: "18:30"\nends: "20:00"\n'
    files = {
        "a": event("Ici", "2026-12-01", hours),
        "b": event("Là-bas", "2026-07-01", hours + "office: montreal\n"),
    }
    found = events(
        made(
            coop({"coop.yml": COOP, **{f"events/{id}.md": text for id, text in files.items()}}),
            "public",
        )["calendar/fr.ics"]
    )
    assert found["event/a@essais.example"]["dtstart"].to_ical() == b"20261201T173000Z"
    assert found["event/b@essais.example"]["dtstart"].to_ical() == b"20260701T223000Z"
    assert found["event/b@essais.example"]["dtend"].to_ical() == b"20260702T000000Z"
    assert str(found["event/b@essais.example"]["location"]) == "1, rue X"


@pytest.mark.parametrize(
    ("day", "begins", "ends"),
    [
        ("2027-03-28", b"20270328T013000Z", b"20270328T023000Z"),
        ("2026-10-25", b"20261025T003000Z", b"20261025T023000Z"),
    ],
)
def test_an_hour_in_the_night_of_the_change_of_clocks_has_a_length(
    coop: Callable[..., Path], day: str, begins: bytes, ends: bytes
) -> None:
    files = {"events/a.md": event("Nuit", day, 'starts: "02:30"\nends: "03:30"\n')}
    found = events(made(coop({"coop.yml": COOP, **files}), "public")["calendar/fr.ics"])
    assert found["event/a@essais.example"]["dtstart"].to_ical() == begins
    assert found["event/a@essais.example"]["dtend"].to_ical() == ends


def test_without_a_zone_hours_float_and_days_are_whole(coop: Callable[..., Path]) -> None:
    bare = COOP.replace("timezone: Europe/Paris\n", "")
    files = {
        "events/a.md": event("Heure", "2026-12-01", 'starts: "18:30"\n'),
        "events/b.md": event("Jours", "2026-12-01", "until: 2026-12-03\ncancelled: true\n"),
    }
    found = events(made(coop({"coop.yml": bare, **files}), "public")["calendar/fr.ics"])
    assert found["event/a@essais.example"]["dtstart"].to_ical() == b"20261201T183000"
    assert found["event/b@essais.example"].decoded("dtstart") == date(2026, 12, 1)
    assert found["event/b@essais.example"].decoded("dtend") == date(2026, 12, 4)
    assert str(found["event/b@essais.example"]["status"]) == "CANCELLED"


def test_a_zone_that_nobody_knows_is_refused(coop: Callable[..., Path]) -> None:
    found = load(coop({"coop.yml": COOP.replace("Europe/Paris", "Europe/Lutece")}), TODAY).found
    assert [item for item in found if "timezone" in str(item.path)]


def test_stamps_come_from_the_history_and_never_from_the_clock(coop: Callable[..., Path]) -> None:
    root = coop({"coop.yml": COOP, "events/a.md": event("Ici", "2026-12-01")})
    (one,) = events(made(root, "public")["calendar/fr.ics"]).values()
    assert one["dtstamp"].to_ical() == b"20261201T000000Z"
    (one,) = events(made(root, "public", {"events/a.md": "2026-10-05"})["calendar/fr.ics"]).values()
    assert one["dtstamp"].to_ical() == b"20261005T000000Z"


def test_lines_are_folded_and_ids_are_unique(example: dict[str, dict[str, bytes]]) -> None:
    for files in example.values():
        for name, data in files.items():
            if name.endswith(".ics"):
                assert max(len(line) for line in data.split(b"\r\n")) <= 75
                assert data.count(b"BEGIN:VEVENT") == len(events(data)) > 5
    public, members = (
        set(events(example[audience]["calendar/fr.ics"])) for audience in ("public", "members")
    )
    assert public < members, "who subscribes to both has each date once"
    assert set(events(example["public"]["calendar/en.ics"])) == public


def test_what_ends_is_for_members(example: dict[str, dict[str, bytes]]) -> None:
    found = {
        audience: {uid.partition("/")[0] for uid in events(files["calendar/fr.ics"])}
        for audience, files in example.items()
    }
    assert found["public"] == {"event", "vote"}
    assert {"body", "minutes", "proposal", "page"} <= found["members"]


def test_private_dates_are_in_no_public_file(coop: Callable[..., Path]) -> None:
    files = {
        "events/a.md": event("Ici", "2026-12-01"),
        "events/b.md": event("Zqhuisclos", "2026-12-02", audience="members"),
    }
    root = coop({"coop.yml": COOP, **files})
    history = dict.fromkeys(files, "2026-10-05")
    assert not [
        name for name, data in made(root, "public", history).items() if b"Zqhuisclos" in data
    ]
    assert (
        len(
            [name for name, data in made(root, "members", history).items() if b"Zqhuisclos" in data]
        )
        == 4
    )


def test_a_co_op_without_dates_has_neither(coop: Callable[..., Path]) -> None:
    assert made(coop(), "public") == {}


def test_a_name_of_two_lines_stands_on_one(coop: Callable[..., Path]) -> None:
    settings = 'format: 2\nname: "Les\\nATTENDEE:x"\nlanguages: [fr]\ncountry: CH\n'
    files = {"coop.yml": settings + "repository: private\n"}
    root = coop({**files, "events/a.md": event("Deux\\nlignes", "2026-12-01", "")})
    found = Calendar.from_ical(next(iter(made(root, "public").values())))
    assert "Les ATTENDEE:x" in str(found["name"])
    assert "attendee" not in found


def test_the_same_files_give_the_same_bytes(example: dict[str, dict[str, bytes]]) -> None:
    for audience in ("public", "members"):
        assert made(TOP, audience) == example[audience]  # type: ignore[arg-type]


def entries(data: bytes) -> list[ElementTree.Element]:
    return ElementTree.fromstring(data).findall(f"{ATOM}entry")


def test_a_feed_has_the_last_things_on_top(example: dict[str, dict[str, bytes]]) -> None:
    for files in example.values():
        root = ElementTree.fromstring(files["feed/fr.xml"])
        found = entries(files["feed/fr.xml"])
        days = [datetime.fromisoformat(str(one.findtext(f"{ATOM}published"))) for one in found]
        assert days == sorted(days, reverse=True)
        updated = [str(one.findtext(f"{ATOM}updated")) for one in found]
        assert datetime.fromisoformat(str(root.findtext(f"{ATOM}updated"))) == max(
            map(datetime.fromisoformat, updated)
        )
        ids = [one.findtext(f"{ATOM}id") for one in found]
        assert len(ids) == len(set(ids)) > 3
        assert all(str(id).startswith("urn:uuid:") for id in ids)
        generator = root.find(f"{ATOM}generator")
        assert generator is not None
        assert generator.text == "Coopbook"


MINUTES = """---
record: note
title: {{fr: Café}}
body: ag
date: 2026-06-18
status: approved
public_extract: true
{more}---
"""


def test_an_erratum_of_minutes_is_news_for_members(coop: Callable[..., Path]) -> None:
    root = coop(
        {
            "coop.yml": COOP,
            "decisions/minutes/a.md": MINUTES.format(
                more="errata: [{on: 2026-09-02, text: Lire deux.}]\n"
            ),
        }
    )
    times = {
        audience: [
            (one.findtext(f"{ATOM}published"), one.findtext(f"{ATOM}updated"))
            for one in entries(made(root, audience)["feed/fr.xml"])
        ]
        for audience in AUDIENCES
    }
    day, later = "2026-06-18T00:00:00+00:00", "2026-09-02T00:00:00+00:00"
    assert times == {"members": [(day, later)], "public": [(day, day)]}, "errata are for members"


def test_ids_of_a_feed_stay_when_titles_change(coop: Callable[..., Path]) -> None:
    one = coop({"coop.yml": COOP, "events/a.md": event("Ici", "2026-12-01")})
    before = made(one, "public", {"events/a.md": "2026-10-05"})["feed/fr.xml"]
    (one / "events/a.md").write_text(event("Ailleurs", "2026-12-05"))
    after = made(one, "public", {"events/a.md": "2026-10-08"})["feed/fr.xml"]
    assert [item.findtext(f"{ATOM}id") for item in entries(before)] == [
        item.findtext(f"{ATOM}id") for item in entries(after)
    ]
    assert before != after


def test_links_of_the_feed_lead_to_pages(example: dict[str, dict[str, bytes]]) -> None:
    addresses = [
        str(one.find(f"{ATOM}link").get("href"))
        for one in entries(example["public"]["feed/fr.xml"])
    ]  # type: ignore[union-attr]
    assert all(
        address.startswith("https://ateliers-du-large.example/decisions/") for address in addresses
    )
