"""Lists stand in the order in which a French reader looks for a name."""

from __future__ import annotations

import random

import pytest
from coopbook.base.collation import sort_key

IN_ORDER = {
    "accents do not count, but between like words": [
        "Abel",
        "Élodie",
        "emile",
        "Emile",
        "Émile",
        "Éric",
        "Ève",
        "Zoé",
    ],
    "first the word without accents": ["cote", "coté", "côte", "côté", "cotée"],
    "ligatures are two letters": ["odeur", "oeil", "Œuf", "œuvre", "off"],
    "ligatures within a word": ["code", "coeur", "cœur", "coffre"],
    "other letters of two": ["Aérien", "aether", "Æther", "af", "Strauss", "Strauß", "Straut"],
    "small before capital, and only between like words": ["arc", "Arc", "arcade", "Arcade"],
    "cedillas": ["ca", "ça", "çà", "cabane", "cb"],
    "word by word": ["Le Bihan", "Le Goff", "Lebrun", "Legoff"],
    "a hyphen is a space": [
        "Jean",
        "Jean-Marc",
        "Jean Paul",
        "Jean-Pierre",
        "Jeanne",
        "Saint-Malo",
        "Saint Nazaire",
        "Saint-Nom",
        "Sainte-Luce",
    ],
    "particles and apostrophes, straight or curly": [
        "d'Arc",
        "d’Azur",
        "D'Orbigny",
        "Darc",
        "De l'Île",
        "de l’Isère",
        "Delille",
    ],
    "quotation marks at the beginning do not count": [
        "Relais",
        "« Ressac »",
        "Ressources",
        "“Ruche”",
        "Ruches",
    ],
    "figures before letters": ["1er étage", "2 rives", "Atelier"],
}


@pytest.mark.parametrize("names", IN_ORDER.values(), ids=IN_ORDER)
def test_names_stand_in_order(names: list[str]) -> None:
    shuffled = names[:]
    for seed in range(5):
        random.Random(seed).shuffle(shuffled)
        assert sorted(shuffled, key=sort_key) == names


def test_two_names_that_differ_have_different_keys() -> None:
    """Else their order would depend on the files'."""
    names = [name for names in IN_ORDER.values() for name in names]
    assert len({sort_key(name) for name in names}) == len(set(names))
    assert sort_key("Jean-Paul") != sort_key("Jean Paul")
    assert sort_key("l'Île") != sort_key("l’Île")
