"""The directory of a network of organisations: where each is, what it says, and their own words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from coopbook.base.collation import sort_key
from coopbook.base.formats import slug
from coopbook.base.messages import translator
from coopbook.records.legal import law_of
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


def test_what_few_say_is_no_choice_and_neighbours_are_not_shown_together(
    coop: Callable[..., Path], tmp_path: Path
) -> None:
    names = [f"{letter}{number}" for letter in "ABCD" for number in range(5)]
    files = {f"members/{name.lower()}.yml": ONE.format(name=name) for name in names}
    files["members/a0.yml"] += "trades: [photographe]\n"
    files["coop.yml"] = FILES["coop.yml"]
    site = build(coop(files), tmp_path / "site") / "public"
    home, directory = ((site / name / "index.html").read_text() for name in ("", "members"))
    assert 'name="trade"' not in directory
    assert 'href="trades/photographe/"' not in home
    faces = re.findall(r'<article.*?members/([a-d])[0-9]/"', home, re.S)
    assert len(faces) == len(set(faces)) == 3
    trade = (site / "trades/photographe/index.html").read_text()
    assert "disponibles d" not in trade
    about, office = (
        (site / name / "index.html").read_text() for name in ("about", "offices/ouest")
    )
    assert 'href="../members/">20' in about
    assert 'id="_people"' not in office


def test_signs_before_a_name_do_not_count() -> None:
    names = ["Zinc", "#Aptic", "24ème", "« Môle »", "Aïe", "***"]
    assert sorted(names, key=sort_key) == ["***", "24ème", "Aïe", "#Aptic", "« Môle »", "Zinc"]


LAW = """\
type: organisation
name: {{display: Atelier}}
legal_form: {form}
ids: {{{ids}}}
presence: present
listed: true
place: {{country: {country}}}
"""


@pytest.mark.parametrize(
    ("form", "country", "ids", "shown"),
    [
        ("scop-sarl", "FR", 'siret: "73282932000074"', "SIRET : 732 829 320 00074"),
        ("SCOP SARL", "FR", 'siren: "732829320"', "SIREN : 732 829 320"),
        ("sc-agreee", "BE", 'bce: "0123456749"', "BCE : 0123.456.749"),
        ("cooperative-de-solidarite", "CA", 'neq: "1140000012"', "NEQ : 1140000012"),
        ("association", "CH", "ide: CHE109322551", "IDE : CHE-109.322.551"),
    ],
)
def test_a_form_and_numbers_of_an_organisation_are_those_of_its_country(
    coop: Callable[..., Path], tmp_path: Path, form: str, country: str, ids: str, shown: str
) -> None:
    law = next(law for law in (law_of(country), law_of(country, "QC")) if law.find_form(slug(form)))
    known = law.find_form(slug(form))
    assert known
    bilingual = COOP.replace("[fr]", "[fr, en]")
    member = LAW.format(form=form, country=country, ids=ids) + "headline: {en: Hello}\n"
    site = build(coop({"coop.yml": bilingual, "members/atelier.yml": member}), tmp_path / "site")
    for folder, language in (("", "fr"), ("en/", "en")):
        page = unescape((site / f"public/{folder}members/atelier/index.html").read_text())
        assert f"<dd>{translator(language)(known.label)}</dd>".replace("'", "’") in page.replace(
            "'", "’"
        )
    french = unescape((site / "public/members/atelier/index.html").read_text())
    assert shown in re.sub(r"<[^>]+>", "", french).replace("\N{NO-BREAK SPACE}", " ")


def test_a_form_in_words_that_no_list_has_stays_as_it_is(
    coop: Callable[..., Path], tmp_path: Path
) -> None:
    own = ONE.format(name="Zinc").replace("SCOP", "SCOP SA à capital variable")
    site = build(coop({"coop.yml": COOP, "members/zinc.yml": own}), tmp_path / "site")
    assert (
        "<dd>SCOP SA à capital variable</dd>"
        in (site / "public/members/zinc/index.html").read_text()
    )
