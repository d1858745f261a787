"""A small co-op in which one member has done everything: voted, counted, led, signed, presided."""

from __future__ import annotations

from pathlib import Path

from support.commands import run
from support.coops import TOP, write_coop
from support.git import tagged
from support.votes import PROPOSAL, RULES, ballot

WHO, NAME = "victor-quenet", "Victor Quénet"
OTHERS = {"ana-lopes": "Ana Lopes", "bo-lind": "Bo Lind", "cy-marec": "Cy Marec"}
COOP = """format: 2
name: Les Essais
languages: [fr, en]
country: CH
repository: private
members_site: https://membres.essais.example/
email: bonjour@essais.example
coordinator: victor-quenet
membership_categories: {salarie: {label: {fr: Salarié·e}}}
"""
MEMBER = """type: person
name: {{display: {name}}}
trades: [redaction]
headline: {{fr: "Textes clairs de {name}"}}
presence: present
listed: true
membership:
  - {{from: 2020-01-01, category: salarie}}
consents:
  - {{purpose: directory, given: 2026-03-01, how: form}}
"""
OWN = """email: victor@essais.example
phone: "+41 31 300 00 00"
publish: [email]
availability: {state: available}
billing: {by: coop}
photo: {alt: {fr: Portrait}}
offers:
  - {id: lettre, kind: offer, audience: public, title: {fr: Une lettre}, price: {amount: "90.00", currency: CHF, unit: hour}}
accounts: [{forge: github, login: vquenet, uid: 42}]
"""  # noqa: E501
OWN_CONSENTS = "  - {purpose: email, given: 2026-03-01}\n  - {purpose: photo, given: 2026-03-01}\n"
MINUTES = """---
record: minutes
title: {fr: Assemblée générale}
body: assemblee-generale
number: 1
kind: ordinary
date: 2026-06-18
status: signed
company_line: Les Essais, société coopérative, 1 rue Fictive, 2000 Neuchâtel
notice: {by: la gérance, sent_on: 2026-05-18, call: first, modes: [mail], agenda: [Comptes]}
opened: "10:00"
closed: "11:00"
place: Siège social
mode: in_person
officers: {chair: {member: victor-quenet}, secretary: {member: bo-lind}, tellers: [victor-quenet]}
attendance:
  - {member: ana-lopes, mode: present}
  - {member: bo-lind, mode: present}
  - {member: cy-marec, mode: represented, holder: victor-quenet}
  - {member: victor-quenet, mode: present}
proxies: [{principal: cy-marec, holder: victor-quenet, received_on: 2026-06-17}]
entitled: 4
resolutions:
  - {number: 1, title: Comptes, text: "Les comptes sont approuvés.", agenda: 1, category: ordinary, for: 4, against: 0, abstain: 0, result: adopted}
signatures: [{member: victor-quenet, on: 2026-06-18}]
approved: {on: 2026-06-18}
register: {form: paper, volume: "1", folios: "5"}
actions:
  - {id: lettre, what: Écrire à la banque, status: open, owner: victor-quenet, due: 2027-01-31}
---

Victor Quénet ouvre la séance.
"""  # noqa: E501
FILES = {
    "coop.yml": COOP,
    "decisions/rules.yml": RULES
    + """secret: {required_for: [election]}
tellers: [victor-quenet, bo-lind]
in_force: 2026-01-01
proxies:
  allowed: true
  holder: member
  max_per_member: {below: 20, value: 1, else_fraction: 1/20}
  scope: one_meeting
paths: {"**": maintainers}
""",
    "decisions/bodies/assemblee-generale.yml": "name: {fr: Assemblée générale}\nkind: assembly\naudience: public\nmandates: []\n",  # noqa: E501
    "decisions/bodies/conseil.yml": """name: {fr: Conseil}
kind: board
audience: public
mandates: # le conseil
  - {id: presidence, member: victor-quenet, role: {fr: Présidence}, from: 2026-06-18, until: 2029-06-18, decided_by: Assemblée de juin}
  - {id: tresor, member: bo-lind, role: {fr: Trésor}, from: 2026-06-18, until: 2029-06-18, decided_by: Assemblée de juin}
""",  # noqa: E501
    "decisions/minutes/assemblee-generale-2026-06-18.md": MINUTES,
    "decisions/proposals/samedi.md": PROPOSAL.replace(
        "status: voting", "status: voting\nproposers: [victor-quenet]\ntellers: [victor-quenet]"
    ),
    "decisions/proposals/choix.md": PROPOSAL.replace("16T", "17T").replace(
        "status: voting", "status: voting\nsubject: election"
    ),
    "projects/journal.md": """---
title: {fr: Le journal}
kind: project
status: active
audience: public
summary: {fr: Un journal}
lead: victor-quenet
---

Écrivez à Victor Quénet.
""",
    "events/repas.md": "---\ntitle: {fr: Repas}\nkind: social\naudience: public\ndate: 2026-12-24\norganiser: victor-quenet\n---\n",  # noqa: E501
    "wiki/README.md": "---\ntitle: Le guide\naudience: public\nowner: victor-quenet\n---\n\nVictor Quénet tient [sa fiche](../members/victor-quenet.yml).\n",  # noqa: E501
}
SHEET = """counted_at: 2026-03-17T19:00:00+01:00
for: 3
against: 1
abstain: 0
blank: 0
null: 0
took_part: [ana-lopes, bo-lind, cy-marec, victor-quenet]
"""


def write_known_by_all(root: Path) -> Path:
    """The co-op, its two votes counted, in git under the tag `closed`."""
    people = {WHO: NAME, **OTHERS}
    files: dict[str, str | bytes] = dict(FILES)
    files |= {f"members/{id}.yml": MEMBER.format(name=name) for id, name in people.items()}
    files["members/victor-quenet.yml"] = MEMBER.format(name=NAME) + OWN_CONSENTS + OWN
    files["members/ana-lopes.yml"] = MEMBER.format(name="Ana Lopes") + "sponsor: victor-quenet\n"
    photo = min((TOP / "members/photos").glob("*.png"))
    files[f"members/photos/{WHO}.png"] = photo.read_bytes()
    choices = dict.fromkeys(people, "for") | {"cy-marec": "against"}
    files |= {f"decisions/ballots/samedi/{id}.yml": ballot(one) for id, one in choices.items()}
    files["decisions/ballots/samedi/cy-marec.yml"] += (
        f"cast_by: {WHO}\nevidence: {{sha256: {'0' * 64}, where: classeur}}\n"
    )
    files |= {f"decisions/counts/choix/{id}.yml": SHEET for id in (WHO, "bo-lind")}
    files |= {name: (TOP / name).read_bytes() for name in ("mkdocs.yml", "mkdocs.members.yml")}
    write_coop(root, files)
    for vote in ("samedi", "choix"):
        ran = run("tally", vote, root)
        assert ran.returncode == 0, ran.output
        page = root / f"decisions/proposals/{vote}.md"
        page.write_text(page.read_text().replace("status: voting", "status: adopted"))
    return tagged(root)
