"""Presets are rules that pass every check, and say of each line where it was read or that nobody
has checked it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from coopbook import checks
from coopbook.base.messages import translator
from coopbook.decisions.presets import (
    TITLES,
    category_name,
    preset_names,
    preset_of_rules,
    read_preset,
    render_rules,
)
from coopbook.decisions.types import Rules
from coopbook.decisions.wording.rules_text import (
    category_clauses,
    electorate_clauses,
    other_clauses,
)
from coopbook.records.load import load
from coopbook.yaml_files.editor import render
from coopbook.yaml_files.reader import parse
from support.commands import run
from support.coops import TODAY
from support.sites import write_site

COOP = "format: 2\nname: Les Essais\nlanguages: [en]\ncountry: CH\nrepository: private\n"
BASES = {
    "belgian-cooperative",
    "quebec-cooperative",
    "scic",
    "scop-sa",
    "scop-sarl",
    "scop-sas",
    "sociocratic",
    "worker-coop-na",
}
MADE = [(base,) for base in sorted(BASES)] + [
    (base, "cae") for base in ("scic", "scop-sa", "scop-sarl", "scop-sas")
]


def places(rules: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Where each value of the rules stands."""
    if isinstance(rules, dict) and rules:
        for name, part in rules.items():
            yield from places(part, (*path, name))
    else:
        yield path


def test_the_presets() -> None:
    assert set(preset_names()) == BASES
    assert preset_names(overlays=True) == ["cae"]


@pytest.mark.parametrize("made", MADE, ids="+".join)
def test_a_preset_passes_every_check_and_its_examples_come_true(
    coop: Callable[..., Path], made: tuple[str, ...]
) -> None:
    root = coop({"decisions/rules.yml": render(read_preset(*made).rules).decode()})
    assert [translator("en")(item.message) for item in checks.check(load(root, TODAY))] == []


@pytest.mark.parametrize("made", MADE, ids="+".join)
def test_each_line_says_its_source_or_that_it_is_not_checked(made: tuple[str, ...]) -> None:
    made_of = read_preset(*made)
    unsourced = [
        path
        for path in places(made_of.rules)
        if not any(".".join(path[:n]) in made_of.sources for n in range(1, len(path) + 1))
    ]
    assert unsourced == []


def test_sources_and_reforms() -> None:
    sarl = read_preset("scop-sarl")
    assert sarl.source("categories", "bylaws", "quorum", "fraction") == "24eme SCOP statutes"
    assert sarl.source("categories", "bylaws", "threshold") is None
    assert read_preset("quebec-cooperative").before == "2026-02-17"
    assert sarl.before == ""


def test_an_overlay_takes_away_what_it_leaves_empty() -> None:
    assert "second" in read_preset("scop-sarl").rules["categories"]["ordinary"]
    laid = read_preset("scop-sarl", "cae")
    assert "second" not in laid.rules["categories"]["ordinary"]
    assert laid.source("categories", "ordinary", "quorum") == "Cabestan CAE"


@pytest.mark.parametrize("name", ["scop", "../rules/governance", "common/x"])
def test_what_is_no_preset(name: str) -> None:
    with pytest.raises(KeyError):
        read_preset(name)


def test_each_preset_says_what_it_is_for() -> None:
    assert {*TITLES} == {*preset_names(), *preset_names(overlays=True)}


@pytest.mark.parametrize("made", MADE, ids="+".join)
def test_what_is_written_reads_back_the_same(made: tuple[str, ...]) -> None:
    found = read_preset(*made)
    read = parse(render_rules(found, translator("en")), front_matter=False)
    assert (read.faults, read.value) == ([], found.rules)
    assert list(read.value["categories"]) == list(found.rules["categories"])
    assert preset_of_rules(Rules.from_plain(read.value)) == found


def test_each_line_says_where_it_was_read() -> None:
    lines = {
        line.split("#")[0].strip(): line.partition("#")[2].strip()
        for line in render_rules(read_preset("scop-sarl"), translator("en")).decode().splitlines()
    }
    assert lines["channel: meeting"] == "24eme SCOP statutes, article 26"
    assert lines["notice_days: 15"] == "to be checked by a jurist"
    assert [said for line, said in lines.items() if line.startswith("second: {notice_days")] == [
        "24eme SCOP statutes; the rest is to be checked by a jurist"
    ]


def test_a_line_that_was_changed_is_to_be_checked() -> None:
    sarl, path = read_preset("scop-sarl"), ("categories", "bylaws", "quorum")
    quorum = sarl.rules["categories"]["bylaws"]["quorum"]
    assert translator("en")(sarl.origin(quorum, *path)) == "24eme SCOP statutes"  # type: ignore[arg-type]
    assert sarl.origin({**quorum, "fraction": "1/2"}, *path) is None
    assert sarl.origin("meeting", "categories", "unheard-of", "channel") is None
    assert sarl.origin(15, "categories", "bylaws", "notice_days") is None


