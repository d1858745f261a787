"""A version of our record types that adds to ours follows it, and shows never more."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from coopbook.records.kinds import load_kinds, shipped_kinds
from support.commands import run

COOP = "format: 2\nname: X\nlanguages: [fr]\ncountry: CH\nrepository: private\n"
MEMBER = "type: person\nname: {display: Ana Lopes}\npresence: present\nlisted: false\n"
BIKE = {"type": "string", "title": {"fr": "Vélo"}, "maxLength": 80, "x-audience": "members"}


def extended(coop: Callable[..., Path], own: dict[str, Any], name: str = "member") -> Path:
    schema = json.dumps({"x-extends": "coopbook", **own}, indent=2)
    files = {"coop.yml": COOP, "members/ana-lopes.yml": f"{MEMBER}bike: Cargo\n"}
    return coop(files | {f"schemas/{name}.schema.json": schema})


def test_a_field_is_added_and_ours_stay(coop: Callable[..., Path]) -> None:
    root = extended(coop, {"properties": {"bike": BIKE}})
    kinds, found = load_kinds(root)
    assert found == []
    own, ours = kinds["member"].schema, shipped_kinds()["member"].schema
    assert {*own["properties"]} == {*ours["properties"], "bike"}
    assert own["required"] == ours["required"]
    assert kinds["member"].files == shipped_kinds()["member"].files
    assert "members/ana-lopes.yml" not in run("check", root).stdout


def test_a_field_of_ours_is_hidden_and_keeps_the_rest(coop: Callable[..., Path]) -> None:
    root = extended(coop, {"properties": {"bio": {"x-audience": "members"}}})
    kinds, found = load_kinds(root)
    bio, ours = (one["member"].schema["properties"]["bio"] for one in (kinds, shipped_kinds()))
    assert (found, bio["x-audience"], ours["x-audience"]) == ([], "members", "public")
    assert bio["type"] == ours["type"]


def test_more_may_be_required(coop: Callable[..., Path]) -> None:
    root = extended(coop, {"properties": {"bike": BIKE}, "required": ["bike", "place"]})
    assert "“place” is missing" in run("check", root, "--lang", "en").stdout


@pytest.mark.parametrize(
    ("own", "told"),
    [
        ({"properties": {"phone": {"x-audience": "public"}}}, "can show less than Coopbook's"),
        ({"properties": {"bike": {**BIKE, "x-publik": True}}}, "x-publik"),
        ({"properties": {"bike": {"type": "string", "maxLength": "x"}}}, "maxLength"),
        ({"properties": []}, "properties"),
        ({"required": "bike"}, "required"),
    ],
)
def test_a_slip_is_told_at_its_line_and_ours_is_used(
    coop: Callable[..., Path], own: dict[str, Any], told: str
) -> None:
    root = extended(coop, own)
    kinds, found = load_kinds(root)
    assert kinds["member"].schema == shipped_kinds()["member"].schema
    (one, *_more) = found
    assert one.check == "invalid-record-type"
    lines = [
        line
        for line in run("check", root, "--lang", "en").stdout.split("\n\n")[0].splitlines()
        if told in line
    ]
    assert lines


def test_there_is_no_record_type_of_another_name_to_add_to(coop: Callable[..., Path]) -> None:
    root = extended(coop, {"properties": {"bike": BIKE}}, name="members")
    told = run("check", root, "--lang", "en").stdout
    assert "Coopbook has no record type “members” to add to." in told
    assert "Did you mean “member”?" in told
