"""A full member file with every key misspelt and every constrained value outside its limits: each
fault is told once, at its place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from coopbook import checks
from coopbook.base.diagnostics import Diagnostic
from coopbook.base.messages import translator
from coopbook.records.kinds import load_kinds
from coopbook.records.load import load
from coopbook.records.model import schema_at
from coopbook.yaml_files.reader import parse
from support.commands import run
from support.coops import TODAY

FULL = "members/lena-moreau.yml"
Place = tuple[int, int]


class Spoiler:
    """Writes a value as YAML, spoilt, and notes where each fault stands."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.faults: dict[Place, str] = {}

    def mapping(self, value: dict[str, Any], schema: dict[str, Any], indent: int) -> None:
        taken = set(schema.get("properties", ()))
        for key, item in value.items():
            part = schema_at(schema, (key,))
            self.entry(f"{key}:", item, dict(part), indent, key)
            if "properties" in schema:
                wrong = misspelt(key, taken)
                taken.add(wrong)
                self.lines.append(" " * indent + f"{wrong}: 1")
                self.faults[len(self.lines), indent + 1] = f"key {wrong}"

    def entry(self, head: str, item: Any, schema: dict[str, Any], indent: int, name: str) -> None:
        if isinstance(item, dict) and head != "-":
            self.lines.append(" " * indent + head)
            self.mapping(item, schema, indent + 2)
        elif isinstance(item, dict):
            at = len(self.lines)
            self.mapping(item, schema, indent + 2)
            self.lines[at] = " " * indent + "- " + self.lines[at].lstrip()
        elif isinstance(item, list):
            self.lines.append(" " * indent + head)
            for part in item:
                self.entry("-", part, dict(schema["items"]), indent + 2, name)
        else:
            bad = spoilt(schema)
            self.lines.append(
                " " * indent
                + f"{head} {json.dumps(item if bad is None else bad, ensure_ascii=False)}"
            )
            if bad is not None:
                self.faults[len(self.lines), indent + len(head) + 2] = f"value of {name}"


def misspelt(key: str, known: set[str]) -> str:
    return next(
        word
        for word in (key[:-1], f"{key}e", f"{key}s", f"x{key}")
        if len(word) > 1 and word not in known
    )


_seen: list[int] = []


def spoilt(schema: dict[str, Any]) -> Any:
    """A value outside the limits; None where there are none. Values differ, so that lists keep
    their entries apart.
    """
    _seen.append(1)
    if schema["type"] == "boolean":
        return f"no boolean {len(_seen)}"
    if "enum" in schema or "pattern" in schema or "format" in schema:
        return f"?? {len(_seen)}"
    if "maximum" in schema:
        return schema["maximum"] + 1
    return "x" * (schema["maxLength"] + 1) if "maxLength" in schema else None


def spoil(root: Path) -> dict[Place, str]:
    """Write the spoilt file; where each fault stands."""
    spoiler = Spoiler()
    value = parse((root / FULL).read_bytes(), front_matter=False).value
    spoiler.mapping(value, dict(load_kinds(root)[0]["member"].schema), 0)
    (root / FULL).write_text("\n".join(spoiler.lines) + "\n", encoding="utf-8")
    return spoiler.faults


def found_in(root: Path) -> list[Diagnostic]:
    return [item for item in checks.check(load(root, TODAY)) if item.file == FULL]


def test_the_full_member_uses_every_field(example: Path) -> None:
    value = parse((example / FULL).read_bytes(), front_matter=False).value
    assert set(load_kinds(example)[0]["member"].schema["properties"]) - {
        "formerly",
        "namesakes",
    } <= set(value) | {"formerly"}
    assert found_in(example) == []


def test_each_fault_is_told_once_at_its_place(example: Path) -> None:
    before = [item for item in checks.check(load(example, TODAY)) if item.file != FULL]
    faults = spoil(example)
    assert len(faults) > 150
    found = checks.check(load(example, TODAY))
    told: dict[Place, list[str]] = {}
    for item in found:
        if item.file == FULL:
            assert item.span is not None
            told.setdefault((item.span.line, item.span.column), []).append(
                f"{item.check}: {translator('en')(item.message)}"
            )
    assert {place: what for place, what in faults.items() if place not in told} == {}, "not told"
    assert {place: said for place, said in told.items() if place not in faults} == {}, (
        "told without fault"
    )
    assert {place: said for place, said in told.items() if len(said) > 1} == {}, "told twice"
    assert [item for item in found if item.file != FULL] == before, "told elsewhere"


def test_it_is_told_in_french_without_a_traceback(example: Path) -> None:
    faults = spoil(example)
    ran = run("check", example, "--lang", "fr", "--today", str(TODAY))
    assert ran.returncode == 1
    assert "Traceback" not in ran.stderr + ran.stdout
    places = re.findall(rf"^{re.escape(FULL)}:(\d+):(\d+): (.*) \[", ran.stdout, re.M)
    assert {(int(line), int(column)) for line, column, _said in places} == set(faults)
    english = translator("en")
    said_in_english = {english(item.message) for item in found_in(example)}
    assert not [said for _line, _column, said in places if said in said_in_english]


def renamed(value: Any) -> Iterator[tuple[str, Any]]:
    for key, item in value.items():
        yield (key[:-1] if len(key) > 3 else f"{key}z"), item


def test_keys_misspelt_instead_of_added_are_told_once_each(example: Path) -> None:
    """A required key that is misspelt is one fault, not an unknown key and a missing one."""
    value = parse((example / FULL).read_bytes(), front_matter=False).value
    wrong = dict(renamed(value))
    (example / FULL).write_text(
        yaml.safe_dump(wrong, allow_unicode=True, sort_keys=False), encoding="utf-8"
    )
    found = found_in(example)
    assert sorted(item.path[0] for item in found) == sorted(wrong)
    assert {item.check for item in found} == {"schema"}


LIMITS = [
    ("trades", [], "blank"),
    ("trades", ["graphisme"] * 2, "twice"),
    (
        "substitutes",
        [
            "jeanne-tremblay",
            "samir-haddad",
            "yann-kervella",
            "minh-tran",
            "awa-diallo",
            "claire-le-goff",
        ],
        "too many",
    ),
    ("headline", {}, "blank"),
    (
        "languages",
        dict.fromkeys(("fr", "en", "de", "it", "es", "pt", "nl", "sv", "da", "pl", "cs"), "c1"),
        "too many",
    ),
    ("languages", {"français": "native"}, "cannot stand here"),
]


@pytest.mark.parametrize(("key", "bad", "said"), LIMITS)
def test_lists_and_maps_outside_their_limits(example: Path, key: str, bad: Any, said: str) -> None:
    value = parse((example / FULL).read_bytes(), front_matter=False).value
    (example / FULL).write_text(
        yaml.safe_dump(value | {key: bad}, allow_unicode=True, sort_keys=False), encoding="utf-8"
    )
    (item,) = found_in(example)
    assert said in translator("en")(item.message)
    assert item.path[0] == key
