"""Names as people write them in sheets, and the lists that sheets offer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from coopbook.assembly.issues import split_names
from coopbook.assembly.names import find_member
from coopbook.assembly.record import Assembly
from coopbook.base.messages import Message, translator
from coopbook.records.load import load
from coopbook.yaml_files.reader import parse
from odfdo import Document
from support.assemblies import DAY, ID, Filled, files, member
from support.commands import run

SAY = translator("en", shown=str)


@pytest.fixture
def root(coop: Callable[..., Path]) -> Path:
    more = {
        "members/anna-maria.yml": member("Anna-Maria Van den Berg"),
        "members/kim-lavertu.yml": member("Kim Lavertu"),
        "members/rosa-quintero.yml": member("Rosa Quintero"),
        "members/gone.yml": member("Rosa Gone", None).replace(
            "presence: present", "presence: left"
        ),
    }
    root = coop(files() | more)
    ran = run(
        "assembly",
        "create",
        "general-meeting",
        DAY,
        root,
        *("--today", "2026-11-22", "--at", "14h", "--place", "Town hall", "--item", "Report"),
    )
    assert ran.returncode == 0, ran.output
    return root


@pytest.fixture
def assembly(root: Path) -> Assembly:
    text = (root / f"decisions/minutes/{ID}.md").read_bytes()
    value: dict[str, Any] = parse(text, front_matter=True).value
    return Assembly(load(root, date(2026, 11, 22)).index, ID, value, "en")


def found(assembly: Assembly, text: str) -> tuple[str, str, list[str]]:
    notes: list[Message] = []
    id, wrong = find_member(assembly, text, notes.append)
    return id, SAY(wrong) if wrong else "", [SAY(one) for one in notes]


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("Ana Lopes", "ana"),
        ("LOPES ana", "ana"),
        ("lavertu, emile", "emile"),
        ("Zoe Oeuvrard", "zoe"),
        ("anna maria van den berg", "anna-maria"),
        ("Van-den-Berg Anna Maria", "anna-maria"),
        ("bob", "bob"),
        ("Bob Martin (bob)", "bob"),
    ],
)
def test_another_order_accent_or_hyphen_is_no_other_name(
    assembly: Assembly, text: str, id: str
) -> None:
    assert found(assembly, text) == (id, "", [])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Rosa", "Rosa Quintero"),
        ("Mme Le Goff", "Fay Le Goff"),
        ("Mme Le Gof", "Fay Le Goff"),
        ("Mr. Bob Martin", "Bob Martin"),
        ("A. Lopes", "Ana Lopes"),
        ("Kerbrac J.", "Jo Kerbrac"),
        ("Martn Bob", "Bob Martin"),
        ("Zoé Œuvrad", "Zoé Œuvrard"),
        ("Anna Lopez", "Ana Lopes"),
        ("Van den Berg", "Anna-Maria Van den Berg"),
        ("Ines Benalli", "Inès Benali"),
    ],
)
def test_what_is_read_otherwise_than_it_stands_is_told(
    assembly: Assembly, text: str, name: str
) -> None:
    id, wrong, notes = found(assembly, text)
    assert (assembly.name(id), wrong) == (name, "")
    assert notes == [f"“{text}” is read as {name}."]


def test_of_several_nobody_is_chosen(assembly: Assembly) -> None:
    for text in ("Kim", "Lavertu", "kim l tran lavertu kim"):
        id, wrong, notes = found(assembly, text)
        assert (id, notes) == ("", []), text
    _id, wrong, _notes = found(assembly, "Kim")
    assert "Kim Tran (kim)" in wrong
    assert "Kim Lavertu (kim-lavertu)" in wrong


@pytest.mark.parametrize("text", ["Dominique Auditor", "Mme", "x", "Jon", "…", "Anne Lopera"])
def test_somebody_else_is_nobody_of_ours(assembly: Assembly, text: str) -> None:
    id, wrong, notes = found(assembly, text)
    assert (id, notes) == ("", [])
    assert "there is no member" in wrong


def step(name: str, root: Path, *more: str | Path) -> str:
    ran = run("assembly", name, ID, root, "--today", DAY, "--lang", "en", *more)
    assert ran.returncode == 0, ran.output
    return " ".join(ran.output.split())


def test_a_sheet_says_what_was_read_and_where(root: Path) -> None:
    step("attendance", root)
    sheet = Filled(root / "build/assembly" / ID / "attendance.ods")
    sheet.write("ana", Presence="present").write("rosa-quintero", Presence="by proxy to Anna Lopez")
    told = step("attendance", root, "--from", sheet.save())
    row = sheet.row("rosa-quintero") + 1
    assert f"Row {row}, column F: “Anna Lopez” is read as Ana Lopes." in told


def lists(document: Document, table: Any) -> list[tuple[int, int, list[str]]]:
    """Each cell that offers a list: its row, its column, the words."""
    conditions = {
        one.get_attribute_string("table:name"): one.get_attribute_string("table:condition") or ""
        for one in document.body.get_elements("descendant::table:content-validation")
    }
    found = []
    for y, row in enumerate(table.get_elements("descendant::table:table-row")):
        for x, cell in enumerate(row.get_elements("table:table-cell")):
            name = cell.get_attribute_string("table:content-validation-name")
            if name:
                found.append((y, x, words_of(document, conditions[name])))
    return found


def words_of(document: Document, condition: str) -> list[str]:
    inside = condition.removeprefix("of:cell-content-is-in-list(").removesuffix(")")
    if not inside.startswith("["):
        return [word.strip('"') for word in inside.split(";")]
    table, _dot, cells = inside.strip("[]").partition("'.")
    first, _colon, last = (one.rpartition("$")[2] for one in cells.partition(":"))
    rows = next(
        one
        for one in document.body.get_elements("table:table")
        if one.get_attribute_string("table:name") == table.removeprefix("$'")
    ).get_values()
    return [row[0] for row in rows[int(first) - 1 : int(last)]]


@pytest.mark.parametrize("name", ["proxies", "attendance"])
def test_what_a_list_offers_is_read_back(root: Path, assembly: Assembly, name: str) -> None:
    step(name, root)
    document = Document(root / "build/assembly" / ID / f"{name}.ods")
    tables = document.body.get_elements("table:table")
    offered = [one for table in tables for one in lists(document, table)]
    members = {assembly.name(voter.id) for voter in assembly.voters}
    names = [words for _y, _x, words in offered if "Ana Lopes" in words]
    assert names
    assert {word for words in names for word in words} == members | {"blank"}
    for word in members:
        assert found(assembly, word)[1:] == ("", [])
    if name == "attendance":
        assert any("represented" in words for _y, _x, words in offered)
        assert any("in person" in words for _y, _x, words in offered)
        held = [words for _y, _x, words in offered if set(words) == members]
        assert len(held) == 2


def test_two_of_one_name_are_offered_with_their_ids(root: Path, assembly: Assembly) -> None:
    (root / "members/bob-2.yml").write_text(member("Bob Martin"))
    step("proxies", root)
    document = Document(root / "build/assembly" / ID / "proxies.ods")
    words = lists(document, document.body.get_elements("table:table")[0])[0][2]
    assert {"Bob Martin (bob)", "Bob Martin (bob-2)"} <= set(words)
    sheet = Filled(root / "build/assembly" / ID / "proxies.ods")
    sheet.write("kim", Gives_a_proxy_to="Bob Martin (bob-2)", Received_on="2026-12-01")
    step("proxies", root, "--from", sheet.save())
    assert b"holder: bob-2" in (root / f"decisions/minutes/{ID}.md").read_bytes()


@pytest.mark.parametrize("sign", [", ", "; ", "\n", " and ", " et ", " & "])
def test_several_names_of_a_cell_stand_apart(sign: str) -> None:
    assert split_names(f"Ana Lopes{sign}Etienne Landes") == ["Ana Lopes", "Etienne Landes"]
