"""Minutes on pages: who sees what, the copy that is not the register, actions by day, and votes at
a moment.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from coopbook import checks
from coopbook.base.messages import Message, ngettext, translator
from coopbook.decisions.meetings import meeting_of
from coopbook.decisions.resolutions import reckon
from coopbook.decisions.types import Minutes
from coopbook.decisions.types.parts import structure
from coopbook.records.load import load
from markupsafe import escape
from support.coops import TODAY, copied_example
from support.sites import Site

AG = "assemblee-generale-2026-06-18"


def say(text: str, **values: object) -> str:
    return str(escape(translator("fr", shown=str)(Message(text, values))))


@pytest.fixture
def built(example_sites: Path) -> Path:
    return example_sites


def page(built: Path, audience: str, path: str) -> str:
    return (built / audience / path / "index.html").read_text(encoding="utf-8")


def test_the_public_reads_the_extract_alone(built: Path) -> None:
    text = page(built, "public", f"decisions/minutes/{AG}")
    assert "permis de prendre part aux assemblées à distance" in text
    assert "approuve les comptes de 2025" in text
    hidden = [
        "Outils communs",
        "Florian",
        "Théo",
        "Solveig",
        "Samir",
        "Rosa Quintero</a> —",
        "loyers ont augmenté",
        "Trop pour",
        "folios",
        "dix-huit voix",
    ]
    assert [word for word in hidden if word in text.replace("Rosa Quintero et", "")] == []
    assert not (built / "public/decisions/minutes/conseil-2026-07-03").exists()
    everything = b"".join(
        path.read_bytes()
        for path in (built / "public").rglob("*")
        if path.suffix in {".html", ".json", ".xml", ".csv"}
    )
    for word in ("bail de six ans", "calendrier-des-outils", "conseil-2026", "montreal-2026-11-04"):
        assert word.encode() not in everything


def test_members_read_all_of_it_and_that_it_is_a_copy(built: Path) -> None:
    text = page(built, "members", f"decisions/minutes/{AG}")
    assert (
        say(
            "Working copy; the original is in the register, vol. {volume}, fol. {folios}.",
            volume="2",
            folios="8 à 13",
        )
        in text
    )
    votes = ngettext(
        "{count} vote present or represented, of {entitled}",
        "{count} votes present or represented, of {entitled}",
        22,
        entitled=24,
    )
    assert translator("fr", shown=str)(votes) in text
    for word in ("Outils communs", "loyers ont augmenté", "dix-huit voix", "Vingt-deux voix"):
        assert word in text


def test_a_resolution_and_its_article_lead_to_each_other(built: Path) -> None:
    site = Site(built / "members")
    minutes, article = (
        f"decisions/minutes/{AG}/index.html",
        "decisions/bylaws/statuts/assemblees/index.html",
    )
    assert article in {
        target[0] for link in site.pages[minutes].links if (target := site.leads(minutes, link.url))
    }
    assert (minutes, "resolution-4") in {
        site.leads(article, link.url) for link in site.pages[article].links
    }


def test_actions_stand_by_day_and_those_due_soon_on_the_page_of_the_day(built: Path) -> None:
    board, today = page(built, "members", "actions"), page(built, "members", "")
    days = [
        board.index(word)
        for word in (
            "bail de six ans",
            "programme de 2027",
            "budget de 2027",
            "calendrier commun",
            "premier jet",
            "deuxième personne",
        )
    ]
    assert days == sorted(days)
    assert "affiche des réunions" not in board, "done"
    assert "bail de six ans" in today
    assert "premier jet" not in today, "not soon"
    assert not (built / "public" / "actions").exists()


def test_one_vote_too_many_is_told(tmp_path: Path) -> None:
    root = copied_example(tmp_path / "example")
    file = root / "decisions" / "minutes" / f"{AG}.md"
    assert not [item for item in checks.check(load(root, TODAY)) if item.severity == "error"]
    text = file.read_text(encoding="utf-8")
    assert "for: 20\n    against: 1\n    abstain: 1" in text
    file.write_text(
        text.replace(
            "for: 20\n    against: 1\n    abstain: 1", "for: 21\n    against: 1\n    abstain: 1"
        ),
        encoding="utf-8",
    )
    (item,) = [item for item in checks.check(load(root, TODAY)) if item.severity == "error"]
    assert item.check == "more-votes-than-voters"
    assert (
        translator("en")(item.message)
        == "23 votes, and 22 voters were present or represented at that moment."
    )


def test_approved_minutes_and_their_articles_hold_against_a_change(tmp_path: Path) -> None:
    before = copied_example(tmp_path / "before")
    after = shutil.copytree(before, tmp_path / "after")
    for name, old, new in (
        (f"minutes/{AG}.md", "for: 19", "for: 18"),
        ("bylaws/statuts/voix.md", "a une voix", "a deux voix"),
        ("bylaws/statuts/versions/siege/2014-10-02.md", "8 rue", "9 rue"),
    ):
        file = after / "decisions" / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = checks.check_change(load(before, TODAY), load(after, TODAY))
    assert sorted(item.check for item in found) == [
        "changed-minutes",
        "changed-version",
        "undecided-change",
    ]
    assert checks.check_change(load(before, TODAY), load(before, TODAY)) == []


def test_votes_at_a_moment(tmp_path: Path) -> None:
    book = load(copied_example(tmp_path / "example"), TODAY)
    (record,) = [record for record in book.records() if record.id == AG]

    def at(moment: str, *recused: str, without: str = "") -> int:
        rows = [one for one in record.value["attendance"] if one["member"] != without]
        minutes = structure(Minutes, record.value | {"attendance": rows})
        return len(meeting_of(minutes, book.index).voters(moment, frozenset(recused)))

    assert at("14:10") == 21, "Tomás has not arrived"
    assert at("15:00") == 22
    assert at("16:30") == 21, "Studio Ressac has left"
    assert at("15:00", "rosa-quintero", "samir-haddad") == 21, "who has no vote cannot leave it"
    assert at("15:00", without="minh-tran") == 20, "whoever holds a proxy must be there"
    minutes = Minutes.of(record)
    meeting = meeting_of(minutes, book.index)
    assert [one.id for one in meeting.joined.voters] == ["florian-gicquel"], (
        "admitted by this very meeting"
    )
    assert [one.cast for one in minutes.resolutions] == [22, 22, 22, 22, 21, 21]
    assert [reckon(meeting, one).result for one in minutes.resolutions] == ["adopted"] * 6
    bylaws = reckon(meeting, minutes.resolutions[3])
    assert bylaws.quorum
    assert (bylaws.quorum.share, bylaws.entitled, bylaws.represented) == ("22/24", 24, 22)


def test_the_page_of_minutes_says_quorum_and_majority_of_each_resolution(built: Path) -> None:
    text = page(built, "members", f"decisions/minutes/{AG}")
    assert text.count("22/24") >= 1
    assert "20/22" in text
    assert "22/24" not in page(built, "public", f"decisions/minutes/{AG}")
    without = page(built, "members", "decisions/minutes/assemblee-generale-2026-09-24")
    assert "15/24" in without
    assert "0/24" not in without, "what was not put to the vote"
