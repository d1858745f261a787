"""Polls, from the question to what came of it: who is asked, what pages, calendars and reminders
tell, what is told of nobody, and a count that stays the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from coopbook import checks
from coopbook.agenda.reminders import for_each, for_member, reminders
from coopbook.base.diagnostics import Diagnostic
from coopbook.base.messages import translator
from coopbook.decisions.polls import asked_members, with_answers
from coopbook.records.audience import view, view_index
from coopbook.records.load import Book, load
from support.commands import run
from support.coops import TODAY
from support.sites import write_site

COOP = """format: 2
name: Les Essais
languages: [fr, en]
country: CH
repository: private
email: bonjour@essais.example
forge: {kind: github, url: https://github.com/example/essais, branch: main}
"""
RULES = """electorate: {membership: current, snapshot: opens_at}
categories:
  ordinary: {channel: either, threshold: {base: expressed, fraction: 1/2, op: gt}, tie: rejected}
paths: {"**": any_member}
tellers: [cy]
"""
BODY = """name: {fr: Conseil}
kind: board
audience: members
mandates:
  - {id: tresorerie, member: bo, role: {fr: Trésorerie}, from: 2024-01-01, until: 2027-01-01}
  - {id: ancien, member: cy, role: {fr: Secrétariat}, from: 2020-01-01, ended_on: 2026-11-01}
"""


def member(id: str, presence: str = "present") -> str:
    return f"""type: person
name: {{display: Zq{id.title()} Test}}
presence: {presence}
listed: false
email: {id}@essais.example
membership: [{{from: 2020-01-01, category: a}}]
"""


def poll(method: str, more: str = "", shown: str = "names", closes: str = "2026-12-05") -> str:
    return f"""---
title: {{fr: Question {method}, en: Question {method} asked}}
method: {method}
{more}asked_by: [ana]
opens: 2026-11-02
closes: {closes}
shown: {shown}
---

Pourquoi je demande.
"""


OPTIONS = "options: [{id: a, title: {fr: Le Phare}}, {id: b, title: {fr: La Jetée}}]\n"
DAYS = "options: [{id: sam, date: 2027-01-16}, {id: dim, date: 2027-01-17, title: {fr: rando}}]\n"
ADVICE = "decisions/polls/machine.md"
CLOSED = "decisions/polls/nom.md"
FILES = {
    "coop.yml": COOP,
    "decisions/rules.yml": RULES,
    "decisions/bodies/conseil.yml": BODY,
    **{f"members/{id}.yml": member(id) for id in ("ana", "bo", "cy", "di")},
    "members/eve.yml": member("eve", "left"),
    "decisions/polls/sortie.md": poll("dates", DAYS),
    "decisions/answers/sortie/bo.yml": 'marks: {sam: "yes", dim: "no"}\nword: Zqmotzq\n',
    "decisions/polls/secret.md": poll("sense", shown="totals"),
    "decisions/answers/secret/bo.yml": "says: disagree\nword: Zqsecretzq\n",
    ADVICE: poll("advice", "asked_bodies: [conseil]\nasked: [di]\n"),
    "decisions/answers/machine/di.yml": "word: Zqavis, louez d'abord.\n",
    CLOSED: poll("approval", OPTIONS, "totals", "2026-11-20"),
    "decisions/answers/nom/bo.yml": 'marks: {a: "x", b: ""}\n',
    "decisions/answers/nom/cy.yml": 'marks: {a: "x", b: "x"}\n',
}


@pytest.fixture
def root(coop: Callable[..., Path]) -> Path:
    return coop(dict(FILES))


def faults(book: Book) -> list[Diagnostic]:
    """What the check finds wrong in polls and answers."""
    folders = ("decisions/polls/", "decisions/answers/")
    return [
        one
        for one in checks.check(book)
        if one.file.startswith(folders) and one.check != "past-due"
    ]


@pytest.fixture
def book(root: Path) -> Book:
    found = load(root, TODAY)
    assert faults(found) == []
    return found


def site(book: Book, out: Path, audience: str) -> dict[str, str]:
    write_site(book, [], audience, out)  # type: ignore[arg-type]
    return {
        path.relative_to(out).as_posix(): path.read_text()
        for path in out.rglob("*")
        if path.suffix in {".html", ".json", ".xml", ".csv", ".ics"}
    }


def test_who_is_asked(book: Book) -> None:
    polls = book.index.by_id("poll")
    assert asked_members(book.index, polls["sortie"]) == ["ana", "bo", "cy", "di"]
    assert asked_members(book.index, polls["machine"]) == ["bo", "di"], "on the day it opened"


def test_who_leaves_after_an_answer_has_given_it(root: Path) -> None:
    (root / "members/bo.yml").write_text(member("bo", "left"))
    book = load(root, TODAY)
    assert faults(book) == []
    assert asked_members(book.index, book.index.by_id("poll")["sortie"]) == [
        "ana",
        "bo",
        "cy",
        "di",
    ]


def test_reminders_go_to_who_is_waited_for(book: Book, root: Path) -> None:
    say = translator("en")

    def told(index: Book, id: str) -> set[str]:
        found = reminders(view_index(index.index, "members"), "fr", 30, index.index)
        own = for_member(index.index, found, index.index.by_id("member")[id])
        return {say(one.said) for one in own if one.entry.kind == "poll"}

    waits = "“Question {}” waits for an answer until 2026-12-05."
    assert told(book, "bo") == {waits.format("advice")}, "the others are answered"
    assert told(book, "di") == {waits.format("sense"), waits.format("dates")}
    assert told(book, "ana") >= {
        "“Question approval” had its last day on 2026-11-20: what came of it is to be written."
    }
    later = load(root, date(2026, 12, 6))
    assert told(later, "di") == set(), "afterwards it is the turn of who asks"
    assert len(told(later, "ana")) == 4


def test_nobody_is_reminded_of_what_all_have_answered(root: Path) -> None:
    (root / "decisions/answers/machine/bo.yml").write_text("word: Achetez.\n")
    whole = load(root, TODAY).index
    index = view_index(whole, "members")
    found = for_each(index, reminders(index, "fr", 30, whole))
    assert "machine" not in {one.entry.id for one in found}
    assert "sortie" in {one.entry.id for one in found}


def test_what_is_settled_is_due_no_more(root: Path) -> None:
    assert run("tally", "nom", root).returncode == 0
    file = root / ADVICE
    file.write_text(
        file.read_text().replace("opens:", "conclusion: {on: 2026-12-06, text: {fr: Oui.}}\nopens:")
    )
    found = {one.entry.id for one in reminders(load(root, date(2026, 12, 7)).index, "fr", 30)}
    assert {"nom", "machine"} & found == set()
    assert {"sortie", "secret"} <= found


def test_the_public_knows_nothing_of_polls(book: Book, tmp_path: Path) -> None:
    for name, text in site(book, tmp_path / "public", "public").items():
        assert "polls" not in name
        assert "Question advice" not in text
        assert "Zqavis" not in text


def test_members_see_who_said_what_where_the_poll_says_so(book: Book, tmp_path: Path) -> None:
    files = site(book, tmp_path / "members", "members")
    days = files["decisions/polls/sortie/index.html"]
    assert "Zqmotzq" in days
    assert "ZqBo Test" in days
    assert "16 janvier 2027" in days
    assert "Zqavis" in files["decisions/polls/machine/index.html"]
    assert "en/decisions/polls/machine/index.html" in files
    assert not [name for name in files if "answers" in name and "poll" in name]


def test_without_names_a_poll_tells_how_many_and_later_totals(root: Path, tmp_path: Path) -> None:
    before = site(load(root, TODAY), tmp_path / "members", "members")
    page = before["decisions/polls/secret/index.html"].partition("<main")[2]
    assert "1 réponse pour l" in page
    assert "ZqBo" not in page
    (root / "decisions/answers/secret/bo.yml").write_text("says: agree\n")
    after = site(load(root, TODAY), tmp_path / "turned", "members")
    assert after == before, "what is said changes no byte while it is open"
    assert not [name for name, text in before.items() if "Zqsecretzq" in text]
    assert run("tally", "nom", root).returncode == 0
    closed = site(load(root, TODAY), tmp_path / "closed", "members")
    page = closed["decisions/polls/nom/index.html"].partition("<main")[2]
    assert "Le Phare" in page
    assert "<td>2</td>" in page
    assert "ZqBo" not in page
    assert "ZqCy" not in page


def test_what_is_derived_reaches_no_public_view(book: Book) -> None:
    record = next(one for one in book.records() if one.id == "sortie" and one.kind.name == "poll")
    derived = with_answers(record, book.index)
    assert derived.derived["answers"][0]["word"] == "Zqmotzq"
    assert view(derived, book.index, "public") is None


def test_a_members_page_begins_the_answer(book: Book, tmp_path: Path) -> None:
    files = site(book, tmp_path / "members", "members")
    page = files["members/di/votes/index.html"]
    assert page.count("/new/main?filename=decisions%2Fanswers%2F") == 3
    assert "answers%2Fsortie%2Fdi.yml" in page
    assert "sam%3A%20%22%22%20%20%23%20samedi%2C%2016%20janvier%202027" in page
    assert "mailto:cy@essais.example" in page
    assert "answers%2Fmachine" not in files["members/ana/votes/index.html"], "not asked"
    assert "Question dates" in files["votes/index.html"]
    assert "Question dates" in files["decide/index.html"]


def test_the_answer_that_is_begun_is_accepted_once_filled_in(book: Book, root: Path) -> None:
    from coopbook.site.context import Site
    from coopbook.site.pages.polls import answer_text

    here = Site(view_index(book.index, "members"), "fr")
    polls = here.index.by_id("poll")
    begun = {id: answer_text(here, polls[id]) for id in ("sortie", "secret", "machine")}
    filled = {
        "sortie": begun["sortie"].replace('sam: ""', 'sam: "if_need_be"'),
        "secret": begun["secret"].replace("says: ", "says: unsure"),
        "machine": begun["machine"].replace("word: |\n  ", 'word: |\n  Louez : d\'abord "un" an.'),
    }
    for id, text in filled.items():
        (root / f"decisions/answers/{id}/{'bo' if id == 'machine' else 'di'}.yml").write_text(text)
    assert faults(load(root, TODAY)) == []


def test_tally_writes_what_came_of_it_once(root: Path) -> None:
    ran = run("tally", "nom", root, "--lang", "en")
    assert ran.returncode == 0, ran.output
    text = (root / CLOSED).read_text()
    assert "outcome:\n  asked: 4\n  answers: 2\n" in text
    again = run("tally", "nom", root, "--lang", "en")
    assert "says the same" in again.stdout
    assert (root / CLOSED).read_text() == text
    assert faults(load(root, TODAY)) == []
    (root / "members/cy.yml").write_text(member("cy", "left"))
    assert "says the same" in run("tally", "nom", root, "--lang", "en").stdout, "whoever left since"
    (root / "decisions/answers/nom/di.yml").write_text('marks: {b: "x"}\n')
    ran = run("tally", "nom", root, "--lang", "en")
    assert ran.returncode
    assert (root / CLOSED).read_text() == text


def test_tally_waits_for_the_last_day_and_tells_no_totals_before(root: Path) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*.md")}
    ran = run("tally", "secret", root, "--at", "2026-11-21T10:00:00+01:00", "--lang", "en")
    assert "Totals are told after the last day." in ran.stdout
    assert "Disagree" not in ran.stdout
    assert "1" in run("tally", "sortie", root, "--at", "2026-12-05T10:00:00+01:00").stdout
    assert before == {path: path.read_bytes() for path in root.rglob("*.md")}
    ran = run("tally", "machine", root, "--lang", "en")
    assert ran.returncode == 2
    assert "Advice is not counted" in ran.output


def test_tally_counts_nothing_that_is_at_fault(root: Path) -> None:
    (root / "decisions/answers/nom/di.yml").write_text('marks: {c: "x"}\n')
    ran = run("tally", "nom", root, "--lang", "en")
    assert ran.returncode
    assert "outcome" not in (root / CLOSED).read_text()


def test_the_feed_tells_questions_and_what_came_of_them(root: Path, tmp_path: Path) -> None:
    text = FILES[ADVICE].replace("closes: 2026-12-05", "closes: 2026-11-10")
    (root / ADVICE).write_text(
        text.replace("opens:", "conclusion: {on: 2026-11-12, text: {fr: Oui.}}\nopens:")
    )
    book = load(root, TODAY)
    feed = site(book, tmp_path / "members", "members")["feed/fr.xml"]
    assert "Une question : Question dates" in feed
    assert "L'issue d'une question : Question advice" in feed
    assert "Question" not in site(book, tmp_path / "public", "public").get("feed/fr.xml", "")


def test_the_calendar_has_the_last_day(book: Book, tmp_path: Path) -> None:
    files = site(book, tmp_path / "members", "members")
    calendar = "".join(text for name, text in files.items() if name.endswith("fr.ics"))
    assert "Dernier jour pour répondre : Question dates" in calendar.replace("\r\n ", "")
    assert json.loads(files["api/v1/polls/sortie.json"])["method"] == "dates"
