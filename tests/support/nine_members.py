"""A co-op as `coopbook init` lays it, filled by hand with nine members who are all over its files:
in teams, mandates, minutes, votes, words of others, pictures and attachments.
"""

from __future__ import annotations

import re
from pathlib import Path

from support.commands import run
from support.coops import TOP

FLAGS = {
    "cae": ("--country", "France", "--form", "CAE SCOP SARL", "--city", "Lorient"),
    "quebec": (
        *("--country", "Canada", "--region", "Québec", "--city", "Rimouski"),
        *("--form", "cooperative-de-solidarite", "--language", "en"),
    ),
    "five": ("--country", "France", "--form", "none", "--city", "Brest"),
}
"""Three co-ops by what `init` was told."""

NOTICES = {
    "cae": """\
    variable_capital: true
    seat: 1 rue du Port, 56100 Lorient
    register: Lorient 000 000 000
    siret: "000 000 000 00000"
    vat: FR12000000000
""",
    "quebec": """\
    seat: 1, rue du Port, Rimouski
    neq: none
""",
    "five": "",
}
PRIVATE = "repository: private\n"
FORGE = """\
repository: private
forge: {kind: github, url: "https://github.com/amarres/livre", branch: main}
"""
LEGAL = """\
site: https://amarres.example/
phone: "+33 2 61 91 00 10"
legal:
  publisher: Sol Ferrand
  host: {name: L'hébergeur, address: "2 rue du Port, 44000 Nantes", phone: "1007"}
  privacy: {title: Sol Ferrand, email: bonjour@livre.example}
coordinator: sol-ferrand
membership_categories: {salarie: {label: {fr: Salarié·e, en: Member}}}
situations:
  cape:
    label: {fr: Entrepreneur·e à l'essai (CAPE), en: Entrepreneur on trial (CAPE)}
    votes: false
    needs: [contract_until]
"""

PEOPLE = {
    "ana-lopes": ("Ana", "Lopes", "photographe"),
    "teo-marsan": ("Téo", "Marsan", "redaction"),
    "di-roe": ("Di", "Roe", "traduction"),
    "zoe-marin": ("Zoé", "Marin", "graphisme"),
    "ines-perdrix": ("Inès", "Perdrix", "ceramique"),
    "malo-kerdren": ("Malo", "Kerdren", "developpement-web"),
    "sol-ferrand": ("Sol", "Ferrand", "conseil-cooperatif"),
    "yann-guillou": ("Yann", "Guillou", "menuiserie"),
}
"""Eight people: given name, family name, trade. The ninth is an organisation."""

ACCOUNTS = {id: 583231 + number for number, id in enumerate(PEOPLE)}
"""The number of each person's account; its login is the given name."""

