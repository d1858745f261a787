"""A French assembly from its first step to the register, by the buttons of a co-op that was just
made, with an election of its board; each step once done wrongly first, and cut off.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from coopbook import checks
from coopbook.base.messages import translator
from coopbook.records.load import load
from coopbook.yaml_files.reader import parse
from support.assemblies import Filled
from support.commands import Ran
from support.french_assembly import DAY, ID, PEOPLE, found, paper, press
from support.sites import write_site

BEFORE, AFTER, FILED = "2026-11-24", "2026-12-19", "2027-01-10"
RECORD = f"decisions/minutes/{ID}.md"
ELECTION = "decisions/proposals/elire-le-conseil.md"
PILES = [(4, "oui", "oui", "non"), (2, "oui", "", "oui")]
"""Of Bruno, Ana and Dan, in the order of the papers."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return found(tmp_path / "coop")


def done(ran: Ran) -> str:
    assert (ran.returncode, ran.stderr) == (0, ""), ran.output
    return " ".join(ran.stdout.split())


def refused(ran: Ran) -> str:
    assert ran.returncode in (1, 2), ran.output
    return " ".join(ran.stderr.split())


def value(root: Path, file: str = RECORD) -> dict[str, object]:
    content = (root / file).read_bytes()
    read: dict[str, object] = parse(content, front_matter=file.endswith(".md")).value
    return read


def called(root: Path) -> None:
    """Steps 1 and 2."""
    what = "usuel : accounts, year=2025; elire-le-conseil:2"
    agenda = "Rapport moral;Élection du conseil"
    meeting = "18h30, 1 quai de l'Estran"
    refusal = refused(press(root, BEFORE, "convoquer"))
    assert "Aucune assemblée ne s'appelle" in refusal or ID in refusal
    press(root, BEFORE, "créer", kind="ordinaire", agenda=agenda, resolutions=what, meeting=meeting)
    done(press(root, BEFORE, "convoquer", day=BEFORE, by="ana-lopes"))
    assert value(root)["notice"]["by"] == "Ana Lopes"  # type: ignore[index]


def met(root: Path) -> None:
    """Steps 3 and 4."""
    done(press(root, "2026-12-17", "pouvoirs"))
    sheet = Filled(paper(root, "pouvoirs.ods"))
    sheet.write("gus-kerbrac", Donne_pouvoir_à="Robin Hood", Reçu_le="2026-12-15")
    refused(press(root, "2026-12-17", "pouvoirs", sheet.save("nom.ods")))
    sheet.write("gus-kerbrac", Donne_pouvoir_à="Ana Lopes", Reçu_le="2026-12-15")
    done(press(root, "2026-12-17", "pouvoirs", sheet.save()))
    done(press(root, "2026-12-17", "émargement"))
    sheet = Filled(paper(root, "presences.ods"))
    for id in PEOPLE:
        there = "représenté par Ana Lopes" if id == "gus-kerbrac" else "présent·e"
        sheet.write(id, Présence=there)
    sheet.sheet(1).write("Levée à", Valeur="20h40").write("Tenue", Valeur="en présence")
    sheet.write("Présidence de séance", Valeur="Ana Lopes")
    sheet.write("Secrétariat", Valeur="bruno le goff")
    sheet.write("Scrutateurs et scrutatrices", Valeur="Émile Lavertu, Fay Moreau")
    filled = sheet.save()
    assert "pas encore eu lieu" in refused(press(root, "2026-12-17", "émargement", filled))
    done(press(root, DAY, "émargement", filled))


def count_sheet(root: Path, name: str, piles: list[tuple[int, str, str, str]]) -> Path:
    sheet = Filled(paper(root, "feuille-de-depouillement-2.ods"))
    total = sum(many for many, *_marks in piles) + 1
    sheet.write("Tous les bulletins de l'urne", Nombre_de_bulletins=total)
    sheet.write("Bulletins blancs", Nombre_de_bulletins=1)
    for many, *marks in piles:
        sheet.add([None, many, *marks])
    return sheet.save(name)


