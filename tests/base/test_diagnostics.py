"""The three ways to print a fault."""

from __future__ import annotations

import json

from coopbook.base.diagnostics import Diagnostic, as_github, as_json, as_text, nearest
from coopbook.base.messages import _, translator
from coopbook.base.positions import Span

SAY = translator("en")
FOUND = Diagnostic(
    "members/ana.yml",
    _("“{key}” is missing.", key="name"),
    _("Add a line: {key}: …", key="name"),
    span=Span(2, 3, 2, 7),
    check="schema",
)


def test_text_shows_place_fault_and_mending() -> None:
    assert as_text(FOUND, SAY, lambda file: ["a: 1", "b: word"]) == "\n".join(
        [
            "members/ana.yml:2:3: “name” is missing. [schema]",
            "    2 | b: word",
            "        " + "  ^^^^",
            "      = Add a line: name: …",
        ]
    )


def test_text_of_hostile_lines_is_harmless() -> None:
    said = as_text(FOUND, SAY, lambda file: ["", "x\x1b[2J\u202e" + "y" * 10_000])
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert max(len(line) for line in said.splitlines()) < 200


def test_github_commands_cannot_be_forged() -> None:
    bad = Diagnostic("a:b,c%\n::stop-commands::x", _("{x}", x="y\n::error::z%"), check="r")
    said = as_github(bad, SAY, lambda file: [])
    assert "\n" not in said
    assert said.startswith("::error file=a%3Ab%2Cc%25%0A%3A%3Astop-commands%3A%3Ax,line=1,col=1")


def test_json_is_one_object_a_line() -> None:
    assert json.loads(as_json(FOUND, SAY, lambda file: [])) == {
        "file": "members/ana.yml",
        "line": 2,
        "column": 3,
        "end_line": 2,
        "end_column": 7,
        "check": "schema",
        "severity": "error",
        "message": "“name” is missing.",
        "help": "Add a line: name: …",
    }


def test_nearest_word() -> None:
    assert nearest("Photografe", ["photographe", "graphisme"]) == "photographe"
    assert nearest("xyz", ["photographe", "graphisme"]) is None
    assert nearest("titel", {"title": 1, "name": 2}) == "title"
