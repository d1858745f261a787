"""The files of a made-up co-op that are not members': coop.yml, projects, bodies and the wiki."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from datetime import date
from random import Random
from typing import NamedTuple

import sentences as words
import wording
from plain_yaml import yaml_text

from members import DOMAIN, TODAY, Plan, Value, draw_day, slug

FOLDER = 25
"""Pages in a folder of the wiki."""

File = tuple[str, str]


def _of(city: str) -> str:
    return f"d'{city}" if city[0] in "AEIOUÉ" else f"de {city}"


def _pair(pair: tuple[str, ...]) -> Value:
    return {"fr": pair[0], "en": pair[1]}


def coop_file(plan: Plan) -> File:
    """The co-op itself, which says that it is made up. Every number is zeros."""
    fields = {
        "format": 2,
        "name": "Les Mille Métiers",
        "tagline": {
            "fr": "Une coopérative inventée, de la taille qu'on veut",
            "en": "A made-up co-op, as large as you like",
        },
        "notice": _pair(wording.NOTICE),
        "about": _pair(wording.ABOUT),
        "languages": ["fr", "en"],
        "country": "FR",
        "site": f"https://{DOMAIN}/",
        "members_site": f"https://membres.{DOMAIN}/",
        "email": f"bonjour@{DOMAIN}",
        "phone": "+33 2 61 91 00 10",
        "coordinator": plan.member(0).id,
        "entities": {"mille-metiers": ENTITY},
        "legal": _legal(plan),
        "offices": {
            id: _office(plan, id, number) for number, id in enumerate(wording.OFFICE_NAMES)
        },
        "situations": {row[0]: _situation(row) for row in wording.SITUATIONS},
        "membership_categories": {row[0]: {"label": _pair(row[1:])} for row in wording.CATEGORIES},
        "colleges": {row[0]: {"label": _pair(row[1:])} for row in wording.COLLEGES},
        "reminders": {"profile_months": 14},
        "forge": {
            "kind": "github",
            "url": "https://github.com/example/mille-metiers",
            "branch": "main",
        },
        "repository": "private",
    }
    return (
        "coop.yml",
        "# Tout est imaginaire : les numéros sont des zéros, les adresses n'existent pas.\n"
        + yaml_text(fields),
    )


ENTITY: Value = {
    "name": "Les Mille Métiers",
    "form": "cae-scop-sa",
    "variable_capital": True,
    "seat": "1 quai de l'Exemple, 44000 Nantes",
    "register": "Nantes 000 000 000",
    "siret": "0" * 14,
    "vat": "FR12000000000",
    "naf": {"code": "70.22Z", "edition": 2008},
    "training_number": "00 00 00000 00",
    "insurance": "Mutuelle de l'Exemple, contrat n° 000000",
}


def _legal(plan: Plan) -> Value:
    return {
        "publisher": plan.member(0).name,
        "host": {
            "name": "Hébergement de l'Exemple",
            "address": "2 quai de l'Exemple, 44000 Nantes",
            "phone": "+33 2 61 91 00 99",
        },
        "privacy": {"title": "Référente données personnelles", "email": f"donnees@{DOMAIN}"},
    }


def _office(plan: Plan, id: str, number: int) -> Value:
    city, country = wording.OFFICE_NAMES[id]
    return {
        "name": {"fr": f"Antenne de {city}", "en": f"{city} office"},
        "city": city,
        "country": country,
        "hours": {
            "fr": "Du lundi au jeudi, de 9 h à 17 h.",
            "en": "Monday to Thursday, 9 am to 5 pm.",
        },
        "email": f"{id}@{DOMAIN}",
        "referent": plan.member(number % plan.team).id,
    }


def _situation(row: tuple[str, ...]) -> Value:
    cape = {"notice": _pair(wording.CAPE), "needs": ["contract_until"]} if row[0] == "cape" else {}
    return {"label": _pair(row[1:]), "votes": row[0] != "cape", **cape}


def body_files(plan: Plan) -> Iterator[File]:
    for number, (id, french, english, kind) in enumerate(wording.BODIES):
        rng = plan.rng("body", number)
        mandates = []
        for seat in range(rng.randrange(3, 7)):
            start = date(2025, 6, rng.randrange(1, 29))
            role = _pair(rng.choice(wording.ROLES))
            mandate = {
                "id": f"{id}-{seat + 1}",
                "member": (plan.draw_listed(rng) or plan.member(0)).id,
                "role": role,
                "from": start.isoformat(),
            }
            mandates.append(
                {
                    **mandate,
                    "until": "2028-06-30",
                    "decided_by": f"Assemblée générale du {start.day} juin 2025",
                }
            )
        fields = {
            "name": {"fr": french, "en": english},
            "kind": kind,
            "audience": "public",
            "contact": f"{id}@{DOMAIN}",
            "mandates": mandates,
        }
        yield f"decisions/bodies/{id}.yml", yaml_text(fields)


def project_files(plan: Plan) -> Iterator[File]:
    for number in range(max(1, plan.members // 100)):
        rng = plan.rng("project", number)
        french, english, kind = rng.choice(wording.PROJECTS)
        city = rng.choice(words.TOWNS)[0]
        titles = {"fr": french.format(of=_of(city)), "en": english.format(city=city)}
        path = f"projects/{slug(titles['fr'])}-{number + 1}.md"
        lead = plan.draw_listed(rng) or plan.member(0)
        others = [
            lead,
            *(plan.member(rng.randrange(plan.members)) for _ in range(rng.randrange(1, 6))),
        ]
        fields = {
            "title": titles,
            "kind": kind,
            "audience": rng.choice(("public", "public", "members")),
            "status": rng.choice(("active", "active", "paused", "done")),
            "summary": {"fr": rng.choice(wording.SENTENCES)},
            "started": draw_day(rng, date(2020, 1, 1), TODAY).isoformat(),
            "lead": lead.id,
            "members": [
                {"member": id, "role": _pair(rng.choice(wording.ROLES))}
                for id in dict.fromkeys(other.id for other in others)
            ],
            "trades": plan.trades.draw(rng, 3),
            "skills": plan.skills.draw(rng, 4),
        }
        link = f"On en parle avec [{lead.name}](../{lead.file}), et avec qui veut.\n"
        yield (
            path,
            f"---\n{yaml_text(fields)}---\n\n"
            + "\n".join([rng.choice(wording.SENTENCES) + "\n", link, _table(rng), _tasks(rng)]),
        )


class Page(NamedTuple):
    """What other pages may know of a page of the wiki."""

    number: int
    id: str
    file: str
    title: str
    public: bool


def make_page(number: int) -> Page:
    """The page of this number: the first is the wiki's own, every 25th that of a folder."""
    if number == 0:
        return Page(0, "index", "wiki/README.md", "Le guide", True)
    shelf, place = divmod(number - 1, FOLDER)
    again, theme = divmod(shelf, len(wording.THEMES))
    folder = slug(wording.THEMES[theme]) + (f"/cahier-{again + 1}" if again else "")
    if place == 0:
        return Page(
            number,
            folder,
            f"wiki/{folder}/README.md",
            wording.THEMES[theme] + (f", cahier {again + 1}" if again else ""),
            True,
        )
    title = wording.SUBJECTS[(place + shelf * 5) % len(wording.SUBJECTS)]
    return Page(
        number, f"{folder}/{slug(title)}", f"wiki/{folder}/{slug(title)}.md", title, number % 3 != 1
    )


