"""Every sort of organisation that we know of makes both sites with its first command, and a notice
that says what is so and nothing else.
"""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from coopbook.checks import check
from coopbook.records.load import load
from support.commands import run
from support.coops import TODAY

SOURCE = "coopbook @ git+https://forge.example/coopbook@0000000000000000000000000000000000000000"
ADDRESS = "https://essais.example/"
HOST = {
    "legal.publisher": "Ana Lopes",
    "legal.host.name": "Hébergement du Phare",
    "legal.host.address": "1 rue du Sémaphore",
    "legal.host.phone": "1007",
}
PRIVACY = {"legal.privacy.title": "Responsable", "legal.privacy.email": "vie@essais.example"}
FRENCH_COMPANY = {
    "phone": "+33 2 61 91 00 10",
    "entities.les-essais.capital": "1000 €",
    "entities.les-essais.register": "Rennes 732 829 320",
    "entities.les-essais.siret": "732 829 320 00074",
    "entities.les-essais.vat": "none",
    **HOST,
}
SEAT = {"entities.les-essais.seat": "1 rue des Essais"}

CASES = {
    "scop-sarl": (
        ["France", "SCOP SARL", "fr"],
        "Société coopérative de production à responsabilité limitée (SCOP SARL)",
        FRENCH_COMPANY | SEAT,
    ),
    "scic-sa": (
        ["France", "SCIC SA", "fr"],
        "Société coopérative d'intérêt collectif anonyme (SCIC SA)",
        FRENCH_COMPANY | SEAT,
    ),
    "cae": (
        ["France", "cae-scop-sarl", "fr"],
        "Coopérative d'activité et d'emploi, société à responsabilité limitée (CAE, SCOP SARL)",
        FRENCH_COMPANY | SEAT,
    ),
    "association": (
        ["France", "association", "fr"],
        "Association (loi de 1901)",
        {"phone": "+33 2 61 91 00 10"} | HOST | SEAT,
    ),
    "state-service": (
        ["France", "Service de l'État", "fr"],
        "Service de l'État",
        {"phone": "+33 2 61 91 00 10"} | HOST | SEAT,
    ),
    "five-people": (["France", "none", "fr"], "Sans forme juridique", HOST),
    "sc-agreee": (
        ["Belgique", "SC agréée", "fr"],
        "Société coopérative agréée (SC agréée)",
        {
            "entities.les-essais.bce": "0123.456.749",
            "entities.les-essais.register": "Bruxelles",
            "entities.les-essais.vat": "none",
        }
        | SEAT,
    ),
    "cooperative-de-solidarite": (
        ["Québec", "coopérative de solidarité", "fr"],
        "Coopérative de solidarité",
        {"entities.les-essais.neq": "1140000012"} | PRIVACY | SEAT,
    ),
    "ontario": (
        ["Ontario", "worker co-op", "en"],
        "Worker co-operative",
        PRIVACY | SEAT,
    ),
}


def init(folder: Path, place: list[str], more: dict[str, str]) -> tuple[int, str]:
    country, form, language = place
    told = [part for name, value in more.items() for part in ("--set", f"{name}={value}")]
    ran = run(
        "init",
        folder,
        "--no-input",
        *("--lang", "en", "--today", TODAY.isoformat(), "--source", SOURCE),
        *("--name", "Les Essais", "--country", country, "--form", form, "--language", language),
        *("--email", "bonjour@essais.example", *told),
    )
    return ran.returncode, ran.output


def text_of(page: Path) -> str:
    html = page.read_text()
    main = html[html.index("<h1") : html.index('<footer class="coop-footer')]
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))).replace("’", "'")


@pytest.mark.parametrize("case", CASES)
def test_both_sites_are_made_at_once_with_a_true_notice(tmp_path: Path, case: str) -> None:
    place, form, _more = CASES[case]
    new = tmp_path / "new"
    code, said = init(new, place, {})
    assert code == 0, said
    found = check(load(new, TODAY))
    assert {item.severity for item in found} <= {"warning"}
    lacks = [item for item in found if item.check == "legal-notice-incomplete"]
    assert lacks, "what is missing is told"
    assert len(lacks) == len(found)
    built = run("build", "--today", TODAY.isoformat(), cwd=new)
    assert built.returncode == 0, built.output
    for audience in ("public", "members"):
        notice = text_of(new / "site" / audience / "legal/index.html")
        assert "Les Essais" in notice
        assert form in notice
        assert not re.search("[0-9]{3}|none", notice.replace("1901", "")), "nothing is made up"
    foot = (new / "site/public/index.html").read_text()
    for stem in re.findall(r"^  \w+: ([a-z-]+)$", pages(new), re.M):
        assert (new / f"site/public/wiki/{stem}/index.html").is_file()
        assert f'href="wiki/{stem}/"' in foot


def pages(new: Path) -> str:
    found = re.search(r"^pages:\n((?:  .*\n)+)", (new / "coop.yml").read_text(), re.M)
    assert found
    return found[1]


@pytest.mark.parametrize("case", CASES)
def test_a_site_with_an_address_wants_the_whole_notice(tmp_path: Path, case: str) -> None:
    place, _form, more = CASES[case]
    code, said = init(tmp_path / "lacks", place, {"site": ADDRESS})
    assert code == 1
    assert "[legal-notice-incomplete]" in said
    code, said = init(tmp_path / "whole", place, {"site": ADDRESS} | more)
    assert code == 0, said
    assert check(load(tmp_path / "whole", TODAY)) == []


@pytest.mark.parametrize("languages", [("fr",), ("en",), ("fr", "en"), ("en", "fr"), ("fr-CA",)])
@pytest.mark.parametrize("country", ["FR", "BE", "CH", "LU", "Québec", "Ontario", "DE"])
def test_the_first_pages_are_whole_in_each_language(
    tmp_path: Path, country: str, languages: tuple[str, ...]
) -> None:
    new = tmp_path / "new"
    told = [part for code in languages for part in ("--language", code)]
    ran = run(
        *("init", new, "--no-input", "--lang", "en", "--today", TODAY.isoformat()),
        *("--source", SOURCE, "--name", "Les Essais", "--country", country, *told),
    )
    assert ran.returncode == 0, ran.output
    found = check(load(new, TODAY))
    assert {item.check for item in found} <= {"legal-notice-incomplete"}, found
    written = list((new / "wiki").glob("*.md"))
    assert len(written) == 1 + 4 * len(languages)
    for page in written:
        text = page.read_text()
        assert not re.search(r"\[\[|\{%|\{\{|Nantes|  \n|\n\n\n", text), page
