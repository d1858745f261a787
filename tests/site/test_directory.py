"""The directory of a network of organisations: where each is, what it says, and their own words."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from coopbook.base.collation import sort_key
from support.sites import build

COOP = """\
format: 2
name: Le Réseau
languages: [fr]
country: CH
repository: private
legal: {name: Le Réseau}
offices: {ouest: {name: {fr: Antenne de l'Ouest}, city: Rennes, country: FR}}
"""
ONE = """\
type: organisation
name: {{display: "{name}"}}
legal_form: SCOP
presence: present
listed: true
"""
FILES = {
    "coop.yml": COOP,
    "members/aptic.yml": ONE.format(name="#Aptic") + "place: {region: Bretagne, country: FR}\n"
    "bio:\n  fr: |\n    ## Nous\n\n    Des sites **sobres**. Et des formations.\n",
    "members/zinc.yml": ONE.format(name="Zinc") + "area: {fr: Tout l'Ouest}\nlinks:\n"
    "  - {label: Blog, url: https://zinc.example/}\n",
    "members/bois.yml": ONE.format(name="Bois") + "office: ouest\n",
    "members/cuir.yml": ONE.format(name="Cuir") + "place: {region: Corse, country: FR}\n",
    "members/dune.yml": ONE.format(name="Dune") + "place: {country: BE}\n",
}


def test_a_network_of_organisations(coop: Callable[..., Path], tmp_path: Path) -> None:
    site = build(coop(FILES), tmp_path / "site") / "public"
    rows = json.loads((site / "search/fr.json").read_text())
    assert [(row["n"], row["c"]) for row in rows] == [
        ("#Aptic", "Bretagne"),
        ("Bois", "Antenne de l'Ouest"),
        ("Cuir", "Corse"),
        ("Dune", "Belgique"),
        ("Zinc", "Tout l'Ouest"),
    ]
    assert rows[0]["h"] == "Des sites sobres."
    assert {row["y"] for row in rows} == {"o"}
    page = (site / "members/index.html").read_text()
    assert "<p>Des sites sobres.</p>" in page
    assert "{count} structures correspondent." in page
    assert 'name="region"' in page
    assert "Bretagne (1)" in page
    assert 'name="type"' not in page
    assert 'name="trade"' not in page
    assert 'name="free"' not in page
    office = (site / "offices/ouest/index.html").read_text()
    assert "coop-two" not in office
    assert 'id="_people">Les structures' in office
    alone = (site / "members/bois/index.html").read_text()
    assert "coop-one" in alone
    assert 'id="_contact"' not in alone
    assert "coop-two" in (site / "members/zinc/index.html").read_text()


def test_signs_before_a_name_do_not_count() -> None:
    names = ["Zinc", "#Aptic", "24ème", "« Môle »", "Aïe", "***"]
    assert sorted(names, key=sort_key) == ["***", "24ème", "Aïe", "#Aptic", "« Môle »", "Zinc"]
