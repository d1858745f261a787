"""A project's page: its clients, its time, its pictures, who is in its team and who was."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from support.sites import build

COOP = """\
format: 2
name: Les Essais
languages: [fr, en]
country: CH
repository: private
legal: {name: Les Essais}
project_categories:
  culture: {label: {fr: Culture, en: Culture}}
"""
MEMBER = """\
type: person
name: {{display: {name}}}
presence: present
listed: {listed}
consents: [{{purpose: directory, given: 2024-05-02}}]
"""
PROJECT = """\
---
title: {fr: Le kiosque}
kind: project
audience: public
status: done
category: culture
started: 2022-03
ended: "2023"
clients: [Commune de Trévarn, Théâtre du Môle]
publish: [clients]
lead: ana-lopes
members:
  - {member: ana-lopes, role: {fr: Dessin}}
  - {member: teo-marsan, role: {fr: Bois}, from: 2022-03, until: 2022-09}
  - {member: zoe-marin, role: {fr: Son}}
  - {member: noe-tallec, role: {fr: Lumière}}
pictures:
  - {file: kiosque.png, alt: {fr: Le kiosque ouvert}, caption: {fr: Un soir de juin}}
---
"""


def test_a_project(coop: Callable[..., Path], tmp_path: Path, example: Path) -> None:
    people = {"ana-lopes": "Ana Lopes", "teo-marsan": "Téo Marsan", "zoe-marin": "Zoé Marin"}
    files = {
        f"members/{id}.yml": MEMBER.format(name=name, listed="true") for id, name in people.items()
    }
    files["members/noe-tallec.yml"] = MEMBER.format(name="Noé Tallec", listed="false")
    root = coop({"coop.yml": COOP, "projects/kiosque.md": PROJECT, **files})
    picture = (example / "projects/mediatheque-de-port-genet-panneau.png").read_bytes()
    (root / "projects/kiosque.png").write_bytes(picture)
    site = build(root, tmp_path / "site") / "public"
    page = (site / "projects/kiosque/index.html").read_text()
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    assert "Culture Projet Terminé mars 2022 – 2023" in words
    assert "pour Commune de Trévarn, Théâtre du Môle" in words
    assert "Ana Lopes — responsable du projet, Dessin Zoé Marin — Son" in words
    assert "Auparavant ¶ Téo Marsan — Bois mars 2022 – septembre 2022" in words
    assert "Tallec" not in page
    assert 'alt="Le kiosque ouvert"' in page
    assert (site / "files/projects/kiosque.png").is_file()
    assert "files/projects/kiosque.png" in (site / "projects/index.html").read_text()
    profile = (site / "members/teo-marsan/index.html").read_text()
    assert "Participe à" in profile
    assert "projects/kiosque/" in profile
    assert profile.count("Participe à") == 1


def test_who_shares_a_project_shows_its_first_picture(
    coop: Callable[..., Path], tmp_path: Path, example: Path
) -> None:
    somewhere = COOP.replace("country: CH", "country: DE\nsite: https://essais.example/")
    bare = PROJECT[: PROJECT.index("lead:")] + "---\n\nUn toit pour *jouer*.\n"
    shown = bare.replace("publish:", PROJECT[PROJECT.index("pictures:") : -4] + "publish:")
    root = coop(
        {"coop.yml": somewhere, "projects/kiosque.md": shown, "projects/bare.md": bare},
    )
    picture = (example / "projects/mediatheque-de-port-genet-panneau.png").read_bytes()
    (root / "projects/kiosque.png").write_bytes(picture)
    site = build(root, tmp_path / "site")
    head = (site / "public/projects/kiosque/index.html").read_text()
    for name, text in {
        "type": "article",
        "title": "Le kiosque",
        "description": "Un toit pour jouer.",
        "image": "https://essais.example/files/projects/kiosque.png",
    }.items():
        assert f'<meta property="og:{name}" content="{text}">' in head
    assert "og:image" not in (site / "public/projects/bare/index.html").read_text()
    assert "og:" not in (site / "members/projects/kiosque/index.html").read_text()
