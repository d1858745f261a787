"""A co-op's version of one of our record types may show less than ours, never more, and calls no
field by the name of another; and no record type of its own takes the files of ours.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from coopbook import checks
from coopbook.records.audience import view
from coopbook.records.kinds import load_kinds, shipped_kinds
from coopbook.records.load import load
from support.coops import TOP
from support.kinds import own_schema

Change = Callable[[dict[str, Any]], Any]


def ours(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((TOP / f"schemas/{name}.schema.json").read_text())
    return schema


def field(schema: dict[str, Any], *path: str) -> dict[str, Any]:
    for step in path:
        schema = schema["items"] if step == "*" else schema["properties"][step]
    return schema


def say(audience: Any, *path: str) -> Change:
    return lambda schema: field(schema, *path).update({"x-audience": audience})


def drop(word: str, *path: str) -> Change:
    return lambda schema: field(schema, *path).pop(word)


def by_a_shape(schema: dict[str, Any]) -> None:
    """The phone as a shape that says it is public itself."""
    schema["$defs"]["number"] = {**field(schema, "phone"), "x-audience": "public"}
    schema["properties"]["phone"] = {"$ref": "#/$defs/number", "x-personal": True}


def by_a_reference(schema: dict[str, Any]) -> None:
    """The phone as a shape that is as closed as ours, with another word beside the reference."""
    schema["$defs"]["number"] = field(schema, "phone")
    schema["properties"]["phone"] = {"$ref": "#/$defs/number", "x-audience": "public"}


def by_a_map(schema: dict[str, Any]) -> None:
    """Consents, which the public never sees, under any name."""
    inner = schema["properties"]["consents"]["items"]
    schema["properties"]["consents"]["items"] = {
        "type": "object",
        "propertyNames": {"pattern": "^[a-z_]+$"},
        "additionalProperties": {"type": "string", "x-audience": "public"},
        "x-audience": "public",
        "title": inner.get("title", "Consent"),
    }
    schema["properties"]["consents"]["x-audience"] = "public"


OPENINGS: dict[str, tuple[str, Change]] = {
    "the ballot": ("ballot", lambda schema: schema.update({"x-audience": "public"})),
    "the ballot to members": ("ballot", lambda schema: schema.update({"x-audience": "members"})),
    "the ballot in silence": ("ballot", lambda schema: schema.pop("x-audience")),
    "the ballot by its own choice": ("ballot", lambda s: s.update({"x-audience": "choice"})),
    "the count": ("count", lambda schema: schema.update({"x-audience": "public"})),
    "the phone": ("member", say("public", "phone")),
    "the phone by a condition": ("member", say({"when": {"listed": True}}, "phone")),
    "the phone no longer personal": ("member", drop("x-personal", "phone")),
    "the phone by a shape": ("member", by_a_shape),
    "the phone beside a reference": ("member", by_a_reference),
    "everybody, listed or not": ("member", lambda s: s.update({"x-audience": "public"})),
    "who has left": ("member", lambda s: s.update({"x-audience": {"when": {"listed": True}}})),
    "former members without asking": (
        "member",
        lambda s: s["x-audience"]["else"].update({"when": {"presence": "left"}}),
    ),
    "more of former members": (
        "member",
        lambda s: s["x-audience"]["else"]["only"].append("offers"),
    ),
    "who is not listed": (
        "member",
        lambda s: s.update({"x-audience": {"when": {"listed": False}}}),
    ),
    "listed or not": (
        "member",
        lambda s: s.update({"x-audience": {"when": {"listed": [True, False]}}}),
    ),
    "by another field": (
        "member",
        lambda s: s.update({"x-audience": {"when": {"presence": "present"}}}),
    ),
    "offers that are for members": ("member", say("public", "offers", "*")),
    "references without permission": ("member", say("public", "references", "*")),
    "consents": ("member", by_a_map),
    "membership": ("member", say("public", "membership")),
    "membership to the public by choice": ("member", say("choice", "membership")),
    "hidden members named by others": ("project", lambda s: s["$defs"]["member"].pop("x-ref")),
    "minutes": ("minutes", lambda s: s.update({"x-audience": "public"})),
    "minutes' whole text": ("minutes", lambda s: s.update({"x-body": "markdown"})),
    "proposals": ("proposal", lambda s: s.update({"x-audience": "public"})),
    "pages for members": ("page", lambda s: s.update({"x-audience": "public"})),
    "meetings": ("event", lambda s: s.update({"x-audience": "public"})),
}


def told(root: Path) -> list[str]:
    return [
        one.file
        for one in checks.check(load(root, date(2026, 3, 1)))
        if one.check == "invalid-record-type"
    ]


@pytest.mark.parametrize("name", OPENINGS)
def test_our_record_type_is_not_opened(coop: Callable[..., Path], name: str) -> None:
    kind, change = OPENINGS[name]
    schema = ours(kind)
    change(schema)
    file = f"schemas/{kind}.schema.json"
    root = coop({file: json.dumps(schema)})
    assert set(told(root)) == {file}
    assert load_kinds(root)[0][kind].schema == shipped_kinds()[kind].schema, "ours is used"


CLOSINGS: dict[str, tuple[str, Change]] = {
    "the same": ("member", lambda schema: None),
    "no former members": ("member", lambda s: s["x-audience"].pop("else")),
    "less of former members": ("member", lambda s: s["x-audience"]["else"]["only"].remove("bio")),
    "offers as they were": ("member", say({"when": {"audience": "public"}}, "offers", "*")),
    "no phone at all": ("member", say("members", "phone")),
    "a phone for nobody": ("member", say("nobody", "phone")),
    "nobody in the directory": ("member", drop("x-audience")),
    "towns for members": ("member", say("members", "place", "city")),
    "a whole record for nobody": ("member", lambda s: s.update({"x-audience": "nobody"})),
    "a field of one's own": (
        "member",
        lambda s: s["properties"].update(
            {"boat": {"type": "string", "title": "Boat", "x-audience": "public"}}
        ),
    ),
}


@pytest.mark.parametrize("name", CLOSINGS)
def test_it_may_be_closed_further(coop: Callable[..., Path], name: str) -> None:
    kind, change = CLOSINGS[name]
    schema = ours(kind)
    change(schema)
    assert told(coop({f"schemas/{kind}.schema.json": json.dumps(schema)})) == []


def called(words: dict[str, Any], *path: str) -> Change:
    return lambda schema: field(schema, *path).update(words)


MISNAMED: dict[str, tuple[str, Change]] = {
    "a choice of the ballot, in French": (
        "ballot",
        called({"x-labels": {"for": {"fr": "Contre"}, "against": {"fr": "Refus"}}}, "choice"),
    ),
    "a choice of the ballot, by capitals": (
        "ballot",
        called({"x-labels": {"against": "FOR"}}, "choice"),
    ),
    "a figure of minutes": ("minutes", called({"title": "Against"}, "resolutions", "*", "for")),
}


@pytest.mark.parametrize("name", MISNAMED)
def test_nothing_is_called_as_what_stands_beside_it(coop: Callable[..., Path], name: str) -> None:
    kind, change = MISNAMED[name]
    schema = ours(kind)
    change(schema)
    root = coop({f"schemas/{kind}.schema.json": json.dumps(schema)})
    kinds, found = load_kinds(root)
    assert [item.check for item in found] == ["invalid-record-type"]
    assert kinds[kind].schema == shipped_kinds()[kind].schema


def test_a_choice_may_be_called_otherwise(coop: Callable[..., Path]) -> None:
    schema = ours("ballot")
    called({"x-labels": {"for": {"fr": "D'accord"}}}, "choice")(schema)
    root = coop({"schemas/ballot.schema.json": json.dumps(schema)})
    assert load_kinds(root)[1] == []


TAKEN = {
    "the folder of ballots": "decisions/ballots/**/*.yml",
    "a folder of one vote": "decisions/ballots/samedi/*.yml",
    "one ballot": "decisions/ballots/samedi/ana.yml",
    "ballots with a text": "decisions/ballots/**/*.md",
    "one member": "members/ana.yml",
    "members with a text": "members/**/x/*.md",
    "what is above": "decisions/**/*.yml",
    "the settings": "coop.yml",
    "the rules": "decisions/rules.yml",
    "results": "decisions/results/*.yml",
}


@pytest.mark.parametrize("moved", [False, True], ids=["plain", "ours-moved-away"])
@pytest.mark.parametrize("name", TAKEN)
def test_no_record_type_takes_the_files_of_ours(
    coop: Callable[..., Path], name: str, moved: bool
) -> None:
    files = {"schemas/paper.schema.json": json.dumps(own_schema(**{"x-files": TAKEN[name]}))}
    if moved:
        files |= {
            f"schemas/{kind}.schema.json": json.dumps(
                {**ours(kind), "x-files": f"{kind}x/**/*.yml", "x-id": "path"}
            )
            for kind in ("ballot", "member", "result")
        }
    ballot = "choice: for\n"
    root = coop(files | {"decisions/ballots/samedi/ana.yml": ballot, "members/ana.yml": ballot})
    assert "schemas/paper.schema.json" in told(root)
    book = load(root, date(2026, 3, 1))
    assert "paper" not in book.kinds
    shown = [view(record, book.index, "members") for record in book.records()]
    assert [one.file for one in shown if one and "ballots" in one.file] == []
