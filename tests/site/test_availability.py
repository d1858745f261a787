"""How available a member is: what pages, lists and data say on a day is true then."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from coopbook.agenda.availability import LATER, UNCONFIRMED, standing_of
from coopbook.checks import check
from coopbook.records.load import load
from support.commands import run
from support.sites import build, build_arguments

Coop = Callable[..., Path]
MEMBER = """\
type: person
name: {display: Inès Perdrix}
trades: [ceramique]
presence: PRESENCE
listed: true
alumni: ALUMNI
open_data: true
consents:
  - {purpose: directory, given: 2026-01-01}
  - {purpose: alumni, given: 2026-01-01}
  - {purpose: reuse, given: 2026-01-01}
offers:
  - id: bol
    title: {fr: Un bol}
    kind: offer
    audience: public
    price: {amount: "30.00", currency: CHF, unit: piece}
"""


@pytest.fixture
def written(coop: Coop) -> Callable[..., Path]:
    def write(said: str, presence: str = "present", alumni: str = "false") -> Path:
        text = MEMBER.replace("PRESENCE", presence).replace("ALUMNI", alumni)
        return coop({"members/ines-perdrix.yml": f"{text}{said}\n"})

    return write


FREE = "availability: {state: available}"
LEAP = "seasons: [{from: 01-01, until: 02-29, state: away}]"
SEASON = "seasons: [{from: 11-15, until: 02-28, state: limited}]"


@pytest.mark.parametrize(
    ("said", "day", "now", "since", "until"),
    [
        ("", "2026-12-01", None, "", ""),
        (FREE, "2026-12-01", "available", "", ""),
        ("availability: {state: full, until: 2026-12-01}", "2026-12-01", "full", "", "2026-12-01"),
        ("availability: {state: full, until: 2026-12-01}", "2026-12-02", UNCONFIRMED, "", ""),
        ("availability: {state: away, from: 2027-01-04}", "2027-01-03", LATER, "2027-01-04", ""),
        ("availability: {state: away, from: 2027-01-04}", "2027-01-04", "away", "", ""),
        (SEASON, "2026-11-14", None, "", ""),
        (SEASON, "2026-11-15", "limited", "", "2027-02-28"),
        (SEASON, "2027-02-28", "limited", "", "2027-02-28"),
        (
            f"{FREE}\n{SEASON}",
            "2027-01-01",
            "limited",
            "",
            "2027-02-28",
        ),
        (f"availability: {{state: away}}\n{SEASON}", "2027-01-01", "away", "", ""),
        (
            f"availability: {{state: full, until: 2026-12-01}}\n{SEASON}",
            "2027-01-01",
            "limited",
            "",
            "2027-02-28",
        ),
        (
            LEAP,
            "2027-02-01",
            "away",
            "",
            "2027-02-28",
        ),
    ],
)
def test_what_holds_on_a_day(
    written: Callable[..., Path], said: str, day: str, now: str | None, since: str, until: str
) -> None:
    root = written(said)
    entry = load(root, date.fromisoformat(day)).index.find("member", "ines-perdrix")
    assert entry
    found = standing_of(entry, date.fromisoformat(day))
    assert (found and (found.now, found.since, found.until)) == (now and (now, since, until))


def site_on(root: Path, out: Path, day: str) -> Path:
    words = build_arguments(root, out)
    words[words.index("--today") + 1] = day
    ran = run(*words)
    assert ran.returncode == 0, ran.output
    return out / "public"


def test_pages_lists_and_data_say_the_same(written: Callable[..., Path], tmp_path: Path) -> None:
    root = written("availability: {state: away, until: 2026-12-31, note: {fr: Je plonge.}}")
    out = site_on(root, tmp_path / "out", "2026-12-31")
    away = "Indisponible pour l'instant jusqu'au 31 décembre 2026"
    for page in ("members/ines-perdrix", "members", "trades/ceramique"):
        text = html.unescape((out / page / "index.html").read_text())
        assert away in text.replace("\u00a0", " ")
    assert json.loads((out / "search/fr.json").read_text())[0]["s"].replace("\u00a0", " ") == away
    assert (out / "api/v1/members.csv").read_text().rstrip().endswith(",away")
    out = site_on(root, tmp_path / "out", "2027-01-01")
    for page in ("members/ines-perdrix", "members", "trades/ceramique"):
        text = (out / page / "index.html").read_text()
        assert "Disponibilité à confirmer" in text
        assert "Indisponible" not in text
        assert "Je plonge" not in text
    assert json.loads((out / "search/fr.json").read_text())[0]["a"] == UNCONFIRMED
    assert (out / "api/v1/members.csv").read_text().rstrip().endswith(",")
    told = [one.check for one in check(load(root, date(2027, 1, 1)))]
    assert told == ["past-due"]


def test_who_is_not_free_yet_is_not_shown_as_free(
    written: Callable[..., Path], tmp_path: Path
) -> None:
    root = written("availability: {state: available, from: 2027-01-04}")
    text = (site_on(root, tmp_path / "out", "2026-12-01") / "members/index.html").read_text()
    assert "coop-state--later" in text
    assert "Disponible à partir du 4" in text
    assert "coop-state--available" not in text


def test_who_has_left_is_for_sale_among_members_neither(
    written: Callable[..., Path], tmp_path: Path
) -> None:
    root = written("availability: {state: available}", presence="left", alumni="true")
    members = build(root, tmp_path / "out") / "members"
    text = (members / "former/index.html").read_text()
    assert "Inès Perdrix" in text
    assert "coop-state" not in text
    assert "30" not in text.split("<article")[1].split("</article>")[0]
    assert "bol" not in (members / "api/v1/offers.csv").read_text()
    assert json.loads((members / "api/v1/offers.json").read_text()) == []
    assert (members / "api/v1/members.csv").read_text().rstrip().endswith(",")