def elected(root: Path) -> None:
    """The election, between steps 4 and 5."""
    done(press(root, DAY, "dépouillement"))
    mine = count_sheet(root, "emile.ods", PILES)
    assert "Dites qui a compté" in refused(press(root, AFTER, "dépouillement", mine))
    assert "l'autre personne" in done(press(root, AFTER, "dépouillement", mine, by="Émile Lavertu"))
    other = count_sheet(root, "fay.ods", [(4, "oui", "non", "oui"), PILES[1]])
    differing = refused(press(root, AFTER, "dépouillement", other, by="fay-moreau"))
    assert "Ana Lopes : non" in differing.replace("\u00a0", " ")
    assert "aucun résultat n'a été écrit" in differing
    assert not (root / "decisions/results").exists()
    right = count_sheet(root, "fay.ods", PILES)
    assert "Mandats écrits" in done(press(root, AFTER, "dépouillement", right, by="fay-moreau"))


def voted(root: Path) -> None:
    """Step 5."""
    done(press(root, AFTER, "résultats"))
    sheet = Filled(paper(root, "resultats.ods"))
    sheet.write("Approbation des comptes de 2025", Heure_du_vote="18h50", Pour=9)
    refused(press(root, AFTER, "résultats", sheet.save("trop.ods")))
    sheet.write("Approbation des comptes de 2025", Heure_du_vote="18h50", Pour=6, Abstentions=1)
    assert "Adoptée" in done(press(root, AFTER, "résultats", sheet.save()))


def faults(root: Path) -> list[str]:
    """What the check refuses."""
    told = translator("fr", shown=str)
    found_here = checks.check(load(root, date.fromisoformat(FILED)))
    return [told(one.message) for one in found_here if one.severity == "error"]


def test_from_the_first_step_to_the_register(root: Path, tmp_path: Path) -> None:
    called(root)
    met(root)
    elected(root)
    done(press(root, AFTER, "procès-verbal"))
    early = press(root, AFTER, "procès-verbal", paper(root, "proces-verbal.odt"))
    assert "Pas encore de résultat pour la résolution 1" in done(early)
    voted(root)
    done(press(root, AFTER, "procès-verbal"))
    (signature := tmp_path / "ana-lopes.asc").write_text("-----BEGIN PGP SIGNATURE-----\n")
    (scan := tmp_path / "signe.pdf").write_bytes(b"PK")
    register = {"register": "1 / 3 à 6", "day": "2027-01-08"}
    refusal = refused(press(root, FILED, "classer", scan, signature, **register))
    assert "n'est pas un PDF" in refusal
    scan.write_bytes(b"%PDF-1.4")
    done(press(root, FILED, "classer", scan, signature, **register))
    end = value(root)
    assert (end["status"], end["register"]) == (
        "signed",
        {"form": "paper", "volume": "1", "folios": "3 à 6"},
    )
    assert [
        one["elected_by"] for one in value(root, "decisions/bodies/conseil.yml")["mandates"]
    ] == [  # type: ignore[attr-defined]
        "Assemblée du 18 décembre 2023",
        "elire-le-conseil",
        "elire-le-conseil",
    ]
    assert faults(root) == []
    write_site(load(root, date.fromisoformat(FILED)), [], "members", tmp_path / "site")
    for address, words in (
        ("decisions/mandates", "Bruno Le Goff"),
        (f"decisions/minutes/{ID}", "du 1 janvier 2027 au 31 décembre 2029"),
        ("decisions/results", "Élire le conseil"),
    ):
        page = (tmp_path / "site" / address / "index.html").read_text("utf-8")
        assert words in re.sub(r"<[^>]+>", "", page).replace("1er", "1"), address


def test_the_text_of_an_election_is_what_its_page_says(root: Path) -> None:
    called(root)
    resolutions = value(root)["resolutions"]
    assert [one["text"] for one in resolutions if one.get("proposal")] == [  # type: ignore[attr-defined]
        "Deux sièges du conseil sont à pourvoir."
    ]
