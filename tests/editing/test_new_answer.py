"""`coopbook new answer`: which poll, whose answer, option by option; what it refuses at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from coopbook import checks
from coopbook.records.load import load
from support.commands import Ran, run
from support.coops import TODAY

RULES = """electorate: {membership: current, snapshot: opens_at}
categories:
  ordinary: {channel: either, threshold: {base: expressed, fraction: 1/2, op: gt}, tie: rejected}
paths: {"**": any_member}
tellers: [cy]
"""
NAMES = "options: [{id: phare, title: {fr: Le Phare}}, {id: quai, title: {fr: Le Quai}}]\n"
DAYS = "options: [{id: sam, date: 2027-01-16}, {id: dim, date: 2027-01-17}]\n"


def member(id: str) -> str:
    return f"type: person\nname: {{display: {id.title()}}}\npresence: present\nlisted: false\n"


def poll(method: str, more: str = "") -> str:
    return f"""---
title: {{fr: Question {method}}}
method: {method}
{more}asked_by: [ana]
opens: 2026-11-02
closes: 2026-12-05
shown: names
---

Pourquoi je demande.
"""


FILES = {
    "decisions/rules.yml": RULES,
    **{f"members/{id}.yml": member(id) for id in ("ana", "bo", "cy")},
    "decisions/polls/jour.md": poll("dates", DAYS),
    "decisions/polls/note.md": poll("scores", NAMES),
    "decisions/polls/ordre.md": poll("schulze", NAMES),
    "decisions/polls/ambiance.md": poll("sense"),
    "decisions/polls/avis.md": poll("advice", "asked: [bo]\n"),
    "decisions/answers/ambiance/bo.yml": "says: agree\n",
}


@pytest.fixture
def root(coop: Callable[..., Path]) -> Path:
    return coop(dict(FILES))


def answer(root: Path, *typed: str, lang: str = "en") -> Ran:
    lines = "".join(f"{one}\n" for one in typed)
    return run("new", "answer", root, "--lang", lang, "--today", TODAY.isoformat(), input=lines)


@pytest.mark.parametrize(
    ("poll", "typed", "written"),
    [
        ("jour", ["yes", "2", ""], 'marks:\n  sam: "yes"\n  dim: if_need_be\n'),
        ("note", ["0", "5", ""], 'marks:\n  phare: "0"\n  quai: "5"\n'),
        ("ordre", ["2", "1", ""], 'marks:\n  phare: "2"\n  quai: "1"\n'),
        ("ordre", ["", "", ""], 'marks:\n  phare: ""\n  quai: ""\n'),
        ("ambiance", ["unsure", "Le loyer ?", "."], "says: unsure\nword: Le loyer ?\n"),
    ],
)
def test_each_method_is_asked_in_its_words(
    root: Path, poll: str, typed: list[str], written: str
) -> None:
    ran = answer(root, poll, "ana", *typed, "")
    assert ran.returncode == 0, ran.output
    file = root / f"decisions/answers/{poll}/ana.yml"
    assert file.read_text().startswith(written)
    own = [one for one in checks.check(load(root, TODAY)) if one.file.startswith("decisions/answ")]
    assert own == []


def test_advice_is_asked_of_who_is_asked_and_a_teller_may_enter_it(root: Path) -> None:
    ran = answer(root, "avis", "ana", "bo", "Louez d'abord.", ".", "cy")
    assert "“ana” is none of these." in ran.output
    text = (root / "decisions/answers/avis/bo.yml").read_text()
    assert text.startswith("word: Louez d'abord.\nentered_by: cy\n")


def test_what_is_no_answer_is_asked_again(root: Path) -> None:
    ran = answer(root, "note", "ana", "6", "3", "", "", "")
    assert "“6” is no answer to this poll." in ran.output
    assert 'phare: "3"' in (root / "decisions/answers/note/ana.yml").read_text()


def test_one_person_answers_once(root: Path) -> None:
    ran = answer(root, "ambiance", "bo", "ana", "agree", "", "")
    assert "“bo” has answered already: decisions/answers/ambiance/bo.yml." in ran.output
    assert (root / "decisions/answers/ambiance/ana.yml").is_file()


def test_without_an_open_poll_it_says_so(coop: Callable[..., Path]) -> None:
    ran = answer(coop({"members/ana.yml": member("ana")}))
    assert ran.returncode == 2
    assert "No poll is open to answers." in ran.output


def test_the_same_in_french(root: Path) -> None:
    ran = answer(root, "jour", "ana", "oui", "si besoin", "", "", lang="fr")
    assert ran.returncode == 0, ran.output
    assert "À qui est cette réponse ?" in ran.output


def test_a_poll_is_asked_as_its_schema_says(coop: Callable[..., Path]) -> None:
    coop_file = "format: 2\nname: X\nlanguages: [fr]\ncountry: CH\nrepository: private\n"
    root = coop({"coop.yml": coop_file, "members/ana.yml": member("ana")})
    typed = ["Quel jour ?", "dates", "ana", "", "21/11/2026", "5/12/2026", "names"]
    typed += ["yes", "le matin", "16/1/2027", "", "yes", "", "17/1/2027", "", "no"]
    typed += ["", "Pour marcher.", ".", ""]
    lines = "".join(f"{one}\n" for one in typed)
    ran = run("new", "poll", root, "--lang", "en", "--today", TODAY.isoformat(), input=lines)
    assert (root / "decisions/polls/quel-jour.md").is_file(), ran.output
    assert [one.id for one in load(root, TODAY).index.of("poll")] == ["quel-jour"]
    found = checks.check(load(root, TODAY))
    assert [one for one in found if one.file.startswith("decisions/polls")] == []
