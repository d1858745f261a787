"""A small co-op with decisions of every state, and its two sites as texts."""

from __future__ import annotations

import html
import re
from pathlib import Path

from coopbook.records.load import load

from support.commands import run
from support.coops import TODAY
from support.sites import write_site
from support.votes import MEMBERS, PROPOSAL, RULES, ballot, member

COOP = """format: 2
name: Les Essais
languages: [fr, en]
country: CH
repository: private
members_site: https://membres.essais.example/
forge: {kind: github, url: "https://forge.example/essais/livre"}
membership_categories: {salarie: {label: {fr: Salarié·e}}}
"""


OPEN = (
    PROPOSAL.replace("Ouvrir le samedi", "Fermer le lundi")
    .replace("2026-03-02", "2026-11-02")
    .replace("2026-03-16", "2026-12-01")
)


OLDER = """---
title: {fr: Ancienne décision}
audience: public
category: ordinary
status: superseded
opens: 2025-03-02T09:00:00+01:00
closes: 2025-03-16T18:00:00+01:00
answer: {fr: "Non, **trop cher**."}
---

Texte.
"""


NEWER = """---
title: {fr: Nouvelle décision}
audience: public
category: ordinary
status: in_force
supersedes: [ancienne]
amends: [{document: statuts, article: siege, effective: 2026-07-01}]
ratified_by: {minutes: assemblee, resolution: 2}
objections:
  - {slug: bruit, by: ana, at: "2026-05-03T09:00:00+02:00", reason: Trop de bruit., resolved: {at: "2026-05-04T09:00:00+02:00", by: meeting, how: Portes fermées.}}
---

Texte.
"""  # noqa: E501


MINUTES = """---
title: {fr: Assemblée de juin}
record: minutes
body: ag
number: 1
kind: ordinary
date: 2026-06-18
status: approved
public_extract: true
resolutions:
  - {number: 1, title: Comptes, text: On approuve., category: ordinary, public: true, result: adopted}
  - {number: 2, title: Siège, text: On change., category: ordinary, public: true, result: adopted, amends: [statuts/siege]}
  - {number: 3, title: Zqprivézq, text: Rien., category: ordinary, result: rejected}
actions:
  - {id: affiche, what: Changer l'affiche, owner: ana, due: 2026-07-01, status: done, proposal: nouvelle}
---
"""  # noqa: E501


BODY = """name: {fr: Assemblée}
kind: assembly
audience: public
confidential_contact: zqsecret@essais.example
mandates:
  - {id: a, member: ana, role: {fr: Présidente}, from: 2025-01-01, until: 2027-12-31, speaks_for_coop: true}
  - {id: b, outside: {name: Zoé Dehors}, role: {fr: Réviseuse}, from: 2025-01-01, until: 2026-12-31}
  - {id: c, member: bob, role: {fr: Trésorier}, from: 2023-01-01, until: 2026-06-30}
  - {id: d, member: bob, role: {fr: Ancien rôle}, from: 2020-01-01, until: 2024-12-31, ended_on: 2024-01-31}
"""  # noqa: E501


ARTICLE = (
    "---\naudience: public\nnumber: 1\ntitle: Siège\nin_force: {day}\n{more}---\n\nLe siège est "
    "{where}.\n"
)


def files() -> dict[str, str]:
    found = {f"members/{id}.yml": member(since, f"X {id}") for id, since in MEMBERS.items()}
    found |= {
        f"decisions/ballots/samedi/{id}.yml": ballot(choice)
        for id, choice in {"ana": "for", "bob": "for", "cleo": "against", "dan": "abstain"}.items()
    }
    found |= {
        "coop.yml": COOP,
        "decisions/rules.yml": RULES,
        "decisions/proposals/samedi.md": PROPOSAL,
    }
    found |= {
        "decisions/proposals/lundi.md": OPEN,
        "decisions/proposals/ancienne.md": OLDER,
        "decisions/proposals/nouvelle.md": NEWER,
    }
    found |= {"decisions/minutes/assemblee.md": MINUTES, "decisions/bodies/ag.yml": BODY}
    found |= {
        "decisions/bylaws/statuts.yml": "title: {fr: Statuts}\nkind: articles\naudience: public\n"
    }
    now, before = (
        ARTICLE.format(day="2026-07-01", more="previous: 2020-01-01\n", where="à Genève"),
        ARTICLE.format(day="2020-01-01", more="", where="à Bâle"),
    )
    return found | {
        "decisions/bylaws/statuts/siege.md": now,
        "decisions/bylaws/statuts/versions/siege/2020-01-01.md": before,
    }


def closed(root: Path) -> None:
    """Count the vote and write down what came of it."""
    assert run("tally", "samedi", root).returncode == 0
    file = root / "decisions/proposals/samedi.md"
    file.write_text(file.read_text().replace("status: voting", "status: adopted"))


Sites = dict[str, dict[str, str]]


def sites(root: Path, out: Path) -> Sites:
    book, found = load(root, TODAY), {}
    for audience in ("public", "members"):
        write_site(book, [], audience, out / audience)  # type: ignore[arg-type]
        folder = out / audience
        found[audience] = {
            str(path.relative_to(folder)): path.read_text()
            for path in folder.rglob("*")
            if path.suffix in {".html", ".json", ".ics", ".xml"}
        }
    return found


def text(page: str) -> str:
    """The words of a page's own part."""
    body = page.partition("<main")[2].partition("</main")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", body)).split())
