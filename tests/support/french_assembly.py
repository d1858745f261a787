"""A French co-op as `coopbook init` makes it, and its assembly held by the button of the forge."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import yaml
from coopbook.records.starter_files import present_files

from support.commands import Ran, run

DAY = "2026-12-18"
ID = f"assemblee-generale-{DAY}"
PEOPLE = {
    "ana-lopes": "Ana Lopes",
    "bruno-le-goff": "Bruno Le Goff",
    "cleo-durand": "Cléo Durand",
    "dan-petit": "Dan Petit",
    "emile-lavertu": "Émile Lavertu",
    "fay-moreau": "Fay Moreau",
    "gus-kerbrac": "Gus Kerbrac",
}
MEMBER = """type: person
name: {{given: {given}, family: {family}, display: {name}}}
presence: present
listed: false
membership:
  - {{from: 2024-01-01, category: salarie}}
"""
BOARD = """name: {fr: Conseil}
kind: board
audience: members
mandates:
  - id: conseil-gus-2023
    member: gus-kerbrac
    role: {fr: Membre du conseil}
    from: 2023-12-19
    until: 2026-12-31
    elected_by: Assemblée du 18 décembre 2023
"""
ELECTION = """---
title: {fr: Élire le conseil}
audience: members
category: ordinary
subject: election
status: voting
opens: 2026-12-18T19:00:00+01:00
closes: 2026-12-18T20:00:00+01:00
tellers: [emile-lavertu, fay-moreau]
election:
  body: conseil
  role: {fr: Membre du conseil}
  seats: 2
  method: yes_no
  majority: absolute
  nominations_close: 2026-12-10
  candidates:
    - member: ana-lopes
      accepted_on: 2026-12-01
      text: {fr: Je connais les comptes.}
    - {member: bruno-le-goff, accepted_on: 2026-12-02}
    - {member: dan-petit, accepted_on: 2026-12-03}
  term: {from: 2027-01-01, until: 2029-12-31}
  ties: [age]
  by_age: [dan-petit, ana-lopes, bruno-le-goff]
---

Deux sièges du conseil sont à pourvoir.
"""


def found(root: Path) -> Path:
    """A co-op of seven, from `coopbook init`, with a board and an election to come."""
    given = ("--name", "Les Ateliers du Quai", "--language", "fr", "--country", "FR")
    given += ("--form", "SCOP SARL", "--city", "Nantes", "--email", "bonjour@ateliers.example")
    given += ("--rules", "scop-sarl", "--forge", "github", "--repository", "private")
    run("init", root, *given, "--no-input", "--lang", "fr", "--today", "2026-11-01")
    coop = root / "coop.yml"
    made, name = coop.read_text(encoding="utf-8"), "    name: Les Ateliers du Quai\n"
    assert made.count(name) == 1
    filled = made.replace(name, f"{name}    seat: 1 quai de l'Estran, Nantes\n")
    category = "membership_categories: {salarie: {label: {fr: Associé·e salarié·e}}}\n"
    coop.write_text(filled + category, encoding="utf-8")
    files = {
        "decisions/bodies/conseil.yml": BOARD,
        "decisions/proposals/elire-le-conseil.md": ELECTION,
    }
    for id, name in PEOPLE.items():
        given_name, _space, family = name.partition(" ")
        files[f"members/{id}.yml"] = MEMBER.format(given=given_name, family=family, name=name)
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def press(root: Path, today: str, step: str, *sheets: Path, **typed: str) -> Ran:
    """Do a step as the button of a new co-op's forge does it. Sheets are put first where the page
    of the forge puts them.
    """
    folder = root / "decisions/evidence" / ID
    folder.mkdir(parents=True, exist_ok=True)
    for sheet in sheets:
        shutil.copy(sheet, folder / sheet.name)
    typed |= {"file": " ".join(sheet.name for sheet in sheets)}
    steps = yaml.safe_load(present_files()[".github/workflows/assembly.yml"])["jobs"]["step"][
        "steps"
    ]
    (todo,) = [one for one in steps if one["name"] == "Do the step"]
    program = root.parent / "bin/coopbook"
    program.parent.mkdir(exist_ok=True)
    program.write_text(f'#!/bin/bash\nprintf "%s\\0" "$@" > "{program}.words"\n')
    program.chmod(0o755)
    named = {name: typed.get(name.lower(), "") for name in todo["env"]}
    env = named | {"STEP": step, "ASSEMBLY": ID, "PATH": f"{program.parent}:{os.environ['PATH']}"}
    script = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", todo["run"]]
    ran = subprocess.run(script, cwd=root, env=env, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout
    words = Path(f"{program}.words").read_text(encoding="utf-8").split("\0")[:-1]
    return run(*words, "--today", today, cwd=root)


def paper(root: Path, name: str) -> Path:
    """A document that a step made."""
    return root / "build/assembly" / ID / name
