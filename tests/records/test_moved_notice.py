"""`coopbook upgrade` moves what `legal` says of the co-op itself to its entities, no more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from coopbook.checks import check
from coopbook.records.load import load
from coopbook.records.upgrades import plan, write
from support.coops import TODAY

BEFORE = """format: 2
name: Les Essais
languages: [fr]
country: FR
# what visitors are told
legal:
  name: SCOP Les Essais
  form: SCOP, société anonyme
  variable_capital: true
  seat: 1 rue des Essais, 35000 Rennes
  rcs: Rennes 000 000 000
  siret: "00000000000000"
  vat: FR12000000000
  publisher: Ana Lopes # since the last election
  host: {name: Le Phare, address: 1 rue du Sémaphore, phone: "+33 2 61 91 00 99"}
repository: private
"""
AFTER = """format: 2
name: Les Essais
languages: [fr]
country: FR
entities:
  les-essais:
    name: SCOP Les Essais
    form: SCOP, société anonyme
    variable_capital: true
    seat: 1 rue des Essais, 35000 Rennes
    register: Rennes 000 000 000
    siret: "00000000000000"
    vat: FR12000000000
# what visitors are told
legal:
  publisher: Ana Lopes # since the last election
  host: {name: Le Phare, address: 1 rue du Sémaphore, phone: "+33 2 61 91 00 99"}
repository: private
"""
Coop = Callable[..., Path]


def upgraded(root: Path) -> str:
    write(root, plan(root))
    assert plan(root).files == {}, "a second run does nothing"
    return (root / "coop.yml").read_text()


def test_it_becomes_the_one_entity_and_the_notice_stays(coop: Coop) -> None:
    root = coop({"coop.yml": BEFORE})
    told, had = check(load(root, TODAY)), load(root, TODAY).index.settings.entity
    assert ("legal.rcs", "entities.les-essais.register") in plan(root).changes["coop.yml"]
    assert upgraded(root) == AFTER
    after = load(root, TODAY)
    assert [item.message for item in check(after)] == [item.message for item in told]
    entity = after.index.settings.entity
    assert entity.numbers == had.numbers
    assert entity.form_words == had.form_words


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("legal: {publisher: Ana}\n", "legal: {publisher: Ana}\n"),
        ("legal: {name: Un}\n", "entities:\n  les-essais:\n    name: Un\n"),
        (
            "legal: {name: Un, form: tontine}\n",
            "entities:\n  les-essais:\n    name: Un\n    form: Tontine\n",
        ),
        (
            "entities: {un: {name: Un}}\nlegal: {name: Deux}\n",
            "entities: {un: {name: Un}}\nlegal: {name: Deux}\n",
        ),
    ],
)
def test_what_is_no_entity_stays(coop: Coop, text: str, wanted: str) -> None:
    head = "format: 2\nname: Les Essais\nlanguages: [fr]\ncountry: FR\nrepository: private\n"
    assert upgraded(coop({"coop.yml": head + text})) == head + wanted


def test_a_file_that_cannot_be_read_and_a_schema_of_their_own_are_left_alone(coop: Coop) -> None:
    assert plan(coop({"coop.yml": BEFORE + "name: twice\n"})).files == {}
    assert plan(coop({"coop.yml": BEFORE, "schemas/coop.schema.json": "{}"})).files == {}
