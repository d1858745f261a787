"""What was there and was hidden is counted when a change shows it, whichever file does it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from coopbook import checks
from coopbook.records.load import load
from coopbook.records.published import find_published
from support.coops import TOP, write_coop
from support.kinds import own_schema

Files = dict[str, str]
TODAY = date(2026, 3, 1)
SCHEMA = "schemas/course.schema.json"


def text(**more: Any) -> dict[str, Any]:
    return {"type": "string", **more}


PUBLIC = {"x-audience": "public"}


def course(phone: Any = None, **words: Any) -> str:
    """A record type of a co-op's own: its titles are public, the rest is for members."""
    inner = {"type": "object", "additionalProperties": False}
    return json.dumps(
        own_schema(
            **{"x-files": "ateliers/*.md", **PUBLIC, **words},
            properties={
                "title": text(**PUBLIC),
                "audience": text(enum=["public", "members"], **PUBLIC),
                "publish": {"type": "array", "items": text()},
                "host": text(**{"x-ref": "member"}, **PUBLIC),
                "phone": phone or text(),
                "room": {**inner, "properties": {"code": text(), "floor": text()}},
                "mails": {"type": "array", "items": text()},
                "notes": {
                    "type": "object",
                    "propertyNames": {"pattern": "^[a-z]+$"},
                    "additionalProperties": text(),
                },
                **words.pop("properties", {}),
            },
        )
    )


def record(number: int, **more: str) -> str:
    fields = {
        "title": f"Atelier {number}",
        "audience": "members",
        "host": "ben",
        "phone": f'"+33 2 00 00 00 0{number}"',
        "room": f"{{code: code-{number}-secret, floor: haut}}",
        "mails": f"[a{number}@essais.example]",
        "notes": f"{{clef: sous-le-pot-{number}}}",
        **more,
    }
    lines = "".join(f"{name}: {value}\n" for name, value in fields.items() if value)
    return f"---\n{lines}---\n\nLe code est {number}{number}{number}{number}.\n"


BEN = """type: person
name: {display: Ben}
presence: present
listed: false
phone: '+33 2 61 91 00 99'
"""
BASE: Files = {
    SCHEMA: course(),
    "members/ben.yml": BEN,
    **{f"ateliers/a{number}.md": record(number) for number in (1, 2, 3)},
}


def opened_at(*path: str) -> str:
    schema = json.loads(course())
    part = schema
    for step in path:
        part = part[step]
        part["x-audience"] = "public"
    for step in path:
        if step in ("properties",):
            schema.get(step, {}).pop("x-audience", None)
    return json.dumps(_without_stray(schema))


def _without_stray(schema: Any) -> Any:
    """A schema without the word where it stands among the names of fields."""
    if isinstance(schema, dict):
        return {
            name: (
                {key: _without_stray(one) for key, one in part.items() if key != "x-audience"}
                if name == "properties"
                else _without_stray(part)
            )
            for name, part in schema.items()
        }
    return schema


def moved(folder: str, **more: str) -> Files:
    """The records in another folder."""
    gone = {f"ateliers/a{number}.md": "" for number in (1, 2, 3)}
    return gone | {f"{folder}/a{number}.md": record(number, **more) for number in (1, 2, 3)}


def elsewhere(folder: str, **words: Any) -> str:
    schema = json.loads(course(text(**PUBLIC)))
    return json.dumps({**schema, "x-files": f"{folder}/*.md", **words})


def renamed_field() -> Files:
    schema = json.loads(course())
    schema["properties"]["tel"] = text(**PUBLIC)
    return {SCHEMA: json.dumps(schema)} | {
        f"ateliers/a{number}.md": record(number).replace("phone: ", "tel: ") for number in (1, 2, 3)
    }


CHOICE = {SCHEMA: course(text(**{"x-audience": "choice"}))}
WHEN = {"x-audience": {"when": {"audience": "public"}}}
HIDDEN = {SCHEMA: course(**{"x-audience": "members"})}
STRICT = json.loads((TOP / "schemas/member.schema.json").read_text())
STRICT["properties"]["headline"]["x-audience"] = "members"
LISTED = BEN.replace("listed: false", "listed: true\nheadline: {fr: Je couds}") + (
    "consents: [{purpose: directory, given: 2026-01-01}]\n"
)
PHONE = {"course.phone": 3}

