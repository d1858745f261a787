"""A record type is one schema file: it alone gives loading, checks with places, references,
audience, JSON, a page and a list.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from coopbook import checks
from coopbook.base.diagnostics import Diagnostic
from coopbook.base.messages import translator
from coopbook.checks import runner
from coopbook.records.dialect.shared import Schema
from coopbook.records.dialect.upgrade import upgrade_schema
from coopbook.records.kinds import load_kinds
from coopbook.records.load import load
from coopbook.records.own_schemas import read_schema
from support.coops import TODAY, TOP
from support.kinds import EVENT
from support.sites import write_site

ANA = (
    "type: person\nname: {display: Ana Lopes}\npresence: present\nlisted: true\nconsents:\n  - "
    "{purpose: directory, given: 2026-01-01}\n"
)
FILES = {
    "schemas/atelier.schema.json": EVENT,
    "members/ana-lopes.yml": ANA,
    "members/zoe-petit.yml": "type: person\nname: {display: Zoé Petit}\npresence: present\nlisted: false\n",  # noqa: E501
    "ateliers/portes-ouvertes.md": (
        "---\ntitle: Portes ouvertes\non: 2026-12-01\naudience: public\nhosts: [ana-lopes, "
        "zoe-petit]\nroom: la petite salle\n---\n\n# Programme\n\nOn se voit.\n"
    ),
    "ateliers/2027/bilan.md": "---\ntitle: Bilan secret\non: 2027-01-10\naudience: members\n---\n",
}


def published(root: Path, out: Path) -> dict[str, str]:
    book = load(root, TODAY)
    assert checks.check(book) == []
    write_site(book, [], "public", out)
    return {
        str(path.relative_to(out)): path.read_text()
        for path in out.rglob("*")
        if path.suffix in {".html", ".json", ".xml"}
    }


def test_one_schema_file_makes_a_kind(coop: Callable[..., Path], tmp_path: Path) -> None:
    files = published(coop(FILES), tmp_path / "public")
    page = files["ateliers/portes-ouvertes/index.html"]
    for shown in (
        "Portes ouvertes",
        "1er décembre 2026",
        'href="../../members/ana-lopes/"',
        "On se voit.",
    ):
        assert shown in page
    assert "Portes ouvertes" in files["ateliers/index.html"]
    assert "Rendez-vous" not in files["index.html"], "its schema asks for no place in the menu"
    data = json.loads(files["api/v1/ateliers/portes-ouvertes.json"])
    assert data["hosts"] == ["ana-lopes"]
    assert data["on"] == "2026-12-01"
    assert [item["id"] for item in json.loads(files["api/v1/ateliers.json"])] == ["portes-ouvertes"]
    everything = "".join(files) + "".join(files.values())
    assert not [
        word
        for word in (
            "petite salle",
            "Bilan secret",
            "2027/bilan",
            "ateliers/bilan",
            "zoe-petit",
            "Zoé",
        )
        if word in everything
    ]


def test_its_faults_are_told_at_their_place(coop: Callable[..., Path]) -> None:
    wrong = (
        "---\ntitle: Atelier\non: 2026-02-30\naudiance: public\naudience: public\nhosts:\n  - "
        "ana-lopez\n---\n"
    )
    found = checks.check(load(coop(FILES | {"ateliers/atelier.md": wrong}), TODAY))
    say = translator("en")
    assert [
        (item.file, item.span and item.span[:2], say(item.message), say(item.help))
        for item in found
    ] == [
        (
            "ateliers/atelier.md",
            (3, 5),
            "“2026-02-30” does not have the right form for “on”.",
            "A date such as 2026-01-31.",
        ),
        (
            "ateliers/atelier.md",
            (4, 1),
            "There is no field “audiance” here.",
            "Did you mean “audience”?",
        ),
        (
            "ateliers/atelier.md",
            (7, 5),
            "There is no “ana-lopez” among: Members.",
            "Did you mean “ana-lopes”?",
        ),
    ]


KINDS = load_kinds(TOP)[0]


@pytest.mark.parametrize("name", KINDS)
def test_our_schemas_keep_to_the_dialect(name: str) -> None:
    meta = json.loads((TOP / "schemas/_meta.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(meta)
    jsonschema.Draft202012Validator.check_schema(dict(KINDS[name].schema))
    written = json.loads((TOP / f"schemas/{name}.schema.json").read_text())
    assert [
        error.message for error in jsonschema.Draft202012Validator(meta).iter_errors(written)
    ] == []
    schema, wrong = read_schema(written)
    assert wrong == []
    assert schema is not None
    assert upgrade_schema(written) == written


def nodes(schema: Schema, path: str = "") -> list[tuple[str, Schema]]:
    """Every part of a schema that describes a value."""
    inside = [(f"{path}.{key}", part) for key, part in schema.get("properties", {}).items()]
    inside += [
        (f"{path}.*", part)
        for word in ("items", "additionalProperties")
        if isinstance(part := schema.get(word), dict)
    ]
    return [(path, schema)] + [node for where, part in inside for node in nodes(part, where)]


@pytest.mark.parametrize("name", KINDS)
def test_references_and_choices_lead_somewhere(name: str) -> None:
    chosen = set(
        KINDS[name].schema["properties"].get("publish", {}).get("items", {}).get("enum", [])
    )
    assert {
        path[1:] for path, node in nodes(KINDS[name].schema) if node.get("x-audience") == "choice"
    } == chosen - {"formerly"}  # no site shows it; where it is chosen, the old address leads on
    for path, node in nodes(KINDS[name].schema):
        assert node.get("x-ref", name) in KINDS, path
        if (
            isinstance(node.get("x-audience"), dict)
            and "properties" in node
            and (node.get("x-index") or not path)
        ):
            for field in node["x-audience"]["when"]:
                assert node["properties"][field].get("x-index"), (
                    f"{path}.{field} decides, so the index needs it"
                )


BAD = [
    ('"x-audience": "public",', '"x-publik": true,'),
    ('"type": "string", "title": "Titre"', '"type": ["string", "null"], "title": "Titre"'),
    ('"format": "date"', '"format": "hostname"'),
    ('"minLength": 1', '"x-prompt": false'),
    ('"x-ref": "member"', '"$ref": "https://example.org/x.json"'),
    ('"minLength": 1', '"pattern": "^([a-z0-9]+-?)+\\\\d$"'),
    ('"minLength": 1', '"pattern": "[a-z]+"'),
    ('"additionalProperties": false', '"additionalProperties": true'),
]


@pytest.mark.parametrize(("before", "after"), BAD, ids=[after for _before, after in BAD])
def test_what_is_outside_the_dialect_is_refused(
    coop: Callable[..., Path], before: str, after: str
) -> None:
    assert before in EVENT
    found = checks.check(
        load(coop(FILES | {"schemas/atelier.schema.json": EVENT.replace(before, after, 1)}), TODAY)
    )
    assert [
        item
        for item in found
        if item.check == "invalid-record-type" and item.file == "schemas/atelier.schema.json"
    ]


def own(name: str, alter: Callable[[dict[str, Any]], None]) -> dict[str, str]:
    """A co-op's own version of one of our kinds."""
    schema = json.loads((TOP / f"schemas/{name}.schema.json").read_text())
    alter(schema)
    return {f"schemas/{name}.schema.json": json.dumps(schema)}


