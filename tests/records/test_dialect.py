"""The words of the dialect: each has a schema that uses it well and one that misuses it; shapes,
upgrades, titles by language.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from coopbook import checks
from coopbook.base.diagnostics import as_text
from coopbook.base.messages import translator
from coopbook.records.dialect import labels
from coopbook.records.dialect.references import MOST_PARTS
from coopbook.records.dialect.upgrade import is_former, upgrade_schema
from coopbook.records.dialect.words import all_words
from coopbook.records.kinds import load_kinds, shipped_kinds
from coopbook.records.load import load
from coopbook.records.model import Kind
from coopbook.records.own_schemas import read_schema
from support.coops import TODAY, TOP
from support.kinds import own_schema

CASES = Path(__file__).parent / "dialect" / "cases"
COOP = "format: 1\nname: Les Essais\nlanguages: [fr, en]\ncountry: CH\nrepository: private\n"
WORKSHOP = "schemas/workshop.schema.json"


def faults(root: Path) -> str:
    """What is told about a co-op's own record types, in English."""
    say = translator("en")
    return "".join(
        as_text(one, say, lambda file: (root / file).read_text().splitlines()) + "\n"
        for one in checks.check(load(root, TODAY))
        if one.check == "invalid-record-type"
    )


def test_each_word_has_its_case_and_its_documentation() -> None:
    assert {path.name for path in CASES.iterdir()} == set(all_words())
    for word, module in all_words().items():
        assert module.__doc__, word
        assert module.ON, word
        assert f"## {word}\n" in (TOP / "docs" / "DIALECT.md").read_text()


@pytest.mark.parametrize("word", all_words())
def test_a_word_used_well_is_accepted(word: str) -> None:
    text = (CASES / word / "good.schema.json").read_text()
    schema, wrong = read_schema(json.loads(text))
    assert f'"{word}"' in text
    assert wrong == []
    assert schema is not None
    assert Kind.of("workshop", schema).name == "workshop"


@pytest.mark.parametrize("word", all_words())
def test_a_word_misused_is_told(
    coop: Callable[..., Path], word: str, request: pytest.FixtureRequest
) -> None:
    bad, expected = CASES / word / "bad.schema.json", CASES / word / "expected.txt"
    told = faults(coop({WORKSHOP: bad.read_text()}))
    if request.config.getoption("--bless"):
        expected.write_text(told)
    assert told
    assert told == expected.read_text()


def test_a_shape_stands_wherever_it_is_used() -> None:
    price = {
        "type": "object",
        "title": "Price",
        "properties": {"amount": {"$ref": "#/$defs/amount", "title": "From"}},
        "additionalProperties": False,
    }
    amount = {"type": "string", "format": "amount", "x-audience": "public", "title": "Amount"}
    schema, wrong = read_schema(
        own_schema(
            properties={
                "title": {"type": "string"},
                "price": {"$ref": "#/$defs/price", "x-audience": "public"},
                "fees": {"type": "array", "items": {"$ref": "#/$defs/amount"}},
            },
            **{"$defs": {"price": price, "amount": amount}},
        )
    )
    assert wrong == []
    assert schema is not None
    assert "$defs" not in schema
    assert schema["properties"]["price"] == {
        **price,
        "x-audience": "public",
        "properties": {"amount": {**amount, "title": "From"}},
    }
    assert schema["properties"]["fees"]["items"] == amount


def nested(depth: int) -> dict[str, Any]:
    """Shapes each of which uses the next one ten times."""
    leaf = {"type": "string"}
    shapes: dict[str, Any] = {f"s{depth}": leaf}
    for number in range(depth):
        parts = {f"p{one}": {"$ref": f"#/$defs/s{number + 1}"} for one in range(10)}
        shapes[f"s{number}"] = {
            "type": "object",
            "properties": parts,
            "additionalProperties": False,
        }
    return shapes