@pytest.mark.parametrize("made", MADE, ids="+".join)
def test_each_rule_is_said_in_words(made: tuple[str, ...]) -> None:
    rules, say = read_preset(*made).rules, translator("en")
    typed = Rules.from_plain(rules)
    clauses = [*electorate_clauses(typed), *other_clauses(typed)]
    clauses += [
        clause
        for name, category in typed.categories.items()
        for clause in category_clauses(name, category)
    ]
    assert all(
        say(clause.words).endswith(".") and "{" not in say(clause.words) for clause in clauses
    )
    for name, category in rules["categories"].items():
        spoken = {clause.path[2] for clause in clauses if clause.path[:2] == ("categories", name)}
        assert spoken == {*category} - {"examples", "label"}


@pytest.mark.parametrize("name", sorted(BASES))
def test_each_category_has_a_name_in_both_languages(name: str) -> None:
    for category in read_preset(name).rules["categories"].values():
        assert {*category["label"]} >= {"fr", "en"}


def test_a_category_without_a_name_is_called_as_in_the_presets(coop: Callable[..., Path]) -> None:
    """In French papers and comments no English id stands."""
    index = load(coop({"coop.yml": COOP.replace("[en]", "[fr, en]")}), TODAY).index
    plain = {"categories": {"ordinary": {}, "big_works": {}, "bylaws": {"label": {"fr": "Pacte"}}}}
    rules = Rules.from_plain(plain)
    said = [category_name(rules, index, name) for name in ("ordinary", "bylaws", "big_works")]
    assert said == ["Décision ordinaire", "Pacte", "Big works"]
    assert category_name(rules, index, "ordinary", "en") == "Ordinary decision"


def test_rules_in_words() -> None:
    rules = {
        "proxies": {
            "allowed": True,
            "holder": "member",
            "max_per_member": {"below": 20, "value": 1, "else_fraction": "1/20"},
        },
        "colleges": {
            "enabled": True,
            "weights": {"a": 60, "b": 40},
            "method": "majority",
            "empty_college": "against",
        },
        "gates": [
            {
                "role": "manager",
                "on": ["admission"],
                "stage": "before_vote",
                "delay_days": 5,
                "overridable_by": "special",
            }
        ],
        "secret": {"required_for": ["election"]},
    }
    assert [
        translator("en")(clause.words) for clause in other_clauses(Rules.from_plain(rules))
    ] == [
        "A member may give a proxy to another member.",
        "One member holds 1 at most where fewer than 20 are entitled, else 1/20 of them.",
        "Votes weigh by college, of 100: a 60, b 40.",
        "The whole share of a college goes to the side that won there.",
        "The share of a college in which nobody voted counts against.",
        "Before a vote on the admission of a member, the role “manager” lets it pass; 5 days "
        "of silence do too; a decision in the category “special” can override it.",
        "The ballot is secret on: an election.",
    ]


def test_members_read_the_rules_in_words_and_what_a_jurist_is_to_check(
    coop: Callable[..., Path], tmp_path: Path
) -> None:
    made = read_preset("scop-sarl", "cae").rules
    made["categories"]["bylaws"]["quorum"]["fraction"] = "2/3"
    book = load(coop({"decisions/rules.yml": render(made).decode(), "coop.yml": COOP}), TODAY)
    for audience in ("public", "members"):
        write_site(book, [], audience, tmp_path / audience)
    text = (tmp_path / "members/decide/rules/index.html").read_text()
    lines = dict(re.findall(r'<li>([^<]*) <span class="coop-meta">([^<]*)</span></li>', text))
    assert lines["Adopted by more than 1/2 of the votes for or against."] == "Cabestan CAE"
    assert (
        lines["Only a meeting decides; any other vote is advisory until a resolution confirms it."]
        == "24eme SCOP statutes, article 26"
    )
    assert "<li>Quorum (taking part): at least 2/3 of all who are entitled.</li>" in text
    assert text.count("to be checked by a jurist") == 1, "said once of all that stands alone"
    assert "the form of a SARL" in text
    assert "who has only a support contract does not vote" in text
    assert "decide/rules/" in (tmp_path / "members/decide/index.html").read_text()
    assert not (tmp_path / "public/decide").exists()


def test_the_command(coop: Callable[..., Path]) -> None:
    root = coop()
    listed = run("preset", "--lang", "en").stdout
    assert all(f"  {name} " in listed for name in TITLES)
    assert "before the reform of 2026-02-17" in listed
    shown = run("preset", "scop-sarl", "cae", "--lang", "en")
    assert (shown.returncode, list((root / "decisions").glob("*"))) == (0, [])
    assert run("preset", "scop-sarl", "cae", "--write", root, "--lang", "en").returncode == 0
    assert (root / "decisions/rules.yml").read_text() == shown.stdout
    again = run("preset", "scic", "--write", root, "--lang", "en")
    assert (again.returncode, "nothing was written" in again.stderr) == (2, True)
    assert (root / "decisions/rules.yml").read_text() == shown.stdout


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (("scop",), "Did you mean “scop-sa”?"),
        (("cae",), "lists them"),
        (("scic", "scop-sa"), "no rules “scop-sa”"),
    ],
)
def test_no_such_preset(given: tuple[str, ...], expected: str) -> None:
    ran = run("preset", *given, "--lang", "en")
    assert (ran.returncode, expected in ran.stderr, ran.stdout) == (2, True, "")