def marks(schema: Schema) -> set[str]:
    return {path for path, node in nodes(schema) if "x-index" in node}


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_of_ours_that_is_replaced_stays_in_the_index(
    coop: Callable[..., Path], name: str
) -> None:
    def unmark(schema: dict[str, Any]) -> None:
        for _path, node in nodes(schema):
            node.pop("x-index", None)  # type: ignore[attr-defined]

    kinds, found = load_kinds(coop(own(name, unmark)))
    assert found == []
    assert marks(kinds[name].schema) == marks(KINDS[name].schema)


def test_what_the_index_keeps_whole_is_not_cut(coop: Callable[..., Path]) -> None:
    def cut(schema: dict[str, Any]) -> None:
        schema["properties"]["actions"]["items"]["properties"]["id"]["x-index"] = True
        schema["properties"]["room"] = {"type": "string", "title": "Room", "x-index": True}

    kinds, found = load_kinds(coop(own("minutes", cut)))
    assert found == []
    assert kinds["minutes"].index_plan.fields["actions"].whole
    assert kinds["minutes"].index_plan.fields.keys() == {
        *KINDS["minutes"].index_plan.fields,
        "room",
    }


def test_results_that_are_numbered_in_words_are_told(coop: Callable[..., Path]) -> None:
    def word(schema: dict[str, Any]) -> None:
        schema["properties"]["number"] = {"type": "string", "title": "Number"}
        schema["required"] = []

    files = {
        f"decisions/results/{id}.yml": f'number: "{id}"\ntitle: {{fr: Oui}}\naudience: members\n'
        for id in ("un", "deux")
    }
    found = checks.check(load(coop(own("result", word) | files), TODAY))
    assert {item.file for item in found if item.check == "broken-result-chain"} == set(files)


@pytest.mark.parametrize("check", ["check_index", "check_change", "check_record_change"])
def test_a_check_that_stumbles_is_told_and_ends_nothing(
    coop: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, check: str
) -> None:
    def stumble(*of: object) -> list[Diagnostic]:
        raise TypeError("unlike")

    stumbling = checks.Check("stumbling", "", **{check: stumble})
    monkeypatch.setattr(runner, "all_checks", lambda: {"stumbling": stumbling})
    before = load(coop({"members/ana.yml": ANA}), TODAY)
    found = checks.check(before)
    if check != "check_index":
        found = checks.check_change(
            before, load(coop({"members/ana.yml": ANA.replace("Lopes", "Roy")}), TODAY)
        )
    assert [
        translator("en")(item.message)
        for item in found
        if "unlike" in translator("en")(item.message)
    ]