MEMBER = """\
type: person
name: {{given: {given}, family: {family}, display: {given} {family}, sort: "{family}, {given}"}}
trades: [{trade}]
headline: {{fr: "Je travaille près de la mer, dit {given}"}}
bio:
  fr: |
    Depuis dix ans, {given} travaille avec des gens d'ici.
place: {{city: {city}, country: {country}}}
availability: {{state: available}}
offers:
  - id: journee
    title: {{fr: "Une journée avec {given}"}}
    kind: offer
    audience: public
    price: {{amount: "400.00", currency: EUR, unit: day}}
email: {login}@livre.example
phone: "+33 6 39 98 00 {number:02}"
publish: [email, phone]
accounts: [{{forge: github, login: {login}, uid: {uid}}}]
membership:
  - {{from: 2020-01-01, category: salarie}}
presence: present
listed: true
open_data: true
photo: {{alt: {{fr: "Portrait : {given} {family} devant un mur blanc"}}}}
consents:
  - {{purpose: directory, given: 2026-03-01, how: form}}
  - {{purpose: photo, given: 2026-03-01, how: form}}
  - {{purpose: email, given: 2026-03-01, how: form}}
  - {{purpose: phone, given: 2026-03-01, how: form}}
  - {{purpose: reuse, given: 2026-03-01, how: form}}
reviewed: 2026-10-01
"""
PRESSES = """\
type: organisation
legal_name: Les Presses du Môle
name: {display: Les Presses}
trades: [serigraphie]
headline: {fr: Affiches et livres imprimés à la main}
place: {region: Bretagne, country: FR}
people: [ana-lopes, zoe-marin]
representative: zoe-marin
website: https://presses.example/
email: bonjour@presses.example
publish: [email]
membership:
  - {from: 2021-01-01, category: salarie}
presence: present
listed: true
open_data: true
reviewed: 2026-10-01
"""
MINUTES = """\
---
record: note
title: {{fr: Point de rentrée}}
body: assemblee-generale
date: 2026-09-10
status: draft
opened: "10:00"
closed: "11:00"
attendance:
{attendance}
actions:
  - {{id: affiche, what: Faire l'affiche, status: open, owner: ana-lopes, due: 2027-01-31}}
  - {{id: texte, what: Relire le texte, status: open, owner: teo-marsan, due: 2027-01-31}}
---

Ana Lopes et Téo Marsan ouvrent la séance.
"""
BODY = """\
name: {fr: Accueil}
kind: committee
audience: public
mandates:
  - {id: maintainers-2026, member: sol-ferrand, role: {fr: Livre}, from: 2026-01-01, until: 2028-12-31, decided_by: Assemblée de 2025}
  - {id: secretary-2026, member: malo-kerdren, role: {fr: Secrétariat}, from: 2026-01-01, until: 2028-12-31, decided_by: Assemblée de 2025}
  - {id: lien-2026, member: ana-lopes, role: {fr: Premier lien}, from: 2026-01-01, until: 2028-12-31, decided_by: Assemblée de 2025}
  - {id: plume-2026, member: teo-marsan, role: {fr: Plume}, from: 2026-01-01, until: 2028-12-31, decided_by: Assemblée de 2025}
"""  # noqa: E501
FILES = {
    "decisions/bodies/accueil.yml": BODY,
    "projects/kiosque.md": """---
title: {fr: Le kiosque}
kind: project
audience: public
status: active
summary: {fr: "Bois, panneaux et images pour un kiosque à musique."}
started: 2026-03
lead: ana-lopes
members:
  - {member: ana-lopes, role: {fr: Photographies}, from: 2026-03}
  - {member: teo-marsan, role: {fr: Textes}, from: 2026-03}
  - {member: zoe-marin, role: {fr: Affiche}, from: 2026-03}
pictures:
  - {file: kiosque.png, alt: {fr: Le kiosque un matin d'avril}}
---

Les photographies sont d'[Ana Lopes](../members/ana-lopes.yml), les textes de [Téo](../members/teo-marsan.yml).
""",  # noqa: E501
    "events/cafe.md": """---
title: {fr: Café du vendredi}
kind: social
audience: public
date: 2026-12-18
starts: "09:00"
place: Au coin de la rue
organiser: ana-lopes
---

On apporte une question. [Téo](../members/teo-marsan.yml) fait le café.
""",
    "wiki/imprimer.md": """---
title: Imprimer une affiche
audience: public
owner: ana-lopes
reviewed: 2026-11-01
---

Demandez à [Ana](../members/ana-lopes.yml) ou à [Téo Marsan](../members/teo-marsan.yml), et prenez [le modèle](modele.pdf).
""",  # noqa: E501
}
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"  # noqa: E501


def write_nine(root: Path, kind: str = "cae") -> Path:
    """Make a co-op and fill it.

    Args:
        root: Its folder, which is not there yet.
        kind: One of `FLAGS`.
    """
    made = run(
        *("init", root, "--no-input", "--name", "Les Amarres", "--language", "fr"),
        *(
            *FLAGS[kind],
            *(() if kind == "five" else ("--forge", "github")),
            "--email",
            "bonjour@livre.example",
        ),
    )
    assert made.returncode == 0, made.output
    book = root / "coop.yml"
    entity = re.search(r"^    form: .*\n", book.read_text(), re.M)
    assert entity
    text = book.read_text().replace(entity[0], entity[0] + NOTICES[kind]) + LEGAL
    book.write_text(text.replace(PRIVATE, PRIVATE if kind == "five" else FORGE))
    photos = sorted((TOP / "members/photos").glob("*.png"))
    country = "CA" if kind == "quebec" else "FR"
    for number, (id, (given, family, trade)) in enumerate(PEOPLE.items()):
        words = {"given": given, "family": family, "trade": trade, "number": number}
        words |= {"login": id.split("-")[0], "uid": ACCOUNTS[id]}
        words |= {"city": FLAGS[kind][FLAGS[kind].index("--city") + 1], "country": country}
        _put(root, f"members/{id}.yml", MEMBER.format(**words).encode())
        _put(root, f"members/photos/{id}.png", photos[number].read_bytes())
    _put(root, "members/les-presses.yml", PRESSES.encode())
    for name, text in FILES.items():
        _put(root, name, text.encode())
    there = "\n".join(f"  - {{member: {id}, mode: present}}" for id in PEOPLE)
    note = MINUTES.format(attendance=there)
    _put(root, "decisions/minutes/point-2026-09-10.md", note.encode())
    _put(root, "wiki/modele.pdf", PDF)
    pictures = sorted((TOP / "projects").rglob("*.png"))
    _put(root, "projects/kiosque.png", pictures[0].read_bytes())
    append(root, "members/ana-lopes.yml", "referent_for: [graphisme]\nsubstitutes: [zoe-marin]\n")
    append(root, "members/zoe-marin.yml", "substitutes: [ana-lopes]\nsponsor: teo-marsan\n")
    return root


def append(root: Path, file: str, text: str) -> None:
    """Add lines to a file's end."""
    (root / file).write_text((root / file).read_text(encoding="utf-8") + text, encoding="utf-8")


def _put(root: Path, name: str, data: bytes) -> None:
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
