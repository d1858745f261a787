"""Profiles of the shape that a State's incubator keeps: a Markdown file a person, with fields of
its own, and the slips that thousands of people make. All of it is made up.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

GIVEN = (
    "Ana",
    "Yann",
    "Léna",
    "Noé",
    "Inès",
    "Malo",
    "Zoé",
    "Samir",
    "Chloé",
    "Gaël",
    "Aya",
    "Tom",
)
FAMILY = (
    "Lopes",
    "Kervella",
    "Moreau",
    "Le Goff",
    "N'Diaye",
    "Tallec",
    "Haddad",
    "Robin",
    "Öztürk",
)
DOMAINS = (
    "Développement",
    "Design",
    "Déploiement",
    "Produit",
    "Coaching",
    "Intraprenariat",
    "Autre",
)
SKILLS = ("JavaScript", "Vue.js", "Full-stack", "Backend", "Product strategy", "UX", "Typographie")
EMPLOYERS = ("Exemple SAS", "Coopérative d'Exemple", "Freelance")


def profiles(count: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """So many files by their names; the same ones for a seed."""
    chance = Random(seed)
    for number in range(count):
        given, family = chance.choice(GIVEN), chance.choice(FAMILY)
        stem = f"{given}.{family}{number}".lower().replace(" ", "-").replace("'", "-")
        login = f"exemple-{number}"
        if number % 500 == 7:
            login = f"https://github.com/exemple-{number}"
        elif number % 500 == 8:
            login = "A définir…"
        elif number == 901:
            login = "exemple-900"  # the same person, entered twice
        link = f"https://exemple-{number}.example"
        if number % 55 == 3:
            link = link.replace("https", "http")
        elif number % 440 == 5:
            link = "https://exemple .example"
        bio = f"Je travaille sur le service numéro {number}.\n\nAvant, autre chose."
        if number % 20 == 4:
            bio = bio.replace("service", "ser\u200bvice")
        lines = [
            "---",
            f"fullname: {given} {family}",
            f"role: {chance.choice(('Développeuse', 'Chargé de déploiement', 'Coach'))}",
            f"domaine: {chance.choice(DOMAINS)}",
            f'github: "{login}"',
            f'link: "{link}"',
            "missions:",
            f"  - start: 20{chance.randint(18, 25)}-0{chance.randint(1, 9)}-01",
            "    end: 2027-12-31",
            "    status: independent",
            f"    employer: {chance.choice(EMPLOYERS)}",
            "    startups: [service-exemple]",
            "startups: [service-exemple]",
            "previously: []",
            f"competences: [{', '.join(chance.sample(SKILLS, 3))}]",
            "---",
            "",
            bio if number % 300 != 9 else bio + " Encore." * 600,
        ]
        yield f"{stem}.md", "\n".join(lines) + "\n"
