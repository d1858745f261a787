"""What coop.yml says, as a typed value."""

from __future__ import annotations

from coopbook.records.coop import Coop


def test_a_field_to_which_an_own_schema_gives_another_shape_is_empty_alone() -> None:
    found = Coop.of(
        {"name": "Les Essais", "forge": "forge.example", "beside": ["notes"], "rooms": [1]}
    )
    assert (found.name, found.beside) == ("Les Essais", ("notes",))
    assert not found.forge


def test_the_name_in_law_comes_first() -> None:
    assert Coop.of({"name": "Essais"}).legal_name == "Essais"
    assert Coop.of({"name": "Essais", "legal": {"name": "SCIC Les Essais"}}).legal_name == (
        "SCIC Les Essais"
    )