def wiki_files(plan: Plan) -> Iterator[File]:
    count = max(10, plan.members // 50)
    for number in range(count):
        rng, one = plan.rng("page", number), make_page(number)
        others = [make_page(rng.randrange(count)) for _ in range(rng.randrange(1, 5))]
        others = [
            other for other in dict.fromkeys(others) if other.public and other.number != number
        ]
        reviewed = draw_day(rng, date(2026, 1, 5), date(2026, 11, 20))
        fields = {
            "title": one.title,
            "language": "fr",
            "summary": rng.choice(wording.SENTENCES),
            "owner": (plan.draw_listed(rng) or plan.member(0)).id,
            "reviewed": reviewed.isoformat(),
            "review_on": draw_day(rng, date(2027, 1, 10), date(2027, 12, 20)).isoformat(),
            "order": (number - 1) % FOLDER if number else 0,
            "audience": "public" if one.public else "members",
            **({"related": [other.id for other in others]} if others else {}),
        }
        yield one.file, f"---\n{yaml_text(fields)}---\n\n{_page_body(plan, rng, one, others)}"


def _page_body(plan: Plan, rng: Random, one: Page, others: list[Page]) -> str:
    """A page in GitHub's Markdown: headings, a table, boxes to tick, a quotation, a footnote, links
    to pages and people.
    """
    first, second, third, fourth = rng.sample(wording.SENTENCES, 4)
    owner = plan.draw_listed(rng)
    here = posixpath.dirname(one.file)
    links = []
    for other in others:
        heading = rng.choice(("", "#en-pratique"))
        links.append(f"- [{other.title}]({posixpath.relpath(other.file, here)}{heading})")
    question, answer = rng.choice(wording.QUESTIONS)
    person = (
        [f"Une question ? Demandez à [{owner.name}]({posixpath.relpath(owner.file, here)}).\n"]
        if owner
        else []
    )
    blocks = [
        f"{first} **{second}**[^1]\n",
        "## En pratique\n",
        _tasks(rng),
        f"> {third}\n",
        _table(rng),
        f"## {question}\n",
        f"{answer} *{fourth}*\n",
        *(["## Voir aussi\n", "\n".join(links) + "\n"] if links else []),
        *person,
        "[^1]: À vérifier avec un juriste avant d'en faire une règle.\n",
    ]
    return "\n".join(blocks)


def _table(rng: Random) -> str:
    rows = [
        f"| {step} | {rng.randrange(2, 30)} jours | {rng.randrange(2, 90) * 10} € |"
        for step in ("Préparer", "Faire", "Relire", "Finir")
    ]
    return "\n".join(["| Étape | Durée | Coût |", "|---|---:|---:|", *rows]) + "\n"


def _tasks(rng: Random) -> str:
    return (
        "\n".join(
            f"- [{rng.choice(' x')}] {task}"
            for task in rng.sample(wording.TASKS, rng.randrange(3, 6))
        )
        + "\n"
    )