OPENED: dict[str, tuple[Files, Files, dict[str, int]]] = {
    "a field": ({}, {SCHEMA: course(text(**PUBLIC))}, PHONE),
    "a field by a condition": (
        {},
        {SCHEMA: course(text(**{"x-audience": {"when": {"audience": "members"}}}))},
        PHONE,
    ),
    "a field by choice, chosen before": (
        {f"ateliers/a{n}.md": record(n, publish="[phone]") for n in (1, 2, 3)},
        CHOICE,
        PHONE,
    ),
    "a choice taken away": (CHOICE, {SCHEMA: course(text(**PUBLIC))}, PHONE),
    "a part of an object": (
        {},
        {SCHEMA: opened_at("properties", "room", "properties", "code")},
        {"course.room": 3},
    ),
    "what a list holds": (
        {},
        {SCHEMA: opened_at("properties", "mails", "items")},
        {"course.mails": 3},
    ),
    "what a map holds": (
        {},
        {SCHEMA: opened_at("properties", "notes", "additionalProperties")},
        {"course.notes": 3},
    ),
    "all records": (HIDDEN, {SCHEMA: course()}, {"course": 3}),
    "a condition widened": (
        {SCHEMA: course(**WHEN)},
        {SCHEMA: course(**{"x-audience": {"when": {"audience": ["public", "members"]}}})},
        {"course": 3},
    ),
    "a condition turned round": (
        {SCHEMA: course(**WHEN)},
        {SCHEMA: course(**{"x-audience": {"when": {"audience": "members"}}})},
        {"course": 3},
    ),
    "the text": ({}, {SCHEMA: course(**{"x-body": "markdown"})}, {"course.text": 3}),
    "whom a field names": (
        {},
        {SCHEMA: course().replace('"x-ref": "member", ', "")},
        {"course.host": 3},
    ),
    "a field with another value": (
        {},
        {SCHEMA: course(text(**PUBLIC)), "ateliers/a1.md": record(1, phone='"+33 9 00 00 00 00"')},
        PHONE,
    ),
    "a field under another name": ({}, renamed_field(), {"course.tel": 3}),
    "another record type takes the folder": (
        {},
        {SCHEMA: "", "schemas/atelier.schema.json": elsewhere("ateliers")},
        PHONE,
    ),
    "a folder that moves": ({}, {SCHEMA: elsewhere("cours"), **moved("cours")}, PHONE),
    "a folder that moves, edited": (
        {},
        {SCHEMA: elsewhere("cours"), **moved("cours", title="Autre chose")},
        PHONE,
    ),
    "files that move to an open record type": (
        {"schemas/other.schema.json": elsewhere("cours"), "cours/x.md": record(9)},
        moved("cours"),
        PHONE,
    ),
    "files that move there, edited": (
        {"schemas/other.schema.json": elsewhere("cours"), "cours/x.md": record(9)},
        moved("cours", title="Autre chose"),
        PHONE,
    ),
    "hidden records that move to an open record type": (
        {**HIDDEN, "schemas/other.schema.json": elsewhere("cours")},
        moved("cours"),
        {"course": 3},
    ),
    "a stricter version of ours is gone": (
        {"schemas/member.schema.json": json.dumps(STRICT), "members/ben.yml": LISTED},
        {"schemas/member.schema.json": ""},
        {"member.headline": 1},
    ),
    "a stricter version of ours is broken": (
        {"schemas/member.schema.json": json.dumps(STRICT), "members/ben.yml": LISTED},
        {"schemas/member.schema.json": "{}"},
        {"member.headline": 1},
    ),
    "ballots moved into an open record type": (
        {
            "schemas/other.schema.json": json.dumps(
                own_schema(
                    **{"x-files": "cours/*.yml", **PUBLIC},
                    properties={"title": text(), "choice": text(**PUBLIC)},
                )
            ),
            "decisions/ballots/samedi/ben.yml": "choice: against\n",
        },
        {"decisions/ballots/samedi/ben.yml": "", "cours/ben.yml": "choice: against\n"},
        {"ballot": 1},
    ),
}

ORDINARY: dict[str, tuple[Files, Files]] = {
    "nothing": ({}, {}),
    "a record closed": ({}, HIDDEN),
    "a new record": ({}, {"ateliers/a4.md": record(4)}),
    "a new record type": (
        {},
        {"schemas/other.schema.json": elsewhere("cours"), "cours/x.md": record(9)},
    ),
    "a new field with new values": (
        {},
        {
            SCHEMA: json.dumps(
                {
                    **(schema := json.loads(course())),
                    "properties": {**schema["properties"], "tel": text(**PUBLIC)},
                }
            ),
            "ateliers/a1.md": record(1, tel='"+33 9 11 11 11 11"'),
        },
    ),
    "words of a schema": ({}, {SCHEMA: course(title="Cours")}),
    "one's own phone": (CHOICE, {"ateliers/a1.md": record(1, publish="[phone]")}),
    "one's own page": ({SCHEMA: course(**WHEN)}, {"ateliers/a1.md": record(1, audience="public")}),
    "a member who is listed": ({}, {"members/ben.yml": LISTED}),
    "a record renamed": ({}, {"ateliers/a1.md": "", "ateliers/a9.md": record(1)}),
}


def change(tmp_path: Path, before: Files, after: Files) -> tuple[Any, Any]:
    books = []
    for name, files in (("before", {**BASE, **before}), ("after", {**BASE, **before, **after})):
        root = tmp_path / name
        root.mkdir()
        write_coop(root, {file: one for file, one in files.items() if one})
        books.append(load(root, TODAY))
    return books[0], books[1]


@pytest.mark.parametrize("name", OPENED)
def test_what_is_opened_for_all_is_counted_and_refused(tmp_path: Path, name: str) -> None:
    before, after, expected = OPENED[name]
    books = change(tmp_path, before, after)
    found = find_published(books[1], books[0])
    counts = {what.name: len(files) for what, files in found.by_kinds.items()}
    assert counts.items() >= expected.items()
    told = [item for item in checks.check_change(*books) if item.check == "undecided-opening"]
    assert told
    assert {item.severity for item in told} == {"error"}


@pytest.mark.parametrize("name", ORDINARY)
def test_what_is_ordinary_is_not_told(tmp_path: Path, name: str) -> None:
    books = change(tmp_path, *ORDINARY[name])
    assert find_published(books[1], books[0]).by_kinds == {}
    told = {item.check for item in checks.check_change(*books)}
    assert not told & {"undecided-opening", "opened-by-records"}


def test_the_choices_of_several_are_counted(tmp_path: Path) -> None:
    chosen = {f"ateliers/a{n}.md": record(n, publish="[phone]") for n in (1, 2)}
    books = change(tmp_path, CHOICE, chosen)
    found = find_published(books[1], books[0])
    assert found.by_kinds == {}
    assert {what.name: len(files) for what, files in found.by_choice.items()} == {"course.phone": 2}
    told = [item for item in checks.check_change(*books) if item.check == "opened-by-records"]
    assert [item.severity for item in told] == ["warning"]
