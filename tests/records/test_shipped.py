"""What ships with the tool is read once a process, and one co-op's reading never shows in
another's.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from coopbook import checks
from coopbook.records import kinds, vocabularies
from coopbook.records import load as loading
from coopbook.records.kinds import SHIPPED, load_kinds
from coopbook.records.load import load
from coopbook.yaml_files.reader import parse
from hatch_build import compile_vocabularies
from support.coops import TODAY, TOP

MINE = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Atelier",
    "description": "A workshop.",
    "x-files": "ateliers/*.yml",
    "x-id": "stem",
    "x-title": "title",
    "type": "object",
    "required": [],
    "additionalProperties": False,
    "properties": {"title": {"type": "string", "title": "Title"}},
}


def parsed_files(root: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many files a load parses."""
    parse, count = loading.parse, []

    def counting(*arguments: Any, **options: Any) -> Any:
        count.append(1)
        return parse(*arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(loading, "parse", counting)
        load(root, TODAY)
    return len(count)


def test_vocabularies_of_ours_are_parsed_once(
    coop: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = coop()
    first = load(root, TODAY)
    assert {"trades", "skills"} <= first.index.entries["vocabulary"].keys()
    assert parsed_files(root, monkeypatch) == 1, "coop.yml alone"
    second = load(root, TODAY)
    assert [record.value for record in second.records()] == [
        record.value for record in first.records()
    ]


def test_kinds_of_ours_are_shared_and_a_co_ops_own_stay_its_own(
    coop: Callable[..., Path], tmp_path: Path
) -> None:
    before = load_kinds(TOP)[0]
    other = json.loads((SHIPPED / "member.schema.json").read_text())
    other["properties"]["nickname"] = {"type": "string", "title": "Nickname"}
    files = {"schemas/atelier.schema.json": MINE, "schemas/member.schema.json": other}
    with_own, found = load_kinds(coop({name: json.dumps(schema) for name, schema in files.items()}))
    assert found == []
    assert "nickname" in with_own["member"].schema["properties"]
    assert with_own["project"] is before["project"]
    with_own.clear()
    after = load_kinds(TOP)[0]
    assert after.keys() == before.keys()
    assert "atelier" not in after
    assert "nickname" not in after["member"].schema["properties"]


def test_a_vocabulary_that_a_co_op_makes_its_own_stays_its_own(
    tmp_path: Path, coop: Callable[..., Path]
) -> None:
    label = "title: {fr: Métiers}\nterms:\n  sourcier: {label: {fr: Sourcier}}\n"
    own = load(coop({"schemas/vocabularies/trades.yml": label}), TODAY)
    (tmp_path / "other").mkdir()
    (tmp_path / "other/coop.yml").write_text((own.root / "coop.yml").read_text())
    other = load(tmp_path / "other", TODAY)
    assert set(own.index.terms("trades") or {}) == {"sourcier"}
    assert "sourcier" not in (other.index.terms("trades") or {})
    assert len(other.index.terms("trades") or {}) > 20


def test_a_shipped_schema_that_changes_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As while `serve` runs in the repository, whose own schemas these are."""
    shipped = shutil.copytree(SHIPPED, tmp_path / "schemas")
    monkeypatch.setattr(kinds, "SHIPPED", shipped)
    assert "nickname" not in load_kinds(tmp_path)[0]["member"].schema["properties"]
    file = shipped / "member.schema.json"
    schema = json.loads(file.read_text())
    schema["properties"]["nickname"] = {"type": "string", "title": "Nickname"}
    file.write_text(json.dumps(schema))
    os.utime(file, ns=(1, 1))
    assert "nickname" in load_kinds(tmp_path)[0]["member"].schema["properties"]


def test_nothing_changes_a_shared_schema() -> None:
    def texts() -> dict[str, str]:
        return {
            name: json.dumps(kind.schema, sort_keys=True)
            for name, kind in load_kinds(TOP)[0].items()
        }

    before = texts()
    assert not [item for item in checks.check(load(TOP, TODAY)) if item.severity == "error"]
    after = texts()
    assert [name for name in before if after[name] != before[name]] == []


@pytest.mark.parametrize("file", sorted((SHIPPED / "vocabularies").glob("*.yml")), ids=str)
def test_a_compiled_vocabulary_says_what_its_yaml_says(file: Path, tmp_path: Path) -> None:
    compile_vocabularies(tmp_path)
    made = json.loads((tmp_path / f"{file.stem}.json").read_text(encoding="utf-8"))
    assert made["value"] == parse(file.read_bytes(), front_matter=False).value


@pytest.mark.parametrize("compiled", ["", "{", '{"sha256": "0", "value": {}}', "{}"])
def test_what_was_compiled_from_another_text_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, compiled: str
) -> None:
    (tmp_path / "outils.json").write_text(compiled)
    monkeypatch.setattr(vocabularies, "shipped", lambda _name: tmp_path)
    source = vocabularies.parse_shipped("outils", b"title: {fr: Outils}\n")
    assert source.value == {"title": {"fr": "Outils"}}


def test_what_was_compiled_is_read_in_place_of_the_yaml(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compile_vocabularies(tmp_path)
    monkeypatch.setattr(vocabularies, "shipped", lambda _name: tmp_path)
    monkeypatch.setattr(vocabularies, "parse", None)
    written = (SHIPPED / "vocabularies" / "skills.yml").read_bytes()
    assert vocabularies.parse_shipped("skills", written).value["terms"]
