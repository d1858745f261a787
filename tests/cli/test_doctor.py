"""`coopbook doctor`: each line says how something stands and what mends it; nothing is changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from coopbook.checks import all_checks
from coopbook.editing import doctor
from coopbook.editing.starter import lay_out
from support.commands import Ran, environment, run
from support.coops import TODAY

COOP = """format: 2
name: X
languages: [fr]
country: CH
repository: private
beside: [requirements.txt]
forge: {kind: github, url: "https://github.com/example/x"}
"""
PINNED = "coopbook==0.1.0"
BODY = """name: {fr: Équipe}
kind: board
mandates:
  - {id: m1, member: ana-lopes, role: {fr: maintainers}, from: 2026-01-01}
"""
MEMBER = "type: person\nname: {display: Ana Lopes}\npresence: present\nlisted: false\n"


@pytest.fixture
def root(coop: Callable[..., Path]) -> Path:
    laid = dict(lay_out("fr", "github", all_checks(), name="X", requirement=PINNED))
    return coop(laid | {"coop.yml": COOP, "members/ana-lopes.yml": MEMBER})


def ask(root: Path) -> Ran:
    settings = environment()
    settings.pop("COOPBOOK_TOKEN", None)
    return run("doctor", root, "--lang", "en", settings=settings)


def lines(root: Path) -> list[str]:
    return ask(root).stdout.splitlines()


def test_a_new_co_op_is_told_what_is_good_and_what_cannot_be_seen(root: Path) -> None:
    told = lines(root)
    assert "good     requirements.txt names one Coopbook and no other." in told
    assert "good     All that Coopbook needs is pinned in requirements.lock." in told
    assert "good     The files for git and the forge are those of this Coopbook." in told
    assert "good     Lists and record types follow Coopbook's." in told
    assert "unknown  site/public is not made here: its size is not known." in told
    assert any(line.startswith("unknown  Whether “main” is protected") for line in told)
    assert any(line.startswith("unknown  Who looks after the program") for line in told)


def test_nothing_is_changed(root: Path) -> None:
    before = {file: file.read_bytes() for file in root.rglob("*") if file.is_file()}
    ask(root)
    assert {file: file.read_bytes() for file in root.rglob("*") if file.is_file()} == before


@pytest.mark.parametrize("people", [0, 1, 2])
def test_two_people_look_after_the_program(root: Path, people: int) -> None:
    run("preset", "scop-sarl", "--write", root)
    assert (root / "decisions/rules.yml").is_file()
    ids = ["ana-lopes", "marc-roy"][:people]
    for id in ids:
        (root / f"members/{id}.yml").write_text(MEMBER.replace("Ana Lopes", id))
    mandates = [
        f"  - {{id: {id}, member: {id}, role: {{fr: Maintainers}}, from: 2026-01-01}}" for id in ids
    ]
    body = "name: {fr: Équipe}\nkind: board\n" + ("mandates:\n" if ids else "")
    (root / "decisions/bodies/equipe.yml").write_text(body + "\n".join(mandates) + "\n")
    (told,) = [line for line in lines(root) if "after the program (role" in line]
    assert told.split()[0] == ("good" if people == 2 else "to")
    assert f" {people} " in told


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("requirements.txt", "coopbook\n", "does not say which Coopbook alone"),
        ("requirements.txt", "coopbook @ git+https://x.example/c@main\n", "alone is installed"),
        ("requirements.txt", "", "does not say which Coopbook alone"),
        ("requirements.lock", None, "is not pinned: no requirements.lock"),
        (".coopbook/starter.json", None, "Nothing here says which Coopbook laid"),
        (".github/workflows/check.yml.new", "x", "still lies beside your own"),
        (
            "schemas/vocabularies/trades.yml",
            "title: {fr: M}\nterms:\n  a: {label: {fr: A}}\n",
            "trades.yml takes the place of Coopbook's list",
        ),
        ("schemas/member.schema.json", "{}", "takes the place of Coopbook's record type"),
        ("members/ana-lopes.yml", "type: [\n", "The check finds"),
    ],
)
def test_what_is_to_mend_is_told(root: Path, file: str, text: str | None, told: str) -> None:
    (root / file).parent.mkdir(parents=True, exist_ok=True)
    if text is None:
        (root / file).unlink()
    else:
        (root / file).write_text(text)
    ran = ask(root)
    (line,) = [one for one in ran.stdout.splitlines() if told in one]
    assert (ran.returncode, line.startswith("to mend  ")) == (1, True), ran.output


def test_what_hosting_does_not_take_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "site/public").mkdir(parents=True)
    for number in range(5):
        (root / f"site/public/{number}.html").write_text("x" * 10)
    assert "good     site/public has 5 files and 1 MB" in ask(root).stdout
    monkeypatch.setattr(doctor, "MOST_FILES", 5)
    assert "to mend  site/public has 5 files" in ask(root).stdout
    monkeypatch.setattr(doctor, "MOST_FILES", 100)
    monkeypatch.setattr(doctor, "MOST_BYTES", 40)
    assert "to mend  site/public has 5 files" in ask(root).stdout


def test_a_folder_that_is_no_co_op_is_told(tmp_path: Path) -> None:
    ran = ask(tmp_path)
    assert (ran.returncode, "is not a co-op's folder" in ran.stderr) == (2, True)


@pytest.mark.parametrize(("days", "ends", "told"), [(30, 20, 1), (30, 40, 0), (60, 40, 1)])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_comes_is_told_before_it_is_late(
    root: Path, days: int, ends: int, told: int, language: str
) -> None:
    end = TODAY + timedelta(days=ends)
    (root / "decisions/bodies").mkdir(parents=True, exist_ok=True)
    (root / "decisions/bodies/equipe.yml").write_text(BODY.replace("01}", f"01, until: {end}}}"))
    day = ["--today", TODAY.isoformat(), "--days", str(days), "--lang", language]
    ran = run("doctor", root, *day, settings=environment())
    soon = {"en": "soon     ", "fr": "bientôt    "}[language]
    none = {"en": f"within {days} days.", "fr": f"d'ici {days} jours."}[language]
    lines = [line for line in ran.stdout.splitlines() if line.startswith(soon)]
    assert len(lines) == told, ran.output
    assert all("Ana Lopes" in line for line in lines)
    assert all(f"{end:%Y}" in line and end.isoformat() not in line for line in lines)
    assert (none in ran.stdout) == (not told)


def test_of_much_that_comes_the_first_is_told_and_how_much_more(root: Path) -> None:
    end = (TODAY + timedelta(days=9)).isoformat()
    line = BODY.splitlines()[-1].replace("01}", f"01, until: {end}}}")
    lines = [line.replace("m1", f"m{number}") for number in range(14)]
    (root / "decisions/bodies").mkdir(parents=True, exist_ok=True)
    (root / "decisions/bodies/equipe.yml").write_text(
        "\n".join([*BODY.splitlines()[:-1], *lines]) + "\n"
    )
    ran = run("doctor", root, "--today", TODAY.isoformat(), "--lang", "en", settings=environment())
    assert ran.stdout.count("\nsoon ") == 11, ran.output
    assert "soon     And 4 more within 30 days." in ran.stdout