HOSTILE = {
    "a circle": {"s0": {"$ref": "#/$defs/s1"}, "s1": {"$ref": "#/$defs/s0"}},
    "a shape in itself": {"s0": {"type": "array", "items": {"$ref": "#/$defs/s0"}}},
    "a shape that is not there": {"s0": {"$ref": "#/$defs/nowhere"}},
    "too many parts": nested(5),
    "another file": {"s0": {"$ref": "other.schema.json#/$defs/s1"}},
    "the schema itself": {"s0": {"$ref": "#"}},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_shape_that_leads_nowhere_is_told_once(coop: Callable[..., Path], name: str) -> None:
    schema = own_schema(
        properties={"title": {"type": "string"}, "s": {"$ref": "#/$defs/s0"}},
        **{"$defs": HOSTILE[name]},
    )
    root = coop({WORKSHOP: json.dumps(schema, indent=1)})
    assert faults(root).count("[invalid-record-type]") == 1
    assert "workshop" not in load_kinds(root)[0]


def test_what_is_wrong_in_a_shape_is_told_in_the_shape(coop: Callable[..., Path]) -> None:
    schema = own_schema(
        properties={"title": {"type": "string"}, "day": {"$ref": "#/$defs/day"}},
        **{"$defs": {"day": {"type": "integer"}}},
    )
    schema["properties"]["day"]["x-ref"] = "member"
    text = json.dumps(schema, indent=1)
    told = faults(coop({WORKSHOP: text}))
    line = next(number for number, row in enumerate(text.splitlines(), 1) if '"x-ref"' in row)
    assert told.startswith(f"{WORKSHOP}:{line}:")


def test_the_limit_of_parts_is_far_above_ours() -> None:
    from coopbook.records.dialect.shared import parts

    largest = max(len([*parts(kind.schema)]) for kind in shipped_kinds().values())
    assert largest * 8 < MOST_PARTS


FORMER = own_schema(
    properties={
        "title": {"type": "string", "x-public": True, "x-index": True, "x-ask": True},
        "secret": {"type": "string", "x-withheld": True},
        "name": {
            "type": "object",
            "x-index": True,
            "properties": {
                "display": {"type": "string", "x-index": True},
                "given": {"type": "string"},
            },
            "additionalProperties": False,
        },
        "days": {"type": "array", "x-index": True, "items": {"type": "string"}},
        "private": {
            "type": "object",
            "properties": {"note": {"type": "string", "x-index": True}},
            "additionalProperties": False,
        },
    },
    **{
        "title": "Workshops",
        "x-public": {"when": {"title": "yes"}},
        "x-plural": "workshops",
        "x-beside": "events.json",
        "x-index": True,
        "x-editors": ["self"],
    },
)


def test_a_schema_in_the_first_words_is_told_in_one_sentence(coop: Callable[..., Path]) -> None:
    told = faults(coop({WORKSHOP: json.dumps(FORMER, indent=1)}))
    assert told.count("[invalid-record-type]") == 1
    assert "coopbook upgrade" in told


def test_an_upgraded_schema_means_the_same() -> None:
    before = json.dumps(FORMER)
    upgraded = upgrade_schema(FORMER)
    assert json.dumps(FORMER) == before, "it is left as it was"
    assert not is_former(upgraded)
    assert upgrade_schema(upgraded) == upgraded
    schema, wrong = read_schema(upgraded)
    assert wrong == []
    assert schema is not None
    kind = Kind.of("workshop", schema)
    assert (kind.slug, kind.sidecar, kind.body_indexed) == ("workshops", "events.json", True)
    assert kind.title_plural.text == kind.title.text == "Workshops"
    audiences = {name: part.get("x-audience") for name, part in kind.properties.items()}
    assert audiences == {
        "title": "public",
        "secret": "nobody",
        "name": None,
        "days": None,
        "private": None,
    }
    plan = kind.index_plan
    assert plan.fields.keys() == {"title", "name", "days"}
    assert not plan.fields["name"].whole
    assert plan.fields["name"].fields.keys() == {"display"}
    assert plan.fields["days"].whole


BROKEN: list[dict[str, Any]] = [
    {"x-public": True, "properties": ["title"]},
    {"x-ask": 1, "properties": {"title": "text", "day": None}, "items": "x", "title": {"fr": 1}},
    {"properties": {"days": {"x-public": "yes", "items": [1], "additionalProperties": 3}}},
]


@pytest.mark.parametrize("schema", BROKEN)
def test_a_broken_schema_is_upgraded_without_a_traceback(
    coop: Callable[..., Path], schema: dict[str, Any]
) -> None:
    assert is_former(schema)
    upgraded = upgrade_schema(schema)
    assert not is_former(upgraded)
    assert upgrade_schema(upgraded) == upgraded
    assert faults(coop({WORKSHOP: json.dumps(upgraded)}))


@pytest.mark.parametrize("name", ["ballot", "count", "result"])
def test_what_ours_withholds_no_schema_opens(coop: Callable[..., Path], name: str) -> None:
    text = (TOP / f"schemas/{name}.schema.json").read_text()
    assert '"x-audience": "nobody"' in text
    root = coop({f"schemas/{name}.schema.json": text.replace('"nobody"', '"public"')})
    told = faults(root)
    assert told.count("[invalid-record-type]") == 1
    assert '"x-audience": "nobody"' in told
    kind = load_kinds(root)[0][name]
    assert kind.withheld == shipped_kinds()[name].withheld
    assert kind.withholds == shipped_kinds()[name].withholds


def say_title(kind: Kind, field: str, language: str) -> str:
    return translator(language)(labels.title_of(kind.properties[field], field))


def test_a_co_ops_own_words_are_never_translated() -> None:
    words = {"hours": "Hours", "open": "Open", "board": "Board", "note": "Note"}
    schema, _wrong = read_schema(
        own_schema(
            properties={
                "title": {"type": "string"},
                **{name: {"type": "string", "title": said} for name, said in words.items()},
                "kind": {"type": "string", "enum": ["board", "open"]},
            }
        )
    )
    assert schema is not None
    kind = Kind.of("workshop", schema)
    assert {name: say_title(kind, name, "fr") for name in words} == words
    assert translator("fr")(labels.choice_of(kind.properties["kind"], "board")) == "Board"


def test_words_by_language_are_said_in_the_language_of_the_reader() -> None:
    schema, _wrong = read_schema(
        own_schema(
            title={"fr": "Atelier", "en": "Workshop"},
            properties={
                "title": {"type": "string", "title": {"en": "Title", "fr-CA": "Titre (Québec)"}},
                "level": {
                    "type": "string",
                    "enum": ["first-steps"],
                    "x-labels": {"first-steps": {"fr": "Débuter", "en": "First steps"}},
                },
            },
        )
    )
    assert schema is not None
    kind = Kind.of("workshop", schema)
    assert translator("fr_FR")(kind.title) == "Atelier"
    assert translator("en_CA")(kind.title) == "Workshop"
    assert translator("nl")(kind.title) == "Atelier", "the language that was written first"
    assert say_title(kind, "title", "fr_CA") == "Titre (Québec)"
    assert say_title(kind, "title", "fr_FR") == "Title"
    level = labels.choice_of(kind.properties["level"], "first-steps")
    assert translator("fr")(level) == "Débuter"


def test_gaps_of_own_words_are_no_format_strings() -> None:
    schema = own_schema(
        properties={"day": {"type": "string", "format": "date"}},
        **{
            "x-title": "day",
            "x-date": {
                "field": "day",
                "words": {"soon": "{title} {title.__class__} {0} {nothing} {date"},
            },
        },
    )
    plain, wrong = read_schema(schema)
    assert wrong == []
    assert plain is not None
    said = labels.date_words(plain, "soon", title="{date}", date="2026-12-01")
    assert translator("fr")(said) == "{date} {title.__class__} {0} {nothing} {date"


def test_a_copy_of_our_schema_keeps_our_translations_where_it_keeps_our_words(
    coop: Callable[..., Path],
) -> None:
    schema = json.loads((TOP / "schemas/event.schema.json").read_text())
    schema["properties"]["until"]["title"] = "Hours"
    root = coop({"schemas/event.schema.json": json.dumps(schema)})
    kind = load_kinds(root)[0]["event"]
    ours = shipped_kinds()["event"]
    assert say_title(kind, "date", "fr") == say_title(ours, "date", "fr") == "Date"
    assert say_title(kind, "place", "fr") == say_title(ours, "place", "fr") == "Lieu"
    assert say_title(kind, "until", "fr") == "Hours"


def test_what_words_name_stays_in_the_index(coop: Callable[..., Path]) -> None:
    schema = own_schema(
        properties={
            "title": {"type": "string"},
            "days": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {"on": {"type": "string"}, "room": {"type": "string"}},
                    "additionalProperties": False,
                },
            },
            "on": {"type": "string", "format": "date"},
            "place": {
                "type": "object",
                "properties": {"city": {"type": "string"}, "street": {"type": "string"}},
                "additionalProperties": False,
            },
            "host": {"type": "string", "x-ref": "member", "x-back": "Gives"},
            "other": {"type": "string"},
        },
        **{"x-date": {"field": "on"}, "x-list": {"fields": ["place.city", "days.room"]}},
    )
    kinds, wrong = load_kinds(coop({WORKSHOP: json.dumps(schema)}))
    assert wrong == []
    plan = kinds["workshop"].index_plan
    assert plan.fields.keys() == {"on", "place", "host", "days"}
    assert plan.fields["place"].fields.keys() == {"city"}
    assert plan.fields["days"].items is not None
    assert plan.fields["days"].items.fields.keys() == {"room"}
